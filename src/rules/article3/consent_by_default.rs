//! 3.4: consent by default: a box, switch or circle that is on before the person touched it, or
//! "continuing means you agree" with no choice.

use super::default_box::weigh_box;
use crate::case::{Case, Evidence, Mark, Marks, Read};
use crate::language::lexicon::{Meaning, means};
use crate::language::reading::{PromptKind, Reading, TickBox};
use crate::language::signs::SIGNS;
use crate::recording::state::State;
use crate::recording::{Event, ScreenSeen};
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::screen::Rect;
use crate::sight::tick::Tick;
use crate::text::{Bilingual, both, said};
use crate::verdict::Verdict;

/// The rule of item 3.4.
pub struct ConsentByDefault;

impl Rule for ConsentByDefault {
    fn item(&self) -> &'static str {
        "3.4"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["first_run", "sign_in_form"]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let mut found: Vec<Found<'_>> = Vec::new();
        let consented: Vec<u32> = case
            .entries
            .iter()
            .filter_map(|entry| match &entry.event {
                Event::ConsentGiven(given) => Some(given.screen),
                _ => None,
            })
            .collect();
        for span in self.reads().iter().flat_map(|probe| case.spans(probe)) {
            let mut known = Known::default();
            for (entry, state) in case.with_states(&span) {
                if let Event::ScreenSeen(seen) = &entry.event {
                    look_at(
                        Sighting {
                            seq: entry.seq,
                            seen,
                            read: case.read(seen),
                            state,
                            consented: consented.contains(&seen.screen),
                        },
                        &mut known,
                        &mut found,
                    );
                }
            }
        }
        look_at_other_forms(case, &mut found);
        look_at_choices(case, &mut found);
        if found.is_empty() {
            return Weighed::clean(Opinion::not_applicable(both(
                "neither the first run nor a log-in form shows a control of consent",
                "首次运行和登录表单中都没有出现征求同意的控件",
            )));
        }
        Weighed::of(show_once(case, found))
    }
}

/// Looks at the boxes on forms that the walk came by (a registration form behind the log-in form), each where it was seen
/// first: the walk ticks nothing, and nobody had touched them then. They only accuse, as no probe was sent to find all.
fn look_at_other_forms<'a>(case: &Case<'a>, found: &mut Vec<Found<'a>>) {
    let mut known: Vec<(String, &str)> = Vec::new();
    for span in case.spans("find_policy") {
        for (seq, seen) in Case::sightings(span.entries) {
            let read = case.read(seen);
            let Some(tree) = case.tree(seen.screen).filter(|_| read.reading.fields > 0) else { continue };
            for (tick, pixels) in consent_boxes(read) {
                let place = (format!("{} {}", tree.address, tree.title), tick.label.as_str());
                if known.contains(&place) {
                    continue;
                }
                known.push(place);
                let opinion = weigh_box(tick, pixels, case.state_before(seq).agreed_on_start);
                if opinion.verdict == Verdict::Violation {
                    let shows = both("the box as the person finds it", "用户看到的勾选框");
                    let evidence = Evidence::of_screen(seq, seen, shows);
                    found.push(Found { opinion, seen, evidence, boxed: Some(tick.rect) });
                }
            }
        }
    }
}

/// Tells whether a purpose is one that cannot be left out; 非必要 can.
fn is_needed(lower: &str) -> bool {
    let said =
        SIGNS.purpose_not_needed.iter().fold(lower.to_owned(), |rest, word| rest.replace(word.as_str(), ""));
    SIGNS.purpose_needed.iter().any(|word| said.contains(word.as_str()))
}

/// Looks at the purposes behind a prompt (“let me choose”), before anything was agreed to: one that is on is consent by default,
/// but for those that the app says it needs.
fn look_at_choices<'a>(case: &Case<'a>, found: &mut Vec<Found<'a>>) {
    for span in case.spans("refuse_consent") {
        for (entry, state) in case.with_states(&span) {
            let Event::ScreenSeen(seen) = &entry.event else { continue };
            let chosen = state.tapped.as_deref().is_some_and(|label| means(label, Meaning::Chooses));
            if !chosen || state.operations != 1 || state.agreed_on_start {
                continue;
            }
            let read = case.read(seen);
            let tree = case.tree(seen.screen);
            let is_fixed = |tick: &TickBox| {
                let disabled = tree.as_ref().and_then(|tree| Some(tree.elements.get(tick.element)?.disabled));
                let lower = tick.label.to_lowercase();
                disabled.unwrap_or(false) || is_needed(&lower)
            };
            for (at, tick) in read.reading.boxes.iter().enumerate().filter(|(_, tick)| !is_fixed(tick)) {
                let pixels = read.ticks.get(at).copied().unwrap_or(Tick::Unsure);
                let opinion = weigh_box(tick, pixels, false);
                let shows = both("the choices behind the prompt", "提示中的可选项");
                let evidence = Evidence::of_screen(entry.seq, seen, shows);
                found.push(Found { opinion, seen, evidence, boxed: Some(tick.rect) });
            }
        }
    }
}

