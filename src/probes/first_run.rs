//! `first_run`: what a person sees from a cleared install to the main screen.

use async_trait::async_trait;

use super::context::Context;
use super::probe::{Facts, NOTHING, Probe};
use super::steps;
use crate::recording::entries::{MainReached, PermissionStates};
use crate::recording::{Event, Outcome};
use crate::session::{Broken, Course};
use crate::world::Start;

/// The first-run probe.
#[derive(Debug)]
pub struct FirstRun;

static FACTS: Facts = Facts {
    name: "first_run",
    about: "first run, from a cleared install to the main screen",
    does: (
        "starts the app as newly installed, passes prompts, adverts and tours to the main screen",
        "以新安装状态启动应用，越过提示、广告和引导，直到主界面",
    ),
    ..NOTHING
};

#[async_trait]
impl Probe for FirstRun {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        (with.progress)("starting the app as newly installed");
        with.driven.start(Start::Fresh).await?;
        let own = with.scenario.steps(self.name());
        if own.is_empty() {
            (with.progress)("passing what stands before the main screen");
            let course = Course {
                watch: with.seconds("first_run_watch"),
                before_consent: with.seconds("consent_watch"),
                ..Course::default()
            };
            with.driven.reach_main_screen(course).await?;
            if let Some(states) = with.driven.app.permissions().await? {
                with.driven.recorder.append(Event::PermissionStates(PermissionStates { states }))?;
            }
            return Ok(Outcome::Complete);
        }
        if let Err(outcome) = steps::run(with, own).await? {
            return Ok(outcome);
        }
        let observation = with.driven.app.observe().await?;
        let screen = with.driven.record(&observation)?.screen;
        with.driven.recorder.append(Event::MainReached(MainReached { screen }))?;
        Ok(Outcome::Complete)
    }
}
