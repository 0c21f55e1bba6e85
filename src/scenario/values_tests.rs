use crate::probes::read_scenario;
use crate::scenario::Allowed;

const APP: &str = "app:\n  name: a\n  target:\n    web: http://127.0.0.1/\n";

fn error(rest: &str) -> String {
    match read_scenario(&format!("{APP}{rest}"), "shop.yaml") {
        Ok(_) => "no error".to_owned(),
        Err(e) => e.to_string(),
    }
}

#[test]
fn an_account_is_read_and_its_secrets_come_from_outside() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("password");
    std::fs::write(&file, "hunter22\n").expect("writes");
    let text = format!(
        "{APP}persona: {{ phone: '13800138000' }}\nallow: [delete_account]\naccount:\n  register: {{}}\n  password: {{ file: '{}' }}\n  code: {{ url: 'http://127.0.0.1/code' }}\n  disposable: true\n",
        file.display()
    );
    let scenario = read_scenario(&text, "shop.yaml").expect("reads");
    assert!(scenario.allows(Allowed::DeleteAccount));
    let values = scenario.values().expect("values");
    assert_eq!(values.get("password").map(String::as_str), Some("hunter22"));
    assert_eq!(values.get("phone").map(String::as_str), Some("13800138000"));
}

#[test]
fn an_account_to_be_registered_gets_a_password_of_its_own() {
    let scenario =
        read_scenario(&format!("{APP}account: {{ register: {{}} }}\n"), "shop.yaml").expect("reads");
    let first = scenario.values().expect("values")["password"].clone();
    let second = scenario.values().expect("values")["password"].clone();
    assert!(first.len() >= 12 && first != second);
    let only = read_scenario(&format!("{APP}account: {{ phone: '1' }}\n"), "shop.yaml").expect("reads");
    assert!(!only.values().expect("values").contains_key("password"));
}

#[test]
fn a_password_in_the_text_is_an_error_with_its_place() {
    for (rest, place) in [
        ("account:\n  password: hunter22\n", "shop.yaml:6:13"),
        ("account:\n  password: 123456\n", "shop.yaml:6:13"),
        ("persona:\n  phone: '13800138000'\n  password: hunter22\n", "shop.yaml:7:13"),
    ] {
        let error = error(rest);
        assert!(error.contains(place), "{error}\nexpected at {place}");
        assert!(error.contains("must not stand in the scenario's text"), "{error}");
        assert!(!error.contains("hunter22"), "{error}");
    }
    let nearest = error("allow: [delete_acount]\n");
    assert!(nearest.contains("shop.yaml:5:9") && nearest.contains("delete_account"), "{nearest}");
}

#[test]
fn a_variable_that_is_not_set_is_named() {
    let rest = "account: { password: '${CANDOR_TEST_NOT_SET}' }\n";
    let scenario = read_scenario(&format!("{APP}{rest}"), "shop.yaml").expect("reads");
    let why = scenario.values().expect_err("not set").to_string();
    assert!(why.contains("account.password") && why.contains("CANDOR_TEST_NOT_SET"), "{why}");
}
