//! The command line as a user meets it, without an app.

use std::process::Command;

fn candor(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_candor")).args(args).output().expect("the binary runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

#[test]
fn rules_lists_all_31_items_and_explains_one() {
    let (code, all, _) = candor(&["rules"]);
    assert_eq!(code, 0);
    let rows = all.lines().filter(|line| line.chars().nth(2).is_some_and(|c| c.is_ascii_digit())).count();
    assert_eq!(rows, 31, "{all}");
    let (code, one, _) = candor(&["rules", "1.3"]);
    assert!(code == 0 && one.starts_with("1.3 ") && one.contains("整改"), "{one}");
}

#[test]
fn an_item_that_does_not_exist_is_a_usage_error() {
    let (code, _, error) = candor(&["rules", "7.1"]);
    assert_eq!(code, 2);
    assert!(error.contains("7.1") && error.contains("1.1 to 6.5"), "{error}");
}

#[test]
fn verify_names_a_folder_that_is_no_recording() {
    let (code, _, error) = candor(&["verify", "no-such-folder"]);
    assert_eq!(code, 2);
    assert!(error.contains("no-such-folder"), "{error}");
}
