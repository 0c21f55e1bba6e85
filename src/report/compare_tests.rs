use std::path::Path;

use super::*;
use crate::rules::{self, Overrides};

const RECORDED: &str = include_str!("../../tests/recordings/preticked/timeline.jsonl");

fn recording(timeline: &str, policy: &str) -> (tempfile::TempDir, Recording) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("policy.txt"), policy).expect("writes");
    let recording = Recording::parse(timeline.as_bytes(), "timeline.jsonl", folder.path()).expect("reads");
    (folder, recording)
}

fn judged(recording: &Recording) -> Findings {
    rules::judge(recording, &Overrides::default())
}

#[test]
fn the_same_recording_twice_shows_no_change() {
    let (_folder, recording) = recording(RECORDED, "隐私政策\n一\n");
    let findings = judged(&recording);
    let text = text((&recording, &findings), (&recording, &findings));
    assert!(
        text.contains("\nnothing changed\nnot compared: ") && text.contains("requests are not in"),
        "{text}"
    );
    assert_eq!(new_violations(&findings, &findings), Vec::<&Finding>::new());
}

#[test]
fn items_that_turned_and_texts_that_differ_are_named() {
    let (_a, before) = recording(RECORDED, "隐私政策\n我们收集手机号。\n完\n");
    let (_b, now) = recording(RECORDED, "隐私政策\n我们收集手机号和\u{1b}[31m位置。\n完\n");
    let after = judged(&now);
    let mut earlier = judged(&before);
    let fault = after.findings.iter().position(|f| f.verdict == Verdict::Violation).expect("a violation");
    earlier.findings[fault].verdict = Verdict::Conforms;
    let text = text((&before, &earlier), (&now, &after));
    let item = after.findings[fault].item.to_string();
    assert!(text.contains(&format!("new violations: 1\n  {item:<4} conforms → violation: ")), "{text}");
    let back = super::text((&now, &after), (&before, &earlier));
    assert!(back.contains(&format!("no longer violations: 1\n  {item:<4} violation → conforms: ")), "{back}");
    assert!(text.contains("the policy's text: 1 lines added, 1 removed\n  - 我们收集手机号。\n"), "{text}");
    assert!(!text.contains('\u{1b}'), "nothing from an app reaches the terminal unescaped: {text:?}");
    let new: Vec<String> = new_violations(&earlier, &after).iter().map(|f| f.item.to_string()).collect();
    assert_eq!(new, [item]);
    assert_eq!(new_violations(&after, &earlier).len(), 0, "what was mended is not new");
}

#[test]
fn a_longer_way_is_shown_step_by_step() {
    let longer = RECORDED.replacen(
        "\"path\":[{",
        "\"path\":[{\"on\":1,\"operation\":{\"do\":\"back\"},\"led_to\":1},{",
        1,
    );
    assert_ne!(longer, RECORDED, "the recording reached the policy");
    let ((_a, before), (_b, now)) = (recording(RECORDED, ""), recording(&longer, ""));
    let steps = reached(&before).expect("reached").path.len();
    let text = path(&before, &now);
    assert!(
        text.starts_with(&format!("way to the policy: {steps} → {} operations\n  - tap", steps + 1)),
        "{text}"
    );
    assert!(text.contains("  + go back · tap"), "{text}");
}

#[test]
fn a_policy_s_name_that_leads_out_of_the_recording_is_not_read() {
    let out = RECORDED.replace("\"policy.txt\"", "\"../policy.txt\"");
    let (_folder, recording) = recording(&out, "x");
    assert_ne!(out, RECORDED);
    assert!(!recording.folder().starts_with(Path::new("..")));
    assert_eq!(policy_text(&recording), None);
}

#[test]
fn a_policy_that_is_not_found_any_more_and_new_hosts_are_named() {
    let lines: Vec<&str> = RECORDED.lines().collect();
    let at = lines.iter().position(|line| line.contains("\"goal_reached\"")).expect("reached");
    let head = &lines[at][..lines[at].find("\"event\"").expect("an event")];
    let gone = format!(
        "{head}\"event\":\"goal_ruled_out\",\"goal\":\"policy\",\"depth\":6,\"breadth\":{{\"screens\":9,\"operations\":80,\"alike_skipped\":0,\"dangerous_skipped\":0}}}}"
    );
    let access = format!(
        "{head}\"event\":\"accessed\",\"screen\":1,\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"sensor\",\"what\":\"motion\",\"call\":\"x\",\"from\":\"http://127.0.0.1:33837/\",\"script\":\"https://cdn.other.example/sdk.js\"}}"
    );
    let mut changed = lines.clone();
    changed.splice(at..=at, [gone.as_str(), access.as_str()]);
    let ((_a, before), (_b, now)) = (recording(RECORDED, ""), recording(&changed.join("\n"), ""));
    let (old, new) = (judged(&before), judged(&now));
    let text = text((&before, &old), (&now, &new));
    assert!(text.contains("operations → not found within 6 operations\n"), "{text}");
    assert!(text.contains("\n  + cdn.other.example\n"), "{text}");
}
