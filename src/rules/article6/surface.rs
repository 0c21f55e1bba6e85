//! 6.4: cancelled or deleted on the surface only: the account still logs in, or what it held is still served.

use super::left::{CANCELS, cancellation, checks, quote, say_what_is_left};
use super::told_done::{is_cancellation_stated, weigh_told_done};
use crate::case::{Case, Evidence};
use crate::language::rights::Answered;
use crate::recording::Event;
use crate::recording::account::{AccountChecked, Cancellation, Check, Entering, Progress};
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{Bilingual, both, said};

/// The rule of item 6.4.
pub struct Surface;

impl Rule for Surface {
    fn item(&self) -> &'static str {
        "6.4"
    }
    fn reads(&self) -> &'static [&'static str] {
        &[CANCELS]
    }
    fn must_end(&self) -> &'static [&'static str] {
        // What the account came to was looked at, however the probe went on.
        &[]
    }
    fn stands_alone(&self, case: &Case<'_>) -> bool {
        is_cancellation_stated(case)
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        if let Some(weighed) = weigh_told_done(case) {
            return weighed;
        }
        let Some(found) = cancellation(case) else { return Weighed::default() };
        if !found.confirmed {
            return say_not_cancelled(case, found);
        }
        let all: Vec<&AccountChecked> = checks(case).collect();
        let looked = all.iter().filter_map(|checked| case.shown(checked.screen, say_check(checked)));
        let ended = case.shown(found.screen, both("where cancelling ended", "注销过程结束的画面"));
        let evidence: Vec<Evidence> = looked.chain(ended).collect();
        weigh_checks(case, found, &all).shown(evidence)
    }
}

/// The account was not cancelled: there is nothing to look at.
fn say_not_cancelled(case: &Case<'_>, found: &Cancellation) -> Weighed {
    let why = match found.progress {
        Progress::NotAllowed | Progress::NotFollowed => (
            "the scenario does not allow it (`allow: [delete_account]`, and an account that the run registers or that is `disposable`)",
            "场景文件未允许（需要 allow: [delete_account]，且账号由本次运行注册或标为 disposable）",
        ),
        _ => ("cancelling did not come to its end", "注销过程没有走完"),
    };
    Weighed::clean(Opinion::not_tested(said!(
        "the account was not cancelled: {why}{told}; {left}",
        "没有实际注销账号：{why}{told}；{left}",
        why,
        told = quote(&found.says),
        left = say_what_is_left(case, found)
    )))
}

fn weigh_checks(case: &Case<'_>, found: &Cancellation, all: &[&AccountChecked]) -> Weighed {
    let (told, left) = (quote(&found.says), say_what_is_left(case, found));
    let last = |check: Check| all.iter().rev().find(|checked| checked.check == check);
    let (logs_in, other) = (last(Check::LogIn), last(Check::OtherSession));
    let still = logs_in.and_then(|checked| checked.there);
    match (found.progress, still) {
        (Progress::Requested, _) => {
            return Weighed::clean(Opinion::not_tested(said!(
                "the account goes only later{told}: {left}. Look again when the time has passed",
                "账号将在之后注销{told}：{left}。请在期满后再次检测",
                told,
                left
            )));
        }
        (Progress::Failed, Some(true)) => {
            return Weighed::clean(Opinion::not_tested(said!(
                "cancelling failed{told}; {left}",
                "注销失败{told}；{left}",
                told,
                left
            )));
        }
        (Progress::Failed, _) => {
            return Opinion::review(said!(
                "cancelling failed{told}; {left}; look at what is left of it",
                "注销失败{told}；{left}；请查看账号还留有什么",
                told,
                left
            ))
            .into();
        }
        _ => {}
    }
    let marks = last(Check::Marks).and_then(|checked| checked.there);
    // Another nickname in the profile: a code opened a new account.
    let is_new = |checked: &AccountChecked| {
        checked.check == Check::LogIn && marks == Some(false) && !logs_in_by_password(case)
    };
    let there: Vec<&&AccountChecked> =
        all.iter().filter(|checked| checked.there == Some(true) && !is_new(checked)).collect();
    if let Some(first) = there.first() {
        // An app that said nothing may not have done it at all: then it promised nothing either.
        // What another session shows may be what it kept; what the server does is certain.
        // A code that the same phone gets can open a new account: only a password that still works is the old one's.
        let certain = there.iter().any(|checked| match checked.check {
            Check::Data | Check::Marks => true,
            Check::LogIn => logs_in_by_password(case),
            Check::OtherSession => false,
        });
        let by_password = logs_in_by_password(case);
        let reason = said!(
            "the app ended the account{told}, and {what}",
            "应用提示注销完成{told}，但{what}",
            told,
            what = say_there(first, by_password)
        );
        let opinion = match found.progress {
            Progress::Done if certain => Opinion::violation(reason),
            _ => Opinion::review(reason),
        };
        return there[1..]
            .iter()
            .fold(opinion, |opinion, more| opinion.note(say_there(more, by_password)))
            .into();
    }
    if marks == Some(false)
        && !logs_in_by_password(case)
        && other.is_none_or(|checked| checked.there == Some(false))
    {
        let served = last(Check::Data).is_some();
        let clean = Opinion::conforms(both(
            "after cancelling the phone opens a new account by a code, and what the run had written into the old one is gone",
            "注销后同一手机号用验证码登录的是新账号，本次运行写入原账号的内容已不在",
        ));
        let notes = notes_on_clean(None, other.is_some(), served);
        return Weighed::clean(notes.into_iter().fold(clean, Opinion::note));
    }
    if still == Some(false) && other.is_none_or(|checked| checked.there == Some(false)) {
        let served = last(Check::Data).is_some();
        let clean = Opinion::conforms(both(
            "after cancelling the old credentials are refused, and nothing of the account was found",
            "注销后原有凭据无法登录，也没有发现账号的信息",
        ));
        let notes = notes_on_clean(logs_in, other.is_some(), served);
        return Weighed::clean(notes.into_iter().fold(clean, Opinion::note));
    }
    Opinion::review(said!(
        "what is left of the account could not be told{told}; {left}",
        "无法判断账号还留有什么{told}；{left}",
        told,
        left
    ))
    .into()
}

