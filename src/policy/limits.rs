//! Promised limits: within how many days a request, a complaint or a cancellation is answered.

use super::document::Document;
use super::folding::fold;
use super::keeping::unit_of;
use super::marks::{Hits, Marked, Section, Set};
use super::statement::{About, Fact, Statement};
use crate::language::days::{self, Measure, Period};

/// Characters around a number within which a word says what it is about (ours).
const AROUND: usize = 26;

/// Reads the promised limits.
pub fn read(document: &Document, sentences: &[Marked<'_>], found: &mut Vec<Statement>) {
    for (at, sentence) in sentences.iter().enumerate() {
        let periods = days::periods_in(&sentence.folded);
        let mut known: Vec<Fact> = Vec::new();
        for period in periods {
            if let Some((about, sure)) = weigh(document, sentences, at, &period) {
                let fact = Fact::Limit { about, count: period.count, unit: unit_of(period.unit) };
                if !known.contains(&fact) {
                    known.push(fact.clone());
                    found.push(Statement::new(fact, document, sentence).sure_if(sure));
                }
            }
        }
    }
}

/// Says what a period is a limit for, and whether that is plain; `None` where it is none.
fn weigh(document: &Document, sentences: &[Marked<'_>], at: usize, period: &Period) -> Option<(About, bool)> {
    let sentence = &sentences[at];
    if matches!(period.unit, Measure::Years | Measure::Minutes) {
        return None;
    }
    let (before, after) = beside(&sentence.folded, period);
    let (before, after) = (Hits::of(before), Hits::of(after));
    let near = |set: Set| before.has(set) || after.has(set);
    if near(Set::LimitCooling) {
        let cancelling = sentence.has(Set::LimitCancel) || heading_has(document, sentence, Set::LimitCancel);
        return cancelling.then_some((About::CoolingOff, false));
    }
    let in_time = [
        "内",
        "之内",
        "within",
        "不超过",
        "至多",
        "最长",
        "最多",
        "最迟",
        "不晚于",
        "no later",
        "up to",
        "时限",
        "后",
        "后，",
        "以内",
    ]
    .iter()
    .any(|word| {
        sentence.folded[period.ends..].starts_with(word) || sentence.folded[..period.begins].ends_with(word)
    }) || context_words(&sentence.folded, period);
    if !near(Set::Answers) && !sentence.has(Set::Answers) || !in_time {
        return None;
    }
    if near(Set::LimitOther) || sentence.section == Section::Retention && !near(Set::LimitRequest) {
        return None;
    }
    // What is done of itself at the end of a period is no answer.
    let previous =
        at.checked_sub(1).map(|at| &sentences[at]).filter(|other| other.block + 1 >= sentence.block);
    let said = |set: Set| sentence.has(set);
    let (cancel, complaint, request) =
        (said(Set::LimitCancel), said(Set::LimitComplaint), said(Set::LimitRequest));
    let plain_complaint = ["投诉", "举报", "complaint"].iter().any(|word| sentence.folded.contains(word));
    let rights = [
        "权利", "更正", "删除", "查阅", "复制", "撤回", "行使", "查询", "correct", "delet", "access", "right",
    ]
    .iter()
    .any(|word| sentence.folded.contains(word));
    let about = match (cancel, rights, plain_complaint) {
        (true, false, false) => About::Cancellation,
        (_, true, _) => About::Request,
        (false, false, true) => About::Complaint,
        (true, false, true) => About::Cancellation,
        (false, false, false) => {
            // Its own words leave it open: those before it and the headings say.
            let by_words = if request {
                Some(About::Request)
            } else if complaint {
                Some(About::Complaint)
            } else {
                None
            };
            let by_heading = about_heading(document, sentence, previous);
            match (by_words, by_heading) {
                (Some(about), _) => about,
                (None, Some(about)) => about,
                (None, None) => About::Unclear,
            }
        }
    };
    let certain = about != About::Unclear
        && (rights
            || cancel
            || plain_complaint
            || request
            || complaint
            || about_heading(document, sentence, None).is_some());
    Some((about, certain && !either(&sentence.folded)))
}

/// Tells whether a sentence gives another way out ("or as the law says"), which leaves its limit open.
fn either(folded: &str) -> bool {
    ["特殊情况", "复杂", "可延长", "可能延长", "必要时", "最多可", "may be extended", "complex"]
        .iter()
        .any(|word| folded.contains(word))
}

/// The text before and behind a period, as far as it says what it is about.
fn beside<'t>(folded: &'t str, period: &Period) -> (&'t str, &'t str) {
    let begins = folded[..period.begins].char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let rest = &folded[period.ends..];
    let ends = rest.char_indices().nth(AROUND).map_or(rest.len(), |(at, _)| at);
    (&folded[begins..period.begins], &rest[..ends])
}

fn context_words(folded: &str, period: &Period) -> bool {
    let (before, after) = beside(folded, period);
    let after: String = after.chars().take(4).collect();
    let before: String = before.chars().rev().take(10).collect::<Vec<_>>().into_iter().rev().collect();
    after.contains('内')
        || ["within", "不超过", "最长", "最多", "至多", "时限为", "期限为", "时间为", "需要", "承诺", "in "]
            .iter()
            .any(|word| before.contains(word))
}

fn heading_has(document: &Document, sentence: &Marked<'_>, set: Set) -> bool {
    let block = &document.blocks[sentence.block];
    let lead = block.lead.into_iter();
    block.headings.iter().copied().chain(lead).any(|at| Hits::of(&fold(&document.blocks[at].text)).has(set))
}

/// Says what the words before a sentence and the headings above it are about.
fn about_heading(document: &Document, sentence: &Marked<'_>, previous: Option<&Marked<'_>>) -> Option<About> {
    if let Some(previous) = previous {
        if ["投诉", "举报"].iter().any(|word| previous.folded.contains(word)) {
            return Some(About::Complaint);
        }
        if previous.has(Set::LimitCancel) {
            return Some(About::Cancellation);
        }
        if previous.has(Set::LimitRequest) {
            return Some(About::Request);
        }
        if previous.has(Set::LimitComplaint) {
            return Some(About::Complaint);
        }
    }
    if heading_has(document, sentence, Set::LimitCancel) {
        return Some(About::Cancellation);
    }
    match sentence.section {
        Section::Rights => Some(About::Request),
        Section::Contact => Some(About::Complaint),
        _ => None,
    }
}
