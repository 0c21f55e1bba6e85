//! 1.3: the policy is hard to reach.

use crate::recording::{Event, GoalReached, GoalRuledOut};
use crate::rules::catalogue::both;
use crate::rules::searched::{self, noted};
use crate::rules::{Case, Evidence, Judgement, Rule, Verdict};

/// The rule of item 1.3.
pub struct HardToReach;

impl Rule for HardToReach {
    fn item(&self) -> &'static str {
        "1.3"
    }
    fn probes(&self) -> &'static [&'static str] {
        &["find_policy"]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let most = case.thresholds.get("max_operations").max(0.0) as usize;
        for entry in case.entries {
            match &entry.event {
                Event::GoalReached(reached) if reached.goal == "policy" => {
                    return noted(case, judge_path(case, entry.seq, reached, most), "policy");
                }
                Event::GoalRuledOut(ruled_out) if ruled_out.goal == "policy" => {
                    return noted(case, judge_absence(case, ruled_out, most), "policy");
                }
                _ => {}
            }
        }
        case.unfinished("find_policy")
    }
}

fn judge_path(case: &Case<'_>, seq: u64, reached: &GoalReached, most: usize) -> Judgement {
    let count = reached.path.len();
    let (how_en, how_zh) =
        if reached.shortest { ("the fewest operations", "最少") } else { ("a way of", "已知路径") };
    let replays = case.entries.iter().filter_map(|entry| match &entry.event {
        Event::PathReplayed { goal, arrived, .. } if *goal == reached.goal => Some(*arrived),
        _ => None,
    });
    let replays: Vec<bool> = replays.collect();
    let proven = reached.shortest || reached.none_within >= most;
    let judgement = if !replays.is_empty() && !replays.contains(&true) {
        Judgement::new(
            Verdict::Review,
            format!(
                "a way of {count} operations led to the policy once, and elsewhere when it was gone again"
            ),
            format!("曾经 {count} 次操作到达隐私政策，再次操作却没有到达"),
        )
    } else if count <= most {
        Judgement::new(
            Verdict::Conforms,
            format!("the policy is {count} operations from the main screen (at most {most} are allowed)"),
            format!("从主界面到隐私政策需 {count} 次操作（上限 {most} 次）"),
        )
    } else if proven {
        let (en, zh) = match reached.shortest {
            true => {
                (format!("{how_en} from the main screen to the policy are {count}, more than {most}"), how_zh)
            }
            false => (
                format!(
                    "no way of at most {most} operations leads from the main screen to the policy; one of {count} does"
                ),
                how_zh,
            ),
        };
        Judgement::new(
            Verdict::Violation,
            en,
            format!("从主界面到隐私政策{zh}需要 {count} 次操作，超过 {most} 次"),
        )
    } else {
        Judgement::new(
            Verdict::Review,
            format!(
                "the way that was gone takes {count} operations, more than {most}; a shorter one was not ruled out"
            ),
            format!("走过的路径需要 {count} 次操作，超过 {most} 次；尚未排除更短的路径"),
        )
    };
    let steps = reached.path.iter().enumerate().filter_map(|(at, step)| {
        case.shown(
            step.on,
            format!("{}. {}", at + 1, step.operation),
            format!("第 {} 步：{}", at + 1, step.operation.chinese()),
        )
    });
    let judgement = judgement.with(steps);
    let judgement = if reached.shortest {
        judgement.note(
            format!(
                "every shorter way was tried: {} operations on {} screens",
                reached.breadth.operations,
                reached.breadth.screens.max(1)
            ),
            format!(
                "更短的路径均已试过：在 {} 个界面上操作 {} 次",
                reached.breadth.screens.max(1),
                reached.breadth.operations
            ),
        )
    } else if reached.none_within > 0 {
        judgement.note(
            format!(
                "every way of at most {} operations was tried: {} operations on {} screens",
                reached.none_within,
                reached.breadth.operations,
                reached.breadth.screens.max(1)
            ),
            format!(
                "{} 次操作之内的路径均已试过：在 {} 个界面上操作 {} 次",
                reached.none_within,
                reached.breadth.screens.max(1),
                reached.breadth.operations
            ),
        )
    } else if count > most {
        judgement
    } else {
        judgement.note(
            "a way that is short enough was found and gone twice; whether there is a shorter one was not looked for",
            "已找到并再次走过一条足够短的路径；没有寻找更短的路径",
        )
    };
    let policy = case.shown(reached.screen, "the policy", "隐私政策");
    judgement.with(policy).with([Evidence {
        entry: seq,
        shows: both("the path as it was recorded", "记录的路径"),
        files: Vec::new(),
        marks: None,
    }])
}

fn judge_absence(case: &Case<'_>, ruled_out: &GoalRuledOut, most: usize) -> Judgement {
    let read = case.entries.iter().find_map(|entry| match &entry.event {
        Event::PolicyRead(read) => Some((entry.seq, read)),
        _ => None,
    });
    let depth = ruled_out.depth;
    let evidence = searched::evidence(case, ruled_out);
    let Some((read_at, read)) = read else {
        if let Some(why) = &ruled_out.stopped {
            return Judgement::new(
                Verdict::Review,
                format!("no policy was found that could be hard to reach, but the search was cut: {why}"),
                format!("没有找到隐私政策，无从谈访问难易；但搜索没有做完：{why}"),
            )
            .with(evidence);
        }
        return Judgement::new(
            Verdict::NotApplicable,
            "no policy was found that could be hard to reach (see 1.1)",
            "没有找到隐私政策，无从谈访问难易（见 1.1）",
        )
        .with(evidence);
    };
    let judgement = match &ruled_out.stopped {
        Some(why) => Judgement::new(
            Verdict::Review,
            format!(
                "the app has a policy, but it was not found from the main screen; the search was cut: {why}"
            ),
            format!("应用有隐私政策，但从主界面没有找到；搜索没有做完：{why}"),
        ),
        None if depth < most + 1 && depth < case.thresholds.get("search_depth") as usize => Judgement::new(
            Verdict::Review,
            format!(
                "the app has a policy, but it was not found within {depth} operations of the main screen"
            ),
            format!("应用有隐私政策，但从主界面 {depth} 步之内没有找到"),
        ),
        None => Judgement::new(
            Verdict::Violation,
            format!(
                "the app has a policy, but no way of up to {depth} operations leads there from the main screen (at most {most} are allowed)"
            ),
            format!("应用有隐私政策，但从主界面 {depth} 次操作之内无法到达（上限 {most} 次）"),
        ),
    };
    let elsewhere = Evidence {
        entry: read_at,
        shows: both("the policy, opened from the first-run prompt", "从首次运行的提示中打开的隐私政策"),
        files: case
            .screen(read.screen)
            .and_then(|(_, seen)| seen.picture.clone())
            .map(|file| file.file)
            .into_iter()
            .collect(),
        marks: None,
    };
    judgement.with(evidence).with([elsewhere])
}
