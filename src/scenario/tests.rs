use crate::probes::{chosen_names, read_scenario};

fn error(text: &str) -> String {
    match read_scenario(text, "shop.yaml") {
        Ok(_) => "no error".to_owned(),
        Err(e) => {
            let help = miette::Diagnostic::help(&e).map(|help| format!(" [{help}]")).unwrap_or_default();
            format!("{e}{help}")
        }
    }
}

#[test]
fn a_whole_scenario_is_read() {
    let text = "
app:
  name: 小店
  type: online_shopping
  target:
    web: { url: 'https://shop.example/', viewport: { width: 390, height: 844, density: 3 } }
probes:
  first_run: {}
  find_policy:
    steps:
      - tap: 我的
      - wait for: { control: policy }
      - type: { into: { role: search_field }, text: $phone, submit: true }
      - swipe: down
      - back
      - observe
items: [1.1, '1.3']
thresholds: { max_operations: 5 }
persona: { phone: '13800138000' }
";
    let scenario = read_scenario(text, "shop.yaml").expect("reads");
    assert_eq!(chosen_names(&scenario), ["first_run", "find_policy"]);
    assert_eq!(scenario.steps("find_policy").len(), 6);
    assert_eq!(scenario.items.iter().map(ToString::to_string).collect::<Vec<_>>(), ["1.1", "1.3"]);
}

#[test]
fn an_app_is_of_one_type_or_of_several() {
    let types = |written: &str| {
        let text = format!("app:\n  name: a\n  type: {written}\n  target:\n    web: http://127.0.0.1/\n");
        let scenario = read_scenario(&text, "shop.yaml").expect("reads");
        scenario.app.types.iter().map(|name| name.0.clone()).collect::<Vec<_>>()
    };
    assert_eq!(types("news"), ["news"]);
    assert_eq!(types("[news, short_video, news]"), ["news", "short_video"]);
    assert_eq!(types(""), Vec::<String>::new());
}

#[test]
fn errors_name_the_place_what_was_expected_and_the_nearest_word() {
    let app = "app:\n  name: a\n  target:\n    web: http://127.0.0.1/\n";
    for (text, place, expected) in [
        ("", "shop.yaml:1:1", "empty"),
        ("app:\n\tname: a\n", "shop.yaml:2:1", "tab"),
        ("app:\n  nam: a\n  target:\n    web: http://127.0.0.1/\n", "shop.yaml:2:3", "did you mean `name`?"),
        (&format!("{app}probes:\n  find_polcy: {{}}\n"), "shop.yaml:6:3", "did you mean `find_policy`?"),
        (&format!("{app}items: [1.1, 7.9]\n"), "shop.yaml:5:14", "1.1 to 6.5"),
        (
            &format!("{app}accept:\n  - {{ item: 7.9, reason: x, by: y, until: 2026-12-31 }}\n"),
            "shop.yaml:6:13",
            "1.1 to 6.5",
        ),
        (
            &format!("{app}accept:\n  - {{ item: 3.6, by: y, until: 2026-12-31 }}\n"),
            "shop.yaml:6:25",
            "an acceptance says",
        ),
        (
            &format!("{app}accept:\n  - {{ item: 3.6, reason: '  ', by: y, until: 2026-12-31 }}\n"),
            "shop.yaml:6:26",
            "must say why",
        ),
        (
            &format!("{app}accept:\n  - {{ item: 3.6, reason: x, by: y, until: soon }}\n"),
            "shop.yaml:6:43",
            "a day such as 2026-12-31, not `soon`",
        ),
        (
            &format!("{app}accept:\n  - {{ item: 3.6, reason: x, by: y, until: 2026-02-30 }}\n"),
            "shop.yaml:6:43",
            "not `2026-02-30`",
        ),
        (
            &format!(
                "{app}accept:\n  - {{ item: 3.6, reason: x, by: y, until: 2026-12-31 }}\n  - {{ item: 3.6, reason: z, by: y, until: 2026-12-31 }}\n"
            ),
            "shop.yaml:",
            "item 3.6 is accepted twice",
        ),
        (
            &format!("{app}thresholds:\n  max_operation: 3\n"),
            "shop.yaml:6:3",
            "did you mean `max_operations`?",
        ),
        (&format!("{app}thresholds:\n  first_run_watch: .nan\n"), "shop.yaml:6:20", "a number of 0 or more"),
        (&format!("{app}limits: {{ minutes: .inf }}\n"), "shop.yaml:5:20", "a number of 0 or more"),
        ("app:\n  name: a\n  target:\n    web: shop\n", "shop.yaml:4:10", "https://shop.example/"),
        (
            &format!("{app}probes:\n  find_policy:\n    steps:\n      - tapp: 我的\n"),
            "shop.yaml:8:9",
            "did you mean `tap`?",
        ),
        (
            "app:\n  name: a\n  type: online_shoping\n  target:\n    web: http://127.0.0.1/\n",
            "shop.yaml:3:9",
            "did you mean `online_shopping`?",
        ),
        (
            "app:\n  name: a\n  type: [news, weather]\n  target:\n    web: http://127.0.0.1/\n",
            "shop.yaml:3:16",
            "unknown app type `weather`",
        ),
        (
            &format!("{app}upgrade: {{ from: http://127.0.0.1/ }}\n"),
            "shop.yaml:5:18",
            "the same version twice",
        ),
        (&format!("{app}upgrade: {{ from: http://127.0.0.2/ }}\n"), "shop.yaml:5:18", "another origin"),
        (&format!("{app}upgrade: {{ from: old }}\n"), "shop.yaml:5:18", "`old` is no address"),
        (
            "app:\n  name: a\n  target:\n    android: { package: a.b }\nupgrade: { from: a.apk }\n",
            "shop.yaml:5:18",
            "on a phone `to` is needed",
        ),
        (
            "app:\n  name: a\n  target:\n    android: { package: a.b }\nupgrade: { from: a.apk, to: a.apk }\n",
            "shop.yaml:5:18",
            "the same package",
        ),
    ] {
        let found = error(text);
        assert!(found.contains(place), "{found}\nexpected at {place}");
        assert!(found.contains(expected), "{found}\nexpected {expected}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}") {
        let _ = read_scenario(&text, "x");
        let _ = read_scenario(&format!("app:\n  name: {text}\n"), "x");
    }
}
