//! `candor look` as a user meets it: page sources, recordings, a page in a browser, and what cannot be looked at.

use std::path::Path;
use std::process::Command;

use crate::support::binary;

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sources");

fn look(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_candor"))
        .arg("look")
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "120")
        .output()
        .expect("the binary runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_page_source_gives_a_table_and_a_picture() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = format!("{SOURCES}/ios-form.xml");
    let (code, out, err) = look(folder.path(), &[&source]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("asks") && out.contains("permission") && out.contains("because"), "{out}");
    assert!(out.trim_end().ends_with("picture with boxes: ios-form.look.svg"), "{out}");
    let svg = std::fs::read_to_string(folder.path().join("ios-form.look.svg")).expect("written");
    assert!(svg.starts_with("<?xml") && svg.contains("<svg"));
}

#[test]
fn json_holds_every_control_with_its_reasons() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = format!("{SOURCES}/flutter.xml");
    let (code, out, err) = look(folder.path(), &[&source, "--json", "--density", "3", "--out", "x.svg"]);
    assert_eq!(code, 0, "{err}");
    let seen: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(seen["density"], 3.0);
    let controls = seen["controls"].as_array().expect("a list");
    let agree = controls.iter().find(|control| control["label"] == "同意并继续").expect("the button");
    assert_eq!(agree["meanings"], serde_json::json!(["agree"]));
    assert!(folder.path().join("x.svg").is_file());
}

#[test]
fn a_recording_is_not_written_into() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("timeline.jsonl"), "").expect("writes");
    let source = format!("{SOURCES}/flutter.xml");
    let (code, _, err) = look(folder.path(), &[&source]);
    assert_eq!(code, 2);
    assert!(err.contains("would lie in the recording") && err.contains("--out"), "{err}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("reads").count(), 1);
}

#[test]
fn the_screens_of_a_recording_are_listed() {
    let recording = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings/preticked");
    let (code, out, err) = binary(&["look", recording]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("screen") || out.trim_start().starts_with("screen"), "{out}");
    assert!(out.contains("--screen N shows one of them"), "{out}");
    let (code, _, err) = binary(&["look", recording, "--screen", "99"]);
    assert!(code == 2 && err.contains("there is no screen 99"), "{err}");
}

#[test]
fn what_cannot_be_looked_at_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("notes.txt"), "shopping list").expect("writes");
    std::fs::write(folder.path().join("torn.xml"), "<hierarchy>\n  <node text=\"x\"").expect("writes");
    let error = |args: &[&str]| {
        let (code, _, err) = look(folder.path(), args);
        assert_eq!(code, 2, "{err}");
        err
    };
    insta::assert_snapshot!("look_absent", error(&["absent.xml"]));
    insta::assert_snapshot!("look_no_source", error(&["notes.txt"]));
    insta::assert_snapshot!("look_torn", error(&["torn.xml"]));
    insta::assert_snapshot!("look_scheme", error(&["ftp://shop.example/"]));
    insta::assert_snapshot!("look_density", error(&["torn.xml", "--density", "0"]));
}

#[test]
fn an_app_is_opened_and_looked_at_and_nothing_is_tapped() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.html");
    std::fs::write(
        &page,
        "<!doctype html><meta charset=utf-8><title>小满集市</title>\
         <div role=dialog style='position:fixed;inset:0;background:#fff'><p>请阅读并同意《隐私政策》</p>\
         <button onclick='document.title=\"tapped\"'>同意并继续</button><button>不同意</button></div>",
    )
    .expect("writes");
    let (code, out, err) = look(folder.path(), &["page.html"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("小满集市"), "{out}");
    assert!(out.contains("agree: is “同意并继续”") && out.contains("refuse: is “不同意”"), "{out}");
    let svg = std::fs::read_to_string(folder.path().join("page.look.svg")).expect("written");
    assert!(svg.contains("data:image/png;base64,"));
}
