//! 6.1: no way to correct or delete information or to cancel the account, or one that does not work.

use super::{CANCELS, cancellation, left, says};
use crate::recording::account::{Cancellation, Change, InformationChanged, Lasted, Progress};
use crate::recording::{Event, GoalRuledOut};
use crate::rules::searched;
use crate::rules::{Case, Evidence, Judgement, Rule, Verdict};

const CORRECTS: &str = "correct_information";

/// The rule of item 6.1.
pub struct NoRights;

impl Rule for NoRights {
    fn item(&self) -> &'static str {
        "6.1"
    }
    fn probes(&self) -> &'static [&'static str] {
        &[CORRECTS, CANCELS]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let mut parts =
            vec![of_cancelling(case), of_change(case, Change::Correction), of_change(case, Change::Deletion)];
        // Stable: cancelling before correcting before deleting where all are as grave.
        parts.sort_by_key(|part| rank(part.verdict));
        let first = &parts[0];
        let mut judgement = match first.verdict {
            Verdict::Conforms => Judgement::new(
                Verdict::Conforms,
                "information can be corrected and deleted and the account be cancelled in the app",
                "可以在应用内更正、删除个人信息并注销账号",
            ),
            verdict => Judgement::new(verdict, first.en.clone(), first.zh.clone()),
        };
        let rest = if first.verdict == Verdict::Conforms { &parts[..] } else { &parts[1..] };
        for part in rest {
            judgement = judgement.note(part.en.clone(), part.zh.clone());
        }
        // What a search cost is told where it found nothing.
        for goal in ["cancel_account", "profile_form", "address_list"] {
            if ruled_out(case, goal).is_some() {
                judgement = searched::noted(case, judgement, goal);
            }
        }
        judgement.with(parts.into_iter().flat_map(|part| part.evidence))
    }
}

/// A violation before what a person must look at, before what was not tried, before what is well.
fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Violation => 0,
        Verdict::Review => 1,
        Verdict::NotTested | Verdict::NotApplicable => 2,
        Verdict::Conforms => 3,
    }
}

/// The search that did not find a goal.
fn ruled_out<'a>(case: &Case<'a>, goal: &str) -> Option<&'a GoalRuledOut> {
    searched::answer(case, goal).and_then(|(_, answer)| answer.err())
}

/// How far a goal was looked for.
fn far(case: &Case<'_>, goal: &str) -> (String, String) {
    let (depth, screens) =
        ruled_out(case, goal).map_or((0, 0), |ruled_out| (ruled_out.depth, ruled_out.breadth.screens));
    (
        format!("every way of at most {depth} operations was tried while logged in ({screens} screens)"),
        format!("登录后尝试了 {depth} 次操作以内的所有入口（{screens} 个画面）"),
    )
}

/// Why the search for a goal proves nothing, as a part of a sentence; nothing where it does.
fn doubt(case: &Case<'_>, goal: &str) -> Option<(String, String)> {
    let (why, _) = searched::doubt(case, ruled_out(case, goal)?)?;
    Some((format!(": {}", why.en), format!("：{}", why.zh)))
}

struct Part {
    verdict: Verdict,
    en: String,
    zh: String,
    evidence: Vec<Evidence>,
}

fn unfinished(case: &Case<'_>, probe: &str, what: &str, what_zh: &str) -> Part {
    let judgement = case.unfinished(probe);
    Part {
        verdict: judgement.verdict,
        en: format!("{what} was not tried: {}", judgement.reason.en),
        zh: format!("未检测{what_zh}：{}", judgement.reason.zh),
        evidence: vec![],
    }
}

fn of_cancelling(case: &Case<'_>) -> Part {
    let Some((_, found)) = cancellation(case) else {
        return unfinished(case, CANCELS, "cancelling the account", "注销账号");
    };
    let (verdict, mut en, mut zh) = match found.progress {
        Progress::NoEntry if found.exhaustive && doubt(case, "cancel_account").is_none() => (
            Verdict::Violation,
            format!("nothing in the app cancels the account: {}", far(case, "cancel_account").0),
            format!("{}，没有找到注销账号的功能", far(case, "cancel_account").1),
        ),
        Progress::NoEntry => {
            let (why, why_zh) = doubt(case, "cancel_account").unwrap_or_else(|| says(&found.says));
            (
                Verdict::Review,
                format!("no entry to cancel the account was found, but that proves nothing{why}"),
                format!("没有找到注销账号的入口，但不能说明没有{why_zh}"),
            )
        }
        Progress::Failed | Progress::Unclear => {
            let (said, said_zh) = says(&found.says);
            let (state, state_zh) = left(case, found);
            let (doing, doing_zh) = match found.progress {
                Progress::Failed => ("failed", "失败"),
                _ => ("came to no clear end", "没有明确结果"),
            };
            (
                Verdict::Review,
                format!(
                    "“{}” leads to a cancellation that {doing}{said}; {state}. Try again, and decide whether it works",
                    found.entry
                ),
                format!(
                    "通过“{}”注销{doing_zh}{said_zh}；{state_zh}。请再次尝试并判断该功能是否有效",
                    found.entry
                ),
            )
        }
        Progress::NoWay if found.says.is_empty() => (
            Verdict::Review,
            format!("“{}” names a cancellation, and nothing on its screen goes on", found.entry),
            format!("“{}”后的画面没有可以继续注销的操作", found.entry),
        ),
        Progress::NotFollowed => (
            Verdict::Review,
            format!(
                "“{}” names a cancellation; it was not tapped, as the scenario does not allow it and it could cancel by itself: look where it leads",
                found.entry
            ),
            format!(
                "有注销入口“{}”；场景文件未允许，入口本身可能直接注销，因此没有点按：请人工查看",
                found.entry
            ),
        ),
        progress => {
            let (how, how_zh) = match progress {
                Progress::NotAllowed => (
                    "it was not carried out, as the scenario does not allow it",
                    "场景文件未允许，因此没有实际注销",
                ),
                Progress::NeedsPerson => ("it needs a person", "需要人工操作"),
                Progress::Lacks => {
                    ("it asks for something that the scenario does not have", "需要场景文件未提供的内容")
                }
                Progress::NoWay => {
                    ("it must be done outside of the app (see 6.2)", "须在应用之外办理（见 6.2）")
                }
                Progress::Requested => ("the app took the request", "应用受理了申请"),
                _ => ("the app says that the account is gone", "应用提示账号已注销"),
            };
            let (fewest, fewest_zh) = if found.shortest { ("at the fewest ", "最少") } else { ("", "") };
            let (count, entry) = (found.path.len(), &found.entry);
            (
                Verdict::Conforms,
                format!("cancelling is {fewest}{count} operations from the main screen (“{entry}”); {how}"),
                format!("从主界面{fewest_zh}经 {count} 次操作可到达注销入口（“{entry}”）；{how_zh}"),
            )
        }
    };
    if !found.no_entries.is_empty() {
        let names = found.no_entries.join(", ");
        en.push_str(&format!("; named so, but no cancellation: {names}"));
        zh.push_str(&format!("；名称相似但并非注销：{names}"));
    }
    Part { verdict, en, zh, evidence: shown(case, found) }
}

