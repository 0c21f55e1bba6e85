//! A made-up recording of a policy and of what the app asked for, for the tests of rules that hold one against the other.

use jiff::Timestamp;

use super::{Finding, Overrides, judge};
use crate::case::made_up::{record, sighting};
use crate::language::policy::Form;
use crate::language::reading::Reading;
use crate::recording::entries::{Accessed, ProbeEnded, ProbeStarted};
use crate::recording::{Event, FileRef, OpenedFrom, Outcome, PolicyRead};
use crate::world::access::{Access, AccessKind, Standing};

/// An ask of the person for a permission.
pub fn asked(what: &str) -> Event {
    let access = Access {
        at: Timestamp::from_second(1_790_000_005).expect("a time"),
        kind: AccessKind::Ask,
        what: what.to_owned(),
        call: "navigator.permissions.request".to_owned(),
        from: "https://shop.example/".to_owned(),
        script: String::new(),
        framed: false,
        by_hand: false,
        standing: Some(Standing::Unanswered),
    };
    Event::Accessed(Accessed { screen: 1, access })
}

/// Judges an item of a recording with these events, in which the policy with this text was read to its end.
pub fn judge_policy(text: &str, events: Vec<Event>, item: &str) -> Finding {
    let policy = PolicyRead {
        screen: 1,
        screens: vec![1],
        title: "隐私政策".to_owned(),
        form: Form::Text,
        opened_from: OpenedFrom::MainScreen,
        text: Some(FileRef { file: "policy.txt".to_owned(), sha256: String::new() }),
        characters: text.chars().count(),
        rules: vec![],
    };
    let mut all = vec![
        Event::ProbeStarted(ProbeStarted { probe: "read_policy".to_owned() }),
        sighting(1, Reading::default(), true),
    ];
    all.extend(events);
    all.push(Event::PolicyRead(policy));
    all.push(Event::ProbeEnded(ProbeEnded { probe: "read_policy".to_owned(), outcome: Outcome::Complete }));
    let (folder, recording) = record(all, &[]);
    std::fs::write(folder.path().join("policy.txt"), text).expect("writes");
    let findings = judge(&recording, &Overrides::default());
    findings.findings.into_iter().find(|finding| finding.item.to_string() == item).expect("all are there")
}
