//! 1.3: the policy is hard to reach.

use crate::case::{Case, Evidence};
use crate::language::reading::PromptKind;
use crate::recording::entries::PathReplayed;
use crate::recording::{Event, GoalReached, GoalRuledOut, PolicyRead};
use crate::rules::rule::{Absence, Opinion, Rule, Weighed};
use crate::text::{Bilingual, both, plural, said};

/// The rule of item 1.3.
pub struct HardToReach;

impl Rule for HardToReach {
    fn item(&self) -> &'static str {
        "1.3"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["find_policy"]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let most = case.thresholds.get("max_operations").max(0.0) as usize;
        let inside = case.last_answer("policy").filter(|(_, answer)| is_of_account(answer));
        match case.first_answer("policy") {
            // Logging in is passed before it is counted.
            Some((_, Ok(reached))) if starts_at_log_in(case, reached) => match inside {
                Some((seq, Ok(inner))) => weigh_path(case, seq, inner, most).into(),
                other => weigh_at_log_in(case, reached, other.is_some()).into(),
            },
            Some((seq, Ok(reached))) => {
                Weighed::from(weigh_path(case, seq, reached, most)).searched("policy")
            }
            Some((_, Err(ruled_out))) => {
                let ruled_out = match inside {
                    Some((seq, Ok(inner))) => return weigh_path(case, seq, inner, most).into(),
                    Some((_, Err(inner))) => inner,
                    None => ruled_out,
                };
                let absence = match case.policy() {
                    None => weigh_no_policy(case, ruled_out),
                    Some((seq, read)) => weigh_elsewhere(case, ruled_out, (seq, read), most),
                };
                Weighed::absent(absence).searched("policy")
            }
            None => Weighed::default(),
        }
    }
}

/// Tells whether an answer is that of a walk in the account.
fn is_of_account(answer: &Result<&GoalReached, &GoalRuledOut>) -> bool {
    match answer {
        Ok(reached) => reached.breadth.signed_in,
        Err(ruled_out) => ruled_out.breadth.signed_in,
    }
}

/// Tells whether a way starts on a page that asks for the log-in.
fn starts_at_log_in(case: &Case<'_>, reached: &GoalReached) -> bool {
    let seen = reached.path.first().and_then(|step| case.screen(step.on));
    seen.is_some_and(|(_, seen)| {
        case.read(seen).reading.prompt.as_ref().is_some_and(|prompt| prompt.kind == PromptKind::Form)
    })
}

/// The policy was found from the page for logging in, and not from a main screen behind it.
fn weigh_at_log_in(case: &Case<'_>, reached: &GoalReached, walked_inside: bool) -> Opinion {
    let reason = match walked_inside {
        true => both(
            "the page for logging in leads to the policy, the main screen behind it was not seen to: decide whether who is logged in can reach it",
            "登录页面有隐私政策入口，登录后的主界面没有找到：请判断登录后能否查看",
        ),
        false => both(
            "the page for logging in leads to the policy; what lies behind it was not seen (`account` in the scenario lets candor log in), and counting starts there",
            "登录页面有隐私政策入口；没有看到登录后的主界面（场景文件写有 account 时可以登录），而操作次数从主界面算起",
        ),
    };
    Opinion::review(reason)
        .with(case.steps_evidence(reached))
        .with(case.shown(reached.screen, both("the policy", "隐私政策")))
}

