//! The one order in which verdicts are ruled, for every rule:
//!
//! 1. a violation, or what a person must look at: it was seen, however the probes ended;
//! 2. what was seen to be good and needs nothing more (an opinion that is *settled*);
//! 3. *not tested*, where a probe did not come to its end, or not all was looked at;
//! 4. *review*, where something was not seen but may be there: a screen that was still changing, a picture that was not
//!    read, a search that was cut or stopped at a log-in;
//! 5. what follows from something that is not there;
//! 6. *not tested*, where not all that the app calls for or sends could be seen;
//! 7. the clean verdict.

use super::rule::{Absence, Opinion, Rule, Weighed};
use crate::case::{Case, Evidence};
use crate::recording::Outcome;
use crate::text::{Bilingual, both, join, said};
use crate::verdict::Verdict;

/// Places where readings differ that one finding names (ours).
const DIFFERENCES: usize = 4;

/// Rules on one item.
pub fn rule_on(rule: &dyn Rule, case: &Case<'_>) -> Opinion {
    if rule.reads().iter().all(|probe| case.spans(probe).is_empty()) && !rule.stands_alone(case) {
        return say_not_started(rule.reads());
    }
    case.begin_asking();
    let weighed = rule.weigh(case);
    let mut opinion = decide(rule, case, &weighed);
    opinion.evidence.extend(weighed.evidence);
    opinion.tables.extend(weighed.tables);
    opinion.notes.extend(weighed.notes);
    opinion.notes.extend(weighed.goals.iter().flat_map(|goal| case.notes_on_search(goal)));
    opinion.notes.extend(notes_on_differences(case));
    opinion.notes = distinct(opinion.notes, &opinion.reason);
    opinion
}

fn decide(rule: &dyn Rule, case: &Case<'_>, weighed: &Weighed) -> Opinion {
    for verdict in [Verdict::Violation, Verdict::Review] {
        if let Some(speaker) = weighed.opinions.iter().position(|opinion| opinion.verdict == verdict) {
            return speak(&weighed.opinions, speaker);
        }
    }
    if let Some(speaker) = weighed.opinions.iter().position(|opinion| opinion.settled) {
        return speak(&weighed.opinions, speaker);
    }
    if let Some(unfinished) = weighed.unfinished.first() {
        return with_notes_of(unfinished.clone(), &weighed.opinions);
    }
    if let Some(probe) = rule.must_end().iter().find(|probe| !case.is_complete(probe)) {
        return say_unfinished(case, probe);
    }
    if let Some(absence) = &weighed.absence {
        return resolve(absence);
    }
    if let Some(blind) = case.blind_to(rule.needs()).filter(|_| !rule.needs().is_empty()) {
        return Opinion::not_tested(blind);
    }
    if rule.needs_requests()
        && case.sees_requests() == Some(false)
        && let Some(blind) = case.blind_to_requests()
    {
        return Opinion::not_tested(said!(
            "nothing was seen of it, but {blind}",
            "没有发现，但{blind}",
            blind
        ));
    }
    match &weighed.clean {
        Some(clean) => with_notes_of(clean.clone(), &weighed.opinions),
        None if !weighed.opinions.is_empty() => speak(&weighed.opinions, 0),
        None => say_unfinished(case, rule.reads().first().unwrap_or(&"")),
    }
}

/// Says what follows from something that was not seen: nothing but a review, while it may be there all the same.
pub fn resolve(absence: &Absence) -> Opinion {
    if let Some(review) = absence.reviews.first() {
        return review.clone();
    }
    let Some(doubt) = absence.doubts.first() else { return absence.comes_to.clone() };
    let evidence = absence.comes_to.evidence.iter().cloned().chain(doubt.shown.clone());
    Opinion::review(say_not_found(&absence.what, &doubt.why)).with(evidence)
}

