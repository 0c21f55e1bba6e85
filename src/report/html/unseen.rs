//! What could not be seen, in one place: items that were not tested and why, probes that did not end, trouble, texts that were
//! not measured, screens that never rested, controls that were left alone, requests that were held back.

use maud::{Markup, html};

use super::findings::anchor;
use super::words::{both, t};
use crate::recording::entries::{ControlsLeft, ProbeEnded};
use crate::recording::{Entry, Event, Outcome, Recording};
use crate::rules::{Finding, Findings, Verdict};
use crate::text::Bilingual;

/// Entries of one kind that are listed; the timeline has all.
const MOST: usize = 40;

/// The section; nothing where everything was seen.
pub fn section(recording: &Recording, findings: &Findings) -> Markup {
    let untested = group_untested(findings);
    let broken = list_broken(recording);
    let counts = count_limits(recording);
    html! {
        @if !(untested.is_empty() && broken.is_empty() && counts.is_empty()) {
            section.unseen id="unseen" {
                h2 { (t("没有看到的", "What was not seen")) }
                @if !untested.is_empty() {
                    ul {
                        @for (reason, group) in &untested {
                            li {
                                @for finding in group { a href=(format!("#{}", anchor(finding))) { (finding.item) } " " }
                                (both(reason))
                            }
                        }
                    }
                }
                @if !broken.is_empty() {
                    ul {
                        @for entry in broken.iter().take(MOST) {
                            li { a href=(format!("#e{}", entry.seq)) { "#" (entry.seq) } " " (both(&entry.event.words())) }
                        }
                        @if let Some(more) = broken.len().checked_sub(MOST).filter(|more| *more > 0) {
                            li { (t(&format!("另有 {more} 条，见时间线"), &format!("{more} more in the timeline"))) }
                        }
                    }
                }
                @if !counts.is_empty() { ul { @for line in &counts { li { (both(line)) } } } }
            }
        }
    }
}

/// Items that were not tested, by the reason, in the order in which reasons come up.
fn group_untested(findings: &Findings) -> Vec<(Bilingual, Vec<&Finding>)> {
    let mut groups: Vec<(Bilingual, Vec<&Finding>)> = Vec::new();
    for finding in findings.findings.iter().filter(|finding| finding.standing() == Verdict::NotTested) {
        match groups.iter_mut().find(|(reason, _)| *reason == finding.reason) {
            Some((_, group)) => group.push(finding),
            None => groups.push((finding.reason.clone(), vec![finding])),
        }
    }
    groups
}

/// What went wrong or was left out, in the timeline's order.
fn list_broken(recording: &Recording) -> Vec<&Entry> {
    let broken = |entry: &&Entry| match &entry.event {
        Event::Trouble(_) | Event::LeftOut(_) | Event::TextNotMeasured(_) => true,
        Event::ProbeEnded(ProbeEnded { outcome, .. }) => matches!(outcome, Outcome::Incomplete(_)),
        _ => false,
    };
    recording.entries.iter().filter(broken).collect()
}

/// How much of what was there was not waited for, not tapped, or not let through.
fn count_limits(recording: &Recording) -> Vec<Bilingual> {
    let (mut restless, mut left, mut held) = (0, 0, 0);
    let mut known: Vec<u32> = Vec::new();
    for entry in &recording.entries {
        match &entry.event {
            Event::ScreenSeen(seen) if !seen.settled && !known.contains(&seen.screen) => {
                known.push(seen.screen);
                restless += 1;
            }
            Event::ControlsLeft(ControlsLeft { controls, .. }) => left += controls.len(),
            Event::HeldBack(_) => held += 1,
            _ => {}
        }
    }
    let lines = [
        (restless, ("screens were still changing when they were looked at", "个界面在查看时仍在变化")),
        (
            left,
            (
                "times a control was left alone because it may pay, delete, send or the like",
                "次因控件可能付款、删除、发送等而没有点按",
            ),
        ),
        (held, ("requests were held back because they would change something", "个请求因会改变数据而被拦下")),
    ];
    let words = |(count, (en, zh)): (usize, (&str, &str))| Bilingual {
        en: format!("{count} {en}"),
        zh: format!("{count} {zh}"),
    };
    lines.into_iter().filter(|(count, _)| *count > 0).map(words).collect()
}
