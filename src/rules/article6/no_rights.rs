//! 6.1: no way to correct or delete information or to cancel the account, or one that does not work.

use super::left::{CANCELS, cancellation, quote, say_what_is_left};
use crate::case::{Case, Doubt, Evidence};
use crate::language::signs::SIGNS;
use crate::recording::account::{Cancellation, Change, InformationChanged, Lasted, Progress};
use crate::recording::{Event, GoalRuledOut};
use crate::rules::rule::{Absence, Opinion, Rule, Weighed};
use crate::rules::ruling::{resolve, say_unfinished};
use crate::text::{Bilingual, both, said};
use crate::verdict::Verdict;

const CORRECTS: &str = "correct_information";

/// The rule of item 6.1.
pub struct NoRights;

impl Rule for NoRights {
    fn item(&self) -> &'static str {
        "6.1"
    }
    fn reads(&self) -> &'static [&'static str] {
        &[CORRECTS, CANCELS]
    }
    fn must_end(&self) -> &'static [&'static str] {
        // Each of the three parts says for itself how far it came.
        &[]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let parts = [
            weigh_cancelling(case),
            weigh_change(case, Change::Correction),
            weigh_change(case, Change::Deletion),
        ];
        let evidence = parts.iter().flat_map(|part| part.evidence.clone()).collect();
        let parts = parts.into_iter().map(|part| Opinion { evidence: Vec::new(), ..part });
        let (unfinished, opinions) = parts.partition(|part| part.verdict == Verdict::NotTested);
        let clean = Opinion::conforms(both(
            "information can be corrected and deleted and the account be cancelled in the app",
            "可以在应用内更正、删除个人信息并注销账号",
        ));
        let mut weighed =
            Weighed { opinions, unfinished, clean: Some(clean), evidence, ..Weighed::default() };
        // What was not tried is told beside what speaks.
        weighed.notes = weighed.unfinished.iter().map(|part| part.reason.clone()).collect();
        // What a search cost is told where it found nothing.
        weighed.goals = ["cancel_account", "profile_form", "address_list"]
            .into_iter()
            .filter(|goal| ruled_out(case, goal).is_some())
            .collect();
        weighed
    }
}

/// Returns the search that did not find a goal.
fn ruled_out<'a>(case: &Case<'a>, goal: &str) -> Option<&'a GoalRuledOut> {
    case.last_answer(goal).and_then(|(_, answer)| answer.err())
}

/// Says how far a goal was looked for.
fn say_how_far(case: &Case<'_>, goal: &str) -> Bilingual {
    let (depth, screens) =
        ruled_out(case, goal).map_or((0, 0), |ruled_out| (ruled_out.depth, ruled_out.breadth.screens));
    said!(
        "every way of at most {depth} operations was tried while logged in ({screens} screens)",
        "登录后尝试了 {depth} 次操作以内的所有入口（{screens} 个画面）",
        depth,
        screens
    )
}

/// Something that a search in the account did not find, with every reason to doubt the search. `whole` says that the probe
/// takes its search for one of everything.
fn absence(case: &Case<'_>, goal: &str, whole: bool, what: Bilingual, violation: Opinion) -> Absence {
    let search = ruled_out(case, goal).and_then(|ruled_out| case.doubt_search(ruled_out));
    let not_whole = (!whole).then(|| {
        Doubt::because(both("that proves nothing: not every way was tried", "不能说明没有：并未尝试所有入口"))
    });
    Absence::new(what, violation).doubted(search).doubted(not_whole)
}

fn say_not_tried(case: &Case<'_>, probe: &str, what: (&str, &str)) -> Opinion {
    let why = say_unfinished(case, probe).reason;
    Opinion::not_tested(said!("{what} was not tried: {why}", "未检测{what}：{why}", what, why))
}

