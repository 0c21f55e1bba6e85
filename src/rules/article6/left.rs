//! How far a cancellation came, and what is left of the account, for the items that read it (6.1, 6.2, 6.4).

use crate::case::Case;
use crate::language::sentences::shorten;
use crate::recording::account::{AccountChecked, Cancellation, Check, Progress};
use crate::recording::{Entry, Event};
use crate::text::{Bilingual, both, said};

/// The probe that cancels.
pub const CANCELS: &str = "delete_account";

/// Returns how far the last cancellation came.
pub fn cancellation<'a>(case: &Case<'a>) -> Option<&'a Cancellation> {
    case.last_span(CANCELS)?.entries.iter().rev().find_map(|entry| match &entry.event {
        Event::Cancellation(cancellation) => Some(cancellation),
        _ => None,
    })
}

/// Returns the entries of the last cancellation.
pub fn entries_of_cancellation<'a>(case: &Case<'a>) -> &'a [Entry] {
    case.last_span(CANCELS).map_or(&[][..], |span| span.entries)
}

/// Returns what was looked at afterwards.
pub fn checks<'a>(case: &Case<'a>) -> impl DoubleEndedIterator<Item = &'a AccountChecked> + use<'a> {
    entries_of_cancellation(case).iter().filter_map(|entry| match &entry.event {
        Event::AccountChecked(checked) => Some(checked),
        _ => None,
    })
}

/// Says in what state the account was left.
pub fn say_what_is_left(case: &Case<'_>, cancellation: &Cancellation) -> Bilingual {
    if !cancellation.confirmed {
        return both("the account was left as it was", "账号未受影响");
    }
    if cancellation.progress == Progress::Requested {
        return both(
            "the request was taken, and the account is still there until it is carried out",
            "注销申请已提交，账号在执行之前仍然存在",
        );
    }
    let there =
        |check: Check| checks(case).rfind(|checked| checked.check == check).and_then(|checked| checked.there);
    match there(Check::LogIn) {
        Some(true) if there(Check::Marks) == Some(false) => both(
            "the same phone logs in to a new account: what the run had written into the old one is gone",
            "同一手机号登录后是新账号：本次运行写入原账号的内容已不在",
        ),
        Some(true) => both(
            "the account is still there: it logs in with its old credentials",
            "账号仍然存在：原有凭据可以登录",
        ),
        Some(false) => both("the account no longer logs in", "账号已无法登录"),
        None => both(
            "it is not known whether the account is still there; look at it before the next run",
            "账号是否仍然存在不明，请在下次运行前查看",
        ),
    }
}

/// What is quoted of the app's words in a sentence (characters; ours): some say them on a screen full of others.
const QUOTED: usize = 60;

/// Quotes what the app said, as a part of a sentence; nothing where it said nothing.
pub fn quote(text: &str) -> Bilingual {
    match text.trim() {
        "" => both("", ""),
        text => {
            let more = if text.chars().count() > QUOTED { "…" } else { "" };
            let text = shorten(text, QUOTED) + more;
            said!(" (“{text}”)", "（“{text}”）", text)
        }
    }
}
