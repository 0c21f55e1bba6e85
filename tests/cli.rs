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

/// The error of `candor lint` on a file of this content.
fn lint_error(content: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("shop.yaml"), content).expect("writes");
    let output = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["lint", "shop.yaml"])
        .current_dir(folder.path())
        .env("NO_COLOR", "1")
        .output()
        .expect("the binary runs");
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn errors_in_a_scenario_show_the_place_and_the_nearest_word() {
    insta::assert_snapshot!("empty_file", lint_error(""));
    insta::assert_snapshot!("tab", lint_error("app:\n\tname: x\n"));
    let app = "app:\n  name: x\n  target:\n    web: https://shop.example/\n";
    insta::assert_snapshot!("wrong_key", lint_error(&format!("{app}itms: [\"1.1\"]\n")));
    insta::assert_snapshot!("wrong_probe", lint_error(&format!("{app}probes:\n  find_polcy: {{}}\n")));
    insta::assert_snapshot!("wrong_item", lint_error(&format!("{app}items: [\"7.9\"]\n")));
    insta::assert_snapshot!(
        "wrong_address",
        lint_error("app:\n  name: x\n  target:\n    web: shop.example\n")
    );
    insta::assert_snapshot!("phone", lint_error("app:\n  name: x\n  target:\n    android: shop app\n"));
    insta::assert_snapshot!(
        "wrong_step",
        lint_error(&format!("{app}probes:\n  find_policy:\n    steps:\n      - tab: 我的\n"))
    );
    insta::assert_snapshot!(
        "password_in_the_text",
        lint_error(&format!("{app}account:\n  register: {{}}\n  password: hunter22\n"))
    );
    insta::assert_snapshot!(
        "password_in_a_step",
        lint_error(&format!(
            "{app}probes:\n  delete_account:\n    steps:\n      - type: {{ into: 密码, text: hunter22 }}\n"
        ))
    );
    insta::assert_snapshot!(
        "unknown_name",
        lint_error(&format!(
            "{app}probes:\n  sign_in_form:\n    steps:\n      - type: {{ into: 手机, text: $fone }}\n"
        ))
    );
}

#[test]
fn a_first_scenario_is_written_once_and_is_good() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_candor"))
            .args(args)
            .current_dir(folder.path())
            .output()
            .expect("the binary runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(run(&["init", "https://shop.example/?a=\"b\": c"]).0, Some(0));
    assert_eq!(run(&["init", "https://other.example/"]).0, Some(2), "an existing file is left alone");
    let (code, said) = run(&["lint", "candor.yaml"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("first_run, find_policy, read_policy, sign_in_form"), "{said}");
}

#[test]
fn the_schema_knows_the_probes_steps_and_thresholds() {
    let (code, schema, _) = candor(&["schema"]);
    assert_eq!(code, 0);
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let text = schema.to_string();
    for word in ["find_policy", "wait for", "max_operations", "agree"] {
        assert!(text.contains(word), "{word}");
    }
}

#[test]
fn a_demo_with_an_unknown_switch_says_where_they_are_listed() {
    let (code, _, error) = candor(&["demo", "--switch", "1.3=abyss"]);
    assert!(code == 2 && error.contains("candor sample --list"), "{error}");
}

#[test]
fn a_recording_compared_with_itself_has_not_changed() {
    let recording = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings/preticked");
    let (code, out, _) = candor(&["compare", recording, recording]);
    assert!(code == 0 && out.contains("\nnothing changed\nnot compared: "), "{out}");
    let (code, _, err) = candor(&["compare", recording, "no-such-folder"]);
    assert_eq!(code, 2);
    assert!(err.contains("no-such-folder") && err.contains("A recording is a folder"), "{err}");
}

/// Each test file that drives the sample app's switches names the items that it covers, and covers those whole.
#[test]
fn every_item_with_switches_is_covered_by_a_test_file() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut declared = String::new();
    for entry in std::fs::read_dir(folder).expect("the tests") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(path).expect("reads");
            declared.extend(
                text.split("const ITEMS")
                    .skip(1)
                    .filter_map(|rest| rest.split(';').next().map(str::to_owned)),
            );
        }
    }
    for switch in candor::sample::switches().iter().filter(|switch| switch.verdict.is_some()) {
        assert!(declared.contains(&format!("\"{}\"", switch.item)), "no test file declares {}", switch.item);
    }
}

#[test]
fn recordings_of_older_forms_are_judged_and_say_what_they_lack() {
    for name in ["preticked", "small-print"] {
        let recording = format!("{}/tests/recordings/{name}", env!("CARGO_MANIFEST_DIR"));
        let (code, out, err) = candor(&["judge", &recording, "--format", "json"]);
        assert!(code == 0 || code == 1, "{err}");
        let findings: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!(findings["findings"].as_array().map(Vec::len), Some(31));
        assert!(out.contains("did not run"), "probes that are newer than the recording are named");
        let (code, _, err) = candor(&["run", "--from", &recording]);
        assert!(code == 2 && err.contains("holds no scenario") && err.contains("from form 4 on"), "{err}");
    }
}

#[test]
fn a_recording_of_a_newer_form_is_refused_and_verified_by_its_chain() {
    let folder = tempfile::tempdir().expect("a folder");
    let old = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings/preticked/timeline.jsonl");
    let text = std::fs::read_to_string(old).expect("reads");
    let first = text.lines().next().expect("a line").replace("\"format\":1", "\"format\":99");
    std::fs::write(folder.path().join("timeline.jsonl"), format!("{first}\n")).expect("writes");
    let recording = folder.path().to_str().expect("a path");
    let (code, _, err) = candor(&["judge", recording]);
    assert!(code == 2 && err.contains("form 99") && err.contains("newer one"), "{err}");
    let (code, out, _) = candor(&["verify", recording]);
    assert!(code == 0 && out.contains("form 99, newer than this candor"), "{out}");
}
