//! What was not found, on timelines made up for it: a walk that was cut, or that did not go through the log-in, accuses
//! nobody and says so.

use crate::case::made_up::{buttons, record, sighting};
use crate::language::reading::Reading;
use crate::language::rights::Answered;
use crate::recording::account::{
    AccountEntered, Cancellation, Change, Entering, InformationChanged, Lasted, Progress,
};
use crate::recording::entries::{ConsentGiven, ProbeEnded, ProbeStarted, RunEnded, SessionLooked};
use crate::recording::{Breadth, Budget, Event, GoalRuledOut, Outcome};
use crate::rules::{Finding, Overrides, Verdict, judge};

const CUT: &str = "the limit of 40 operations was used up";

/// A walk that did not find a goal.
fn walk(goal: &str, signed_in: bool, stopped: bool) -> Event {
    let budget = Some(Budget { operations: 40, seconds: 600.0 });
    Event::GoalRuledOut(GoalRuledOut {
        goal: goal.to_owned(),
        depth: 4,
        stopped: stopped.then(|| CUT.to_owned()),
        promising_only: false,
        breadth: Breadth { screens: 12, operations: 40, budget, signed_in, ..Breadth::default() },
    })
}

/// A screen, with a way to the log-in where one is wanted.
fn screen(log_in: bool) -> Event {
    sighting(if log_in { 2 } else { 1 }, Reading::default(), true)
}

fn account(answered: Answered) -> Event {
    let (entering, says) = (Entering::LoggingIn, String::new());
    Event::AccountEntered(AccountEntered { entering, answered, says, screen: 1, form: 1, asked: vec![] })
}

fn no_entry(exhaustive: bool) -> Event {
    Event::Cancellation(Cancellation {
        progress: Progress::NoEntry,
        path: vec![],
        entry: String::new(),
        screen: 1,
        says: String::new(),
        confirmed: false,
        no_entries: vec![],
        exhaustive,
        shortest: false,
    })
}

fn no_form(lasted: Lasted) -> Event {
    Event::InformationChanged(InformationChanged {
        change: Change::Correction,
        what: "profile".to_owned(),
        lasted,
        path: vec![],
        before: 1,
        after: 1,
        says: String::new(),
        elsewhere: None,
        wanted: String::new(),
    })
}

/// The finding on an item, where the probes did and saw this, and no policy was found anywhere.
fn finding(item: &str, probe: &str, seen: Vec<Event>) -> Finding {
    let mut events = vec![
        Event::ConsentGiven(ConsentGiven { screen: 1, by: "同意".to_owned() }),
        Event::ProbeStarted(ProbeStarted { probe: probe.to_owned() }),
    ];
    events.extend(seen);
    for probe in [probe, "read_policy"] {
        if probe == "read_policy" {
            events.push(Event::ProbeStarted(ProbeStarted { probe: probe.to_owned() }));
        }
        events.push(Event::ProbeEnded(ProbeEnded { probe: probe.to_owned(), outcome: Outcome::Complete }));
    }
    events.push(Event::RunEnded(RunEnded { whole: true }));
    let trees = [(1, buttons(&["看看有什么新鲜的商品"])), (2, buttons(&["登录"]))];
    let (_folder, recording) = record(events, &trees);
    let findings = judge(&recording, &Overrides::default()).findings;
    findings.into_iter().find(|finding| finding.item.to_string() == item).expect("all are there")
}

fn notes(finding: &Finding) -> String {
    finding.notes.iter().map(|note| note.en.as_str()).collect::<Vec<_>>().join("\n")
}

