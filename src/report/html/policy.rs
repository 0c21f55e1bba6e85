//! The policy's text, with the passages that findings rest on.

use std::collections::BTreeMap;
use std::ops::Range;

use maud::{Markup, html};

use super::links::Links;
use super::pictures::is_plain;
use super::words::t;
use crate::item::ItemId;
use crate::recording::{Event, PolicyRead, Recording};
use crate::rules::{Findings, Verdict};
use crate::text::clean;

/// Characters of the policy that are shown; the file beside the report holds all of it.
const MOST: usize = 120_000;
/// A shorter quotation is a word, which stands in many places.
const SHORTEST: usize = 6;
/// The item that rests on the policy's sentences about collecting.
const COLLECTION: &str = "1.1";

/// The section; nothing where no policy was read.
pub fn section(recording: &Recording, findings: &Findings, links: &Links) -> Markup {
    let read = recording.entries.iter().find_map(|entry| match &entry.event {
        Event::PolicyRead(read) => read.text.as_ref().map(|file| (read, file)),
        _ => None,
    });
    let Some((read, file)) = read else { return html! {} };
    let Some(text) = recording.text(file) else { return html! {} };
    let cut = text.char_indices().nth(MOST).map_or(text.len(), |(at, _)| at);
    let used = used(&text[..cut], read, findings);
    html! {
        section.policy id="policy" {
            h2 { (t("隐私政策", "The privacy policy")) }
            p {
                @if !read.title.is_empty() { "《" (clean(read.title.trim_matches(['《', '》']))) "》 " }
                (t(&format!("{} 字；", read.characters), &format!("{} characters; ", read.characters)))
                (t(&format!("标出 {} 处判定所依据的文字。", used.len()),
                   &format!("{} passages that findings rest on are marked.", used.len())))
                @if is_plain(&file.file) { " " (links.name(recording.folder(), &file.file)) }
            }
            details open[!used.is_empty()] {
                summary { (t("正文", "Text")) }
                div.text { (paragraphs(&text[..cut], &used)) }
                @if cut < text.len() { p { (t("……其余见文件。", "… the rest is in the file.")) } }
            }
        }
    }
}

/// Passages by where they stand (bytes), with the items that use them; none overlaps another.
type Used = Vec<(Range<usize>, Vec<ItemId>)>;

/// Sentences on collecting, and whatever findings quote.
fn used(text: &str, read: &PolicyRead, findings: &Findings) -> Used {
    let mut passages: BTreeMap<usize, (usize, Vec<ItemId>)> = BTreeMap::new();
    let mut add = |at: usize, length: usize, item: ItemId| {
        let (end, items) = passages.entry(at).or_insert((at + length, Vec::new()));
        *end = (*end).max(at + length);
        if !items.contains(&item) {
            items.push(item);
        }
    };
    if let Some(finding) = findings.findings.iter().find(|finding| finding.item.to_string() == COLLECTION)
        && finding.verdict != Verdict::NotTested
    {
        for rule in &read.rules {
            let from = text.char_indices().nth(rule.at).map_or(text.len(), |(at, _)| at);
            if let Some(at) = text[from..].find(&rule.sentence) {
                add(from + at, rule.sentence.len(), finding.item);
            }
        }
    }
    for finding in &findings.findings {
        let texts = [&finding.reason]
            .into_iter()
            .chain(&finding.notes)
            .chain(finding.evidence.iter().map(|e| &e.shows));
        for quoted in texts.flat_map(|text| quotations(&text.zh).chain(quotations(&text.en))) {
            if let Some(at) = text.find(quoted) {
                add(at, quoted.len(), finding.item);
            }
        }
    }
    let mut used: Used = Vec::new();
    for (at, (end, items)) in passages {
        match used.last_mut() {
            // One inside another, or over its end: one passage for both.
            Some((range, known)) if at < range.end => {
                range.end = range.end.max(end);
                known.extend(items.into_iter().filter(|item| !known.contains(item)).collect::<Vec<_>>());
            }
            _ => used.push((at..end, items)),
        }
    }
    used
}

/// What stands between quotation marks, where it is long enough to be a passage.
fn quotations(text: &str) -> impl Iterator<Item = &str> {
    text.split('“')
        .skip(1)
        .filter_map(|part| part.split_once('”'))
        .map(|(quoted, _)| quoted.trim().trim_end_matches('…'))
        .filter(|quoted| quoted.chars().count() >= SHORTEST)
}

/// The text as paragraphs, its passages marked with the items that use them.
fn paragraphs(text: &str, used: &Used) -> Markup {
    let begins = text.split_inclusive('\n').scan(0, |at, line| {
        let begins = *at;
        *at += line.len();
        Some((begins, line))
    });
    html! {
        @for (begins, line) in begins.filter(|(_, line)| !line.trim().is_empty()) {
            p { @for piece in pieces(line, begins, used) { (piece) } }
        }
    }
}

/// One line of the text, which begins at `begins`, as plain and marked pieces.
fn pieces(line: &str, begins: usize, used: &Used) -> Vec<Markup> {
    let ends = begins + line.len();
    let first = used.partition_point(|(range, _)| range.end <= begins);
    let mut pieces = Vec::new();
    let mut at = begins;
    for (range, items) in used[first..].iter().take_while(|(range, _)| range.start < ends) {
        let (from, to) = (range.start.max(begins), range.end.min(ends));
        pieces.push(html! {
            (clean(&line[at - begins..from - begins]))
            mark { (clean(line[from - begins..to - begins].trim_end_matches('\n'))) }
            @if range.end <= ends {
                @for item in items {
                    sup { a href=(format!("#i{}", item.to_string().replace('.', "-"))) { (item) } }
                }
            }
        });
        at = to;
    }
    pieces.push(html! { (clean(line[at - begins..].trim_end_matches('\n'))) });
    pieces
}

#[cfg(test)]
#[path = "policy_tests.rs"]
mod tests;
