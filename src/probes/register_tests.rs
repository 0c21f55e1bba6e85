use super::*;

#[test]
fn a_probe_stands_behind_those_that_must_have_run_before() {
    for (at, probe) in ALL.iter().enumerate() {
        for before in probe.facts().after {
            let place = ALL.iter().position(|other| other.name() == *before);
            assert!(place.is_some_and(|place| place < at), "{} runs before {before}", probe.name());
        }
    }
}

#[test]
fn the_readme_lists_every_probe_with_what_it_does() {
    let readme = include_str!("../../README.md");
    let rows: Vec<&str> =
        readme.lines().skip_while(|line| !line.starts_with("| probe | does |")).skip(2).collect();
    for (row, probe) in rows.iter().zip(ALL) {
        let begin: String = format!("| `{}` | {} |", probe.name(), probe.facts().does.0);
        assert!(row.starts_with(&begin), "README.md: `{row}` is to begin with `{begin}`");
    }
}

#[test]
fn every_probe_says_what_it_does_in_both_languages() {
    for facts in ALL.iter().map(|probe| probe.facts()) {
        assert!(
            !facts.about.is_empty() && !facts.does.0.is_empty() && !facts.does.1.is_empty(),
            "{}",
            facts.name
        );
    }
}

#[test]
fn probes_that_need_an_account_run_unasked_only_where_there_is_one() {
    let app = "app:\n  name: a\n  target:\n    web: http://127.0.0.1/\n";
    let guest = read_scenario(app, "s.yaml").expect("a scenario");
    assert!(!chosen_names(&guest).contains(&"delete_account"));
    let text = format!("{app}account: {{ phone: '1', password: $PASSWORD }}\n");
    let named =
        read_scenario(&format!("{app}probes: {{ delete_account: {{}} }}\n"), "s.yaml").expect("a scenario");
    assert_eq!(chosen_names(&named), ["delete_account"]);
    if let Ok(user) = read_scenario(&text, "s.yaml") {
        let wanted: Vec<&str> = names().iter().copied().filter(|name| *name != "upgrade").collect();
        assert_eq!(chosen_names(&user), wanted);
    }
}
