use std::path::Path;

use crate::recording::Recording;
use crate::rules::{Finding, Overrides, Verdict, judge};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings/small-print");

/// The finding on 1.4 in a folder, under other limits.
fn finding(folder: &Path, limits: &[(&str, f64)]) -> Finding {
    let recording = Recording::open(folder).expect("reads");
    let thresholds = limits.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
    let findings = judge(&recording, &Overrides { thresholds, ..Overrides::default() });
    findings.findings.into_iter().find(|finding| finding.item.to_string() == "1.4").expect("all are there")
}

fn verdict(limits: &[(&str, f64)]) -> Verdict {
    finding(Path::new(FOLDER), limits).verdict
}

/// A copy of the recording whose policy or measurements can be changed.
fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("screens")).expect("creates");
    for name in ["timeline.jsonl", "policy.txt"] {
        std::fs::copy(Path::new(FOLDER).join(name), folder.path().join(name)).expect("copies");
    }
    for entry in std::fs::read_dir(Path::new(FOLDER).join("screens")).expect("lists") {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), folder.path().join("screens").join(entry.file_name())).expect("copies");
    }
    folder
}

#[test]
fn a_few_small_and_pale_paragraphs_are_left_to_a_person() {
    let found = finding(Path::new(FOLDER), &[]);
    assert_eq!(found.verdict, Verdict::Review);
    assert!(found.reason.en.contains("9.0 dp") && found.reason.en.contains("2.3:1"), "{}", found.reason.en);
    let marks = found.evidence.first().and_then(|evidence| evidence.marks.as_ref()).expect("boxed lines");
    assert!(!marks.places.is_empty());
    assert!(marks.places.iter().all(|mark| mark.rect.bottom() < marks.height as f32));
    assert!(found.notes.iter().any(|note| note.en.contains("我们只收集实现相应功能所必需的信息")));
}

#[test]
fn the_share_that_counts_and_the_limits_can_be_set() {
    assert_eq!(verdict(&[("hard_share", 5.0)]), Verdict::Violation);
    assert_eq!(verdict(&[("min_text_size", 8.0), ("min_contrast", 2.0)]), Verdict::Conforms);
    assert_eq!(verdict(&[("min_text_size", 20.0)]), Verdict::Violation);
    assert_eq!(
        verdict(&[("min_text_size", 8.0), ("min_contrast", 2.0), ("min_line_spacing", 1.9)]),
        Verdict::Violation
    );
}

#[test]
fn a_policy_without_measurements_is_not_judged() {
    let folder = copy();
    std::fs::remove_dir_all(folder.path().join("screens")).expect("removes");
    let found = finding(folder.path(), &[]);
    assert_eq!(found.verdict, Verdict::NotTested);
    // One screen that is missing is enough: what it showed is not known to be readable.
    let folder = copy();
    let first =
        std::fs::read_dir(folder.path().join("screens")).expect("lists").next().expect("one").expect("one");
    std::fs::remove_file(first.path()).expect("removes");
    let limits = [("min_text_size", 8.0), ("min_contrast", 2.0)];
    assert_eq!(finding(folder.path(), &limits).verdict, Verdict::NotTested);
}

#[test]
fn the_script_of_the_policys_text_decides() {
    let with_text = |text: &str| {
        let folder = copy();
        std::fs::write(folder.path().join("policy.txt"), text).expect("writes");
        finding(folder.path(), &[]).verdict
    };
    assert_eq!(with_text("我們會在您註冊帳號時收集您的手機號碼，用來創建帳號"), Verdict::Violation);
    assert_eq!(with_text("We collect your phone number when you create an account."), Verdict::Violation);
    assert_eq!(
        with_text("We collect your phone number. 简体中文 is one tap away from here."),
        Verdict::Review
    );
}

/// Files that a stranger may have written: none of them may bring the judging down or be taken for a measurement.
#[test]
fn measurements_that_make_no_sense_accuse_nobody() {
    for content in ["", "{}", "[1, 2", "{\"width\":1,\"height\":1,\"density\":0,\"lines\":[],\"covered\":0}"]
    {
        let folder = copy();
        for entry in std::fs::read_dir(folder.path().join("screens")).expect("lists") {
            std::fs::write(entry.expect("an entry").path(), content).expect("writes");
        }
        let verdict = finding(folder.path(), &[]).verdict;
        assert!(matches!(verdict, Verdict::NotTested | Verdict::Review), "{content}: {verdict:?}");
    }
}
