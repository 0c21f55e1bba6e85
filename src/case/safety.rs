//! What a walk left alone so as to do no harm, as notes for the findings that it weakens.

use super::base::Case;
use crate::recording::Event;
use crate::recording::entries::{ControlsLeft, Guarding, RequestHeldBack};
use crate::text::{Bilingual, both, said};
use crate::world::guard::Guard;

/// Labels that a note names; the timeline has them all (ours).
const NAMED: usize = 12;

impl Case<'_> {
    /// Says what was left alone by label, what was held back, and whether requests could be held back at all.
    pub fn notes_on_safety(&self) -> Vec<Bilingual> {
        [self.note_on_controls_left(), self.note_on_held_back(), self.note_on_guard()]
            .into_iter()
            .flatten()
            .collect()
    }

    fn note_on_controls_left(&self) -> Option<Bilingual> {
        let left = self.entries.iter().filter_map(|entry| match &entry.event {
            Event::ControlsLeft(ControlsLeft { controls, .. }) => Some(controls),
            _ => None,
        });
        let labels = left.flatten().map(|control| control.label.as_str()).filter(|label| !label.is_empty());
        let list = list_labels(&distinct(labels))?;
        Some(said!(
            "Left alone, as they may do harm: {list}. What lies behind them was not looked at.",
            "因可能造成损害而未点按：{list}。其后的内容没有查看。",
            list
        ))
    }

    fn note_on_held_back(&self) -> Option<Bilingual> {
        let held = self.entries.iter().filter_map(|entry| match &entry.event {
            Event::HeldBack(RequestHeldBack { control, .. }) => Some(control.as_str()),
            _ => None,
        });
        let list = list_labels(&distinct(held))?;
        Some(said!(
            "Requests were held back after {list}: the app saw them fail, and what it would have shown is not known.",
            "点按 {list} 之后的请求已被拦截：应用看到的是请求失败，正常情况下的画面未知。",
            list
        ))
    }

    fn note_on_guard(&self) -> Option<Bilingual> {
        let guarding = self.entries.iter().filter_map(|entry| match entry.event {
            Event::Guarding(Guarding { guard, works }) => Some((guard, works)),
            _ => None,
        });
        let states: Vec<(Guard, bool)> = guarding.collect();
        if states.iter().any(|(guard, _)| *guard == Guard::Off) {
            return Some(both(
                "No request was held back, as the scenario says (`guard: off`): words alone decided what was tapped.",
                "按场景设定（guard: off）没有拦截请求：只凭文字判断可否点按。",
            ));
        }
        states.iter().any(|(_, works)| !works).then(|| {
            both(
                "No request could be held back here, as the driver has no line for it: words alone decided what was tapped.",
                "驱动没有可用的通道，无法拦截请求：只凭文字判断可否点按。",
            )
        })
    }
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

/// Lists the first labels for a sentence, and how many more there are; `None` where there are none.
fn list_labels(labels: &[&str]) -> Option<Bilingual> {
    if labels.is_empty() {
        return None;
    }
    let shown: Vec<String> = labels.iter().take(NAMED).map(|label| format!("“{label}”")).collect();
    let (en, zh) = (shown.join(", "), shown.join("、"));
    Some(match labels.len().saturating_sub(NAMED) {
        0 => both(en, zh),
        more => both(format!("{en} and {more} more"), format!("{zh}等 {} 个", more + NAMED)),
    })
}
