//! Article 6 of the notice: a person's rights over what is theirs.

pub mod conditions;
pub mod no_channel;
pub mod no_rights;
pub mod surface;

use crate::recording::account::{AccountChecked, Cancellation, Check, Progress};
use crate::recording::{Entry, Event};
use crate::rules::Case;

/// The probe that cancels.
const CANCELS: &str = "delete_account";

/// How far the cancellation came, with its entry's number.
fn cancellation<'a>(case: &Case<'a>) -> Option<(u64, &'a Cancellation)> {
    case.span(CANCELS)?.entries.iter().rev().find_map(|entry| match &entry.event {
        Event::Cancellation(cancellation) => Some((entry.seq, cancellation)),
        _ => None,
    })
}

/// What was looked at afterwards.
fn checks(entries: &[Entry]) -> impl DoubleEndedIterator<Item = (u64, &AccountChecked)> {
    entries.iter().filter_map(|entry| match &entry.event {
        Event::AccountChecked(checked) => Some((entry.seq, checked)),
        _ => None,
    })
}

/// In what state the account was left, in both languages.
fn left(case: &Case<'_>, cancellation: &Cancellation) -> (String, String) {
    if !cancellation.confirmed {
        return ("the account was left as it was".to_owned(), "账号未受影响".to_owned());
    }
    if cancellation.progress == Progress::Requested {
        return (
            "the request was taken, and the account is still there until it is carried out".to_owned(),
            "注销申请已提交，账号在执行之前仍然存在".to_owned(),
        );
    }
    let entries = case.span(CANCELS).map_or(&[][..], |span| span.entries);
    let logs_in = checks(entries).rfind(|(_, checked)| checked.check == Check::LogIn);
    match logs_in.and_then(|(_, checked)| checked.there) {
        Some(true) => (
            "the account is still there: it logs in with its old credentials".to_owned(),
            "账号仍然存在：原有凭据可以登录".to_owned(),
        ),
        Some(false) => ("the account no longer logs in".to_owned(), "账号已无法登录".to_owned()),
        None => (
            "it is not known whether the account is still there; look at it before the next run".to_owned(),
            "账号是否仍然存在不明，请在下次运行前查看".to_owned(),
        ),
    }
}

/// What the app said, as a part of a sentence.
fn says(text: &str) -> (String, String) {
    match text.trim() {
        "" => (String::new(), String::new()),
        text => (format!(" (“{text}”)"), format!("（“{text}”）")),
    }
}
