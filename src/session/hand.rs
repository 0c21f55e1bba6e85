//! Starts the app and operates it, and records both.

use super::broken::Broken;
use crate::app::App;
use crate::language::rights;
use crate::recording::{ControlLeft, Event, Recorder, WriteError};
use crate::screen::operation::Operation;
use crate::world::Start;

/// Starts the app and records that it was.
pub async fn start(app: &mut dyn App, recorder: &mut Recorder, how: Start) -> Result<(), Broken> {
    recorder.note(app.accesses())?;
    recorder.append(Event::AppStarted { how })?;
    app.start(how).await?;
    recorder.watching(app.watch())?;
    Ok(())
}

/// Does and records an operation; one that the app refuses is recorded as trouble and lived with.
pub async fn perform(
    app: &mut dyn App,
    recorder: &mut Recorder,
    screen: u32,
    operation: &Operation,
) -> Result<bool, Broken> {
    // What came before the person's hand must not stand behind it.
    recorder.note(app.accesses())?;
    if let Some(danger) = app.refuses(operation) {
        let label = match operation {
            Operation::Tap { label, .. } | Operation::Type { label, .. } => label.clone(),
            other => other.to_string(),
        };
        recorder.append(Event::ControlsLeft { screen, controls: vec![ControlLeft { label, danger }] })?;
        return Ok(false);
    }
    recorder.append(Event::OperationDone { screen, operation: unsecret(operation) })?;
    match app.perform(operation).await {
        Ok(()) => Ok(true),
        Err(e) if e.is_fatal() => Err(e.into()),
        Err(e) => {
            let written: Result<u64, WriteError> = recorder.append(Event::Trouble { what: e.to_string() });
            written?;
            Ok(false)
        }
    }
}

/// Records the requests that were held back after an operation.
pub fn note_held_back(
    app: &mut dyn App,
    recorder: &mut Recorder,
    screen: u32,
    operation: &Operation,
) -> Result<(), WriteError> {
    let control = match operation {
        Operation::Tap { label, .. } | Operation::Type { label, .. } => label.clone(),
        other => other.to_string(),
    };
    for request in app.held_back() {
        recorder.append(Event::HeldBack { screen, control: control.clone(), request })?;
    }
    Ok(())
}

/// The operation as it may be written down: without what is typed into a field for a password, a code and the like,
/// and without the keys that empty a field before.
pub fn unsecret(operation: &Operation) -> Operation {
    let Operation::Type { x, y, label, text, submit } = operation else { return operation.clone() };
    let text = match rights::kind_of(label).filter(|_| rights::is_secret(label)) {
        Some(kind) => format!("‹{kind}›"),
        None => text.chars().filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c)).collect(),
    };
    Operation::Type { x: *x, y: *y, label: label.clone(), text, submit: *submit }
}
