//! What a search of the app says: whether that something was not found proves that it is not there.

use super::case::at_screen;
use super::catalogue::{Bilingual, both};
use super::{Case, Evidence, Judgement, Verdict};
use crate::language::lexicon::Meaning;
use crate::recording::{Breadth, Event, GoalReached, GoalRuledOut};

/// A screen of which one picture covers more than this share says things that are not read (ours).
pub const UNREAD: f32 = 0.45;

/// The last answer for a goal, with its entry's number.
pub fn answer<'a>(case: &Case<'a>, goal: &str) -> Option<(u64, Result<&'a GoalReached, &'a GoalRuledOut>)> {
    case.entries.iter().rev().find_map(|entry| match &entry.event {
        Event::GoalReached(reached) if reached.goal == goal => Some((entry.seq, Ok(reached))),
        Event::GoalRuledOut(ruled_out) if ruled_out.goal == goal => Some((entry.seq, Err(ruled_out))),
        _ => None,
    })
}

/// Why the search does not prove that what was not found is nowhere; `None` where it does.
pub fn doubt(case: &Case<'_>, ruled_out: &GoalRuledOut) -> Option<(Bilingual, Option<Evidence>)> {
    if let Some(why) = &ruled_out.stopped {
        return Some((both(format!("the search was cut: {why}"), format!("搜索没有做完：{why}")), None));
    }
    if ruled_out.promising_only {
        let en = "only ways that a label speaks for were tried";
        return Some((both(en, "只试了名称相关的路径"), None));
    }
    if ruled_out.breadth.screens <= 1 {
        let en = "the search saw one screen only: look whether the app works";
        return Some((both(en, "只看到一个界面：请查看应用是否正常工作"), None));
    }
    let unread = Case::screens(case.entries).find(|(_, seen)| seen.reading.unread_share > UNREAD);
    if let Some((entry, seen)) = unread {
        return Some((
            both("pictures fill whole screens and were not read", "有整屏的图片未能识别"),
            Some(at_screen(entry, seen, "a picture fills this screen", "此界面被图片占满")),
        ));
    }
    let log_in = Case::screens(case.entries)
        .find(|(_, seen)| seen.reading.controls.iter().any(|control| control.meaning == Meaning::SignIn));
    log_in.map(|(entry, seen)| {
        (
            both(
                "the app has a log-in, and what lies behind it was not searched",
                "应用有登录功能，登录之后的界面没有搜索",
            ),
            Some(at_screen(entry, seen, "here one logs in", "从这里登录")),
        )
    })
}

/// Evidence: how widely was looked.
pub fn evidence(seq: u64, ruled_out: &GoalRuledOut) -> Evidence {
    let breadth = &ruled_out.breadth;
    Evidence {
        entry: seq,
        shows: both(
            format!(
                "searched {} screens, {} operations deep, with {} operations",
                breadth.screens, ruled_out.depth, breadth.operations
            ),
            format!(
                "搜索了 {} 个界面，深度 {} 步，操作 {} 次",
                breadth.screens, ruled_out.depth, breadth.operations
            ),
        ),
        files: Vec::new(),
        marks: None,
    }
}

/// Evidence: the way to what was found, step by step.
pub fn path(case: &Case<'_>, seq: u64, reached: &GoalReached, en: &str, zh: &str) -> Vec<Evidence> {
    let steps = reached.path.iter().enumerate().filter_map(|(at, step)| {
        let (en, zh) =
            (format!("{}. {}", at + 1, step.operation), format!("第 {} 步：{}", at + 1, step.operation));
        case.shown(step.on, en, zh)
    });
    let found = case.shown(reached.screen, en, zh).unwrap_or_else(|| Evidence {
        entry: seq,
        shows: both(en, zh),
        files: Vec::new(),
        marks: None,
    });
    steps.chain([found]).collect()
}

/// With the budget of the search and what it used of it.
pub fn noted(judgement: Judgement, breadth: &Breadth) -> Judgement {
    let Some(budget) = breadth.budget else { return judgement };
    let (limit, minutes) = (budget.operations, budget.seconds / 60.0);
    let (operations, seconds) = (breadth.operations, breadth.seconds);
    let (alike, dangerous) = (breadth.alike_skipped, breadth.dangerous_skipped);
    judgement
        .note(
            format!(
                "The search used {operations} of {limit} operations and {seconds:.0} s of {minutes:.0} min, which the scenario's limits set."
            ),
            format!(
                "搜索操作 {operations} 次（上限 {limit} 次），用时 {seconds:.0} 秒（上限 {minutes:.0} 分钟），上限由场景的 limits 设定。"
            ),
        )
        .note(
            format!(
                "Left out: {alike} list entries like others that were opened, {dangerous} controls that pay, call, post, log out, delete or withdraw consent."
            ),
            format!("未打开：{alike} 个与已打开者同类的列表项，{dangerous} 个付款、拨号、发布、退出、删除或撤回类控件。"),
        )
}

/// The policy's text, where this run read it.
pub fn policy_text(case: &Case<'_>) -> Option<(u64, String)> {
    case.entries.iter().rev().find_map(|entry| match &entry.event {
        Event::PolicyRead(read) => Some((entry.seq, case.text(read.text.as_ref()?)?)),
        _ => None,
    })
}

/// There is no policy: the search for it went as far as it was told, and nothing opened one.
pub fn has_no_policy(case: &Case<'_>) -> bool {
    let none = matches!(answer(case, "policy"), Some((_, Err(ruled_out))) if ruled_out.stopped.is_none());
    none && case.span("read_policy").is_some_and(|span| span.is_complete())
        && !case.entries.iter().any(|entry| matches!(entry.event, Event::PolicyRead(_)))
}

/// Evidence: a passage of the policy.
pub fn passage(seq: u64, text: &str) -> Evidence {
    Evidence {
        entry: seq,
        shows: both(format!("the policy says: {text}"), format!("隐私政策原文：{text}")),
        files: vec!["policy.txt".to_owned()],
        marks: None,
    }
}

/// `review`, as what was not found may be there all the same.
pub fn not_found(what: Bilingual, why: Bilingual) -> Judgement {
    Judgement::new(
        Verdict::Review,
        format!("{}, but {}", what.en, why.en),
        format!("{}，但{}", what.zh, why.zh),
    )
}
