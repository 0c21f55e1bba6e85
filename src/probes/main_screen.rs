//! From a start of the app to its main screen: past splash, prompts, adverts and tours, as a person goes.

use std::time::Duration;

use async_trait::async_trait;

use super::asks;
use super::pass::{Consent, Pass};
use crate::app::App;
use crate::explore::{Broken, Home};
use crate::language::permission;
use crate::language::rights;
use crate::recording::{Afterwards, ControlLeft, Event, Recorder, WriteError};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::world::Start;

/// Prompts passed on one start before the app is taken to stand on its main screen all the same.
const PROMPTS: usize = 14;
/// How long a splash may stand (s; ours).
const SPLASH: Duration = Duration::from_secs(12);
/// How long an advert may take to come over the main screen (ms; ours).
const LATE_ADVERT: Duration = Duration::from_millis(1200);

/// How the app's asks are answered on the way. The system's own asks are always refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Manner {
    /// Yes to whatever stands in the way.
    #[default]
    Agreeing,
    /// Yes to the documents, no to every other ask.
    RefusingAsks,
    /// No to everything.
    Refusing,
}

/// How screens that stand in the way are passed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Course {
    pub manner: Manner,
    /// How long to wait on the last screen for something that comes late.
    pub watch: Duration,
    /// How long to wait on the first screen that asks for consent, before consenting: what is done meanwhile is done
    /// without consent.
    pub before_consent: Duration,
    /// In the middle of the app: nothing is waited for, and of dialogs that ask nothing only closing is tapped.
    pub inside: bool,
}

/// The way home of an exploration: starts the app again with its data and goes to its main screen.
#[derive(Debug, Default)]
pub struct MainScreen {
    pub manner: Manner,
    been: bool,
}

impl MainScreen {
    /// Answering asks in a manner.
    pub fn in_manner(manner: Manner) -> MainScreen {
        MainScreen { manner, been: false }
    }
}

#[async_trait]
impl Home for MainScreen {
    async fn go(&mut self, app: &mut dyn App, recorder: &mut Recorder) -> Result<Screen, Broken> {
        start(app, recorder, Start::Resumed).await?;
        // Only the first time: an app that shows adverts late shows them late on its first screen after a start.
        let watch = if self.been { Duration::ZERO } else { LATE_ADVERT };
        self.been = true;
        reach(app, recorder, Course { manner: self.manner, watch, ..Course::default() }).await
    }
}

/// Starts the app and records that it was.
pub async fn start(app: &mut dyn App, recorder: &mut Recorder, how: Start) -> Result<(), Broken> {
    recorder.note(app.accesses())?;
    recorder.append(Event::AppStarted { how })?;
    app.start(how).await?;
    recorder.watching(app.watch())?;
    Ok(())
}

/// Passes whatever stands before the main screen, recording each screen.
pub async fn reach(app: &mut dyn App, recorder: &mut Recorder, course: Course) -> Result<Screen, Broken> {
    let passed = pass(app, recorder, course).await?;
    if !passed.asks_on {
        recorder.append(Event::MainReached { screen: passed.number })?;
    }
    Ok(passed.screen)
}

/// Where passing ended.
pub struct Passed {
    pub screen: Screen,
    pub number: u32,
    /// The app repeats an ask that was refused, and nothing else can be done.
    pub asks_on: bool,
}

/// Passes what stands in the way, each screen recorded, until nothing does.
pub async fn pass(app: &mut dyn App, recorder: &mut Recorder, course: Course) -> Result<Passed, Broken> {
    let mut left = PROMPTS;
    let mut splash_until = app.now() + SPLASH;
    let mut before_consent = course.before_consent;
    let mut refused: Vec<String> = Vec::new();
    loop {
        let observation = app.observe().await?;
        let seen = recorder.see(&observation)?;
        if course.manner != Manner::Agreeing {
            asks::refused_by_platform(app, recorder, seen.screen, &observation.accesses).await?;
        }
        let screen = observation.screen;
        if left > 0
            && let Some(dialog) = permission::read(&screen)
        {
            left -= 1;
            if asks::refuse(app, recorder, seen.screen, &dialog).await? {
                continue;
            }
        }
        let found = if left > 0 { Pass::of(&screen, &seen, course) } else { None };
        if let Some(pass) = found {
            left -= 1;
            if pass.consent == Consent::Given && !before_consent.is_zero() {
                let waited = std::mem::take(&mut before_consent);
                if app.changed(&screen, waited).await?.is_some() {
                    continue;
                }
                // What was called for while we waited must stand before the consent.
                recorder.note(app.accesses())?;
                if seen.reading.consent_boxes().next().is_some() {
                    // A box may have been ticked meanwhile: what the person finds when answering counts.
                    continue;
                }
            }
            let refusing = matches!(pass.consent, Consent::Refused(_))
                || (pass.consent == Consent::NotAsked && pass.ask.as_ref().is_some_and(|ask| !ask.agreed));
            let text = seen.reading.prompt.as_ref().map(|prompt| prompt.text.clone()).unwrap_or_default();
            if refusing && refused.iter().filter(|known| **known == text).count() >= asks::SAME_ASKS {
                let outcome = Afterwards::AsksOn;
                recorder.append(Event::AfterRefusal { screen: seen.screen, outcome })?;
                return Ok(Passed { screen, number: seen.screen, asks_on: true });
            }
            refused.extend(refusing.then_some(text));
            pass.go(app, recorder, &seen).await?;
            splash_until = app.now() + SPLASH;
            continue;
        }
        let splash = !course.inside
            && screen.elements.iter().all(|element| !element.seen || element.tappable.is_none());
        let wait = if splash { splash_until.saturating_sub(app.now()) } else { course.watch };
        if !wait.is_zero() && left > 0 && app.changed(&screen, wait).await?.is_some() {
            // Something came: look again, with a limit so that an app that never rests is not watched for ever.
            left -= 1;
            continue;
        }
        return Ok(Passed { screen, number: seen.screen, asks_on: false });
    }
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
