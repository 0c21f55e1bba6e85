//! `sign_in_form`: opens the log-in form, where consent boxes live, and touches nothing on it.

use async_trait::async_trait;

use super::{Context, Probe, main_screen::MainScreen, steps};
use crate::explore::goal::{Goal as _, SignInForm};
use crate::explore::{Answer, Broken, Explorer, Home as _};
use crate::recording::{Event, Outcome};

/// Deep enough for any log-in: a person who wants to log in is led there.
const DEPTH: usize = 3;

/// The probe that looks at the log-in form.
#[derive(Debug)]
pub struct SignInForms;

#[async_trait]
impl Probe for SignInForms {
    fn name(&self) -> &'static str {
        "sign_in_form"
    }
    fn about(&self) -> &'static str {
        "the log-in form, untouched"
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        let own = with.scenario.steps(self.name());
        if !own.is_empty() {
            MainScreen::default().go(with.app, with.recorder).await?;
            if let Err(outcome) = steps::run(with, own).await? {
                return Ok(outcome);
            }
            let observation = with.app.observe().await?;
            let screen = with.recorder.see(&observation)?.screen;
            return Ok(if SignInForm.reached(&observation.screen, None) {
                Outcome::Complete
            } else {
                Outcome::Incomplete(format!(
                    "the scenario's steps end on screen {screen}, which shows no log-in form"
                ))
            });
        }
        let mut limits = with.limits(DEPTH);
        limits.promising_only = true;
        let mut home = MainScreen::default();
        let explorer = Explorer::new(with.app, with.recorder, &mut home, with.progress, limits);
        let event = match explorer.search(&SignInForm).await? {
            Answer::Reached(reached) => Event::GoalReached(reached),
            Answer::RuledOut(ruled_out) => Event::GoalRuledOut(ruled_out),
        };
        let reached = matches!(event, Event::GoalReached(_));
        with.recorder.append(event)?;
        if reached {
            // A box may be ticked a moment after the form came: what the person finds when filling it in counts.
            let observation = with.app.observe().await?;
            if with.recorder.see(&observation)?.reading.consent_boxes().next().is_some() {
                with.app.changed(&observation.screen, with.seconds("consent_watch")).await?;
                let later = with.app.observe().await?;
                with.recorder.see(&later)?;
            }
        }
        Ok(Outcome::Complete)
    }
}