/// Shows each screen once among opinions of one verdict, with all the boxes that they are about.
fn show_once(case: &Case<'_>, found: Vec<Found<'_>>) -> Vec<Opinion> {
    let mut shown: Vec<(Verdict, u32)> = Vec::new();
    let mut opinions = Vec::new();
    for at in 0..found.len() {
        let this = &found[at];
        let key = (this.opinion.verdict, this.seen.screen);
        let mut opinion = this.opinion.clone();
        if !shown.contains(&key) {
            shown.push(key);
            let same = found.iter().filter(|other| (other.opinion.verdict, other.seen.screen) == key);
            let marks = mark_boxes(case, this.seen, same);
            opinion = opinion.with([Evidence { marks, ..this.evidence.clone() }]);
        }
        opinions.push(opinion);
    }
    opinions
}

/// Marks the boxes that opinions on one screen are about. Nothing where the picture's size is not known.
fn mark_boxes<'f, 'a: 'f>(
    case: &Case<'_>,
    seen: &ScreenSeen,
    found: impl Iterator<Item = &'f Found<'a>>,
) -> Option<Marks> {
    let places: Vec<Mark> = found
        .filter_map(|found| Some(Mark { rect: found.boxed?, says: found.opinion.reason.clone() }))
        .collect();
    let screen = (!places.is_empty()).then(|| case.tree(seen.screen)).flatten()?;
    Some(Marks { width: screen.width.round() as u32, height: screen.height.round() as u32, places })
}

/// An opinion on one sighting.
struct Found<'a> {
    opinion: Opinion,
    seen: &'a ScreenSeen,
    evidence: Evidence,
    /// The box that it is about.
    boxed: Option<Rect>,
}

/// One sighting of a screen.
#[derive(Clone, Copy)]
struct Sighting<'c, 'a> {
    seq: u64,
    seen: &'a ScreenSeen,
    read: &'c Read,
    /// The state before it.
    state: &'c State,
    /// Consent was given on this screen: it asked for it, whether or not it names a document.
    consented: bool,
}

/// Boxes that were seen on this start, and whether they were on: once the person has touched anything, a box that was seen
/// before may be on by the person's own doing.
#[derive(Default)]
struct Known {
    on_start: u32,
    boxes: Vec<(String, bool)>,
}

/// Returns the boxes of consent with what their pixels say. What nothing shows to be tappable and does not look like a box
/// (a shield beside the words) is none.
fn consent_boxes(read: &Read) -> impl Iterator<Item = (&TickBox, Tick)> {
    let boxes = read.reading.boxes.iter().enumerate().filter(|(_, tick)| tick.consent);
    boxes
        .map(|(at, tick)| (tick, read.ticks.get(at).copied().unwrap_or(Tick::Unsure)))
        .filter(|(tick, pixels)| !tick.ornament || *pixels != Tick::Unsure)
}