/// The policy was found: the way there is short enough, or not.
fn weigh_path(case: &Case<'_>, seq: u64, reached: &GoalReached, most: usize) -> Opinion {
    let count = reached.path.len();
    let replays = case.entries.iter().filter_map(|entry| match &entry.event {
        Event::PathReplayed(PathReplayed { goal, arrived, .. }) if *goal == reached.goal => Some(*arrived),
        _ => None,
    });
    let replays: Vec<bool> = replays.collect();
    let opinion = if !replays.is_empty() && !replays.contains(&true) {
        Opinion::review(said!(
            "a way of {count} operations led to the policy once, and elsewhere when it was gone again",
            "曾经 {count} 次操作到达隐私政策，再次操作却没有到达",
            count
        ))
    } else if count <= most {
        Opinion::conforms(said!(
            "the policy is {operations} from the main screen (at most {most} are allowed)",
            "从主界面到隐私政策需 {operations} 次操作（上限 {most} 次）",
            operations = both(plural(count, "operation"), count.to_string()),
            most
        ))
        .settled()
    } else if reached.shortest {
        Opinion::violation(said!(
            "the fewest operations from the main screen to the policy are {count}, more than {most}",
            "从主界面到隐私政策最少需要 {count} 次操作，超过 {most} 次",
            count,
            most
        ))
    } else if reached.none_within >= most {
        Opinion::violation(said!(
            "no way of at most {most} operations leads from the main screen to the policy; one of {count} does",
            "从主界面到隐私政策已知路径需要 {count} 次操作，超过 {most} 次",
            count,
            most
        ))
    } else {
        Opinion::review(said!(
            "the way that was gone takes {count} operations, more than {most}; a shorter one was not ruled out",
            "走过的路径需要 {count} 次操作，超过 {most} 次；尚未排除更短的路径",
            count,
            most
        ))
    };
    let opinion = say_what_was_tried(reached, count <= most).into_iter().fold(opinion, Opinion::note);
    opinion
        .with(case.steps_evidence(reached))
        .with(case.shown(reached.screen, both("the policy", "隐私政策")))
        .with([Evidence::of_entry(seq, both("the path as it was recorded", "记录的路径"))])
}

/// Says how far shorter ways were looked for.
fn say_what_was_tried(reached: &GoalReached, short_enough: bool) -> Option<Bilingual> {
    let (operations, screens) = (reached.breadth.operations, reached.breadth.screens.max(1));
    if reached.shortest {
        Some(said!(
            "every shorter way was tried: {operations} operations on {screens} screens",
            "更短的路径均已试过：在 {screens} 个界面上操作 {operations} 次",
            operations,
            screens
        ))
    } else if reached.none_within > 0 {
        Some(said!(
            "every way of at most {within} operations was tried: {operations} operations on {screens} screens",
            "{within} 次操作之内的路径均已试过：在 {screens} 个界面上操作 {operations} 次",
            within = reached.none_within,
            operations,
            screens
        ))
    } else {
        short_enough.then(|| {
            both(
                "a way that is short enough was found and gone twice; whether there is a shorter one was not looked for",
                "已找到并再次走过一条足够短的路径；没有寻找更短的路径",
            )
        })
    }
}

/// No policy was found anywhere.
fn weigh_no_policy(case: &Case<'_>, ruled_out: &GoalRuledOut) -> Absence {
    let none = Opinion::not_applicable(both(
        "no policy was found that could be hard to reach (see 1.1)",
        "没有找到隐私政策，无从谈访问难易（见 1.1）",
    ))
    .with(case.search_evidence(ruled_out));
    let what = both("no policy was found that could be hard to reach", "没有找到隐私政策，无从谈访问难易");
    Absence::of_search(case, what, ruled_out, none)
}

/// A policy was read, but the main screen does not lead to it.
fn weigh_elsewhere(
    case: &Case<'_>,
    ruled_out: &GoalRuledOut,
    (read_at, read): (u64, &PolicyRead),
    most: usize,
) -> Absence {
    let depth = ruled_out.depth;
    let picture = case.screen(read.screen).and_then(|(_, seen)| seen.picture.clone());
    let elsewhere = Evidence {
        files: picture.map(|file| file.file).into_iter().collect(),
        ..Evidence::of_entry(
            read_at,
            both("the policy, opened from the first-run prompt", "从首次运行的提示中打开的隐私政策"),
        )
    };
    let shown = |opinion: Opinion| opinion.with(case.search_evidence(ruled_out)).with([elsewhere.clone()]);
    let shallow = depth < most + 1 && depth < case.thresholds.get("search_depth") as usize;
    let not_deep_enough = (shallow && ruled_out.stopped.is_none()).then(|| {
        shown(Opinion::review(said!(
            "the app has a policy, but it was not found within {depth} operations of the main screen",
            "应用有隐私政策，但从主界面 {depth} 步之内没有找到",
            depth
        )))
    });
    let violation = shown(Opinion::violation(said!(
        "the app has a policy, but no way of up to {depth} operations leads there from the main screen (at most {most} are allowed)",
        "应用有隐私政策，但从主界面 {depth} 次操作之内无法到达（上限 {most} 次）",
        depth,
        most
    )));
    let what = both(
        "the app has a policy, which was not found from the main screen",
        "应用有隐私政策，从主界面没有找到",
    );
    Absence::of_search(case, what, ruled_out, violation).reviewed(not_deep_enough)
}
