//! The earlier recording that a scenario names: checked, and its policy taken over, so that both are judged from one recording.

use std::path::Path;

use jiff::Timestamp;

use super::connect;
use super::error::RunError;
use crate::recording::entries::RunStarted;
use crate::recording::seal::SEAL;
use crate::recording::verify::verify;
use crate::recording::version::EarlierTaken;
use crate::recording::{Event, Recorder, Recording, sha256_of};
use crate::scenario::{Scenario, Target};

/// The name of the file that holds its policy's text.
const FILE: &str = "policy-earlier.txt";

/// An earlier recording of the same app.
#[derive(Debug)]
pub struct Earlier {
    recording: String,
    begun: Timestamp,
    seal: String,
    text: Option<String>,
}

/// Reads the earlier recording that a scenario names; `None` where it names none.
///
/// # Errors
/// Why it cannot be compared with: for the person at the terminal.
pub fn read_earlier(scenario: &Scenario) -> Result<Option<Earlier>, String> {
    let Some(folder) = &scenario.earlier else { return Ok(None) };
    let shown = folder.display();
    let recording = Recording::open(folder).map_err(|e| format!("`earlier`: {e}"))?;
    let verified = verify(folder).map_err(|e| format!("`earlier`: {e}"))?;
    if !verified.sealed {
        return Err(format!(
            "`earlier`: {shown} has no seal, so nobody knows whether it is as it was recorded"
        ));
    }
    if let Some(difference) = verified.differences.first() {
        return Err(format!(
            "`earlier`: {shown} is not as it was sealed: {} {}. `candor verify {shown}` says more",
            difference.place, difference.what
        ));
    }
    let start = recording.start().ok_or_else(|| format!("`earlier`: {shown} does not say what was run"))?;
    if let Some(why) = is_another_app(scenario, start) {
        return Err(format!("`earlier`: {shown} is a recording of another app: {why}"));
    }
    let begun = recording.entries.first().map(|entry| entry.time).unwrap_or_default();
    let now = Timestamp::now();
    if begun > now {
        return Err(format!(
            "`earlier`: {shown} was begun on {}, and this machine's clock says {}: one of the two clocks jumped",
            begun.strftime("%Y-%m-%d %H:%M UTC"),
            now.strftime("%Y-%m-%d %H:%M UTC")
        ));
    }
    let file = recording.entries.iter().rev().find_map(|entry| match &entry.event {
        Event::PolicyRead(read) => read.text.as_ref(),
        _ => None,
    });
    let text = file.and_then(|file| recording.text(file));
    let seal =
        sha256_of(&folder.join(SEAL)).map_err(|e| format!("`earlier`: cannot read {shown}/{SEAL}: {e}"))?;
    Ok(Some(Earlier { recording: name_of(folder), begun, seal, text }))
}

/// The last part of a path: where a recording lies says nothing of it.
fn name_of(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    whole.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Says in what a recording is one of another app; `None` where it is the same.
fn is_another_app(scenario: &Scenario, start: &RunStarted) -> Option<String> {
    let platform = scenario.app.target.platform();
    if start.platform != platform {
        return Some(format!("it is of {}, the scenario's app of {platform}", start.platform));
    }
    let now = connect::shown(&scenario.app.target);
    let same = match &scenario.app.target {
        // A path may be another: versions are often served side by side.
        Target::Web(web) => {
            url::Url::parse(&start.target).is_ok_and(|then| then.origin() == web.url.origin())
        }
        _ => start.target == now,
    };
    (!same).then(|| format!("its target was {}, the scenario's is {now}", start.target))
}

/// Writes what was read of the earlier recording into the new one.
///
/// # Errors
/// When it cannot be written.
pub(super) fn take_over(earlier: &Earlier, recorder: &mut Recorder) -> Result<(), RunError> {
    let text = match &earlier.text {
        Some(text) => Some(recorder.text(FILE, text)?),
        None => None,
    };
    recorder.append(Event::EarlierTaken(EarlierTaken {
        recording: earlier.recording.clone(),
        begun: earlier.begun,
        seal: earlier.seal.clone(),
        text,
    }))?;
    Ok(())
}