/// Looks at one sighting of a screen.
fn look_at<'a>(sighting: Sighting<'_, 'a>, known: &mut Known, found: &mut Vec<Found<'a>>) {
    let Sighting { seq, seen, read, state, consented } = sighting;
    if known.on_start != state.on_start {
        *known = Known { on_start: state.on_start, boxes: Vec::new() };
    }
    let reading = &read.reading;
    let mut say = |opinion: Opinion, shows: Bilingual, boxed: Option<Rect>| {
        found.push(Found { opinion, seen, evidence: Evidence::of_screen(seq, seen, shows), boxed });
    };
    let boxes: Vec<(&TickBox, Tick)> = consent_boxes(read).collect();
    for &(tick, pixels) in &boxes {
        let before = known.boxes.iter().rev().find(|(label, _)| *label == tick.label).map(|known| known.1);
        let touched = state.operations > 0 || state.agreed_on_start;
        if before.is_some() && touched {
            continue;
        }
        let mut opinion = weigh_box(tick, pixels, state.agreed_on_start);
        let on = opinion.verdict == Verdict::Violation;
        if before == Some(false) && on {
            opinion.reason = said!(
                "{reason}; it was off when it came, and the app switched it on by itself",
                "{reason}；出现时未选中，随后由应用自行选中",
                reason = opinion.reason
            );
        }
        known.boxes.push((tick.label.clone(), on));
        say(opinion, both("the box as the person finds it", "用户看到的勾选框"), Some(tick.rect));
    }
    if let Some(opinion) = weigh_wording(reading, state.agreed) {
        say(opinion, both("the wording, and the only control", "该表述及唯一的按钮"), None);
    }
    let asks = reading.prompt.as_ref().filter(|prompt| prompt.names_policy);
    if let Some(control) =
        reading.control(Meaning::Agree).filter(|_| (asks.is_some() || consented) && boxes.is_empty())
    {
        let reason = said!(
            "consent is given by an act of the person's own: “{label}”",
            "由用户主动点击“{label}”表示同意",
            label = control.label
        );
        say(Opinion::conforms(reason), both("the prompt", "提示"), None);
    }
    if let Some(opinion) = weigh_acknowledging(reading, state.agreed) {
        say(opinion, both("the prompt, and its only button", "提示及其唯一的按钮"), None);
    }
    if asks.is_some_and(|prompt| prompt.kind == PromptKind::Alert) {
        let reason = both(
            "consent is asked for by an alert that can be dismissed",
            "通过可以取消的系统对话框征求同意",
        );
        say(Opinion::conforms(reason), both("the alert", "系统对话框"), None);
    }
}

/// Weighs a prompt about the policy, or about what is used of the person, that can only be acknowledged ("got it"); `None`
/// where it is none.
fn weigh_acknowledging(reading: &Reading, agreed: bool) -> Option<Opinion> {
    let prompt = reading.prompt.as_ref().filter(|_| !agreed)?;
    let lower = prompt.text.to_lowercase();
    let is_about_use =
        prompt.asks && SIGNS.about_information.iter().any(|word| lower.contains(word.as_str()));
    if !prompt.names_policy && !is_about_use {
        return None;
    }
    let form = reading.fields > 0 || matches!(prompt.kind, PromptKind::Form | PromptKind::Alert);
    if form || has_choice(reading) || reading.implied_consent.is_some() {
        return None;
    }
    let control = reading.control(Meaning::Next)?;
    Some(Opinion::review(said!(
        "the prompt can only be acknowledged (“{label}”), with no agree and no refuse: decide whether that is taken for consent",
        "该提示只能以“{label}”表示知悉，没有同意或拒绝的选择：请判断是否被当作同意",
        label = control.label
    )))
}

/// Weighs words by which going on is consent; `None` where there are none, or where there is a choice beside them.
fn weigh_wording(reading: &Reading, agreed: bool) -> Option<Opinion> {
    // Below what is used after an express consent, such words are a reminder and not the way of consenting.
    let form =
        reading.fields > 1 || reading.prompt.as_ref().is_some_and(|prompt| prompt.kind == PromptKind::Form);
    let reminder = agreed && !form;
    let wording = reading.implied_consent.as_ref().filter(|_| !reminder && !has_choice(reading))?;
    // Words about an act that cannot be done on this page ("by registering") are terms to read.
    let lower = wording.to_lowercase();
    let by_using = SIGNS.goes_on.iter().any(|word| lower.contains(word.as_str()));
    let goes_on = [Meaning::Next, Meaning::SignIn, Meaning::Skip];
    if reading.prompt.is_none()
        && !by_using
        && !goes_on.iter().any(|&meaning| reading.control(meaning).is_some())
    {
        return None;
    }
    // A prompt that can be closed leaves a way out.
    let closes = reading.control(Meaning::Skip).is_some();
    let reason = said!(
        "the only wording is that going on is consent (“{wording}”), with no box, no agree and no refuse",
        "仅以“{wording}”的方式默认同意，没有勾选框，也没有同意或拒绝的选择",
        wording = wording.chars().take(80).collect::<String>()
    );
    // On a form, typing and sending are acts of their own: whether they are consent is for a person.
    Some(if form || closes { Opinion::review(reason) } else { Opinion::violation(reason) })
}

/// Tells whether there is a choice: something to tick (what looks like an ornament may be that), or agree and refuse.
fn has_choice(reading: &Reading) -> bool {
    reading.consent_boxes().next().is_some()
        || reading.control(Meaning::Refuse).is_some()
        || reading.control(Meaning::Agree).is_some()
        || reading.prompt.as_ref().is_some_and(|prompt| prompt.kind == PromptKind::Alert)
}
