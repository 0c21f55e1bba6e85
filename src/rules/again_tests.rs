//! Violations that a second session confirms, does not confirm, or could not look for.

use super::*;
use crate::recording::FileRef;

fn finding(verdict: Verdict) -> Finding {
    Finding {
        item: "3.4".parse().expect("an item"),
        verdict,
        title: both("t", "t"),
        reason: both("the box is ticked", "已勾选"),
        notes: Vec::new(),
        evidence: Vec::new(),
        seconds: 0.0,
        tables: Vec::new(),
        attested: Vec::new(),
        accepted: None,
    }
}

fn weighed(verdict: Verdict, second: Option<Verdict>, broken: Option<&str>) -> Finding {
    let looked = LookedAgain {
        items: vec!["3.4".parse().expect("an item")],
        probes: vec!["first_run".to_owned()],
        timeline: FileRef { file: "second/timeline.jsonl".to_owned(), sha256: String::new() },
        broken: broken.map(str::to_owned),
    };
    let item: ItemId = "3.4".parse().expect("an item");
    let second = second.map(|verdict| [(item, (verdict, both("why", "原因")))].into());
    let mut finding = finding(verdict);
    Again { looked: &looked, second }.weigh(&mut finding);
    finding
}

#[test]
fn what_shows_twice_is_a_violation() {
    let twice = weighed(Verdict::Violation, Some(Verdict::Violation), None);
    assert_eq!(twice.verdict, Verdict::Violation);
    assert!(twice.notes[0].en.contains("seen again"), "{:?}", twice.notes);
    let cut = weighed(Verdict::Violation, Some(Verdict::Violation), Some("the driver is gone"));
    assert_eq!(cut.verdict, Verdict::Violation, "it was seen before the second session ended");
}

#[test]
fn what_shows_once_is_for_a_person() {
    for (second, broken, says) in [
        (Some(Verdict::Conforms), None, "a second session says conforms: why"),
        (Some(Verdict::NotTested), Some("the driver is gone"), "did not come to its end: the driver is gone"),
        (None, None, "cannot be read"),
    ] {
        let once = weighed(Verdict::Violation, second, broken);
        assert_eq!(once.verdict, Verdict::Review);
        assert_eq!(once.reason.en, "seen once: the box is ticked");
        assert!(once.notes[0].en.contains(says), "{:?}", once.notes);
    }
}

#[test]
fn what_is_no_violation_stays_what_it_is() {
    let review = weighed(Verdict::Review, Some(Verdict::Conforms), None);
    assert_eq!((review.verdict, review.notes.len()), (Verdict::Review, 0));
}
