//! The timeline, drawn: what was allowed when, the moments of consent and refusal, and what was asked, read and sent
//! around them; below it the same in words, and every entry.

use std::collections::HashMap;

use maud::{Markup, html};

use super::links::Links;
use super::pictures::is_plain;
use super::words::{both, clock, t};
use crate::recording::state::{Consent, States};
use crate::recording::{Entry, Event, Lane, Recording, TIMELINE};
use crate::rules::catalogue::{self, Bilingual};

/// Entries that are listed; the file beside the report holds all of them.
const MOST: usize = 5_000;
/// Stretches that are told in words.
const MOST_SPANS: usize = 80;
/// Distinct things that are named for one stretch.
const MOST_THINGS: usize = 12;
/// Places along the drawing: what falls on the same one is drawn once (thousandths of the whole).
const PLACES: f64 = 1000.0;

/// The class and the words of what the person had said up to some moment.
fn class_of(phase: Consent) -> &'static str {
    match phase {
        Consent::NotGiven => "before",
        Consent::Given => "consented",
        Consent::Refused => "refused",
        Consent::Withdrawn => "withdrawn",
    }
}

fn words_of(phase: Consent) -> Bilingual {
    match phase {
        Consent::NotGiven => catalogue::both("before consent", "同意之前"),
        Consent::Given => catalogue::both("after consent", "同意之后"),
        Consent::Refused => catalogue::both("after refusal", "拒绝之后"),
        Consent::Withdrawn => catalogue::both("after withdrawal", "撤回同意之后"),
    }
}

/// A stretch of the timeline under one phase.
#[derive(Debug)]
struct Span<'a> {
    phase: Consent,
    entries: Vec<&'a Entry>,
    /// Starts of the app within it.
    starts: usize,
    /// The entry that ended it: consent, refusal, withdrawal.
    moment: Option<&'a Entry>,
}

/// Milliseconds from the recording's begin to an entry.
fn offset(recording: &Recording, entry: &Entry) -> i64 {
    let begun = recording.entries.first().map_or(0, |first| first.time.as_millisecond());
    entry.time.as_millisecond() - begun
}

/// The timeline in stretches; neighbours of the same phase are one.
fn spans(recording: &Recording) -> Vec<Span<'_>> {
    let states = States::of(&recording.entries);
    let mut spans: Vec<Span<'_>> = Vec::new();
    for (at, entry) in recording.entries.iter().enumerate() {
        let start = matches!(entry.event, Event::AppStarted(_));
        if matches!(entry.event.lane(), Lane::Consent | Lane::Refusal | Lane::Withdrawal)
            && let Some(last) = spans.last_mut()
        {
            last.moment.get_or_insert(entry);
        }
        let phase = states.after(at).consent;
        match spans.last_mut() {
            Some(last) if last.phase == phase => {
                last.entries.push(entry);
                last.starts += usize::from(start);
            }
            _ => spans.push(Span { phase, entries: vec![entry], starts: usize::from(start), moment: None }),
        }
    }
    spans
}

/// The section.
pub fn section(recording: &Recording, links: &Links) -> Markup {
    let spans = spans(recording);
    html! {
        section.timeline id="timeline" {
            h2 { (t("时间线", "Timeline")) }
            (drawing(recording, &spans))
            (legend())
            (story(recording, &spans))
            (all(recording, links))
        }
    }
}

/// The lanes below the band of phases: which kinds of entries, and their name.
const LANES: [(Lane, &str, &str); 4] = [
    (Lane::Asked, "申请", "asked"),
    (Lane::Accessed, "读取", "read"),
    (Lane::Sent, "发送", "sent"),
    (Lane::Operation, "操作", "operations"),
];

/// Returns the lanes of a recording: that of requests only where there are any.
fn lanes(recording: &Recording) -> Vec<(Lane, &'static str, &'static str)> {
    let sends = recording.entries.iter().any(|entry| matches!(entry.event, Event::RequestSent(_)));
    LANES.into_iter().filter(|(lane, ..)| *lane != Lane::Sent || sends).collect()
}
/// Returns the class of what is drawn in a lane.
fn class_of_lane(lane: Lane) -> &'static str {
    match lane {
        Lane::Consent => "consent",
        Lane::Refusal => "refusal",
        Lane::Withdrawal => "withdrawal",
        Lane::Asked => "asked",
        Lane::Accessed => "accessed",
        Lane::Sent => "sent",
        Lane::Operation => "operation",
        Lane::Screen => "screen",
        Lane::Trouble => "trouble",
        Lane::Listed => "other",
    }
}

