//! What changed from one recording of an app to another.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use crate::item::ItemId;
use crate::recording::entries::Accessed;
use crate::recording::{Event, GoalReached, Recording};
use crate::rules::{Finding, Findings, Verdict};
use crate::text::{clean, shown};

/// Lines of a changed policy that are shown.
const LINES: usize = 40;
/// Characters shown of a finding's reason.
const REASON: usize = 400;
/// Characters shown of one of them.
const WIDTH: usize = 160;

/// Items that violate in `now`, are not accepted there, and did not violate in `before`: what a nightly run fails on.
pub fn new_violations<'a>(before: &Findings, now: &'a Findings) -> Vec<&'a Finding> {
    let known = |item: &ItemId| {
        before.findings.iter().any(|old| old.item == *item && old.standing() == Verdict::Violation)
    };
    let fails = |new: &&Finding| new.standing() == Verdict::Violation && !new.is_accepted();
    now.findings.iter().filter(fails).filter(|new| !known(&new.item)).collect()
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
    let blocks =
        [items(before.1, now.1), path(before.0, now.0), policy(before.0, now.0), others(before.0, now.0)];
    let changed: Vec<String> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
    text.push('\n');
    text.push_str(&if changed.is_empty() { "nothing changed\n".to_owned() } else { changed.join("\n") });
    for line in unknown(before.0, now.0) {
        let _ = writeln!(text, "not compared: {line}");
    }
    text
}

/// The items that turned: those that violate now, those that no longer do, then the others.
fn items(before: &Findings, now: &Findings) -> String {
    let turned = now.findings.iter().filter_map(|new| {
        let old = before.findings.iter().find(|old| old.item == new.item)?;
        (old.standing() != new.standing()).then_some((old, new))
    });
    let (mut worse, mut better, mut other) = (Vec::new(), Vec::new(), Vec::new());
    for (old, new) in turned {
        let line = format!(
            "  {:<4} {} → {}{}: {}",
            new.item.to_string(),
            old.standing().words(),
            new.standing().words(),
            if new.is_accepted() { " (accepted)" } else { "" },
            shown(&new.reason.en, REASON)
        );
        match (old.standing(), new.standing()) {
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
        (Some(old), None) => match ruled_out(now) {
            Some(how_far) => format!("way to the policy: {} operations → {how_far}\n", old.len()),
            None => String::new(),
        },
        (None, Some(new)) => match ruled_out(before) {
            Some(how_far) => format!("way to the policy: {how_far} → {} operations\n", new.len()),
            None => String::new(),
        },
        _ => String::new(),
    }
}

fn ruled_out(recording: &Recording) -> Option<String> {
    recording.entries.iter().find_map(|entry| match &entry.event {
        Event::GoalRuledOut(out) if out.goal == "policy" => {
            Some(format!("not found within {} operations", out.depth))
        }
        _ => None,
    })
}

/// Hosts other than the app's own that the recording names: of pages that were shown, and of scripts and frames that
/// called the platform.
fn hosts(recording: &Recording) -> BTreeSet<String> {
    let host = |address: &str| Some(url::Url::parse(address).ok()?.host_str()?.to_owned());
    let own = recording.start().and_then(|start| host(&start.target));
    let mut hosts = BTreeSet::new();
    for entry in &recording.entries {
        let addresses: Vec<&str> = match &entry.event {
            Event::ScreenSeen(seen) => vec![&seen.address],
            Event::Accessed(Accessed { access, .. }) => vec![&access.from, &access.script],
            _ => Vec::new(),
        };
        hosts.extend(addresses.into_iter().filter_map(host).filter(|host| Some(host) != own.as_ref()));
    }
    hosts
}

/// Other hosts that came and went.
fn others(before: &Recording, now: &Recording) -> String {
    let (old, new) = (hosts(before), hosts(now));
    let mut text = String::new();
    for (mark, host) in
        new.difference(&old).map(|host| ('+', host)).chain(old.difference(&new).map(|host| ('-', host)))
    {
        let _ = writeln!(text, "  {mark} {}", clean(host));
    }
    if text.is_empty() {
        text
    } else {
        format!("other hosts whose pages were shown or whose scripts called the platform:\n{text}")
    }
}

/// What cannot be compared, as one of the two does not hold it.
fn unknown(before: &Recording, now: &Recording) -> Vec<String> {
    let mut lines = Vec::new();
    for (mark, recording) in [("A", before), ("B", now)] {
        if reached(recording).is_none() && ruled_out(recording).is_none() {
            lines.push(format!("the way to the policy, which {mark} did not look for to an end"));
        }
        if policy_text(recording).is_none() {
            lines.push(format!("the policy's text, which {mark} does not hold"));
        }
        if recording.incomplete {
            lines.push(format!("what {mark} did not reach: it was cut off"));
        }
    }
    lines.push(
        "third parties that only got requests: requests are not in these recordings, only pages shown and calls of the platform"
            .to_owned(),
    );
    lines
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
