//! 3.7, beyond what the eye tells: closing that agrees, and purposes that the policy contradicts.

use crate::case::{Case, Evidence, Span};
use crate::language::lexicon::{Meaning, means};
use crate::language::purpose;
use crate::recording::entries::ConsentRefused;
use crate::recording::{Event, RefusedBy};
use crate::rules::rule::Opinion;
use crate::text::{both, said};
use crate::verdict::Verdict;

/// Weighs everything of this kind that the recording shows.
pub fn weigh_all<'a>(case: &Case<'a>, first_run: &Span<'a>) -> Vec<Opinion> {
    let closing = case.spans("refuse_consent").iter().find_map(|span| weigh_closing(case, span));
    let found = [weigh_words_on_closing(case, first_run), closing, weigh_purposes(case, first_run)];
    found.into_iter().flatten().collect()
}

/// Weighs a prompt that can be closed, and says that closing it is agreeing.
fn weigh_words_on_closing<'a>(case: &Case<'a>, first_run: &Span<'a>) -> Option<Opinion> {
    Case::sightings(first_run.entries).find_map(|(entry, seen)| {
        let reading = &case.read(seen).reading;
        let words = reading.implied_consent.as_deref()?;
        if !means(words, Meaning::ClosingAgrees) || reading.control(Meaning::Skip).is_none() {
            return None;
        }
        let shows = both("the prompt that agrees when it is closed", "关闭即同意的提示");
        let reason = said!(
            "closing the prompt is taken as agreeing: “{words}”",
            "关闭提示被视为同意：“{words}”",
            words
        );
        Some(Opinion::violation(reason).with([Evidence::of_screen(entry, seen, shows)]))
    })
}

/// Weighs collecting that followed closing: as if that had been agreeing.
fn weigh_closing<'a>(case: &Case<'a>, span: &Span<'a>) -> Option<Opinion> {
    let (since, screen, by) = case.with_states(span).find_map(|(entry, state)| match &entry.event {
        Event::ConsentRefused(ConsentRefused { screen, by, how: RefusedBy::Close }) => {
            Some((state.brought_about(entry.time), *screen, by))
        }
        _ => None,
    })?;
    let collected = case.collected_since(span, since);
    collected.verdict()?;
    let reason = said!(
        "after the prompt was closed with “{by}”, the app {words}: decide whether closing counts as agreeing there",
        "以“{by}”关闭提示后，应用{words}：请判断关闭是否被当作同意",
        by,
        words = collected.words()
    );
    Some(
        Opinion::new(Verdict::Review, reason)
            .with(case.shown(screen, both("the prompt that was closed", "被关闭的提示")))
            .with(collected.evidence(case)),
    )
}

/// Weighs a prompt that says that a permission serves the person, where the policy says that it serves the operator.
fn weigh_purposes<'a>(case: &Case<'a>, first_run: &Span<'a>) -> Option<Opinion> {
    let (read_at, policy) = case.policy_text()?;
    for (entry, seen) in Case::sightings(first_run.entries) {
        let Some(prompt) = &case.read(seen).reading.prompt else { continue };
        for permission in purpose::permissions_in(&prompt.text) {
            let told = purpose::clauses_on(&prompt.text, permission);
            if told.is_empty() || told.iter().any(|clause| purpose::is_improvement(clause)) {
                continue;
            }
            let hidden = purpose::clauses_on(policy, permission);
            let Some(hidden) = hidden.into_iter().find(|clause| purpose::is_improvement(clause)) else {
                continue;
            };
            let prompt = Evidence::of_screen(entry, seen, both("what the prompt says", "提示的说法"));
            let policy = Evidence {
                shows: both("what the policy says", "政策的说法"),
                ..Evidence::of_passage(read_at, &hidden)
            };
            let reason = said!(
                "the prompt says of {what} “{told}”, the policy also “{hidden}”: decide whether the true purpose is kept back",
                "关于{what}，提示说“{told}”，政策却还说“{hidden}”：请判断是否隐瞒真实目的",
                what = both(permission, purpose::chinese(permission)),
                told = told.join("; "),
                hidden
            );
            return Some(Opinion::review(reason).with([prompt, policy]));
        }
    }
    None
}