/// Heights of the drawing (px): the band with its moments, then a lane each.
const BAND: usize = 46;
const LANE: usize = 34;

fn drawing(recording: &Recording, spans: &[Span<'_>]) -> Markup {
    let whole = recording.entries.last().map_or(0, |last| offset(recording, last)).max(1) as f64;
    let place = |entry: &Entry| (offset(recording, entry).max(0) as f64 / whole * PLACES).round().min(PLACES);
    let percent = |place: f64| format!("{:.1}%", place / PLACES * 100.0);
    let lanes = lanes(recording);
    let height = BAND + LANE * lanes.len() + 18;
    html! {
        svg.lanes role="img" width="100%" height=(height)
            aria-label="时间线图，内容见下文 the timeline as a drawing; the same in words below" {
            @for (at, span) in spans.iter().enumerate() {
                @if let Some(first) = span.entries.first() {
                    @let begins = place(first);
                    @let ends = spans.get(at + 1).and_then(|next| next.entries.first()).map_or(PLACES, |next| place(next));
                    rect.phase.(class_of(span.phase)) x=(percent(begins)) y="20" width=(percent((ends - begins).max(1.0))) height="18" {}
                }
            }
            @for entry in &recording.entries {
                @match entry.event.lane() {
                    Lane::Consent => circle.consent cx=(percent(place(entry))) cy="11" r="6" {},
                    Lane::Refusal => (sign(&percent(place(entry)), "M-6 0 0 -6 6 0 0 6Z", "refusal")),
                    Lane::Withdrawal => (sign(&percent(place(entry)), "M-5 -5H5V5H-5Z", "withdrawal")),
                    _ => {},
                }
            }
            @for (lane, (kind, zh, en)) in lanes.iter().enumerate() {
                @let top = BAND + lane * LANE;
                text.lane.z x="0" y=(top + 12) { (zh) }
                text.lane.e x="0" y=(top + 12) dx="2.6em" { (en) }
                line.rail x1="0" x2="100%" y1=(top + 24) y2=(top + 24) {}
                @for at in places(recording, *kind, &place) {
                    rect.tick.(class_of_lane(*kind)) x=(percent(at)) y=(top + 17) width="3" height="14" rx="1" {}
                }
            }
            @for part in 0..=4 {
                @let anchor = ["start", "middle", "middle", "middle", "end"][part];
                text.time x=(format!("{}%", part * 25)) y=(height - 4) text-anchor=(anchor) {
                    (clock((whole * part as f64 / 4.0) as i64))
                }
            }
        }
    }
}

/// A sign at a place of the drawing, which has no width of its own to scale by.
fn sign(x: &str, path: &str, class: &str) -> Markup {
    html! { svg.sign x=(x) y="11" overflow="visible" { path.(class) d=(path) {} } }
}

/// Where entries of a lane fall, each place once.
fn places(recording: &Recording, lane: Lane, place: &dyn Fn(&Entry) -> f64) -> Vec<f64> {
    let mut places: Vec<f64> =
        recording.entries.iter().filter(|entry| entry.event.lane() == lane).map(place).collect();
    places.dedup();
    places
}

fn legend() -> Markup {
    let phases = [Consent::NotGiven, Consent::Given, Consent::Refused, Consent::Withdrawn];
    html! {
        ul.legend {
            @for phase in phases { li { span.swatch.(class_of(phase)) {} " " (both(&words_of(phase))) } }
            li { span.consent aria-hidden="true" { "●" } " " (t("同意", "consent")) }
            li { span.refusal aria-hidden="true" { "◆" } " " (t("拒绝", "refusal")) }
            li { span.withdrawal aria-hidden="true" { "■" } " " (t("撤回", "withdrawal")) }
        }
    }
}

/// What was asked, read and sent in each stretch, and what ended it.
fn story(recording: &Recording, spans: &[Span<'_>]) -> Markup {
    let telling = |span: &&Span<'_>| span.moment.is_some() || !things(span).is_empty();
    let told: Vec<&Span<'_>> = spans.iter().filter(telling).collect();
    html! {
        @if told.is_empty() {
            p { (t(
                "没有记录到同意或拒绝，也没有记录到应用申请、读取或发送了什么。",
                "No consent and no refusal was recorded, nor anything that the app asked for, read or sent.",
            )) }
        }
        ol.story {
            @for span in told.iter().take(MOST_SPANS) {
                li.(class_of(span.phase)) {
                    h3 {
                        (both(&words_of(span.phase)))
                        @if let (Some(first), Some(last)) = (span.entries.first(), span.entries.last()) {
                            " " span.when { (clock(offset(recording, first))) "–" (clock(offset(recording, last))) }
                        }
                    }
                    @let things = things(span);
                    @if things.is_empty() {
                        p.nothing { (t("没有申请、读取或发送", "nothing asked, read or sent")) }
                    } @else {
                        ul {
                            @for thing in things.iter().take(MOST_THINGS) {
                                li {
                                    (both(&thing.words))
                                    @if thing.times > 1 { " ×" (thing.times) }
                                    " " a href=(format!("#e{}", thing.entry.seq)) { (clock(offset(recording, thing.entry))) }
                                }
                            }
                            @if things.len() > MOST_THINGS {
                                li { (t(&format!("另有 {} 种", things.len() - MOST_THINGS), &format!("{} kinds more", things.len() - MOST_THINGS))) }
                            }
                        }
                    }
                    @if let Some(moment) = span.moment {
                        p.moment.(class_of_lane(moment.event.lane())) {
                            a href=(format!("#e{}", moment.seq)) { (clock(offset(recording, moment))) }
                            " " (both(&moment.event.words()))
                        }
                    }
                }
            }
        }
        @if told.len() > MOST_SPANS {
            p { (t(&format!("另有 {} 段", told.len() - MOST_SPANS), &format!("{} stretches more", told.len() - MOST_SPANS))) }
        }
    }
}

/// Something that was asked, read or sent within a stretch.
#[derive(Debug)]
struct Thing<'a> {
    words: Bilingual,
    /// How often.
    times: usize,
    /// Its first entry.
    entry: &'a Entry,
}

/// What was asked, read and sent within a stretch, each thing once, in order.
fn things<'a>(span: &Span<'a>) -> Vec<Thing<'a>> {
    let mut things: Vec<Thing<'a>> = Vec::new();
    let mut known: HashMap<Bilingual, usize> = HashMap::new();
    for entry in &span.entries {
        if matches!(entry.event.lane(), Lane::Asked | Lane::Accessed | Lane::Sent) {
            let words = entry.event.words();
            match known.get(&words) {
                Some(&at) => things[at].times += 1,
                None => {
                    known.insert(words.clone(), things.len());
                    things.push(Thing { words, times: 1, entry });
                }
            }
        }
    }
    things
}