/// What each item's probe looks for, what else its rule needs, and what it comes to where the app was seen whole.
fn absences(stopped: bool) -> Vec<(&'static str, &'static str, Vec<Event>, Verdict)> {
    let policy = |signed_in| walk("policy", signed_in, false);
    let of = |goal: &str, signed_in| {
        let mut seen = vec![policy(false), screen(false), walk(goal, signed_in, stopped)];
        seen.extend(
            signed_in.then_some(Event::SessionLooked(SessionLooked { signed_in: Some(true), screen: 1 })),
        );
        seen
    };
    let correction = if stopped { Lasted::NotFound } else { Lasted::NoEntry };
    let with = |mut events: Vec<Event>, more: Event| {
        events.push(more);
        events
    };
    vec![
        ("1.1", "find_policy", vec![screen(false), walk("policy", false, stopped)], Verdict::Violation),
        ("1.3", "find_policy", vec![screen(false), walk("policy", false, stopped)], Verdict::NotApplicable),
        ("3.6", "targeted_push", of("targeted_switch", false), Verdict::NotApplicable),
        ("3.8", "withdraw_consent", of("withdraw_consent", false), Verdict::Violation),
        ("6.1", "delete_account", with(of("cancel_account", true), no_entry(!stopped)), Verdict::Violation),
        (
            "6.1",
            "correct_information",
            with(of("profile_form", true), no_form(correction)),
            Verdict::Violation,
        ),
        ("6.2", "delete_account", with(of("cancel_account", true), no_entry(!stopped)), Verdict::NotTested),
        ("6.5", "complaint_channel", of("complaint_channel", false), Verdict::Violation),
    ]
}

#[test]
fn an_app_that_was_seen_whole_is_judged() {
    for (item, probe, seen, verdict) in absences(false) {
        let finding = finding(item, probe, seen);
        assert_eq!(finding.verdict, verdict, "{item}: {finding:#?}");
        assert!(!notes(&finding).contains("search was cut"), "{item}: {}", notes(&finding));
        if item != "6.2" {
            assert!(notes(&finding).contains("40 of 40 operations"), "{item}: {}", notes(&finding));
        }
    }
}

#[test]
fn a_search_that_ran_out_of_its_budget_is_no_proof_and_is_told_of() {
    for (item, probe, seen, _) in absences(true) {
        let finding = finding(item, probe, seen);
        // 6.2 has nothing to weigh where there is no entry, and points to 6.1.
        if item == "6.2" {
            assert_eq!(finding.verdict, Verdict::NotTested);
            continue;
        }
        assert_eq!(finding.verdict, Verdict::Review, "{item}: {finding:#?}");
        assert!(finding.reason.en.contains(CUT), "{item}: {}", finding.reason.en);
        assert!(finding.reason.zh.contains(CUT), "{item}: {}", finding.reason.zh);
        let notes = notes(&finding);
        assert!(notes.contains("40 of 40 operations") && notes.contains(CUT), "{item}: {notes}");
    }
}

#[test]
fn what_may_lie_behind_a_log_in_is_left_to_a_person_unless_it_was_searched() {
    let of = |goal: &str, more: Vec<Event>| {
        let mut events = vec![walk("policy", false, false), screen(true), walk(goal, false, false)];
        events.extend(more);
        events
    };
    let looked = |signed_in| Event::SessionLooked(SessionLooked { signed_in, screen: 1 });
    let inside =
        |goal: &str, signed_in| vec![account(Answered::Accepted), walk(goal, true, false), looked(signed_in)];
    for (item, probe, goal) in
        [("3.8", "withdraw_consent", "withdraw_consent"), ("6.5", "complaint_channel", "complaint_channel")]
    {
        for (more, verdict, says) in [
            (vec![], Verdict::Review, "lets candor log in"),
            (vec![account(Answered::WrongCredentials)], Verdict::Review, "did not work in this run"),
            (inside(goal, Some(true)), Verdict::Violation, "12 screens as a guest and 12 when logged in"),
            (inside(goal, Some(false)), Verdict::Review, "no longer logged in"),
            (inside(goal, None), Verdict::Review, "is not known"),
            (vec![account(Answered::Accepted), walk(goal, true, true)], Verdict::Review, CUT),
        ] {
            let finding = finding(item, probe, of(goal, more));
            assert_eq!(finding.verdict, verdict, "{item}, {says}: {finding:#?}");
            assert!(finding.reason.en.contains(says), "{item}: {}", finding.reason.en);
        }
        // The guest's walk was cut: what it would have shown is not known, whatever the second walk saw.
        let mut events = vec![walk("policy", false, false), screen(true), walk(goal, false, true)];
        events.extend(inside(goal, Some(true)));
        assert_eq!(finding(item, probe, events).verdict, Verdict::Review, "{item}");
    }
}

