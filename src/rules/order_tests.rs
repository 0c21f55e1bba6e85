//! The order of ruling, on opinions made up for it.

use super::*;
use crate::case::made_up::record;
use crate::case::{Doubt, Readings};
use crate::recording::entries::{ProbeEnded, ProbeStarted};
use crate::recording::{Event, Recording};
use crate::text::both;
use crate::thresholds::Thresholds;
use crate::world::access::{AccessKind, Watch};

/// A rule that says what it is told to.
struct Told(Weighed);

impl Rule for Told {
    fn item(&self) -> &'static str {
        "1.2"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["first_run"]
    }
    fn needs(&self) -> &'static [AccessKind] {
        &[AccessKind::Ask]
    }
    fn weigh(&self, _: &Case<'_>) -> Weighed {
        self.0.clone()
    }
}

fn opinion(verdict: Verdict, words: &str) -> Opinion {
    Opinion::new(verdict, both(words, words))
}

/// Rules on what is weighed, where the probe ended so and calls were seen or not.
fn ruled(weighed: Weighed, outcome: Outcome, sees: bool) -> Opinion {
    let sees = if sees { [AccessKind::Ask].into() } else { Default::default() };
    let events = vec![
        Event::Watching(Watch { sees, requests: None, gaps: vec!["no sensors".to_owned()] }),
        Event::ProbeStarted(ProbeStarted { probe: "first_run".to_owned() }),
        Event::ProbeEnded(ProbeEnded { probe: "first_run".to_owned(), outcome }),
    ];
    let (_folder, recording): (_, Recording) = record(events, &[]);
    let thresholds = Thresholds::new(Default::default());
    rule_on(&Told(weighed), &Case::new(&recording, &thresholds, Readings::Again))
}

fn cut() -> Outcome {
    Outcome::Incomplete("the app ended".to_owned())
}

fn absence(doubts: Vec<Doubt>) -> Absence {
    Absence::new(both("nothing was found", "没有找到"), opinion(Verdict::Violation, "absent")).doubted(doubts)
}

#[test]
fn what_was_seen_comes_before_what_was_not_looked_at() {
    let opinions = vec![
        opinion(Verdict::Conforms, "good"),
        opinion(Verdict::Review, "look"),
        opinion(Verdict::Violation, "bad"),
        opinion(Verdict::Violation, "bad too"),
    ];
    let ruled_on = ruled(Weighed::of(opinions), cut(), false);
    assert_eq!((ruled_on.verdict, ruled_on.reason.en.as_str()), (Verdict::Violation, "bad"));
    let notes: Vec<&str> = ruled_on.notes.iter().map(|note| note.en.as_str()).collect();
    assert_eq!(notes, ["good", "look", "bad too"], "the others are told beside it");
}

#[test]
fn good_is_only_what_was_looked_at_to_the_end() {
    let good = || opinion(Verdict::Conforms, "good");
    assert_eq!(ruled(good().into(), cut(), true).verdict, Verdict::NotTested);
    assert_eq!(ruled(good().settled().into(), cut(), false).verdict, Verdict::Conforms);
    assert_eq!(ruled(good().into(), Outcome::Complete, true).verdict, Verdict::Conforms);
    let blind = ruled(good().into(), Outcome::Complete, false);
    assert_eq!(blind.verdict, Verdict::NotTested);
    assert!(blind.reason.en.contains("no sensors"), "{}", blind.reason.en);
    let unseen = Weighed {
        unfinished: vec![opinion(Verdict::NotTested, "not all was measured")],
        clean: Some(good()),
        ..Weighed::default()
    };
    assert_eq!(ruled(unseen, Outcome::Complete, true).reason.en, "not all was measured");
}

#[test]
fn what_is_not_there_accuses_only_without_a_doubt() {
    let doubt = Doubt::because(both("the search was cut", "搜索没有做完"));
    assert_eq!(ruled(Weighed::absent(absence(vec![])), cut(), true).verdict, Verdict::NotTested);
    let doubted = ruled(Weighed::absent(absence(vec![doubt])), Outcome::Complete, true);
    assert_eq!(doubted.verdict, Verdict::Review);
    assert_eq!(doubted.reason, both("nothing was found, but the search was cut", "没有找到，但搜索没有做完"));
    let review = absence(vec![]).reviewed([opinion(Verdict::Review, "hardly any text")]);
    assert_eq!(ruled(Weighed::absent(review), Outcome::Complete, true).reason.en, "hardly any text");
    // What calls there were does not matter to what is not there.
    assert_eq!(ruled(Weighed::absent(absence(vec![])), Outcome::Complete, false).verdict, Verdict::Violation);
}

#[test]
fn a_rule_that_says_nothing_leaves_the_item_untested() {
    let nothing = ruled(Weighed::default(), Outcome::Complete, true);
    assert_eq!(nothing.verdict, Verdict::NotTested);
    assert!(nothing.reason.en.contains("nothing to judge this by"));
}
