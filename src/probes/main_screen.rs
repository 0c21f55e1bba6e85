//! From a start of the app to its main screen: past splash, prompts, adverts and tours, as a person goes.

use std::time::{Duration, Instant};

use async_trait::async_trait;

use super::asks;
use crate::app::App;
use crate::explore::{Broken, Home};
use crate::language::controls::{Control, PromptKind, Reading};
use crate::language::lexicon::Meaning;
use crate::language::permission;
use crate::recording::{Event, Recorder, ScreenSeen, Start, WriteError};
use crate::screen::operation::Operation;
use crate::screen::{Checked, Screen};
use crate::sight::tick::Tick;

/// Prompts passed on one start before the app is taken to stand on its main screen all the same.
const PROMPTS: usize = 14;
/// How long a splash may stand (s; ours).
const SPLASH: Duration = Duration::from_secs(12);
/// How long an advert may take to come over the main screen (ms; ours).
const LATE_ADVERT: Duration = Duration::from_millis(1200);

/// The way home of an exploration: starts the app again with its data and goes to its main screen.
#[derive(Debug, Default)]
pub struct MainScreen {
    been: bool,
}

#[async_trait]
impl Home for MainScreen {
    async fn go(&mut self, app: &mut dyn App, recorder: &mut Recorder) -> Result<Screen, Broken> {
        start(app, recorder, Start::Resumed).await?;
        // Only the first time: an app that shows adverts late shows them late on its first screen after a start.
        let watch = if self.been { Duration::ZERO } else { LATE_ADVERT };
        self.been = true;
        reach(app, recorder, watch).await
    }
}

/// Starts the app and records that it was.
pub async fn start(app: &mut dyn App, recorder: &mut Recorder, how: Start) -> Result<(), Broken> {
    recorder.append(Event::AppStarted { how })?;
    Ok(app.start(how).await?)
}

/// Passes whatever stands before the main screen, recording each screen. `watch` is how long to wait on
/// the main screen for something that comes late.
pub async fn reach(app: &mut dyn App, recorder: &mut Recorder, watch: Duration) -> Result<Screen, Broken> {
    let mut left = PROMPTS;
    let mut splash_until = Instant::now() + SPLASH;
    loop {
        let observation = app.observe().await?;
        let seen = recorder.see(&observation)?;
        let screen = observation.screen;
        if left > 0
            && let Some(dialog) = permission::read(&screen)
        {
            left -= 1;
            if asks::refuse(app, recorder, seen.screen, &dialog).await? {
                continue;
            }
        }
        if left > 0
            && let Some(pass) = Pass::of(&screen, &seen)
        {
            left -= 1;
            pass.go(app, recorder, &seen).await?;
            splash_until = Instant::now() + SPLASH;
            continue;
        }
        let splash = screen.elements.iter().all(|element| !element.seen || element.tappable.is_none());
        let wait = if splash { splash_until.saturating_duration_since(Instant::now()) } else { watch };
        if !wait.is_zero() && left > 0 && app.changed(&screen, wait).await?.is_some() {
            // Something came: look again, with a limit so that an app that never rests is not watched for ever.
            left -= 1;
            continue;
        }
        recorder.append(Event::MainReached { screen: seen.screen })?;
        return Ok(screen);
    }
}

/// What a person does to pass one screen.
enum Pass {
    Answer {
        consent: bool,
    },
    /// Ticks what must be ticked, then taps. `consent` where that is agreeing.
    Tap {
        boxes: Vec<Control>,
        control: Control,
        consent: bool,
    },
}

impl Pass {
    fn of(screen: &Screen, seen: &ScreenSeen) -> Option<Pass> {
        let reading = &seen.reading;
        let prompt = reading.prompt.as_ref()?;
        if screen.alert.is_some() {
            return Some(Pass::Answer { consent: prompt.names_policy || is_about_documents(reading) });
        }
        let tappable = |meaning| {
            reading
                .controls
                .iter()
                .find(|control| {
                    let element = &screen.elements[control.element];
                    control.meaning == meaning && element.tap_at.is_some()
                })
                .cloned()
        };
        let boxes = || {
            let off = |(at, tick): (usize, &crate::language::controls::TickBox)| {
                let by_pixels = seen.ticks.get(at).copied().unwrap_or(Tick::Unsure);
                let on =
                    by_pixels == Tick::On || (by_pixels == Tick::Unsure && tick.by_tree == Some(Checked::On));
                (tick.consent && !on).then(|| Control {
                    meaning: Meaning::Agree,
                    element: tick.element,
                    label: tick.label.clone(),
                })
            };
            reading.boxes.iter().enumerate().filter_map(off).collect::<Vec<_>>()
        };
        let asks = prompt.names_policy || is_about_documents(reading);
        if prompt.kind != PromptKind::Form
            && let Some(control) = tappable(Meaning::Agree)
        {
            return Some(Pass::Tap { boxes: boxes(), control, consent: asks });
        }
        if asks
            && prompt.kind != PromptKind::Form
            && let Some(control) = tappable(Meaning::Next)
        {
            return Some(Pass::Tap { boxes: boxes(), control, consent: true });
        }
        let harmless = [Meaning::Skip, Meaning::Next, Meaning::Refuse];
        let control = harmless.into_iter().find_map(tappable)?;
        Some(Pass::Tap { boxes: Vec::new(), control, consent: false })
    }

    async fn go(self, app: &mut dyn App, recorder: &mut Recorder, seen: &ScreenSeen) -> Result<(), Broken> {
        let (operation, consent, by) = match self {
            Pass::Answer { consent } => {
                (Operation::Answer { accept: true }, consent, "the alert's OK".to_owned())
            }
            Pass::Tap { boxes, control, consent } => {
                for tick in boxes {
                    let at = seen.reading.boxes.iter().find(|each| each.element == tick.element);
                    if let Some((x, y)) = at.and_then(|tick| tick.tap_at) {
                        let operation = Operation::Tap { x, y, label: tick.label };
                        perform(app, recorder, seen.screen, &operation).await?;
                    }
                }
                // Ticking can move what stands below the box, and can enable it.
                let now = app.look().await?;
                let Some((x, y)) = where_now(&now, &control) else { return Ok(()) };
                (Operation::Tap { x, y, label: control.label.clone() }, consent, control.label)
            }
        };
        perform(app, recorder, seen.screen, &operation).await?;
        if consent {
            recorder.append(Event::ConsentGiven { screen: seen.screen, by })?;
        }
        Ok(())
    }
}

/// The control on the screen as it is now: at its old place if that still says the same, else by its words.
fn where_now(screen: &Screen, control: &Control) -> Option<(f32, f32)> {
    let same = |at: &usize| {
        screen.elements.get(*at).is_some_and(|e| e.tap_at.is_some()) && screen.label(*at) == control.label
    };
    let at = Some(control.element).filter(same).or_else(|| (0..screen.elements.len()).find(same))?;
    screen.elements[at].tap_at
}

/// The prompt is about documents that one agrees to, not an advert or a tour.
fn is_about_documents(reading: &Reading) -> bool {
    reading.control(Meaning::Agreement).is_some()
        || reading.consent_boxes().next().is_some()
        || reading.implied_consent.is_some()
}

/// Does and records an operation; one that the app refuses is recorded as trouble and lived with.
pub async fn perform(
    app: &mut dyn App,
    recorder: &mut Recorder,
    screen: u32,
    operation: &Operation,
) -> Result<bool, Broken> {
    recorder.append(Event::OperationDone { screen, operation: operation.clone() })?;
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
