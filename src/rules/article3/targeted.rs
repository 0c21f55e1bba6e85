//! 3.6: targeted content without a switch, or with one that does not last.

use crate::language::lexicon::{Meaning, fold, means};
use crate::recording::consent::{Moment, TargetedSwitchSeen};
use crate::recording::{Event, GoalRuledOut};
use crate::rules::accessed::tree;
use crate::rules::catalogue::both;
use crate::rules::searched::{self, answer};
use crate::rules::{Case, Evidence, Judgement, Rule, Verdict};

/// The rule of item 3.6.
pub struct Targeted;

const PROBE: &str = "targeted_push";
const GOAL: &str = "targeted_switch";
/// A sentence with one of these says that something is not done.
const NEGATIONS: [&str; 12] = [
    "不会",
    "不进行",
    "不做",
    "没有",
    "未使用",
    "不提供",
    "不使用",
    "从不",
    "do not",
    "don't",
    "never",
    "no personali",
];

impl Rule for Targeted {
    fn item(&self) -> &'static str {
        "3.6"
    }
    fn probes(&self) -> &'static [&'static str] {
        &[PROBE]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let Some(span) = case.span(PROBE) else { return case.unfinished(PROBE) };
        let seen = |moment: Moment| {
            span.entries.iter().rev().find_map(|entry| match &entry.event {
                Event::TargetedSwitchSeen(seen) if seen.moment == moment => Some((entry.seq, seen)),
                _ => None,
            })
        };
        let found = answer(case, GOAL);
        let judgement = match (seen(Moment::Found), found) {
            (Some(found), _) => {
                let (off, again) = (seen(Moment::SwitchedOff), seen(Moment::Restarted));
                match judge_switch(case, found, off, again) {
                    Some(judgement) => judgement,
                    None => return case.unfinished(PROBE),
                }
            }
            (None, _) if !span.is_complete() => return case.unfinished(PROBE),
            (None, Some((_, Err(ruled_out)))) => judge_absence(case, ruled_out),
            (None, _) => return case.unfinished(PROBE),
        };
        let way = match found {
            Some((seq, Ok(reached))) => searched::path(case, seq, reached, "the switch", "开关"),
            _ => Vec::new(),
        };
        searched::noted(case, judgement.with(way), GOAL)
    }
}

type Seen<'a> = (u64, &'a TargetedSwitchSeen);

fn judge_switch(
    case: &Case<'_>,
    found: Seen<'_>,
    off: Option<Seen<'_>>,
    again: Option<Seen<'_>>,
) -> Option<Judgement> {
    let label = &found.1.label;
    let shown = |(seq, seen): Seen<'_>| {
        let (en, zh) = match seen.moment {
            Moment::Found => ("as it was found", "最初的状态"),
            Moment::SwitchedOff => ("after it was switched off", "关闭之后"),
            Moment::Restarted => ("after the app was started again", "重新启动之后"),
            Moment::PutBack => ("put back as it was found", "已恢复原状"),
        };
        let shown = case.shown(seen.screen, format!("“{label}” {en}"), format!("“{label}”{zh}"))?;
        Some(Evidence { entry: seq, ..shown })
    };
    let all = [Some(found), off, again].into_iter().flatten().filter_map(shown);
    let before = off.unwrap_or(found).1.personalised;
    let judgement = match (before, again.map(|(_, seen)| seen.personalised)) {
        (Some(true), _) => Judgement::new(
            Verdict::Review,
            format!("“{label}” was tapped and still shows personalisation as on: try it by hand"),
            format!("点击“{label}”后仍显示个性化为开启：请人工确认"),
        ),
        (None, _) | (_, Some(None)) => Judgement::new(
            Verdict::Review,
            format!(
                "whether “{label}” is on cannot be told: its picture and the screen's tree do not agree, or neither tells"
            ),
            format!("无法判断“{label}”是否开启：画面与界面树不一致，或均未表明"),
        ),
        (Some(false), Some(Some(true))) => Judgement::new(
            Verdict::Violation,
            format!("“{label}” was off, and personalisation is on again after the app was started anew"),
            format!("“{label}”关闭后，重新启动应用又变为开启"),
        ),
        (Some(false), Some(Some(false))) => Judgement::new(
            Verdict::Conforms,
            format!(
                "personalisation can be switched off by “{label}” and is still off when the app is started again"
            ),
            format!("可以通过“{label}”关闭个性化，重新启动后仍为关闭"),
        ),
        (Some(false), None) => return None,
    };
    let judgement = if found.1.reversed {
        judgement.note(
            "The switch's words name the switching off: it counts as off for personalisation when it is on.",
            "开关的名称为“关闭”类，开启即表示关闭个性化。",
        )
    } else {
        judgement
    };
    Some(judgement.with(all))
}