/// Tells whether the log-in after the cancellation asked for a password.
fn logs_in_by_password(case: &Case<'_>) -> bool {
    let last = case.entries.iter().rev().find_map(|entry| match &entry.event {
        Event::AccountEntered(entered) if entered.entering == Entering::LoggingInAgain => Some(entered),
        _ => None,
    });
    last.is_some_and(|entered| entered.asked.iter().any(|kind| kind == "password"))
}

/// Says what a clean verdict leaves open.
fn notes_on_clean(logs_in: Option<&&AccountChecked>, other: bool, served: bool) -> Vec<Bilingual> {
    let mut notes = Vec::new();
    if let Some(checked) = logs_in.filter(|checked| checked.answered == Some(Answered::WrongCredentials)) {
        notes.push(said!(
            "the app does not say that there is no such account{words}; the credentials had worked before",
            "应用没有说明账号不存在{words}；这些凭据此前可以登录",
            words = quote(&checked.says)
        ));
    }
    notes.push(match other {
        true => both("another session was logged out", "另一会话已退出登录"),
        false => both("no other session could be looked at", "未能查看其他会话"),
    });
    if !served {
        notes.push(both(
            "no address that serves the account's data was named (`account.holds`)",
            "场景文件没有给出提供账号数据的地址（account.holds）",
        ));
    }
    notes
}

/// Says what was looked at.
fn say_check(checked: &AccountChecked) -> Bilingual {
    match checked.check {
        Check::LogIn => both("logging in with the old credentials", "用原有凭据登录"),
        Check::OtherSession => both("a session from before", "注销前的另一会话"),
        Check::Data => said!("what {address} serves", "{address} 返回的内容", address = checked.address),
        Check::Marks => both("the profile of before", "原来的资料"),
    }
}

/// Says what is still there.
fn say_there(checked: &AccountChecked, logs_in_by_password: bool) -> Bilingual {
    match checked.check {
        Check::LogIn if !logs_in_by_password => both(
            "the phone of before logs in by a code: look whether that is the old account or a new one",
            "原手机号仍可用验证码登录：请查看是原账号还是新账号",
        ),
        Check::LogIn => both("it still logs in with its old credentials", "原有凭据仍可登录"),
        Check::OtherSession => both(
            "a session that was open before still is in the account",
            "注销前打开的另一会话仍处于登录状态",
        ),
        Check::Marks => said!(
            "logging in again shows the nickname of before, “{says}”, which this run had made up",
            "再次登录后仍显示原昵称“{says}”（由本次运行编造）",
            says = checked.says
        ),
        Check::Data => said!(
            "{address} still serves what the account held: “{says}”",
            "{address} 仍返回账号的信息：“{says}”",
            address = checked.address,
            says = checked.says
        ),
    }
}

#[cfg(test)]
#[path = "surface_tests.rs"]
mod tests;
