//! Reads what is seen while it is recorded: controls, ticks and contrasts at once, lines of text while the run goes on.

use std::collections::HashMap;

use super::measuring::{Measuring, find_visible};
use crate::language::{controls, permission};
use crate::recording::entries::{PermissionAsked, TextMeasured, TextNotMeasured, Trouble};
use crate::recording::{Event, Read, Recorder, ScreenSeen, WriteError, sha256};
use crate::sight;
use crate::sight::read::known_of;
use crate::world::Observation;

/// Reads screens, and has their text measured on a thread of its own.
#[derive(Debug, Default)]
pub struct Eyes {
    measuring: Measuring,
    /// What was read from the screens that were seen last, by the hash of picture and tree.
    read: HashMap<String, Read>,
}

/// Readings that are kept for screens that are seen again (ours).
const KEPT: usize = 64;

impl Eyes {
    /// Records what was seen with what is read from it, and the system's ask on it, where there is one.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn see(
        &mut self,
        recorder: &mut Recorder,
        observation: &Observation,
    ) -> Result<ScreenSeen, WriteError> {
        let read = self.read(observation);
        let seen = recorder.see(observation, read)?;
        if let Some(dialog) = permission::read(&observation.screen) {
            let permission::Dialog { permission, text, of, .. } = dialog;
            recorder.append(Event::PermissionAsked(PermissionAsked {
                screen: seen.screen,
                permission,
                text,
                of,
            }))?;
        }
        // Whether consent was asked for legibly is looked at wherever it is asked for.
        let asks = seen.reading.prompt.as_ref().is_some_and(|prompt| prompt.names_policy)
            || seen.reading.consent_boxes().next().is_some();
        if asks {
            self.measure(recorder, &seen, observation);
        }
        Ok(seen)
    }

    /// Reads a screen, or recalls what was read when it was seen before.
    fn read(&mut self, observation: &Observation) -> Read {
        let picture = observation.picture.as_deref().unwrap_or_default();
        let Ok(mut key) = serde_json::to_vec(&observation.screen) else { return read_screen(observation) };
        // What fields hold is never written, and may be read.
        for element in &observation.screen.elements {
            key.extend_from_slice(element.value.as_bytes());
            key.push(0);
        }
        key.extend_from_slice(picture);
        let key = sha256(&key);
        if let Some(read) = self.read.get(&key) {
            return read.clone();
        }
        if self.read.len() >= KEPT {
            self.read.clear();
        }
        let read = read_screen(observation);
        self.read.insert(key, read.clone());
        read
    }

    /// Has the text on a screen that was seen read and measured from its picture, while the run goes on.
    pub fn measure(&mut self, recorder: &Recorder, seen: &ScreenSeen, observation: &Observation) {
        if let (Some(png), Some(file)) = (&observation.picture, &seen.picture) {
            let (density, known) = (observation.screen.density, known_of(&observation.screen));
            // What was painted over must not be read from the picture as it was before.
            let kept = match sha256(png) == file.sha256 {
                true => None,
                false => Some(std::fs::read(recorder.folder().join(&file.file)).unwrap_or_default()),
            };
            let png = kept.as_ref().unwrap_or(png);
            self.measuring.give(seen.screen, &file.sha256, png, density, known);
        }
    }

    /// Waits for the pictures that are still being measured and writes what came of them all; `progress` is told how
    /// many are left. Returns what stands on pictures although it is to be kept out, one sentence for each value.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(
        &mut self,
        recorder: &mut Recorder,
        progress: &dyn Fn(usize),
    ) -> Result<Vec<String>, WriteError> {
        let mut measured = Vec::new();
        loop {
            progress(self.measuring.waiting());
            let Some(done) = self.measuring.wait() else { break };
            measured.push(done);
        }
        measured.sort_by_key(|(_, done)| done.screen);
        let visible = find_visible(&measured, recorder.masks());
        for (screens, done) in measured {
            let sight = match &done.result {
                Ok(sight) => sight,
                Err(why) => {
                    for screen in screens {
                        recorder
                            .append(Event::TextNotMeasured(TextNotMeasured { screen, why: why.clone() }))?;
                    }
                    continue;
                }
            };
            let file = recorder.data(&format!("screens/{:04}.sight.json", done.screen), sight)?;
            for screen in screens {
                recorder.append(Event::TextMeasured(TextMeasured { screen, sight: file.clone() }))?;
            }
        }
        for what in &visible {
            recorder.append(Event::Trouble(Trouble { what: what.clone() }))?;
        }
        Ok(visible)
    }
}

/// Reads the controls of a screen, and what its pixels show of them.
pub fn read_screen(observation: &Observation) -> Read {
    let screen = &observation.screen;
    let reading = controls::read(screen);
    let Some(pixels) = observation.picture.as_deref().and_then(sight::decode) else {
        return Read { reading, ..Read::default() };
    };
    let boxes = reading.boxes.iter();
    let ticks = boxes.map(|tick| sight::tick::look(&pixels, tick.rect, screen.density)).collect();
    let mentions = reading.mentions.iter();
    let contrasts = mentions
        .map(|mention| sight::contrast::of_text(&pixels, screen.elements[mention.element].rect))
        .collect();
    Read { reading, ticks, contrasts }
}
