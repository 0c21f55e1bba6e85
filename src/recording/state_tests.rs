use super::*;
use crate::language::permission::Answer;
use crate::recording::account::{AccountEntered, Entering};
use crate::recording::entries::{
    AppStarted, ClockMoved, ConsentGiven, ConsentRefused, ConsentWithdrawn, MainReached, OperationDone,
    PermissionAnswered, ProbeEnded, ProbeStarted, SessionChanged,
};
use crate::recording::{Outcome, RefusedBy};

fn states(events: Vec<Event>) -> States {
    let entry = |(at, event): (usize, Event)| Entry {
        seq: at as u64 + 1,
        time: second(at),
        prev: String::new(),
        event,
    };
    States::of(&events.into_iter().enumerate().map(entry).collect::<Vec<_>>())
}

fn second(at: usize) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + at as i64).expect("a time")
}

fn start(how: Start) -> Event {
    Event::AppStarted(AppStarted { how })
}

fn tap(label: &str) -> Event {
    let operation = Operation::Tap { x: 1.0, y: 1.0, label: label.to_owned() };
    Event::OperationDone(OperationDone { screen: 1, operation })
}

fn agree() -> Event {
    Event::ConsentGiven(ConsentGiven { screen: 1, by: "同意".to_owned() })
}

fn refuse() -> Event {
    Event::ConsentRefused(ConsentRefused { screen: 1, by: "不同意".to_owned(), how: RefusedBy::Control })
}

fn change(session: &str) -> Event {
    Event::SessionChanged(SessionChanged { session: session.to_owned() })
}

#[test]
fn what_was_said_lasts_over_later_starts_and_ends_with_a_new_installation() {
    let states = states(vec![
        start(Start::Fresh),
        agree(),
        start(Start::Resumed),
        Event::ConsentWithdrawn(ConsentWithdrawn { screen: 1, by: "撤回".to_owned() }),
        start(Start::Fresh),
        refuse(),
    ]);
    let consent: Vec<Consent> = (0..6).map(|at| states.after(at).consent).collect();
    use Consent::{Given, NotGiven, Refused, Withdrawn};
    assert_eq!(consent, [NotGiven, Given, Given, Withdrawn, NotGiven, Refused]);
    assert!(states.after(1).agreed_on_start && !states.after(2).agreed_on_start);
    assert!(states.after(3).agreed, "who withdraws has agreed once");
    assert!(!states.after(4).agreed);
    let starts: Vec<u32> = (0..6).map(|at| states.after(at).on_start).collect();
    assert_eq!(starts, [1, 1, 2, 2, 3, 3]);
}

#[test]
fn the_clock_moves_with_the_next_start() {
    let states = states(vec![
        start(Start::Fresh),
        Event::ClockMoved(ClockMoved { hours: 49 }),
        start(Start::Resumed),
        refuse(),
    ]);
    let clock: Vec<u32> = (0..4).map(|at| states.after(at).clock).collect();
    assert_eq!(clock, [0, 0, 49, 49]);
}

#[test]
fn a_second_session_has_a_state_of_its_own() {
    let entered = AccountEntered {
        entering: Entering::LoggingIn,
        answered: Answered::Accepted,
        says: String::new(),
        screen: 1,
        form: 1,
        asked: vec![],
    };
    let states = states(vec![
        start(Start::Fresh),
        agree(),
        Event::AccountEntered(entered),
        change("second"),
        start(Start::Fresh),
        change("first"),
        change("second"),
    ]);
    assert_eq!((states.after(3).consent, states.after(3).logged_in), (Consent::NotGiven, None));
    assert_eq!(states.after(4).logged_in, Some(false));
    let back = states.after(5);
    assert_eq!((back.consent, back.logged_in, back.on_start), (Consent::Given, Some(true), 1));
    assert_eq!((states.after(6).on_start, &*states.after(6).session), (2, "second"));
}

#[test]
fn what_was_done_last_is_of_this_start() {
    let states = states(vec![
        start(Start::Fresh),
        tap("同意"),
        Event::MainReached(MainReached { screen: 2 }),
        tap("扫一扫"),
        tap("允许"),
        start(Start::Resumed),
    ]);
    let words = |at: usize| {
        let state = states.after(at);
        (state.tapped.as_deref().map(str::to_owned), state.wish.as_deref().map(str::to_owned))
    };
    assert_eq!(words(1), (Some("同意".to_owned()), None), "no function is used before the main screen");
    assert_eq!(words(4), (Some("允许".to_owned()), Some("扫一扫".to_owned())));
    assert_eq!(words(5), (None, None));
    assert_eq!((states.after(4).operations, states.after(5).operations), (3, 0));
}

#[test]
fn consent_is_brought_about_by_the_tap_before_it() {
    let states = states(vec![start(Start::Fresh), tap("同意"), agree()]);
    assert_eq!(states.before(2).brought_about(second(2)), second(1));
    let states = self::states(vec![start(Start::Fresh), agree()]);
    assert_eq!(states.before(1).brought_about(second(1)), second(1));
}

#[test]
fn permissions_that_were_refused_are_asked_anew_after_a_new_installation() {
    let refused = Event::PermissionAnswered(PermissionAnswered {
        screen: 1,
        permission: "location".to_owned(),
        answer: Answer::Refuse,
    });
    let states = states(vec![
        Event::ProbeStarted(ProbeStarted { probe: "first_run".to_owned() }),
        start(Start::Fresh),
        refused,
        start(Start::Resumed),
        start(Start::Fresh),
        Event::ProbeEnded(ProbeEnded { probe: "first_run".to_owned(), outcome: Outcome::Complete }),
    ]);
    assert_eq!(states.after(3).refused.iter().collect::<Vec<_>>(), ["location"]);
    assert!(states.after(4).refused.is_empty());
    assert_eq!(states.after(4).probe.as_deref(), Some("first_run"));
    assert_eq!(states.after(5).probe, None);
    assert_eq!(states.before(99), states.after(5), "past the end, the last state");
}
