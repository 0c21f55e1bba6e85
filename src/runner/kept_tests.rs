use super::*;

const APP: &str = "app:\n  name: Shop\n  target:\n    web: https://me:hunter22@shop.example/\n";

fn kept(text: &str) -> (String, Scenario, Masks) {
    let scenario = read_scenario(text, "s.yaml").expect("a scenario");
    let masks = masks(&scenario, text, "salt".into());
    let kept = keep(&scenario, text, &masks);
    (kept, scenario, masks)
}

fn given(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_scenario_is_kept_as_it_is_without_its_secrets_and_filled_again_to_the_same_bytes() {
    let text =
        format!("{APP}# the number 13800138000\npersona:\n  phone: \"13800138000\"\n  pass: 'geheim99'\n")
            .replace("me:hunter22@", "");
    let (kept, _, _) = kept(&text);
    let expected = text.replace("13800138000", "‹persona.phone›").replace("geheim99", "‹persona.pass›");
    assert_eq!(kept, expected);
    assert_eq!(fill(&kept, &given(&[("persona.phone", "1")])), Err(vec!["persona.pass".to_owned()]));
    let values = given(&[("persona.phone", "13800138000"), ("persona.pass", "geheim99")]);
    assert_eq!(fill(&kept, &values), Ok(text));
    let odd = fill(&kept, &given(&[("persona.phone", "\"x: #"), ("persona.pass", "'\n\\")])).expect("filled");
    let again = read_scenario(&odd, FILE).expect("a scenario");
    assert_eq!((again.persona["phone"].as_str(), again.persona["pass"].as_str()), ("\"x: #", "'\n\\"));
}

#[test]
fn short_and_escaped_values_and_keys_of_device_farms_are_not_kept() {
    let text = "app:\n  name: Shop\n  target:\n    web: { url: https://me:hunter22@shop.example/?token=abcd, capabilities: { \
                'farm:options': { accessKey: k3y-of-farm } } }\npersona:\n  sex: m\n  name: \"\\u5f20\\u4e09\"\n";
    let (kept, scenario, _) = kept(text);
    assert_eq!(scenario.persona["name"], "张三");
    for secret in ["hunter22", "abcd", "k3y-of-farm", "张三", "5f20", "\"m\""] {
        assert!(!kept.contains(secret), "{secret} in {kept}");
    }
    let again = read_scenario(&kept, FILE).expect("still a scenario");
    assert_eq!(
        (again.persona["sex"].as_str(), again.persona["name"].as_str()),
        ("‹persona.sex›", "‹persona.name›")
    );
    let missing = fill(&kept, &BTreeMap::new()).expect_err("nothing is given");
    assert!(
        missing.contains(&"secret.accessKey".to_owned()) && missing.contains(&"persona.sex".to_owned()),
        "{missing:?}"
    );
}

#[test]
fn an_address_alone_is_kept_as_a_scenario() {
    let scenario =
        Scenario::for_address(url::Url::parse("https://shop.example/?3.4=preticked").expect("an address"));
    let kept = keep(&scenario, "", &Masks::default());
    let again = read_scenario(&kept, FILE).expect("a scenario");
    let Target::Web(web) = again.app.target else { panic!("a web app") };
    assert_eq!(
        (again.app.name.as_str(), web.url.as_str()),
        ("shop.example", "https://shop.example/?3.4=preticked")
    );
}

#[test]
fn what_any_step_types_is_not_kept_unless_it_is_chinese_or_a_name() {
    let text = format!(
        "{APP}functions:\n  - name: 搜索\n    steps:\n      - type: {{ into: 搜索, text: 牛奶 }}\n      - type: {{ into: 邀请码, text: geheim }}\n      \
         - type: {{ into: 电话, text: $phone }}\npersona:\n  phone: ${{PHONE}}\n"
    );
    let (kept, _, _) = kept(&text);
    assert!(
        !kept.contains("geheim")
            && kept.contains("牛奶")
            && kept.contains("$phone")
            && kept.contains("${PHONE}"),
        "{kept}"
    );
    assert!(fill(&kept, &BTreeMap::new()).expect_err("it is missing").contains(&"typed.1".to_owned()));
}
