//! From a start of the app to its main screen: past splash, prompts, adverts and tours, as a person goes.

use std::time::Duration;

use async_trait::async_trait;
use tracing::info;

use super::asks::SAME_ASKS;
use super::broken::Broken;
use super::course::{Course, Manner};
use super::driven::Driven;
use super::home::Home;
use super::pass::{Consent, Pass};
use crate::language::permission;
use crate::recording::entries::{MainReached, RefusalOutcome};
use crate::recording::{Afterwards, Event};
use crate::screen::Screen;
use crate::world::Start;

/// Prompts passed on one start before the app is taken to stand on its main screen all the same.
const PROMPTS: usize = 14;
/// How long a splash may stand (s; ours).
const SPLASH: Duration = Duration::from_secs(12);
/// How long an advert may take to come over the main screen (ms; ours).
const LATE_ADVERT: Duration = Duration::from_millis(1200);

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
    async fn go(&mut self, driven: &mut Driven<'_>) -> Result<Screen, Broken> {
        driven.start(Start::Resumed).await?;
        // Only the first time: an app that shows adverts late shows them late on its first screen after a start.
        let watch = if self.been { Duration::ZERO } else { LATE_ADVERT };
        self.been = true;
        driven.reach_main_screen(Course { manner: self.manner, watch, ..Course::default() }).await
    }
}

/// Where passing ended.
pub struct Passed {
    pub screen: Screen,
    pub number: u32,
    /// The app repeats an ask that was refused, and nothing else can be done.
    pub asks_on: bool,
}

impl Driven<'_> {
    /// Goes to the main screen from a start of the app with its data.
    ///
    /// # Errors
    /// When the driver or the disk fails.
    pub async fn go_to_main_screen(&mut self) -> Result<Screen, Broken> {
        MainScreen::default().go(self).await
    }

    /// Passes whatever stands before the main screen, recording each screen.
    ///
    /// # Errors
    /// When the driver or the disk fails.
    pub async fn reach_main_screen(&mut self, course: Course) -> Result<Screen, Broken> {
        let passed = self.pass(course).await?;
        if !passed.asks_on {
            self.recorder.append(Event::MainReached(MainReached { screen: passed.number }))?;
        }
        Ok(passed.screen)
    }

    /// Passes what stands in the way, each screen recorded, until nothing does.
    ///
    /// # Errors
    /// When the driver or the disk fails.
    pub async fn pass(&mut self, course: Course) -> Result<Passed, Broken> {
        let mut left = PROMPTS;
        let mut splash_until = self.app.now() + SPLASH;
        let mut before_consent = course.before_consent;
        let mut refused: Vec<String> = Vec::new();
        loop {
            let observation = self.app.observe().await?;
            let seen = self.record(&observation)?;
            if course.manner != Manner::Agreeing {
                self.refuse_for_platform(seen.screen, &observation.accesses).await?;
            }
            let screen = observation.screen;
            if left > 0
                && let Some(dialog) = permission::read(&screen)
            {
                left -= 1;
                if self.refuse_ask(seen.screen, &dialog).await? {
                    continue;
                }
            }
            let found = if left > 0 { Pass::of(&screen, &seen, course) } else { None };
            if let Some(pass) = found {
                left -= 1;
                if pass.consent == Consent::Given && !before_consent.is_zero() {
                    let waited = std::mem::take(&mut before_consent);
                    if self.app.changed(&screen, waited).await?.is_some() {
                        continue;
                    }
                    // What was called for while we waited must stand before the consent.
                    self.note_calls()?;
                    if seen.reading.consent_boxes().next().is_some() {
                        // A box may have been ticked meanwhile: what the person finds when answering counts.
                        continue;
                    }
                }
                let refusing = matches!(pass.consent, Consent::Refused(_))
                    || (pass.consent == Consent::NotAsked
                        && pass.ask.as_ref().is_some_and(|ask| !ask.agreed));
                let text = seen.reading.prompt.as_ref().map(|prompt| prompt.text.clone()).unwrap_or_default();
                if refusing && refused.iter().filter(|known| **known == text).count() >= SAME_ASKS {
                    let outcome = Afterwards::AsksOn;
                    self.recorder
                        .append(Event::AfterRefusal(RefusalOutcome { screen: seen.screen, outcome }))?;
                    return Ok(Passed { screen, number: seen.screen, asks_on: true });
                }
                refused.extend(refusing.then_some(text));
                info!("screen {} stands in the way and is passed: {}", seen.screen, pass.describe());
                pass.go(self, &seen).await?;
                splash_until = self.app.now() + SPLASH;
                continue;
            }
            let splash = !course.inside
                && screen.elements.iter().all(|element| !element.seen || element.tappable.is_none());
            let wait = if splash { splash_until.saturating_sub(self.app.now()) } else { course.watch };
            if !wait.is_zero() && left > 0 && self.app.changed(&screen, wait).await?.is_some() {
                // Something came: look again, with a limit so that an app that never rests is not watched for ever.
                left -= 1;
                continue;
            }
            return Ok(Passed { screen, number: seen.screen, asks_on: false });
        }
    }
}
