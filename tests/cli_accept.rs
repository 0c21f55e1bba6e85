//! Accepting a finding, as a user meets it: reported as accepted, failing again when it is over, and errors in the file.

use std::path::Path;
use std::process::Command;

const RECORDING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings/preticked");

fn judge(folder: &Path, accept: &str, format: &str) -> (i32, String, String) {
    std::fs::write(folder.join("accepted.yaml"), accept).expect("writes");
    let output = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["judge", RECORDING, "--accept", "accepted.yaml", "--format", format])
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "120")
        .output()
        .expect("the binary runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn entry(item: &str, until: &str) -> String {
    format!("accept:\n  - item: \"{item}\"\n    reason: SHOP-17\n    by: Li Wei\n    until: {until}\n")
}

#[test]
fn an_accepted_violation_is_told_in_every_report_and_does_not_fail() {
    let folder = tempfile::tempdir().expect("a folder");
    let accept = entry("3.4", "2099-12-31");
    let (code, table, err) = judge(folder.path(), &accept, "table");
    assert_eq!(code, 0, "{err}");
    assert!(table.contains("accepted by Li Wei until 2099-12-31: SHOP-17"), "{table}");
    assert!(table.contains("1 violation (1 accepted)"), "{table}");
    let (_, json, _) = judge(folder.path(), &accept, "json");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let found = json["findings"].as_array().expect("a list").iter().find(|found| found["item"] == "3.4");
    let found = found.expect("3.4");
    assert_eq!((&found["verdict"], &found["accepted"]["expired"]), (&"violation".into(), &false.into()));
    let (_, junit, _) = judge(folder.path(), &accept, "junit");
    assert!(!junit.contains("<failure") && junit.contains("<skipped type=\"accepted\""), "{junit}");
    let (_, html, _) = judge(folder.path(), &accept, "html");
    assert!(html.contains("1 violation (1 accepted)") && html.contains("Li Wei 接受此项至 2099-12-31"));
    let (_, sarif, _) = judge(folder.path(), &accept, "sarif");
    assert!(sarif.contains("\"suppressions\""), "{sarif}");
    let (_, csv, _) = judge(folder.path(), &accept, "csv");
    assert!(csv.contains("Li Wei,2099-12-31,SHOP-17,false"), "{csv}");
}

#[test]
fn an_acceptance_that_is_over_fails_again_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, table, _) = judge(folder.path(), &entry("3.4", "2020-01-31"), "table");
    assert_eq!(code, 1);
    assert!(table.contains("was accepted by Li Wei until 2020-01-31, which is over"), "{table}");
    let (_, junit, _) = judge(folder.path(), &entry("3.4", "2020-01-31"), "junit");
    assert!(junit.contains("<failure") && junit.contains("name=\"acceptance_expired\""), "{junit}");
}

#[test]
fn mistakes_in_the_file_are_told_with_their_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = |accept: &str| {
        let (code, _, err) = judge(folder.path(), accept, "table");
        assert_eq!(code, 2, "{err}");
        err
    };
    insta::assert_snapshot!("accept_item", error(&entry("9.9", "2026-12-31")));
    insta::assert_snapshot!("accept_day", error(&entry("3.4", "soon")));
    insta::assert_snapshot!(
        "accept_reason",
        error("accept:\n  - { item: 3.4, reason: '', by: Li Wei, until: 2026-12-31 }\n")
    );
    insta::assert_snapshot!("accept_missing", error("accept:\n  - { item: 3.4, by: Li Wei }\n"));
    insta::assert_snapshot!("accept_key", error("acept:\n  - { item: 3.4, by: Li Wei }\n"));
    insta::assert_snapshot!("accept_twice", {
        let one = entry("3.4", "2026-12-31");
        error(&format!("{one}{}", one.trim_start_matches("accept:\n")))
    });
    insta::assert_snapshot!("accept_empty", error(""));
}
