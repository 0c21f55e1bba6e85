use std::path::Path;

use super::*;
use crate::recording::Recording;

#[test]
fn every_rule_judges_an_item_of_the_notice_and_reads_probes_that_exist() {
    for rule in all_rules() {
        assert!(rule.item().parse::<ItemId>().is_ok(), "{}", rule.item());
        assert!(rule.reads().iter().all(|probe| crate::probes::names().contains(probe)));
    }
}

/// The sample app with its consent box ticked, as a run recorded it (without its pictures).
const PRETICKED: &str = include_str!("../../tests/recordings/preticked/timeline.jsonl");

fn recording(text: &str) -> Recording {
    Recording::parse(text.as_bytes(), "timeline.jsonl", Path::new(".")).expect("reads")
}

fn verdict(findings: &Findings, item: &str) -> Verdict {
    let finding = findings.findings.iter().find(|finding| finding.item.to_string() == item);
    finding.expect("all 31 are there").verdict
}

#[test]
fn a_recording_is_judged_without_the_app_and_under_other_limits() {
    let whole = recording(PRETICKED);
    let findings = judge(&whole, &Overrides::default());
    assert!(!findings.incomplete && findings.findings.len() == 31);
    assert_eq!(["1.1", "1.2", "1.3"].map(|item| verdict(&findings, item)), [Verdict::Conforms; 3]);
    assert_eq!(verdict(&findings, "3.4"), Verdict::Violation);

    let stricter =
        Overrides { thresholds: [("max_operations".to_owned(), 2.0)].into(), ..Overrides::default() };
    assert_eq!(verdict(&judge(&whole, &stricter), "1.3"), Verdict::Violation);

    let only = Overrides { items: vec!["1.3".parse().expect("an item")], ..Overrides::default() };
    let findings = judge(&whole, &only);
    assert_eq!(verdict(&findings, "3.4"), Verdict::NotTested);
    assert_eq!(verdict(&findings, "1.3"), Verdict::Conforms);
}

/// A run can be cut off anywhere. What it did not reach must never be called good, and never bad.
#[test]
fn a_recording_that_was_cut_anywhere_is_judged_no_further_than_it_goes() {
    let lines: Vec<&str> = PRETICKED.lines().collect();
    let ended = |upto: usize, probe: &str| {
        lines[..upto].iter().any(|line| line.contains("probe_ended") && line.contains(probe))
    };
    let reached = |upto: usize, event: &str| lines[..upto].iter().any(|line| line.contains(event));
    for upto in 1..lines.len() {
        let cut = recording(&format!("{}\n", lines[..upto].join("\n")));
        let findings = judge(&cut, &Overrides::default());
        assert!(findings.incomplete);
        if !reached(upto, "\"policy_read\"") {
            assert_eq!(verdict(&findings, "1.1"), Verdict::NotTested, "after {upto} lines");
        }
        if !reached(upto, "\"goal_reached\"") {
            assert_eq!(verdict(&findings, "1.3"), Verdict::NotTested, "after {upto} lines");
        }
        assert_ne!(verdict(&findings, "1.2"), Verdict::Violation, "after {upto} lines");
        if !ended(upto, "sign_in_form") {
            assert_ne!(verdict(&findings, "3.4"), Verdict::Conforms, "after {upto} lines");
        }
    }
}

#[test]
fn an_item_without_a_probe_says_so() {
    let findings = judge(&recording(PRETICKED), &Overrides::default());
    let untested: Vec<_> =
        findings.findings.iter().filter(|finding| finding.verdict == Verdict::NotTested).collect();
    let (ruled, bare): (Vec<&Finding>, Vec<&Finding>) = untested
        .into_iter()
        .partition(|finding| all_rules().any(|rule| rule.item() == finding.item.to_string()));
    assert_eq!(bare.len(), 31 - all_rules().count());
    assert!(bare.iter().all(|finding| finding.reason.en == "no probe yet"));
    let why = |item: &str| {
        let finding = ruled.iter().find(|finding| finding.item.to_string() == item);
        finding.map(|finding| finding.reason.en.as_str()).unwrap_or_default()
    };
    // The recording is of a form that had no measurements of texts yet, and no calls; its run had four probes.
    assert!(why("1.4").contains("holds no measurements"), "{ruled:#?}");
    assert!(why("3.1").contains("not all that the app calls for can be seen"), "{ruled:#?}");
    for item in ["2.3", "3.2", "3.6", "3.8", "4.2", "4.5", "4.6", "6.1", "6.2", "6.4"] {
        assert!(why(item).contains("did not run"), "{item}: {ruled:#?}");
    }
}

/// A finding says why the policy was opened where it was only if a search came before it.
#[test]
fn a_policy_opened_at_the_first_run_is_not_called_missing_from_the_main_screen() {
    let text = PRETICKED.replace("\"opened_from\":\"main_screen\"", "\"opened_from\":\"first_run\"");
    assert_ne!(text, PRETICKED);
    let findings = judge(&recording(&text), &Overrides::default());
    let notes: Vec<&str> = findings.findings[0].notes.iter().map(|note| note.en.as_str()).collect();
    assert!(notes.contains(&"it was opened from the first-run prompt"), "{notes:?}");
}