fn shown(case: &Case<'_>, found: &Cancellation) -> Vec<Evidence> {
    let entry = found.path.last().and_then(|step| {
        case.shown(step.on, format!("the entry “{}”", found.entry), format!("注销入口“{}”", found.entry))
    });
    let end = case.shown(found.screen, "where cancelling ended", "注销过程结束的画面");
    entry.into_iter().chain(end).collect()
}

fn of_change(case: &Case<'_>, change: Change) -> Part {
    let (doing, doing_zh) = match change {
        Change::Correction => ("correcting information", "更正个人信息"),
        Change::Deletion => ("deleting information", "删除个人信息"),
    };
    let span = case.span(CORRECTS);
    let found = span.and_then(|span| {
        span.entries.iter().find_map(|entry| match &entry.event {
            Event::InformationChanged(changed) if changed.change == change => Some(changed),
            _ => None,
        })
    });
    let Some(found) = found else { return unfinished(case, CORRECTS, doing, doing_zh) };
    let (verdict, en, zh) = match (found.lasted, change) {
        (Lasted::NoEntry | Lasted::NotFound, Change::Correction)
            if found.lasted == Lasted::NotFound || doubt(case, "profile_form").is_some() =>
        {
            let (why, why_zh) = doubt(case, "profile_form").unwrap_or_default();
            (
                Verdict::Review,
                format!("no form to correct information was found, but that proves nothing{why}"),
                format!("没有找到更正个人信息的页面，但不能说明没有{why_zh}"),
            )
        }
        (Lasted::NoEntry, Change::Correction) => {
            let (far, far_zh) = far(case, "profile_form");
            (
                Verdict::Violation,
                format!("nothing in the app corrects what it holds of a person: {far}"),
                format!("{far_zh}，没有找到更正个人信息的功能"),
            )
        }
        _ => of_lasting(found, doing, doing_zh),
    };
    let before = case.shown(found.before, "before", "操作之前");
    let after = case.shown(found.after, "how it came out", "操作结果");
    Part { verdict, en, zh, evidence: before.into_iter().chain(after).collect() }
}

fn of_lasting(found: &InformationChanged, doing: &str, doing_zh: &str) -> (Verdict, String, String) {
    let (said, said_zh) = says(&found.says);
    let what = &found.what;
    match (found.lasted, found.change) {
        (Lasted::Yes, _) => {
            let (more, more_zh) = match found.elsewhere {
                Some(true) => (" and in a second session", "，另一会话中也一致"),
                _ => ("", ""),
            };
            (
                Verdict::Conforms,
                format!("{doing} works: the {what} is as it was made, after a restart{more}"),
                format!("{doing_zh}有效：重新启动后{what}保持更改{more_zh}"),
            )
        }
        (Lasted::No, _) => (
            Verdict::Violation,
            format!("{doing} does not work: the {what} is back, or still there, after a restart or in another session"),
            format!("{doing_zh}无效：重新启动后或在另一会话中，{what}恢复原状或仍然存在"),
        ),
        // A long press or a swipe may do it, which nothing on the screen tells.
        (Lasted::NoEntry, _) => (
            Verdict::Review,
            format!("an {what} that was added has no control that deletes it, in the list or in its form: look whether a long press or a swipe does"),
            format!("新增的{what}在列表和编辑页面都没有删除按钮：请人工查看长按或滑动能否删除"),
        ),
        (Lasted::Refused, _) => (
            Verdict::Review,
            format!("{doing} was refused by the app{said}"),
            format!("应用拒绝了{doing_zh}{said_zh}"),
        ),
        (Lasted::NotFound, _) => (
            Verdict::Review,
            "no list of addresses was found to delete from; `delete_steps` can lead to what the app keeps, or look whether it keeps anything".to_owned(),
            "没有找到可以删除的地址列表；可以用 delete_steps 指明，或人工查看应用是否保存此类信息".to_owned(),
        ),
        (Lasted::Unclear, _) => (
            Verdict::Review,
            format!("{doing} came to no clear end{said}"),
            format!("{doing_zh}没有明确结果{said_zh}"),
        ),
    }
}
