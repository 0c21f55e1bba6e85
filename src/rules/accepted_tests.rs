//! Acceptances beside findings: in force, over, needless.

use std::path::Path;

use super::super::{Overrides, judge};
use super::*;

/// 3.4 is a violation in it; it began on 24 November 2026, or whenever it was kept.
const PRETICKED: &str = include_str!("../../tests/recordings/preticked/timeline.jsonl");

fn judged(accept: Vec<Acceptance>) -> crate::rules::Findings {
    let recording = Recording::parse(PRETICKED.as_bytes(), "timeline.jsonl", Path::new(".")).expect("reads");
    judge(&recording, &Overrides { accept, ..Overrides::default() })
}

fn accept(item: &str, until: &str) -> Acceptance {
    Acceptance {
        item: item.parse().expect("an item"),
        reason: "SHOP-17".to_owned(),
        by: "Li Wei".to_owned(),
        until: until.parse().expect("a day"),
    }
}

fn of<'a>(findings: &'a crate::rules::Findings, item: &str) -> &'a Finding {
    findings.findings.iter().find(|finding| finding.item.to_string() == item).expect("the item")
}

#[test]
fn an_accepted_violation_stays_one_and_fails_nothing() {
    let before = judged(Vec::new());
    let findings = judged(vec![accept("3.4", "2099-12-31")]);
    let finding = of(&findings, "3.4");
    assert_eq!((finding.verdict, finding.standing()), (Verdict::Violation, Verdict::Violation));
    assert!(finding.is_accepted());
    assert_eq!(findings.standing(Verdict::Violation), before.standing(Verdict::Violation));
    assert_eq!(findings.failing(Verdict::Violation), before.failing(Verdict::Violation) - 1);
    let said = finding.acceptance().expect("accepted");
    assert_eq!(said.en, "accepted by Li Wei until 2099-12-31: SHOP-17");
    assert_eq!(said.zh, "Li Wei 接受此项至 2099-12-31：SHOP-17");
}

#[test]
fn an_acceptance_holds_on_its_last_day_and_is_over_on_the_next() {
    let began = PRETICKED.lines().next().and_then(|line| line.split("\"time\":\"").nth(1)).expect("a time");
    let began: jiff::Timestamp = began.split('"').next().expect("a time").parse().expect("a time");
    let day = day_in_china(began);
    let before = day.yesterday().expect("a day");
    let accepted = |until: jiff::civil::Date| {
        let findings = judged(vec![accept("3.4", &until.to_string())]);
        (of(&findings, "3.4").is_accepted(), of(&findings, "3.4").acceptance().expect("said").en)
    };
    assert!(accepted(day).0);
    let (holds, said) = accepted(before);
    assert!(!holds && said.contains("which is over"), "{said}");
}

#[test]
fn an_acceptance_of_nothing_says_so() {
    let findings = judged(vec![accept("5.1", "2099-12-31")]);
    let finding = of(&findings, "5.1");
    assert!(finding.accepted.is_none() && !finding.is_accepted());
    assert!(finding.notes.iter().any(|note| note.en.contains("there is nothing to accept")), "{finding:?}");
}