fn weigh_cancelling(case: &Case<'_>) -> Opinion {
    let Some(found) = cancellation(case) else {
        return say_not_tried(case, CANCELS, ("cancelling the account", "注销账号"));
    };
    let (entry, told) = (&found.entry, quote(&found.says));
    let opinion = match found.progress {
        Progress::NoEntry => {
            let violation = Opinion::violation(said!(
                "nothing in the app cancels the account: {far}",
                "{far}，没有找到注销账号的功能",
                far = say_how_far(case, "cancel_account")
            ));
            let what =
                said!("no entry to cancel the account was found{told}", "没有找到注销账号的入口{told}", told);
            let left = left_alone(case).map(|label| {
                Doubt::because(said!(
                    "“{label}” was left alone and may be one",
                    "“{label}”未点按，可能就是注销入口",
                    label
                ))
            });
            resolve(&absence(case, "cancel_account", found.exhaustive, what, violation).doubted(left))
        }
        Progress::Failed | Progress::Unclear => {
            let doing = match found.progress {
                Progress::Failed => ("failed", "失败"),
                _ => ("came to no clear end", "没有明确结果"),
            };
            Opinion::review(said!(
                "“{entry}” leads to a cancellation that {doing}{told}; {left}. Try again, and decide whether it works",
                "通过“{entry}”注销{doing}{told}；{left}。请再次尝试并判断该功能是否有效",
                entry,
                doing,
                told,
                left = say_what_is_left(case, found)
            ))
        }
        Progress::NoWay if found.says.is_empty() => Opinion::review(said!(
            "“{entry}” names a cancellation, and nothing on its screen goes on",
            "“{entry}”后的画面没有可以继续注销的操作",
            entry
        )),
        Progress::NotFollowed => Opinion::review(said!(
            "“{entry}” names a cancellation; it was not tapped, as the scenario does not allow it and it could cancel by itself: look where it leads",
            "有注销入口“{entry}”；场景文件未允许，入口本身可能直接注销，因此没有点按：请人工查看",
            entry
        )),
        progress => weigh_way(found, progress),
    };
    let opinion = match found.no_entries.is_empty() {
        true => opinion,
        false => Opinion {
            reason: said!(
                "{reason}; named so, but no cancellation: {names}",
                "{reason}；名称相似但并非注销：{names}",
                reason = opinion.reason,
                names = found.no_entries.join(", ")
            ),
            ..opinion
        },
    };
    let shown = found
        .path
        .last()
        .and_then(|step| case.shown(step.on, said!("the entry “{entry}”", "注销入口“{entry}”", entry)));
    let end = case.shown(found.screen, both("where cancelling ended", "注销过程结束的画面"));
    opinion.with(shown).with(end)
}

/// Deeds by which an account may end.
const ENDS: [&str; 4] = ["grave_end", "delete", "cancel", "cancel_account"];

/// Returns a control that candor left alone and whose words speak of the end of an account.
fn left_alone<'a>(case: &Case<'a>) -> Option<&'a str> {
    let left = case.entries.iter().filter_map(|entry| match &entry.event {
        Event::ControlsLeft(left) => Some(&left.controls),
        _ => None,
    });
    let mut labels = left
        .flatten()
        .filter(|left| ENDS.contains(&left.danger.deed.as_str()))
        .map(|left| left.label.as_str());
    labels.find(|label| {
        let lower = label.to_lowercase();
        SIGNS.ends_account.iter().any(|word| lower.contains(word.as_str()))
    })
}