/// A walk that fell out of the account saw a guest's app: nobody is accused of what only the account shows.
#[test]
fn cancelling_that_was_not_found_by_a_walk_that_fell_out_of_the_account_is_no_violation() {
    let looked = |signed_in| Event::SessionLooked(SessionLooked { signed_in, screen: 1 });
    for (after, verdict) in [
        (vec![looked(Some(true))], Verdict::Violation),
        (vec![looked(Some(false))], Verdict::Review),
        (vec![looked(None)], Verdict::Review),
        // The run was cut off before it looked.
        (vec![], Verdict::Review),
    ] {
        let mut seen = vec![screen(true), walk("cancel_account", true, false)];
        seen.extend(after);
        seen.push(no_entry(true));
        assert_eq!(finding("6.1", "delete_account", seen.clone()).verdict, verdict, "{seen:?}");
    }
}

#[test]
fn a_guest_s_glance_in_passing_takes_nothing_from_a_walk_of_everything_in_the_account() {
    let glance = |signed_in| match walk("cancel_account", signed_in, false) {
        Event::GoalRuledOut(walk) => Event::GoalRuledOut(GoalRuledOut { promising_only: true, ..walk }),
        other => other,
    };
    let whole = || walk("cancel_account", true, false);
    for (walks, verdict) in [
        (vec![glance(false), whole()], Verdict::Violation),
        (vec![glance(false), glance(true), whole()], Verdict::Violation),
        (vec![glance(false), glance(true)], Verdict::Review),
    ] {
        let mut seen = vec![screen(true)];
        seen.extend(walks);
        seen.extend([
            Event::SessionLooked(SessionLooked { signed_in: Some(true), screen: 1 }),
            no_entry(true),
        ]);
        assert_eq!(finding("6.1", "delete_account", seen.clone()).verdict, verdict, "{seen:?}");
    }
}

/// The policy may be behind the log-in: neither is the app without one, nor is it hard to reach.
#[test]
fn a_policy_that_may_be_behind_a_log_in_accuses_nobody() {
    for item in ["1.1", "1.3"] {
        let finding = finding(item, "find_policy", vec![screen(true), walk("policy", false, false)]);
        assert_eq!(finding.verdict, Verdict::Review, "{item}: {finding:#?}");
        assert!(finding.reason.en.contains("lets candor log in"), "{item}: {}", finding.reason.en);
    }
}

#[test]
fn a_screen_that_was_still_changing_when_it_was_left_proves_no_absence() {
    let restless = || {
        let mut event = screen(false);
        if let Event::ScreenSeen(seen) = &mut event {
            seen.settled = false;
        }
        event
    };
    for (item, probe, goal) in [
        ("1.1", "find_policy", "policy"),
        ("3.8", "withdraw_consent", "withdraw_consent"),
        ("6.5", "complaint_channel", "complaint_channel"),
    ] {
        for (seen, verdict) in [
            (vec![restless()], Verdict::Review),
            (vec![restless(), screen(false)], Verdict::Violation),
            (vec![screen(false)], Verdict::Violation),
        ] {
            let mut events = seen;
            events.extend([walk("policy", false, false), walk(goal, false, false)]);
            let finding = finding(item, probe, events);
            assert_eq!(finding.verdict, verdict, "{item}: {finding:#?}");
        }
    }
}
