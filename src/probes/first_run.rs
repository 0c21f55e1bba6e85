//! `first_run`: what a person sees from a cleared install to the main screen.

use async_trait::async_trait;

use super::{Context, Probe, steps};
use crate::recording::{Event, Outcome};
use crate::session::Broken;
use crate::session::Course;
use crate::session::hand;
use crate::session::main_screen;
use crate::world::Start;

/// The first-run probe.
#[derive(Debug)]
pub struct FirstRun;

#[async_trait]
impl Probe for FirstRun {
    fn name(&self) -> &'static str {
        "first_run"
    }
    fn about(&self) -> &'static str {
        "first run, from a cleared install to the main screen"
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        (with.progress)("starting the app as newly installed");
        hand::start(with.app, with.recorder, Start::Fresh).await?;
        let own = with.scenario.steps(self.name());
        if own.is_empty() {
            (with.progress)("passing what stands before the main screen");
            let course = Course {
                watch: with.seconds("first_run_watch"),
                before_consent: with.seconds("consent_watch"),
                ..Course::default()
            };
            main_screen::reach(with.app, with.recorder, course).await?;
            if let Some(states) = with.app.permissions().await? {
                with.recorder.append(Event::PermissionStates { states })?;
            }
            return Ok(Outcome::Complete);
        }
        if let Err(outcome) = steps::run(with, own).await? {
            return Ok(outcome);
        }
        let observation = with.app.observe().await?;
        let screen = with.recorder.see(&observation)?.screen;
        with.recorder.append(Event::MainReached { screen })?;
        Ok(Outcome::Complete)
    }
}
