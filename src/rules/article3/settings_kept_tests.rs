use std::collections::BTreeMap;

use crate::case::made_up::{record_run, sighting};
use crate::language::permission::Answer;
use crate::language::reading::Reading;
use crate::recording::entries::{
    PermissionAnswered, PermissionStates, PermissionsSet, ProbeEnded, ProbeStarted,
};
use crate::recording::version::{Leg, SettingSeen, VersionUsed};
use crate::recording::{Event, Outcome, RunStarted};
use crate::rules::{Finding, Overrides, Verdict, judge};
use crate::sight::tick::Tick;
use crate::world::Version;
use crate::world::access::Standing;

fn used(version: Version, refusing: bool) -> Event {
    Event::VersionUsed(VersionUsed { version, from: String::new(), refusing })
}

fn seen(leg: Leg, on: Option<bool>) -> Event {
    Event::SettingSeen(SettingSeen {
        leg,
        screen: 1,
        label: "个性化推荐".to_owned(),
        reversed: false,
        by_tree: None,
        by_pixels: Tick::Unsure,
        on,
    })
}

fn judged(before: Vec<Event>, after: Vec<Event>) -> Finding {
    let probe = "upgrade".to_owned();
    let mut events = vec![
        Event::ProbeStarted(ProbeStarted { probe: probe.clone() }),
        sighting(1, Reading::default(), true),
        used(Version::Before, true),
    ];
    events.extend(before);
    events.push(used(Version::Now, true));
    events.extend(after);
    events.push(Event::ProbeEnded(ProbeEnded { probe, outcome: Outcome::Complete }));
    let start = RunStarted { platform: "android".to_owned(), ..RunStarted::default() };
    let (_folder, recording) = record_run(start, events, &[]);
    let findings = judge(&recording, &Overrides::default());
    findings.findings.into_iter().find(|finding| finding.item.to_string() == "3.5").expect("all are there")
}

/// A switch that was found, set, seen after a restart and after the upgrade.
fn switch(
    found: Option<bool>,
    set: Option<bool>,
    restarted: Option<bool>,
    upgraded: &[Option<bool>],
) -> Finding {
    judged(
        vec![seen(Leg::Found, found), seen(Leg::Set, set), seen(Leg::Restarted, restarted)],
        upgraded.iter().map(|on| seen(Leg::Upgraded, *on)).collect(),
    )
}

#[test]
fn a_switch_that_comes_on_by_itself_is_a_violation_and_one_that_stays_off_conforms() {
    let (on, off) = (Some(true), Some(false));
    for (found, set, restarted, upgraded, verdict) in [
        (on, off, off, &[off][..], Verdict::Conforms),
        (on, off, off, &[on], Verdict::Violation),
        (on, off, on, &[on], Verdict::Violation),
        // Gone, or not to be told.
        (on, off, off, &[], Verdict::Review),
        (on, off, off, &[None], Verdict::Review),
        // The tap did not turn it off: that is another item's.
        (on, on, on, &[on], Verdict::Review),
        // Off already: nobody set it, so that it is on now is no setting that was changed.
        (off, off, off, &[on], Verdict::NotTested),
    ] {
        let finding = switch(found, set, restarted, upgraded);
        assert_eq!(finding.verdict, verdict, "{found:?} {set:?} {restarted:?} {upgraded:?}: {finding:#?}");
    }
    let finding = switch(on, off, off, &[on]);
    assert_eq!(
        finding.tables[0].rows[0].iter().skip(1).map(|cell| cell.en.as_str()).collect::<Vec<_>>(),
        ["on", "off", "off", "on"]
    );
}

fn answered(answer: Answer) -> Event {
    Event::PermissionAnswered(PermissionAnswered { screen: 1, permission: "camera".to_owned(), answer })
}

fn states(granted: bool) -> Event {
    let states = BTreeMap::from([("android.permission.CAMERA".to_owned(), granted)]);
    Event::PermissionStates(PermissionStates { states })
}

#[test]
fn a_refused_permission_that_is_granted_after_the_upgrade_is_a_violation_unless_somebody_else_granted_it() {
    let refused = || vec![answered(Answer::Refuse), states(false)];
    assert_eq!(judged(refused(), vec![states(true)]).verdict, Verdict::Violation);
    assert_eq!(judged(refused(), vec![states(false)]).verdict, Verdict::Conforms);
    assert_eq!(judged(refused(), vec![]).verdict, Verdict::Review, "the system did not tell");
    // The harness set it, or the person said yes to a new ask.
    let standings = BTreeMap::from([("camera".to_owned(), Standing::Granted)]);
    let set = Event::PermissionsSet(PermissionsSet { standings });
    assert_eq!(judged(refused(), vec![set, states(true)]).verdict, Verdict::Review);
    assert_eq!(judged(refused(), vec![answered(Answer::Allow), states(true)]).verdict, Verdict::Review);
    // The system never said that it was refused.
    assert_eq!(judged(vec![answered(Answer::Refuse)], vec![states(true)]).verdict, Verdict::Review);
    // A second installation, with everything granted, says nothing of the first.
    let second = vec![states(false), used(Version::Before, false), used(Version::Now, false), states(true)];
    assert_eq!(judged(refused(), second).verdict, Verdict::Conforms);
}

#[test]
fn where_the_run_set_nothing_nothing_is_judged() {
    assert_eq!(judged(vec![], vec![states(true)]).verdict, Verdict::NotTested);
}
