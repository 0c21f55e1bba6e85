//! An earlier recording that a scenario names, refused on the command line before anything is driven.

use std::path::{Path, PathBuf};
use std::process::Command;

use candor::recording::entries::RunEnded;
use candor::recording::mask::Masks;
use candor::recording::seal::seal;
use candor::recording::{Event, FORMAT, Recorder, RunStarted};

/// A folder with an earlier recording of a web app at an address, and a scenario that names it.
fn recorded(target: &str, platform: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let recording = folder.path().join("earlier");
    let mut recorder = Recorder::create(&recording, Masks::none()).expect("creates");
    let start = RunStarted {
        format: FORMAT,
        tool: "candor test".to_owned(),
        app: "Shop".to_owned(),
        platform: platform.to_owned(),
        target: target.to_owned(),
        ..RunStarted::default()
    };
    recorder.append(Event::RunStarted(start)).expect("appends");
    recorder.append(Event::RunEnded(RunEnded { whole: true })).expect("appends");
    let scenario = "app:\n  name: Shop\n  target:\n    web: http://127.0.0.1:9/\nearlier: earlier\n";
    std::fs::write(folder.path().join("shop.yaml"), scenario).expect("writes");
    (folder, recording)
}

fn run(folder: &Path) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["run", "shop.yaml"])
        .current_dir(folder)
        .output()
        .expect("the binary runs");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn an_earlier_recording_of_another_app_is_refused_before_anything_is_driven() {
    for (target, platform, why) in [
        ("https://other.example/", "web", "its target was https://other.example/"),
        ("com.shop", "android", "it is of android, the scenario's app of web"),
    ] {
        let (folder, recording) = recorded(target, platform);
        seal(&recording).expect("seals");
        let (code, error) = run(folder.path());
        assert_eq!(code, 2, "{error}");
        assert!(error.contains("is a recording of another app") && error.contains(why), "{error}");
        assert!(!folder.path().join("artifacts").exists(), "nothing was driven");
    }
}

#[test]
fn an_earlier_recording_that_is_not_as_it_was_sealed_is_refused() {
    let (folder, recording) = recorded("http://127.0.0.1:9/v1/", "web");
    let (code, error) = run(folder.path());
    assert!(code == 2 && error.contains("has no seal"), "{error}");
    std::fs::write(recording.join("report.html"), "<p>").expect("writes");
    seal(&recording).expect("seals");
    std::fs::write(recording.join("report.html"), "<p>changed").expect("writes");
    let (code, error) = run(folder.path());
    assert!(code == 2 && error.contains("report.html was changed after the sealing"), "{error}");
    std::fs::remove_dir_all(&recording).expect("removes");
    let (code, error) = run(folder.path());
    assert!(code == 2 && error.contains("`earlier`: "), "{error}");
}
