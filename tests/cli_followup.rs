//! What was asked of the operator: stated, looked at again and listed on the command line, without an app.

use std::path::{Path, PathBuf};
use std::process::Command;

use candor::recording::entries::RunEnded;
use candor::recording::mask::Masks;
use candor::recording::seal::seal;
use candor::recording::{Event, FORMAT, Recorder, RunStarted};

fn candor(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("the binary runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// A folder with a sealed recording in `artifacts/shop`.
fn recorded() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let recording = folder.path().join("artifacts/shop");
    let mut recorder = Recorder::create(&recording, Masks::none()).expect("creates");
    let scenario = recorder.text("scenario.yaml", "app: {}\n").expect("writes");
    let start = RunStarted {
        format: FORMAT,
        tool: "candor test".to_owned(),
        app: "小满集市".to_owned(),
        platform: "web".to_owned(),
        scenario_sha256: scenario.sha256.clone(),
        scenario_file: Some(scenario),
        ..RunStarted::default()
    };
    recorder.append(Event::RunStarted(start)).expect("appends");
    recorder.append(Event::RunEnded(RunEnded { whole: true })).expect("appends");
    seal(&recording).expect("seals");
    (folder, recording)
}

const REQUESTS: &str = "requests:
  - what: deletion
    channel: mail
    sent: 2026-10-09
    note: asked privacy@xiaoman.example to delete the delivery address
    proof: [sent.eml]
    promise: 我们将在10个工作日内处理
";
const COMPLAINT: &str = "  - what: complaint
    channel: phone
    sent: 2026-11-20
    note: complained about calls at night
";

/// States a deletion that is due since October.
fn stated() -> (tempfile::TempDir, PathBuf) {
    stated_all(REQUESTS)
}

fn stated_all(requests: &str) -> (tempfile::TempDir, PathBuf) {
    let (folder, recording) = recorded();
    std::fs::write(folder.path().join("requests.yaml"), requests).expect("writes");
    std::fs::write(folder.path().join("sent.eml"), "To: privacy@xiaoman.example").expect("writes");
    let args = ["followup", "artifacts/shop", "--requests", "requests.yaml", "--by", "Li Wei"];
    let (code, out, error) = candor(folder.path(), &args);
    assert_eq!(code, 1, "{out}{error}");
    assert!(out.contains("due 2026-10-22") && out.contains("--answer"), "{out}");
    (folder, recording)
}

/// The number of the follow-up on this demand, as its file's name tells it.
fn number(recording: &Path, what: &str) -> String {
    let all = std::fs::read_dir(recording.join("follow-ups")).expect("they were written");
    let names: Vec<String> =
        all.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let name = names.iter().find(|name| name.contains(what)).expect("it is there");
    name.split('-').next().expect("a number").trim_start_matches('0').to_owned()
}

#[test]
fn a_request_is_stated_once_sealed_and_shown_with_its_due_date() {
    let (folder, recording) = stated();
    let (code, out, _) = candor(folder.path(), &["verify", "artifacts/shop"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("added by Li Wei on a deletion"), "{out}");
    let copied = recording.join("attested/0001-01-sent.eml");
    assert_eq!(std::fs::read_to_string(copied).expect("the proof"), "To: privacy@xiaoman.example");
    // Stated again, nothing is added.
    let args = ["followup", "artifacts/shop", "--requests", "requests.yaml", "--by", "Li Wei"];
    let (_, out, _) = candor(folder.path(), &args);
    assert_eq!(out.matches("stated before").count(), 1, "{out}");
    assert_eq!(std::fs::read_dir(recording.join("follow-ups")).expect("the folder").count(), 1);
}

#[test]
fn an_answer_in_time_conforms_and_one_past_the_limit_is_a_violation() {
    for (on, says, verdict) in
        [("2026-10-20", "answered in time", "6.3 "), ("2026-11-02", "answered late", "6.3 violation")]
    {
        let (folder, recording) = stated();
        let number = number(&recording, "deletion");
        let args = [
            "followup",
            "artifacts/shop",
            "--answer",
            &number,
            "--reply",
            "done",
            "--on",
            on,
            "--by",
            "Li Wei",
            "--note",
            "answered by mail",
        ];
        let (code, out, error) = candor(folder.path(), &args);
        assert!(out.contains(says) && out.contains(verdict), "{out}{error}");
        assert_eq!(code, i32::from(says.contains("late")), "{out}{error}");
        assert_eq!(candor(folder.path(), &["verify", "artifacts/shop"]).0, 0);
        let (code, out, _) = candor(folder.path(), &["judge", "artifacts/shop", "--items", "6.3"]);
        assert_eq!(code, i32::from(says.contains("late")), "judging says the same: {out}");
    }
}

#[test]
fn what_cannot_have_been_is_not_stated() {
    let (folder, recording) = stated();
    let number = number(&recording, "deletion");
    let before = std::fs::read(recording.join("timeline.jsonl")).expect("reads");
    let with = |answer: &str, on: &str, more: &[&str]| {
        let mut args = vec!["followup", "artifacts/shop", "--answer", answer, "--reply", "done", "--on", on];
        args.extend(["--by", "Li Wei", "--note", "seen"]);
        args.extend(more);
        candor(folder.path(), &args)
    };
    for (answer, on, more, why) in [
        (number.as_str(), "2026-10-01", &[][..], "is before it was asked for"),
        (&number, "2999-01-01", &[], "is in the future"),
        (&number, "2026-13-41", &[], "2026-13-41"),
        ("7", "2026-11-01", &[], "there is no follow-up 7"),
        (&number, "2026-11-01", &["--remains", "yes"], "--remains is for a cancellation"),
        (&number, "2026-11-01", &["--file", "gone.eml"], "gone.eml is no file"),
    ] {
        let (code, out, error) = with(answer, on, more);
        assert_eq!(code, 2, "{out}{error}");
        assert!(error.contains(why), "{why}: {error}");
    }
    assert_eq!(std::fs::read(recording.join("timeline.jsonl")).expect("reads"), before);
}

#[test]
fn a_follow_up_that_was_edited_by_hand_is_noticed() {
    let (folder, recording) = stated();
    let path = std::fs::read_dir(recording.join("follow-ups")).expect("the folder").flatten().next();
    let path = path.expect("a file").path();
    let text = std::fs::read_to_string(&path).expect("reads");
    std::fs::write(&path, text.replace("2026-", "2027-")).expect("writes");
    let (code, _, error) = candor(folder.path(), &["followups", "artifacts"]);
    assert_eq!(code, 3, "{error}");
    assert!(error.contains("was edited: it does not say what the timeline says"), "{error}");
    let (code, out, error) = candor(folder.path(), &["followup", "artifacts/shop"]);
    assert_eq!(code, 1, "{out}{error}");
    assert!(
        out.contains("was changed after the sealing") && error.contains("nothing was added"),
        "{out}{error}"
    );
}

#[test]
fn the_list_counts_the_days_left_and_says_what_is_due() {
    let (folder, _) = stated_all(&(REQUESTS.to_owned() + COMPLAINT));
    let list = |day: &str| candor(folder.path(), &["followups", "artifacts", "--as-of", day]);
    let (code, out, _) = list("2026-10-12");
    assert_eq!(code, 0, "{out}");
    insta::assert_snapshot!("follow_ups_before", out);
    let (code, out, _) = list("2026-12-30");
    assert_eq!(code, 1, "{out}");
    insta::assert_snapshot!("follow_ups_after", out);
    let (_, json, _) = candor(folder.path(), &["followups", "artifacts", "--as-of", "2026-10-21", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["follow_ups"][0]["days_left"], 1, "{json:#}");
    assert_eq!(json["follow_ups"][0]["limit"]["source"], "operator", "{json:#}");
    assert_eq!(json["follow_ups"][1]["limit"]["source"], "law", "{json:#}");
}

#[test]
fn mistakes_in_a_file_of_requests_are_shown_with_their_place() {
    let (folder, _) = recorded();
    let error = |text: &str| {
        std::fs::write(folder.path().join("requests.yaml"), text).expect("writes");
        let args = ["followup", "artifacts/shop", "--requests", "requests.yaml", "--by", "Li Wei"];
        let (code, _, error) = candor(folder.path(), &args);
        assert_eq!(code, 2, "{error}");
        error
    };
    insta::assert_snapshot!(
        "requests_unknown_word",
        error("requests:\n  - what: delition\n    channel: mail\n    sent: 2026-11-01\n    note: x\n")
    );
    insta::assert_snapshot!(
        "requests_no_day",
        error("requests:\n  - what: deletion\n    channel: mail\n    sent: yesterday\n    note: x\n")
    );
    insta::assert_snapshot!(
        "requests_no_proof",
        error(
            "requests:\n  - what: deletion\n    channel: mail\n    sent: 2026-11-01\n    note: x\n    proof: [gone.eml]\n"
        )
    );
}