/// There is a way to cancel.
fn weigh_way(found: &Cancellation, progress: Progress) -> Opinion {
    let how = match progress {
        Progress::NotAllowed => {
            ("it was not carried out, as the scenario does not allow it", "场景文件未允许，因此没有实际注销")
        }
        Progress::NeedsPerson => ("it needs a person", "需要人工操作"),
        Progress::Lacks => {
            ("it asks for something that the scenario does not have", "需要场景文件未提供的内容")
        }
        Progress::NoWay => ("it must be done outside of the app (see 6.2)", "须在应用之外办理（见 6.2）"),
        Progress::Requested => ("the app took the request", "应用受理了申请"),
        _ => ("the app says that the account is gone", "应用提示账号已注销"),
    };
    Opinion::conforms(said!(
        "cancelling is {fewest}{count} operations from the main screen (“{entry}”); {how}",
        "从主界面{fewest}经 {count} 次操作可到达注销入口（“{entry}”）；{how}",
        fewest = if found.shortest { ("at the fewest ", "最少") } else { ("", "") },
        count = found.path.len(),
        entry = found.entry,
        how
    ))
}

fn weigh_change(case: &Case<'_>, change: Change) -> Opinion {
    let doing = match change {
        Change::Correction => ("correcting information", "更正个人信息"),
        Change::Deletion => ("deleting information", "删除个人信息"),
    };
    let spans = case.spans(CORRECTS);
    let changed = spans.iter().flat_map(|span| span.entries).find_map(|entry| match &entry.event {
        Event::InformationChanged(changed) if changed.change == change => Some(changed),
        _ => None,
    });
    let Some(found) = changed else { return say_not_tried(case, CORRECTS, doing) };
    let opinion = match (found.lasted, change) {
        (Lasted::NoEntry | Lasted::NotFound, Change::Correction) => {
            let violation = Opinion::violation(said!(
                "nothing in the app corrects what it holds of a person: {far}",
                "{far}，没有找到更正个人信息的功能",
                far = say_how_far(case, "profile_form")
            ));
            let what = both("no form to correct information was found", "没有找到更正个人信息的页面");
            let whole = found.lasted == Lasted::NoEntry;
            resolve(&absence(case, "profile_form", whole, what, violation))
        }
        _ => weigh_lasting(found, doing),
    };
    let before = case.shown(found.before, both("before", "操作之前"));
    let after = case.shown(found.after, both("how it came out", "操作结果"));
    let shown: Vec<Evidence> = before.into_iter().chain(after).collect();
    opinion.with(shown)
}

/// Weighs whether a change of information lasted.
fn weigh_lasting(found: &InformationChanged, doing: (&str, &str)) -> Opinion {
    let told = quote(&found.says);
    let what = &found.what;
    match found.lasted {
        Lasted::Yes => Opinion::conforms(said!(
            "{doing} works: the {what} is as it was made, after a restart{more}",
            "{doing}有效：重新启动后{what}保持更改{more}",
            doing,
            what,
            more = match found.elsewhere {
                Some(true) => (" and in a second session", "，另一会话中也一致"),
                _ => ("", ""),
            }
        )),
        Lasted::No => Opinion::violation(said!(
            "{doing} does not work: the {what} is back, or still there, after a restart or in another session",
            "{doing}无效：重新启动后或在另一会话中，{what}恢复原状或仍然存在",
            doing,
            what
        )),
        // A long press or a swipe may do it, which nothing on the screen tells.
        Lasted::NoEntry => Opinion::review(said!(
            "an {what} that was added has no control that deletes it, in the list or in its form: look whether a long press or a swipe does",
            "新增的{what}在列表和编辑页面都没有删除按钮：请人工查看长按或滑动能否删除",
            what
        )),
        Lasted::Refused => Opinion::review(said!(
            "{doing} was refused by the app{told}",
            "应用拒绝了{doing}{told}",
            doing,
            told
        )),
        Lasted::NotFound => Opinion::review(both(
            "no list of addresses was found to delete from; `delete_steps` can lead to what the app keeps, or look whether it keeps anything",
            "没有找到可以删除的地址列表；可以用 delete_steps 指明，或人工查看应用是否保存此类信息",
        )),
        Lasted::Unclear => Opinion::review(said!(
            "{doing} came to no clear end{told}",
            "{doing}没有明确结果{told}",
            doing,
            told
        )),
    }
}
