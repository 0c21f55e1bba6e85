//! What a walk left alone so as to do no harm, for the findings that it weakens.

use super::{Case, Judgement};
use crate::recording::Event;
use crate::world::guard::Guard;

/// Labels that a note names; the timeline has them all (ours).
const NAMED: usize = 12;

/// With what was left alone by label, what was held back, and whether requests could be held back at all.
pub fn noted(case: &Case<'_>, judgement: Judgement) -> Judgement {
    with_guard(case, with_held_back(case, with_controls_left(case, judgement)))
}

fn with_controls_left(case: &Case<'_>, judgement: Judgement) -> Judgement {
    let left = case.entries.iter().filter_map(|entry| match &entry.event {
        Event::ControlsLeft { controls, .. } => Some(controls),
        _ => None,
    });
    let labels =
        distinct(left.flatten().map(|control| control.label.as_str()).filter(|label| !label.is_empty()));
    if labels.is_empty() {
        return judgement;
    }
    let (en, zh) = listed(&labels);
    judgement.note(
        format!("Left alone, as they may do harm: {en}. What lies behind them was not looked at."),
        format!("因可能造成损害而未点按：{zh}。其后的内容没有查看。"),
    )
}

fn with_held_back(case: &Case<'_>, judgement: Judgement) -> Judgement {
    let held = case.entries.iter().filter_map(|entry| match &entry.event {
        Event::HeldBack { control, .. } => Some(control.as_str()),
        _ => None,
    });
    let labels = distinct(held);
    if labels.is_empty() {
        return judgement;
    }
    let (en, zh) = listed(&labels);
    judgement.note(
        format!("Requests were held back after {en}: the app saw them fail, and what it would have shown is not known."),
        format!("点按 {zh} 之后的请求已被拦截：应用看到的是请求失败，正常情况下的画面未知。"),
    )
}

fn with_guard(case: &Case<'_>, judgement: Judgement) -> Judgement {
    let guarding = case.entries.iter().filter_map(|entry| match entry.event {
        Event::Guarding { guard, works } => Some((guard, works)),
        _ => None,
    });
    let states: Vec<(Guard, bool)> = guarding.collect();
    if states.iter().any(|(guard, _)| *guard == Guard::Off) {
        return judgement.note(
            "No request was held back, as the scenario says (`guard: off`): words alone decided what was tapped.",
            "按场景设定（guard: off）没有拦截请求：只凭文字判断可否点按。",
        );
    }
    if states.iter().any(|(_, works)| !works) {
        return judgement.note(
            "No request could be held back here, as the driver has no line for it: words alone decided what was tapped.",
            "驱动没有可用的通道，无法拦截请求：只凭文字判断可否点按。",
        );
    }
    judgement
}

fn distinct<'a>(labels: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut known: Vec<&str> = Vec::new();
    for label in labels {
        if !known.contains(&label) {
            known.push(label);
        }
    }
    known
}

/// The first labels for a sentence, and how many more there are.
fn listed(labels: &[&str]) -> (String, String) {
    let shown: Vec<String> = labels.iter().take(NAMED).map(|label| format!("“{label}”")).collect();
    let more = labels.len().saturating_sub(NAMED);
    let (en, zh) = (shown.join(", "), shown.join("、"));
    match more {
        0 => (en, zh),
        more => (format!("{en} and {more} more"), format!("{zh}等 {} 个", more + NAMED)),
    }
}
