use std::collections::BTreeMap;

use jiff::civil::date;

use super::*;
use crate::case::Readings;
use crate::case::made_up::record;
use crate::language::rights::Condition;
use crate::recording::account::CancellationStep;
use crate::recording::entries::{AddedLater, ProbeEnded, ProbeStarted};
use crate::recording::{Outcome, Recording};
use crate::thresholds::Thresholds;

/// The day of the run of a recording that is made up, in China.
const RUN: Date = date(2026, 9, 21);

fn requested(says: &str) -> Event {
    Event::Cancellation(Cancellation {
        progress: Progress::Requested,
        path: vec![],
        entry: "注销账号".to_owned(),
        screen: 1,
        says: says.to_owned(),
        confirmed: true,
        no_entries: vec![],
        exhaustive: false,
        shortest: false,
    })
}

fn step(kind: &str, days: u32, working: bool) -> Event {
    let condition = Condition {
        kind: kind.to_owned(),
        says: format!("{days}天"),
        days: Some(days),
        working,
        required: None,
    };
    Event::CancellationStep(CancellationStep { screen: 1, conditions: vec![condition] })
}

fn cancelled(steps: Vec<Event>, says: &str) -> (tempfile::TempDir, Recording) {
    let mut events = vec![Event::ProbeStarted(ProbeStarted { probe: "delete_account".to_owned() })];
    events.extend(steps);
    events.push(requested(says));
    events.push(Event::ProbeEnded(ProbeEnded {
        probe: "delete_account".to_owned(),
        outcome: Outcome::Complete,
    }));
    record(events, &[])
}

/// The due dates and the limit of the only follow-up.
fn only(recording: &Recording) -> (Due, u32, Source, Date) {
    let thresholds = Thresholds::new(BTreeMap::new());
    let case = Case::new(recording, &thresholds, Readings::Again);
    let all = case.follow_ups();
    assert_eq!(all.len(), 1, "{all:#?}");
    (all[0].due, all[0].limit.count, all[0].limit.source, all[0].begins)
}

fn exactly(day: Date) -> Due {
    Due { first: day, last: day, unknown: None }
}

#[test]
fn the_limit_is_the_one_that_is_promised_and_the_laws_where_none_is() {
    let law = date(2026, 10, 19);
    for (steps, says, expected) in [
        (vec![], "已提交申请", (exactly(law), 15, Source::Law, RUN)),
        (vec![], "我们将在5个工作日内处理您的注销申请", (exactly(date(2026, 9, 29)), 5, Source::App, RUN)),
        (vec![step("wait", 3, true)], "已提交", (exactly(date(2026, 9, 24)), 3, Source::App, RUN)),
        // A longer promise does not lengthen the notice's own limit.
        (vec![step("wait", 60, true)], "已提交", (exactly(law), 15, Source::Law, RUN)),
        // Whoever may change their mind for a week waits by their own wish.
        (
            vec![step("cooling_off", 7, false), step("wait", 2, true)],
            "已提交",
            (exactly(date(2026, 9, 30)), 2, Source::App, date(2026, 9, 28)),
        ),
    ] {
        let (_folder, recording) = cancelled(steps, says);
        assert_eq!(only(&recording), expected, "{says}");
    }
}

#[test]
fn a_recording_of_which_nothing_is_answered_later_has_no_follow_ups() {
    for progress in [Progress::Done, Progress::Failed, Progress::NotAllowed] {
        let Event::Cancellation(found) = requested("") else { unreachable!("as it was made") };
        let (_folder, recording) = record(vec![Event::Cancellation(Cancellation { progress, ..found })], &[]);
        assert!(!Case::has_follow_ups(&recording.entries), "{progress:?}");
    }
}