/// Requests that carry nothing and were read whole are counted above, and stand in the timeline's file.
fn is_told(entry: &Entry) -> bool {
    match &entry.event {
        Event::RequestSent(sent) => !sent.found.is_empty() || !sent.unread.is_empty(),
        _ => true,
    }
}

/// Every entry, closed until someone wants it.
fn all(recording: &Recording, links: &Links) -> Markup {
    let count = recording.entries.iter().filter(|entry| is_told(entry)).count();
    html! {
        details.all {
            summary { (t(&format!("全部 {count} 条记录"), &format!("All {count} entries"))) }
            ol.entries {
                @for entry in recording.entries.iter().filter(|entry| is_told(entry)).take(MOST) {
                    li id=(format!("e{}", entry.seq)) class=(class_of_lane(entry.event.lane())) {
                        span.seq { "#" (entry.seq) } " "
                        span.when { (clock(offset(recording, entry))) } " "
                        (both(&entry.event.words()))
                        @if let Event::ScreenSeen(seen) = &entry.event {
                            @if let Some(picture) = seen.picture.as_ref().filter(|file| is_plain(&file.file)) {
                                " " (links.name(recording.folder(), &picture.file))
                            }
                        }
                    }
                }
            }
            @if count > MOST {
                p { (t("其余见", "The others are in")) " " (links.name(recording.folder(), TIMELINE)) }
            }
        }
    }
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