/// Lets one opinion speak: the others are notes, and what shows those of the same verdict shows this one too.
fn speak(opinions: &[Opinion], speaker: usize) -> Opinion {
    let mut spoken = opinions[speaker].clone();
    for (_, other) in opinions.iter().enumerate().filter(|(at, _)| *at != speaker) {
        spoken.notes.push(other.reason.clone());
        if other.verdict == spoken.verdict {
            spoken.notes.extend(other.notes.iter().cloned());
            add_evidence(&mut spoken.evidence, &other.evidence);
        }
    }
    spoken
}

/// An opinion with the reasons of others as notes, and with all that shows them.
fn with_notes_of(mut opinion: Opinion, others: &[Opinion]) -> Opinion {
    for other in others {
        opinion.notes.push(other.reason.clone());
        opinion.notes.extend(other.notes.iter().cloned());
        add_evidence(&mut opinion.evidence, &other.evidence);
    }
    opinion
}

/// Adds evidence that is not there yet.
fn add_evidence(evidence: &mut Vec<Evidence>, more: &[Evidence]) {
    for shown in more {
        if !evidence.contains(shown) {
            evidence.push(shown.clone());
        }
    }
}

/// Each note once, and none that repeats the reason.
fn distinct(notes: Vec<Bilingual>, reason: &Bilingual) -> Vec<Bilingual> {
    let mut kept: Vec<Bilingual> = Vec::new();
    for note in notes {
        if note != *reason && !kept.contains(&note) {
            kept.push(note);
        }
    }
    kept
}

/// Says where screens that the rule asked for are read otherwise than the run read them.
fn notes_on_differences(case: &Case<'_>) -> Vec<Bilingual> {
    let differing = case.differences();
    let more = differing.len().saturating_sub(DIFFERENCES);
    let note = |(_, seen, differs): &(u64, &crate::recording::ScreenSeen, &[Bilingual])| {
        let list = join(differs.iter(), "; ", "；");
        said!(
            "Screen {number} was read again and differs: {list}.",
            "重新读取界面 {number} 的结果不同：{list}。",
            number = seen.screen,
            list
        )
    };
    let mut notes: Vec<Bilingual> = differing.iter().take(DIFFERENCES).map(note).collect();
    if more > 0 {
        notes.push(said!(
            "{more} other screens were read again and differ.",
            "另有 {more} 个界面重新读取的结果不同。",
            more
        ));
    }
    notes
}

/// Says that something was not found but may be there.
fn say_not_found(what: &Bilingual, why: &Bilingual) -> Bilingual {
    both(format!("{}, but {}", what.en, why.en), format!("{}，但{}", what.zh, why.zh))
}

fn say_not_started(probes: &[&str]) -> Opinion {
    Opinion::not_tested(match probes {
        [probe] => said!("the probe {probe} did not run", "探测 {probe} 没有运行", probe),
        probes => {
            let names = probes.join(", ");
            said!("the probes {names} did not run", "探测 {names} 没有运行", names)
        }
    })
}

/// Says that a probe did not come to its end, or showed nothing to judge by.
pub fn say_unfinished(case: &Case<'_>, probe: &str) -> Opinion {
    let spans = case.spans(probe);
    let outcome = spans.iter().find(|span| !span.is_complete()).map(|span| span.outcome);
    Opinion::not_tested(match outcome {
        Some(Some(Outcome::Incomplete(why))) => {
            said!("the probe {probe} could not finish: {why}", "探测 {probe} 未能完成：{why}", probe, why)
        }
        Some(_) => said!(
            "the run was cut off before the probe {probe} ended",
            "探测 {probe} 结束之前运行就中断了",
            probe
        ),
        None if spans.is_empty() => said!("the probe {probe} did not run", "探测 {probe} 没有运行", probe),
        None => said!(
            "the probe {probe} recorded nothing to judge this by",
            "探测 {probe} 没有记录可供判断的内容",
            probe
        ),
    })
}

#[cfg(test)]
#[path = "order_tests.rs"]
mod order_tests;
#[cfg(test)]
#[path = "ruling_tests.rs"]
mod tests;
