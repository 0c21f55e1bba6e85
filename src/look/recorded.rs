//! Screens of a recording: their list, and one of them read again.

use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

use super::model::Look;
use super::read::read_look;
use super::table::kind_word;
use crate::case::Read;
use crate::language::lexicon::Meaning;
use crate::language::policy;
use crate::language::reading::PromptKind;
use crate::recording::{Event, Recording, ScreenSeen};
use crate::screen::Screen;
use crate::text::shown;
use crate::world::Observation;

/// A screen of a recording in the list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recorded {
    pub screen: u32,
    /// The probe during which it was seen first.
    pub probe: String,
    pub title: String,
    /// How it asks something, where it does.
    pub asks: Option<PromptKind>,
    pub names_policy: bool,
    /// Meanings of its controls.
    pub controls: Vec<Meaning>,
    pub boxes: usize,
    pub consent_boxes: usize,
    pub fields: usize,
    /// It shows the policy's text.
    pub policy: bool,
}

/// Lists the screens of a recording, each once, read again by this candor's words.
pub fn list_screens(recording: &Recording) -> Vec<Recorded> {
    let mut probe = String::new();
    let mut all: Vec<Recorded> = Vec::new();
    for entry in &recording.entries {
        match &entry.event {
            Event::ProbeStarted(started) => probe.clone_from(&started.probe),
            Event::ScreenSeen(seen) if all.iter().all(|known| known.screen != seen.screen) => {
                let screen = tree_of(recording, seen);
                let read = match &screen {
                    Some(screen) => Read::again(seen, screen),
                    None => Read::as_recorded(seen),
                };
                let reading = read.reading;
                let mut controls: Vec<Meaning> =
                    reading.controls.iter().map(|control| control.meaning).collect();
                controls.sort();
                controls.dedup();
                all.push(Recorded {
                    screen: seen.screen,
                    probe: probe.clone(),
                    title: seen.title.clone(),
                    asks: reading.prompt.as_ref().map(|prompt| prompt.kind),
                    names_policy: reading.prompt.as_ref().is_some_and(|prompt| prompt.names_policy),
                    controls,
                    boxes: reading.boxes.len(),
                    consent_boxes: reading.consent_boxes().count(),
                    fields: reading.fields,
                    policy: screen.is_some_and(|screen| policy::on_screen(&screen, None).is_some()),
                });
            }
            _ => {}
        }
    }
    all
}

/// The list as a table of at most `width` columns.
pub fn screens_table(screens: &[Recorded], width: u16) -> String {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width)
        .force_no_tty();
    table.set_header(["screen", "probe", "title", "asks", "controls", "boxes", "fields"]);
    for screen in screens {
        let asks = match (screen.asks, screen.policy) {
            (Some(kind), _) => {
                format!("{}{}", kind_word(kind), if screen.names_policy { ", names the policy" } else { "" })
            }
            (None, true) => "is the policy".to_owned(),
            (None, false) => String::new(),
        };
        let boxes = match (screen.boxes, screen.consent_boxes) {
            (0, _) => String::new(),
            (all, 0) => all.to_string(),
            (all, consent) => format!("{all}, {consent} of consent"),
        };
        let controls: Vec<String> = screen.controls.iter().map(|meaning| meaning.name()).collect();
        table.add_row([
            screen.screen.to_string(),
            shown(&screen.probe, 40),
            shown(&screen.title, 40),
            asks,
            controls.join(", "),
            boxes,
            if screen.fields == 0 { String::new() } else { screen.fields.to_string() },
        ]);
    }
    table.trim_fmt()
}

/// Looks at a screen of a recording; `source` says which.
///
/// # Errors
/// When the recording has no such screen, or its tree cannot be read.
pub fn open_screen(
    recording: &Recording,
    number: u32,
    source: &str,
) -> Result<(Look, Screen, Option<Vec<u8>>), String> {
    let sightings = recording.entries.iter().filter_map(|entry| match &entry.event {
        Event::ScreenSeen(seen) => Some(&**seen),
        _ => None,
    });
    let numbers: Vec<u32> = sightings.clone().map(|seen| seen.screen).collect();
    let seen = sightings.clone().find(|seen| seen.screen == number).ok_or_else(|| {
        match (numbers.iter().min(), numbers.iter().max()) {
            (Some(first), Some(last)) => {
                format!("{source}: there is no screen {number}; they run from {first} to {last}")
            }
            _ => format!("{source}: the recording holds no screens"),
        }
    })?;
    let screen = tree_of(recording, seen).ok_or_else(|| {
        format!("{source}: {} cannot be read; `candor verify` says whether it was changed", seen.tree.file)
    })?;
    let picture = seen.picture.as_ref().and_then(|file| recording.bytes(file));
    let observation = Observation { screen, picture, accesses: Vec::new() };
    let mut look = read_look(&observation, source);
    look.settled = seen.settled;
    look.differs = Read::again(seen, &observation.screen).differs.into_iter().map(|text| text.en).collect();
    if observation.picture.is_none() {
        look.notes.push("the recording holds no picture of it".to_owned());
    }
    Ok((look, observation.screen, observation.picture))
}

fn tree_of(recording: &Recording, seen: &ScreenSeen) -> Option<Screen> {
    serde_json::from_str(&recording.text(&seen.tree)?).ok()
}
