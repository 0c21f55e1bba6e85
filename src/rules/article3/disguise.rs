//! 3.7, beyond what the eye tells: closing that agrees, and purposes that the policy contradicts.

use super::after_refusal::collected_after;
use crate::language::lexicon::{Meaning, means};
use crate::language::purpose;
use crate::recording::{Event, PolicyRead, RefusedBy};
use crate::rules::case::{Span, at_screen};
use crate::rules::{Case, Judgement, Verdict};

/// Everything of this kind that the recording shows.
pub fn all(case: &Case<'_>, first_run: &Span<'_>) -> Vec<Judgement> {
    let found = [closing_agrees(first_run), closing_collects(case), purposes_differ(case, first_run)];
    found.into_iter().flatten().collect()
}

/// The prompt can be closed, and says that closing it is agreeing.
fn closing_agrees(first_run: &Span<'_>) -> Option<Judgement> {
    let (entry, seen) = Case::screens(first_run.entries).find(|(_, seen)| {
        let words = seen.reading.implied_consent.as_deref();
        words.is_some_and(|words| means(words, Meaning::ClosingAgrees))
            && seen.reading.control(Meaning::Skip).is_some()
    })?;
    let words = seen.reading.implied_consent.as_deref().unwrap_or_default();
    Some(
        Judgement::new(
            Verdict::Violation,
            format!("closing the prompt is taken as agreeing: “{words}”"),
            format!("关闭提示被视为同意：“{words}”"),
        )
        .with([at_screen(
            entry,
            seen,
            "the prompt that agrees when it is closed",
            "关闭即同意的提示",
        )]),
    )
}

/// Closing was followed by collecting: as if it had been agreeing.
fn closing_collects(case: &Case<'_>) -> Option<Judgement> {
    let span = case.span("refuse_consent")?;
    let (first, screen, by) =
        span.entries.iter().enumerate().find_map(|(index, entry)| match &entry.event {
            Event::ConsentRefused { screen, by, how: RefusedBy::Close } => Some((index, *screen, by)),
            _ => None,
        })?;
    let collected = collected_after(case, span.entries, first);
    collected.verdict()?;
    let words = collected.words();
    Some(
        Judgement::new(
            Verdict::Review,
            format!("after the prompt was closed with “{by}”, the app {}: decide whether closing counts as agreeing there", words.en),
            format!("以“{by}”关闭提示后，应用{}：请判断关闭是否被当作同意", words.zh),
        )
        .with(case.shown(screen, "the prompt that was closed", "被关闭的提示"))
        .with(collected.evidence(case)),
    )
}

/// The prompt says that a permission serves the person, the policy that it serves the operator.
fn purposes_differ(case: &Case<'_>, first_run: &Span<'_>) -> Option<Judgement> {
    let policy = case.entries.iter().find_map(|entry| match &entry.event {
        Event::PolicyRead(PolicyRead { text: Some(text), .. }) => Some((entry.seq, text)),
        _ => None,
    });
    let (read_at, file) = policy?;
    let text = case.text(file)?;
    for (entry, seen) in Case::screens(first_run.entries) {
        let Some(prompt) = &seen.reading.prompt else { continue };
        for permission in purpose::permissions_in(&prompt.text) {
            let told = purpose::clauses_on(&prompt.text, permission);
            if told.is_empty() || told.iter().any(|clause| purpose::is_improvement(clause)) {
                continue;
            }
            let hidden = purpose::clauses_on(&text, permission);
            let Some(hidden) = hidden.into_iter().find(|clause| purpose::is_improvement(clause)) else {
                continue;
            };
            let (told, zh) = (told.join("; "), purpose::chinese(permission));
            let mut passage = at_screen(entry, seen, "what the prompt says", "提示的说法");
            passage.marks = None;
            let policy = crate::rules::Evidence {
                entry: read_at,
                shows: crate::rules::catalogue::both("what the policy says", "政策的说法"),
                files: vec![file.file.clone()],
                marks: None,
            };
            return Some(
                Judgement::new(
                    Verdict::Review,
                    format!("the prompt says of {permission} “{told}”, the policy also “{hidden}”: decide whether the true purpose is kept back"),
                    format!("关于{zh}，提示说“{told}”，政策却还说“{hidden}”：请判断是否隐瞒真实目的"),
                )
                .with([passage, policy]),
            );
        }
    }
    None
}
