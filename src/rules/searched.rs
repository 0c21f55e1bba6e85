//! What a search of the app says: whether that something was not found proves that it is not there.

use super::case::at_screen;
use super::catalogue::{Bilingual, both};
use super::{Case, Evidence, Judgement, Verdict, safety};
use crate::language::lexicon::Meaning;
use crate::language::rights::Answered;
use crate::recording::account::Entering;
use crate::recording::{Breadth, Event, GoalReached, GoalRuledOut, Omission};

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

/// The walks that did not find a goal, the last as a guest before the last in the account, each with its entry's number.
fn walks<'a>(case: &Case<'a>, goal: &str) -> Vec<(u64, &'a GoalRuledOut)> {
    let last = |signed_in: bool| {
        case.entries.iter().rev().find_map(|entry| match &entry.event {
            Event::GoalRuledOut(ruled_out)
                if ruled_out.goal == goal && ruled_out.breadth.signed_in == signed_in =>
            {
                Some((entry.seq, ruled_out))
            }
            _ => None,
        })
    };
    [last(false), last(true)].into_iter().flatten().collect()
}

/// Why the search does not prove that what was not found is nowhere; `None` where it does. Where the app was walked as a
/// guest and in the account, both walks must.
pub fn doubt(case: &Case<'_>, ruled_out: &GoalRuledOut) -> Option<(Bilingual, Option<Evidence>)> {
    if let Some(why) = cut(case, ruled_out) {
        return Some((why, None));
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
    if ruled_out.breadth.signed_in { fell_out(case, &ruled_out.goal) } else { behind_log_in(case) }
}

/// Why a walk did not see the whole app, as far as it was to be seen.
pub fn cut(case: &Case<'_>, ruled_out: &GoalRuledOut) -> Option<Bilingual> {
    let walks = walks(case, &ruled_out.goal);
    if let Some(why) = walks.iter().find_map(|(_, walk)| walk.stopped.as_ref()) {
        return Some(both(format!("the search was cut: {why}"), format!("搜索没有做完：{why}")));
    }
    // What a guest's walk looked for in passing only, a walk in the account may have looked for everywhere.
    let (_, last) = walks.last()?;
    last.promising_only.then(|| both("only ways that a label speaks for were tried", "只试了名称相关的路径"))
}

/// There is a log-in, and nobody went through it.
fn behind_log_in(case: &Case<'_>) -> Option<(Bilingual, Option<Evidence>)> {
    let (entry, seen) = Case::screens(case.entries)
        .find(|(_, seen)| seen.reading.controls.iter().any(|control| control.meaning == Meaning::SignIn))?;
    // Logging in after a cancellation is meant to fail.
    let tried = case.entries.iter().filter_map(|entry| match &entry.event {
        Event::AccountEntered(entered) if entered.entering != Entering::LoggingInAgain => {
            Some(entered.answered)
        }
        _ => None,
    });
    let tried: Vec<Answered> = tried.collect();
    let own = case
        .entries
        .iter()
        .any(|entry| matches!(entry.event, Event::LeftOut { what: Omission::WalkInAccount, .. }));
    let why = if own {
        both(
            "what lies behind the log-in was not searched: the account is somebody's own (`account.register`, `disposable: true` or `guard: strict` let candor walk in it)",
            "登录之后的界面没有搜索：账号属于个人所有（account.register、disposable: true 或 guard: strict 可允许在其中浏览）",
        )
    } else if !tried.is_empty() && !tried.contains(&Answered::Accepted) {
        both(
            "the app has a log-in, which did not work in this run: what lies behind it was not searched",
            "应用有登录功能，本次运行未能登录，登录之后的界面没有搜索",
        )
    } else {
        both(
            "the app has a log-in, and what lies behind it was not searched (`account` in the scenario lets candor log in)",
            "应用有登录功能，登录之后的界面没有搜索（场景文件写有 account 时可以登录）",
        )
    };
    Some((why, Some(at_screen(entry, seen, "here one logs in", "从这里登录"))))
}

/// The session left the account while the app was walked in it, or may have.
fn fell_out(case: &Case<'_>, goal: &str) -> Option<(Bilingual, Option<Evidence>)> {
    let (walked, _) = walks(case, goal).pop()?;
    let looked = case.entries.iter().filter(|entry| entry.seq > walked).find_map(|entry| match entry.event {
        Event::SessionLooked { signed_in, screen } => Some((signed_in, screen)),
        _ => None,
    });
    let shown = looked
        .and_then(|(_, screen)| case.shown(screen, "after the search in the account", "登录后的搜索结束时"));
    // A run that was cut off before it looked knows as little as one that could not tell.
    let why = match looked.and_then(|(signed_in, _)| signed_in) {
        Some(true) => return None,
        Some(false) => both(
            "the session was no longer logged in when the search in the account ended",
            "登录后的搜索结束时已不在登录状态",
        ),
        None => both(
            "whether the session stayed logged in during the search in the account is not known",
            "无法判断搜索期间是否一直处于登录状态",
        ),
    };
    Some((why, shown))
}

/// Evidence: how widely was looked, as a guest and in the account.
pub fn evidence(case: &Case<'_>, ruled_out: &GoalRuledOut) -> Vec<Evidence> {
    let shows = |walk: &GoalRuledOut| {
        let breadth = &walk.breadth;
        let (who, who_zh) = who(breadth);
        both(
            format!(
                "{who}searched {} screens, {} operations deep, with {} operations",
                breadth.screens, walk.depth, breadth.operations
            ),
            format!(
                "{who_zh}搜索了 {} 个界面，深度 {} 步，操作 {} 次",
                breadth.screens, walk.depth, breadth.operations
            ),
        )
    };
    let walks = walks(case, &ruled_out.goal).into_iter();
    walks
        .map(|(seq, walk)| Evidence { entry: seq, shows: shows(walk), files: Vec::new(), marks: None })
        .collect()
}

fn who(breadth: &Breadth) -> (&'static str, &'static str) {
    if breadth.signed_in { ("logged in, ", "登录后") } else { ("", "") }
}

/// What was searched without finding it, for a sentence.
pub fn extent(case: &Case<'_>, ruled_out: &GoalRuledOut) -> Bilingual {
    let (screens, depth) = (ruled_out.breadth.screens, ruled_out.depth);
    match walks(case, &ruled_out.goal)[..] {
        [(_, guest), (_, inside)] => both(
            format!(
                "{} screens as a guest and {} when logged in, within {depth} operations of the main screen",
                guest.breadth.screens, inside.breadth.screens
            ),
            format!(
                "主界面 {depth} 步之内、未登录时的 {} 个和登录后的 {} 个界面",
                guest.breadth.screens, inside.breadth.screens
            ),
        ),
        _ => both(
            format!("{screens} screens within {depth} operations of the main screen"),
            format!("主界面 {depth} 步之内的 {screens} 个界面"),
        ),
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

/// With the budget of every walk for this goal, what was used of it, and why a walk was cut.
pub fn noted(case: &Case<'_>, judgement: Judgement, goal: &str) -> Judgement {
    let mut judgement = judgement;
    let mut walked: Vec<(&Breadth, Option<&String>)> =
        walks(case, goal).into_iter().map(|(_, walk)| (&walk.breadth, walk.stopped.as_ref())).collect();
    if let Some((_, Ok(reached))) = answer(case, goal) {
        let guest = walked.iter().any(|(breadth, _)| !breadth.signed_in);
        if reached.breadth.signed_in && guest {
            judgement = judgement.note(
                "It is there only after logging in: as a guest it was not found.",
                "登录之后才有：未登录时没有找到。",
            );
        }
        walked.retain(|(breadth, _)| breadth.signed_in != reached.breadth.signed_in);
        walked.push((&reached.breadth, None));
    }
    if !walked.is_empty() {
        judgement = safety::noted(case, judgement);
    }
    for (breadth, stopped) in walked {
        judgement = one_noted(judgement, breadth);
        if let Some(why) = stopped {
            judgement = judgement.note(
                format!("The search was cut before the whole app was seen: {why}."),
                format!("没有搜索完整个应用：{why}。"),
            );
        }
    }
    judgement
}

fn one_noted(judgement: Judgement, breadth: &Breadth) -> Judgement {
    let Some(budget) = breadth.budget else { return judgement };
    let (limit, minutes) = (budget.operations, budget.seconds / 60.0);
    let (operations, seconds) = (breadth.operations, breadth.seconds);
    let (alike, dangerous) = (breadth.alike_skipped, breadth.dangerous_skipped);
    let (who, who_zh) = if breadth.signed_in { (" when logged in", "登录后") } else { ("", "") };
    judgement
        .note(
            format!(
                "The search{who} used {operations} of {limit} operations and {seconds:.0} s of {minutes:.0} min, which the scenario's limits set."
            ),
            format!(
                "{who_zh}搜索操作 {operations} 次（上限 {limit} 次），用时 {seconds:.0} 秒（上限 {minutes:.0} 分钟），上限由场景的 limits 设定。"
            ),
        )
        .note(
            format!(
                "Left out{who}: {alike} list entries like others that were opened, {dangerous} controls that pay, call, post, log out, delete or withdraw consent."
            ),
            format!("{who_zh}未打开：{alike} 个与已打开者同类的列表项，{dangerous} 个付款、拨号、发布、退出、删除或撤回类控件。"),
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

#[cfg(test)]
#[path = "searched_tests.rs"]
mod tests;
