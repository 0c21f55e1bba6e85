//! 6.4 where one logs in by a code: whether that is the old account its nickname tells.

use crate::case::made_up::{record, sighting};
use crate::language::reading::Reading;
use crate::language::rights::Answered;
use crate::recording::account::{AccountChecked, AccountEntered, Cancellation, Check, Entering, Progress};
use crate::recording::entries::{ProbeEnded, ProbeStarted};
use crate::recording::{Event, Outcome};
use crate::rules::{Finding, Overrides, Verdict, judge};

fn checked(check: Check, there: Option<bool>) -> Event {
    Event::AccountChecked(AccountChecked {
        check,
        there,
        says: "小满4fa1".to_owned(),
        answered: (check == Check::LogIn).then_some(Answered::Accepted),
        screen: 1,
        address: String::new(),
    })
}

/// Judges 6.4 where the app said that the account is gone, and the old phone logs in with what the form `asked` for.
fn finding(asked: &str, marks: Option<Option<bool>>, other: Option<bool>) -> Finding {
    let mut all = vec![
        Event::ProbeStarted(ProbeStarted { probe: "delete_account".to_owned() }),
        sighting(1, Reading::default(), true),
        Event::Cancellation(Cancellation {
            progress: Progress::Done,
            path: vec![],
            entry: "注销账号".to_owned(),
            screen: 1,
            says: "账号已注销".to_owned(),
            confirmed: true,
            no_entries: vec![],
            exhaustive: false,
            shortest: false,
        }),
        checked(Check::OtherSession, other),
        Event::AccountEntered(AccountEntered {
            entering: Entering::LoggingInAgain,
            answered: Answered::Accepted,
            says: String::new(),
            screen: 1,
            form: 1,
            asked: vec!["phone".to_owned(), asked.to_owned()],
        }),
        checked(Check::LogIn, Some(true)),
    ];
    all.extend(marks.map(|there| checked(Check::Marks, there)));
    all.push(Event::ProbeEnded(ProbeEnded {
        probe: "delete_account".to_owned(),
        outcome: Outcome::Complete,
    }));
    let (_folder, recording) = record(all, &[]);
    let findings = judge(&recording, &Overrides::default()).findings;
    findings.into_iter().find(|finding| finding.item.to_string() == "6.4").expect("all are there")
}

#[test]
fn the_nickname_of_before_after_a_code_is_the_old_account() {
    let kept = finding("code", Some(Some(true)), Some(false));
    assert_eq!(kept.verdict, Verdict::Violation, "{kept:#?}");
    assert!(
        kept.reason.en.contains("小满4fa1") || kept.notes.iter().any(|note| note.en.contains("小满4fa1"))
    );
}

#[test]
fn another_nickname_after_a_code_is_a_new_account() {
    let new = finding("code", Some(Some(false)), Some(false));
    assert_eq!(new.verdict, Verdict::Conforms, "{new:#?}");
}

#[test]
fn without_a_mark_or_with_a_session_that_stays_a_code_is_for_a_person() {
    for (marks, other) in [(None, Some(false)), (Some(None), Some(false)), (Some(Some(false)), Some(true))] {
        let told = finding("code", marks, other);
        assert_eq!(told.verdict, Verdict::Review, "{marks:?} {other:?} {told:#?}");
    }
}

#[test]
fn a_password_that_still_works_is_the_old_account_whatever_its_profile_shows() {
    let kept = finding("password", Some(Some(false)), Some(false));
    assert_eq!(kept.verdict, Verdict::Violation, "{kept:#?}");
}
