//! 6.4: cancelled or deleted on the surface only: the account still logs in, or what it held is still served.

use super::{CANCELS, cancellation, checks, left, says};
use crate::language::rights::Answered;
use crate::recording::account::{AccountChecked, Check, Progress};
use crate::rules::{Case, Evidence, Judgement, Rule, Verdict};

/// The rule of item 6.4.
pub struct Surface;

impl Rule for Surface {
    fn item(&self) -> &'static str {
        "6.4"
    }
    fn probes(&self) -> &'static [&'static str] {
        &[CANCELS]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let Some((_, found)) = cancellation(case) else { return case.unfinished(CANCELS) };
        let (said, said_zh) = says(&found.says);
        let (state, state_zh) = left(case, found);
        if !found.confirmed {
            let (why, why_zh) = match found.progress {
                Progress::NotAllowed | Progress::NotFollowed => (
                    "the scenario does not allow it (`allow: [delete_account]`, and an account that the run registers or that is `disposable`)",
                    "场景文件未允许（需要 allow: [delete_account]，且账号由本次运行注册或标为 disposable）",
                ),
                _ => ("cancelling did not come to its end", "注销过程没有走完"),
            };
            return Judgement::new(
                Verdict::NotTested,
                format!("the account was not cancelled: {why}{said}; {state}"),
                format!("没有实际注销账号：{why_zh}{said_zh}；{state_zh}"),
            );
        }
        let entries = case.span(CANCELS).map_or(&[][..], |span| span.entries);
        let all: Vec<(u64, &AccountChecked)> = checks(entries).collect();
        let evidence: Vec<Evidence> = all
            .iter()
            .filter_map(|(_, checked)| {
                let (en, zh) = named(checked);
                case.shown(checked.screen, en, zh)
            })
            .chain(case.shown(found.screen, "where cancelling ended", "注销过程结束的画面"))
            .collect();
        let of =
            |check: Check| all.iter().filter(move |(_, checked)| checked.check == check).map(|(_, c)| *c);
        let logs_in = of(Check::LogIn).next_back();
        let still = logs_in.and_then(|checked| checked.there);
        match found.progress {
            Progress::Requested => {
                return Judgement::new(
                    Verdict::NotTested,
                    format!(
                        "the account goes only later{said}: {state}. Look again when the time has passed"
                    ),
                    format!("账号将在之后注销{said_zh}：{state_zh}。请在期满后再次检测"),
                )
                .with(evidence);
            }
            Progress::Failed => {
                let (verdict, more, more_zh) = match still {
                    Some(true) => (Verdict::NotTested, "", ""),
                    _ => (Verdict::Review, "; look at what is left of it", "；请查看账号还留有什么"),
                };
                return Judgement::new(
                    verdict,
                    format!("cancelling failed{said}; {state}{more}"),
                    format!("注销失败{said_zh}；{state_zh}{more_zh}"),
                )
                .with(evidence);
            }
            _ => {}
        }
        let left: Vec<&&AccountChecked> =
            all.iter().map(|(_, checked)| checked).filter(|checked| checked.there == Some(true)).collect();
        if let Some(first) = left.first() {
            // An app that said nothing may not have done it at all: then it promised nothing either.
            // What another session shows may be what it kept; what the server does is certain.
            let certain = left.iter().any(|checked| checked.check != Check::OtherSession);
            let verdict = match found.progress {
                Progress::Done if certain => Verdict::Violation,
                _ => Verdict::Review,
            };
            let (en, zh) = what_is_left(first);
            let mut judgement = Judgement::new(
                verdict,
                format!("the app ended the account{said}, and {en}"),
                format!("应用提示注销完成{said_zh}，但{zh}"),
            );
            for more in &left[1..] {
                let (en, zh) = what_is_left(more);
                judgement = judgement.note(en, zh);
            }
            return judgement.with(evidence);
        }
        let other = of(Check::OtherSession).next_back();
        if still == Some(false) && other.is_none_or(|checked| checked.there == Some(false)) {
            let mut judgement = Judgement::new(
                Verdict::Conforms,
                "after cancelling the old credentials are refused, and nothing of the account was found",
                "注销后原有凭据无法登录，也没有发现账号的信息",
            );
            if logs_in.and_then(|checked| checked.answered) == Some(Answered::WrongCredentials) {
                let (words, words_zh) =
                    says(&logs_in.map(|checked| checked.says.clone()).unwrap_or_default());
                judgement = judgement.note(
                    format!("the app does not say that there is no such account{words}; the credentials had worked before"),
                    format!("应用没有说明账号不存在{words_zh}；这些凭据此前可以登录"),
                );
            }
            judgement = match other {
                Some(_) => judgement.note("another session was logged out", "另一会话已退出登录"),
                None => judgement.note("no other session could be looked at", "未能查看其他会话"),
            };
            let served = of(Check::Data).count();
            if served == 0 {
                judgement = judgement.note(
                    "no address that serves the account's data was named (`account.holds`)",
                    "场景文件没有给出提供账号数据的地址（account.holds）",
                );
            }
            return judgement.with(evidence);
        }
        Judgement::new(
            Verdict::Review,
            format!("what is left of the account could not be told{said}; {state}"),
            format!("无法判断账号还留有什么{said_zh}；{state_zh}"),
        )
        .with(evidence)
    }
}

fn named(checked: &AccountChecked) -> (String, String) {
    match checked.check {
        Check::LogIn => ("logging in with the old credentials".to_owned(), "用原有凭据登录".to_owned()),
        Check::OtherSession => ("a session from before".to_owned(), "注销前的另一会话".to_owned()),
        Check::Data => {
            (format!("what {} serves", checked.address), format!("{} 返回的内容", checked.address))
        }
    }
}

fn what_is_left(checked: &AccountChecked) -> (String, String) {
    match checked.check {
        Check::LogIn => {
            ("it still logs in with its old credentials".to_owned(), "原有凭据仍可登录".to_owned())
        }
        Check::OtherSession => (
            "a session that was open before still is in the account".to_owned(),
            "注销前打开的另一会话仍处于登录状态".to_owned(),
        ),
        Check::Data => (
            format!("{} still serves what the account held: “{}”", checked.address, checked.says),
            format!("{} 仍返回账号的信息：“{}”", checked.address, checked.says),
        ),
    }
}