#[test]
fn looks_say_how_it_came_out_and_what_cannot_be_true_is_for_a_person() {
    let (open, done, denied, asked) = (Reply::Open, Reply::Done, Reply::Denied, Reply::AskedBack);
    for (looks, came) in [
        (vec![], Came::Waiting),
        (vec![(open, date(2026, 10, 10))], Came::Waiting),
        (vec![(open, date(2026, 10, 19))], Came::Waiting),
        (vec![(open, date(2026, 10, 20))], Came::Overdue),
        (vec![(done, date(2026, 10, 19))], Came::InTime),
        (vec![(done, date(2026, 10, 20))], Came::Late),
        (vec![(denied, date(2026, 10, 1))], Came::Denied),
        (vec![(denied, date(2026, 11, 1))], Came::Late),
        (vec![(asked, date(2026, 10, 1))], Came::AskedBack),
        (vec![(asked, date(2026, 10, 1)), (done, date(2026, 10, 2))], Came::InTime),
        (vec![(open, date(2026, 10, 20)), (done, date(2026, 10, 22))], Came::Late),
        // It was answered earlier than a look that still found it open.
        (vec![(open, date(2026, 10, 20)), (done, date(2026, 10, 18))], Came::Contradicted),
        (vec![(done, date(2026, 10, 18)), (open, date(2026, 10, 20))], Came::Contradicted),
        // A look that is dated before the asking says nothing of it.
        (vec![(done, date(2026, 9, 1))], Came::Waiting),
    ] {
        let mut events = vec![requested("已提交申请")];
        events.extend(looks.iter().map(|(reply, on)| {
            Event::DemandLookedAt(Box::new(DemandLookedAt {
                demand: 2,
                reply: *reply,
                on: *on,
                remains: None,
                note: "seen".to_owned(),
                by: "Li Wei".to_owned(),
                added: AddedLater::default(),
            }))
        }));
        let (_folder, recording) = record(events, &[]);
        let thresholds = Thresholds::new(BTreeMap::new());
        let case = Case::new(&recording, &thresholds, Readings::Again);
        assert_eq!(case.follow_ups()[0].came(), came, "{looks:?}");
    }
}

#[test]
fn a_year_without_holidays_widens_the_due_date_and_leaves_it_to_a_person() {
    let stated = |sent: Date| {
        Event::DemandStated(Box::new(DemandStated {
            what: Demand::Deletion,
            channel: Through::Mail,
            sent,
            note: "delete".to_owned(),
            promise: String::new(),
            by: "Li Wei".to_owned(),
            added: AddedLater::default(),
        }))
    };
    let (_folder, recording) = record(vec![stated(date(2026, 12, 21))], &[]);
    let (due, ..) = only(&recording);
    assert_eq!(due, Due { first: date(2027, 1, 7), last: date(2027, 1, 23), unknown: Some(2027) });
    let thresholds = Thresholds::new(BTreeMap::new());
    let case = Case::new(&recording, &thresholds, Readings::Again);
    let follow_up = &case.follow_ups()[0];
    assert_eq!(follow_up.days_left(date(2026, 12, 31)), 7);
    assert_eq!(follow_up.days_left(date(2027, 1, 10)), 0);
    assert_eq!(follow_up.days_left(date(2027, 1, 25)), -2);
    assert!(follow_up.is_due(date(2027, 1, 8)) && !follow_up.is_due(date(2027, 1, 7)));
    // A day that the calendar does not have.
    let (_folder, recording) = record(vec![stated(date(9999, 12, 30))], &[]);
    let case = Case::new(&recording, &thresholds, Readings::Again);
    assert_eq!(case.follow_ups(), []);
}

#[test]
fn a_change_that_the_app_took_and_did_not_show_is_looked_for_after_a_day_or_by_the_promise() {
    for (says, expected) in [
        ("保存", (exactly(date(2026, 9, 22)), 1, Source::AtOnce, RUN)),
        ("昵称审核中，我们将在3个工作日内处理", (exactly(date(2026, 9, 24)), 3, Source::App, RUN)),
        ("昵称审核中", (exactly(date(2026, 10, 19)), 15, Source::Law, RUN)),
    ] {
        let changed = InformationChanged {
            change: Change::Correction,
            what: "nickname".to_owned(),
            lasted: Lasted::Unclear,
            path: vec![],
            before: 1,
            after: 1,
            says: says.to_owned(),
            elsewhere: None,
            wanted: "小满12ab".to_owned(),
        };
        let (_folder, recording) = record(vec![Event::InformationChanged(changed.clone())], &[]);
        assert_eq!(only(&recording), expected, "{says}");
        // What the app did not take was not asked for.
        let not_taken = InformationChanged { wanted: String::new(), ..changed };
        let (_folder, recording) = record(vec![Event::InformationChanged(not_taken)], &[]);
        assert!(!Case::has_follow_ups(&recording.entries));
    }
}
