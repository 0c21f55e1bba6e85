//! An app that is being driven: the app, its record, and the eyes that read what is recorded.

use std::time::Instant;

use tracing::{debug, info};

use super::broken::Broken;
use super::eyes::Eyes;
use super::unsecret::unsecret;
use crate::app::{App, AppError};
use crate::recording::entries::{AppStarted, ControlsLeft, OperationDone, RequestHeldBack, Trouble};
use crate::recording::{ControlLeft, Event, Recorder, ScreenSeen, WriteError};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::world::{Observation, Start};

/// An app that is being driven and recorded.
pub struct Driven<'a> {
    pub app: &'a mut dyn App,
    pub recorder: &'a mut Recorder,
    pub eyes: &'a mut Eyes,
}

impl Driven<'_> {
    /// Lends it to somebody else for a while.
    pub fn lend(&mut self) -> Driven<'_> {
        Driven { app: self.app, recorder: self.recorder, eyes: self.eyes }
    }

    /// Drives another session of the same app, into the same record.
    pub fn in_session<'b>(&'b mut self, app: &'b mut dyn App) -> Driven<'b> {
        Driven { app, recorder: self.recorder, eyes: self.eyes }
    }

    /// Records what the app called for and sent since this was last done.
    ///
    /// # Errors
    /// When a line cannot be written.
    pub fn note_calls(&mut self) -> Result<(), WriteError> {
        self.recorder.note(self.app.accesses())?;
        self.recorder.note_requests(&self.app.requests(false))
    }

    /// Records everything that the app sent, what is still under way as well: before it is left.
    ///
    /// # Errors
    /// When a line cannot be written.
    pub fn note_last_calls(&mut self) -> Result<(), WriteError> {
        self.recorder.note(self.app.accesses())?;
        self.recorder.note_requests(&self.app.requests(true))
    }

    /// Starts the app and records that it was started.
    ///
    /// # Errors
    /// When the driver or the disk fails.
    pub async fn start(&mut self, how: Start) -> Result<(), Broken> {
        self.note_last_calls()?;
        self.recorder.append(Event::AppStarted(AppStarted { how }))?;
        info!("starts the app, {how:?}");
        let began = Instant::now();
        self.app.start(how).await?;
        debug!("the start took {} ms", began.elapsed().as_millis());
        self.recorder.watching(self.app.watch())?;
        Ok(())
    }

    /// Observes the app and records what is seen.
    ///
    /// # Errors
    /// When the driver or the disk fails.
    pub async fn see(&mut self) -> Result<(Screen, ScreenSeen), Broken> {
        let began = Instant::now();
        let observation = self.app.observe().await?;
        self.recorder.note_requests(&self.app.requests(false))?;
        debug!("observing took {} ms", began.elapsed().as_millis());
        let seen = self.record(&observation)?;
        Ok((observation.screen, seen))
    }

    /// Records a screen that was looked at already, with its picture.
    ///
    /// # Errors
    /// When the driver or the disk fails.
    pub async fn record_screen(&mut self, screen: Screen) -> Result<(Screen, ScreenSeen), Broken> {
        let picture = self.app.picture().await?;
        self.recorder.note_requests(&self.app.requests(false))?;
        let observation = Observation { screen, picture, accesses: self.app.accesses() };
        let seen = self.record(&observation)?;
        Ok((observation.screen, seen))
    }

    /// Records what was observed, with what is read from it.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn record(&mut self, observation: &Observation) -> Result<ScreenSeen, WriteError> {
        let seen = self.eyes.see(self.recorder, observation)?;
        debug!("sees {}", describe(&seen));
        Ok(seen)
    }

    /// Has the text of a screen measured while the run goes on.
    pub fn measure(&mut self, seen: &ScreenSeen, observation: &Observation) {
        self.eyes.measure(self.recorder, seen, observation);
    }

    /// Does an operation and records it; false where it was not done: the app refused it, which is recorded as trouble, or
    /// candor's hand leaves the control alone.
    ///
    /// # Errors
    /// When the driver is lost or the disk fails.
    pub async fn perform(&mut self, screen: u32, operation: &Operation) -> Result<bool, Broken> {
        // What came before the person's hand must not stand behind it.
        self.note_calls()?;
        if let Some(danger) = self.app.refuses(operation) {
            info!("leaves “{}” on screen {screen} alone: {danger}", name_of(operation));
            let controls = vec![ControlLeft { label: name_of(operation), danger }];
            self.recorder.append(Event::ControlsLeft(ControlsLeft { screen, controls }))?;
            return Ok(false);
        }
        self.recorder
            .append(Event::OperationDone(OperationDone { screen, operation: unsecret(operation) }))?;
        info!("on screen {screen}: {}", unsecret(operation));
        let began = Instant::now();
        let done = self.app.perform(operation).await;
        debug!("the operation took {} ms", began.elapsed().as_millis());
        match done {
            Ok(()) => Ok(true),
            Err(e) if e.is_fatal() => Err(e.into()),
            Err(e) => {
                info!("it was not done: {e}");
                self.recorder.append(Event::Trouble(Trouble { what: e.to_string() }))?;
                if matches!(e, AppError::Restarted { .. }) {
                    self.recorder.append(Event::AppStarted(AppStarted { how: Start::Resumed }))?;
                }
                Ok(false)
            }
        }
    }

    /// Records the requests that were held back after an operation.
    ///
    /// # Errors
    /// When a line cannot be written.
    pub fn note_held_back(&mut self, screen: u32, operation: &Operation) -> Result<(), WriteError> {
        for request in self.app.held_back() {
            self.recorder.append(Event::HeldBack(RequestHeldBack {
                screen,
                control: name_of(operation),
                request,
            }))?;
        }
        Ok(())
    }
}

/// The label of what is operated, or the operation itself where nothing is.
fn name_of(operation: &Operation) -> String {
    match operation {
        Operation::Tap { label, .. } | Operation::Type { label, .. } => label.clone(),
        other => other.to_string(),
    }
}

/// What a screen was taken for, in a line.
fn describe(seen: &ScreenSeen) -> String {
    let reading = &seen.reading;
    let mut line = format!("screen {}", seen.screen);
    if !seen.title.is_empty() {
        line.push_str(&format!(" “{}”", seen.title));
    }
    if seen.again {
        line.push_str(", seen before");
    }
    match &reading.prompt {
        Some(prompt) => {
            let policy = if prompt.names_policy { " that names the policy" } else { "" };
            line.push_str(&format!(": a prompt ({:?}){policy}", prompt.kind));
        }
        None => line.push_str(": no prompt"),
    }
    let meant: Vec<String> = reading
        .controls
        .iter()
        .take(MOST)
        .map(|control| format!("{:?} “{}”", control.meaning, control.label))
        .collect();
    if !meant.is_empty() {
        line.push_str(&format!(", with {}", meant.join(", ")));
    }
    if reading.consent_boxes().next().is_some() {
        line.push_str(", with a box for consent");
    }
    if !seen.settled {
        line.push_str(", still changing");
    }
    line
}

/// Controls of a screen that a line of the log names.
const MOST: usize = 8;
