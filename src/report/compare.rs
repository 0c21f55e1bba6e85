//! What changed from one recording of an app to another.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use super::{clean, shown};
use crate::item::ItemId;
use crate::recording::{Event, GoalReached, Recording};
use crate::rules::{Finding, Findings, Verdict};

/// Lines of a changed policy that are shown.
const LINES: usize = 40;
/// Characters shown of a finding's reason.
const REASON: usize = 400;
/// Characters shown of one of them.
const WIDTH: usize = 160;

/// Items that violate in `now` and did not in `before`: what a nightly run fails on.
pub fn new_violations<'a>(before: &Findings, now: &'a Findings) -> Vec<&'a Finding> {
    let known = |item: &ItemId| {
        before.findings.iter().any(|old| old.item == *item && old.verdict == Verdict::Violation)
    };
    now.findings.iter().filter(|new| new.verdict == Verdict::Violation && !known(&new.item)).collect()
}

/// The comparison as text: who was compared, the items that turned, the way to the policy, the policy's text.
pub fn text(before: (&Recording, &Findings), now: (&Recording, &Findings)) -> String {
    let mut text = String::new();
    for (mark, (recording, findings)) in [("A", before), ("B", now)] {
        let begun = findings.begun.strftime("%Y-%m-%d %H:%M");
        let folder = recording.folder().display().to_string();
        let cut = if findings.incomplete { ", cut off" } else { "" };
        let (app, platform) = (clean(&findings.app), clean(&findings.platform));
        let _ = writeln!(text, "{mark}  {begun}  {app} ({platform}{cut})  {}", clean(&folder));
    }
    if (&before.1.app, &before.1.platform) != (&now.1.app, &now.1.platform) {
        let _ = writeln!(text, "these are recordings of different apps");
    }
    let blocks = [items(before.1, now.1), path(before.0, now.0), policy(before.0, now.0)];
    let changed: Vec<String> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
    text.push('\n');
    text.push_str(&if changed.is_empty() { "nothing changed\n".to_owned() } else { changed.join("\n") });
    text
}

/// The items that turned: those that violate now, those that no longer do, then the others.
fn items(before: &Findings, now: &Findings) -> String {
    let turned = now.findings.iter().filter_map(|new| {
        let old = before.findings.iter().find(|old| old.item == new.item)?;
        (old.verdict != new.verdict).then_some((old, new))
    });
    let (mut worse, mut better, mut other) = (Vec::new(), Vec::new(), Vec::new());
    for (old, new) in turned {
        let line = format!(
            "  {:<4} {} → {}: {}",
            new.item.to_string(),
            old.verdict.words(),
            new.verdict.words(),
            shown(&new.reason.en, REASON)
        );
        match (old.verdict, new.verdict) {
            (_, Verdict::Violation) => worse.push(line),
            (Verdict::Violation, _) => better.push(line),
            _ => other.push(line),
        }
    }
    let mut text = String::new();
    for (heading, lines) in
        [("new violations", worse), ("no longer violations", better), ("turned otherwise", other)]
    {
        if !lines.is_empty() {
            let _ = writeln!(text, "{heading}: {}\n{}", lines.len(), lines.join("\n"));
        }
    }
    text
}

fn reached(recording: &Recording) -> Option<&GoalReached> {
    recording.entries.iter().find_map(|entry| match &entry.event {
        Event::GoalReached(reached) if reached.goal == "policy" => Some(reached),
        _ => None,
    })
}

fn path(before: &Recording, now: &Recording) -> String {
    let steps = |recording| -> Option<Vec<String>> {
        let steps = reached(recording)?.path.iter();
        Some(steps.map(|step| clean(&step.operation.to_string())).collect())
    };
    match (steps(before), steps(now)) {
        (Some(old), Some(new)) if old != new => {
            let mut text = format!("way to the policy: {} → {} operations\n", old.len(), new.len());
            for (mark, steps) in [('-', old), ('+', new)] {
                let _ = writeln!(text, "  {mark} {}", steps.join(" · "));
            }
            text
        }
        _ => String::new(),
    }
}

fn policy_text(recording: &Recording) -> Option<String> {
    let file = recording.entries.iter().find_map(|entry| match &entry.event {
        Event::PolicyRead(read) => read.text.clone(),
        _ => None,
    })?;
    recording.text(&file)
}

fn policy(before: &Recording, now: &Recording) -> String {
    let (Some(old), Some(new)) = (policy_text(before), policy_text(now)) else { return String::new() };
    let diff = TextDiff::from_lines(&old, &new);
    let changes: Vec<(char, String)> = diff
        .iter_all_changes()
        .filter_map(|change| match change.tag() {
            ChangeTag::Delete => Some(('-', clean(change.value().trim_end()))),
            ChangeTag::Insert => Some(('+', clean(change.value().trim_end()))),
            ChangeTag::Equal => None,
        })
        .collect();
    if changes.is_empty() {
        return String::new();
    }
    let count = |mark| changes.iter().filter(|(each, _)| *each == mark).count();
    let mut text = format!("the policy's text: {} lines added, {} removed\n", count('+'), count('-'));
    for (mark, line) in changes.iter().take(LINES) {
        let shown: String = line.chars().take(WIDTH).collect();
        let more = if line.chars().nth(WIDTH).is_some() { "…" } else { "" };
        let _ = writeln!(text, "  {mark} {shown}{more}");
    }
    if changes.len() > LINES {
        let _ = writeln!(text, "  … and {} lines more", changes.len() - LINES);
    }
    text
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