fn judge_absence(case: &Case<'_>, ruled_out: &GoalRuledOut) -> Judgement {
    let evidence = searched::evidence(case, ruled_out);
    let policy = searched::policy_text(case);
    let declared = policy.as_ref().and_then(|(at, text)| Some(searched::passage(*at, &declared(text)?)));
    let signs: Vec<Evidence> = declared.into_iter().chain(on_a_screen(case)).collect();
    let none = || {
        both(
            "targeted content is shown or declared, and no switch for it was found",
            "展示或声明了定向推送，没有找到关闭的开关",
        )
    };
    let doubt = searched::doubt(case, ruled_out);
    if signs.is_empty() {
        if policy.is_none() && !searched::has_no_policy(case) {
            let what = both("no targeted content was seen", "没有看到定向推送");
            let why = both(
                "the policy's text was not read (probe read_policy): it may declare some",
                "没有读取隐私政策全文（探测 read_policy），其中可能声明",
            );
            return searched::not_found(what, why).with(evidence);
        }
        if let Some(why) = searched::cut(case, ruled_out) {
            return searched::not_found(both("no targeted content was seen", "没有看到定向推送"), why)
                .with(evidence);
        }
        return Judgement::new(
            Verdict::NotApplicable,
            "no targeted content is shown on the screens that were seen or declared in the policy",
            "所见界面没有展示、隐私政策也没有声明定向推送",
        )
        .with(evidence);
    }
    if let Some((why, shown)) = doubt {
        return searched::not_found(none(), why).with(signs).with(evidence).with(shown);
    }
    let extent = searched::extent(case, ruled_out);
    Judgement::new(
        Verdict::Violation,
        format!("targeted content is shown or declared, and none of the {} has a switch for it", extent.en),
        format!("展示或声明了定向推送，但{}都没有关闭它的开关", extent.zh),
    )
    .with(signs)
    .with(evidence)
}

/// The policy's sentence that declares targeted content; a sentence that says there is none declares nothing.
fn declared(text: &str) -> Option<String> {
    text.split(['。', '；', ';', '\n']).find_map(|sentence| {
        let lower = sentence.to_lowercase();
        let folded = fold(sentence);
        let says = folded.chars().count() > 12 && windows_mean(&folded);
        (says && !NEGATIONS.iter().any(|word| lower.contains(word)))
            .then(|| sentence.trim().chars().take(160).collect())
    })
}

fn windows_mean(folded: &str) -> bool {
    let characters: Vec<char> = folded.chars().collect();
    (0..characters.len()).step_by(40).any(|at| {
        means(
            &characters[at..characters.len().min(at + 80)].iter().collect::<String>(),
            Meaning::Personalised,
        )
    })
}

/// A heading or label on a screen of the app that offers content chosen for this person.
fn on_a_screen(case: &Case<'_>) -> Option<Evidence> {
    let policy = case.entries.iter().find_map(|entry| match &entry.event {
        Event::PolicyRead(read) => Some(&read.screens),
        _ => None,
    });
    Case::screens(case.entries).filter(|(_, seen)| !seen.again).find_map(|(_, seen)| {
        if policy.is_some_and(|screens| screens.contains(&seen.screen)) {
            return None;
        }
        let screen = tree(case, seen)?;
        let shown = screen.elements.iter().filter(|element| element.seen).find(|element| {
            // Short words: a sentence about it elsewhere is the policy's.
            element.text.chars().count() <= 16
                && means(&element.text, Meaning::Personalised)
                && !screen.title.contains("政策")
        })?;
        case.shown(
            seen.screen,
            format!("“{}” is shown here", shown.text),
            format!("此处显示“{}”", shown.text),
        )
    })
}
