//! `sign_in_form`: opens the log-in form, where consent boxes live, and touches nothing on it.

use async_trait::async_trait;

use super::context::Context;
use super::probe::{Facts, NOTHING, Probe};
use super::{steps, survey};
use crate::explore::Answer;
use crate::explore::goal::{Goal, SignInForm};
use crate::language::controls;
use crate::recording::Outcome;
use crate::session::Broken;

/// The probe that looks at the log-in form.
#[derive(Debug)]
pub struct SignInForms;

static FACTS: Facts = Facts {
    name: "sign_in_form",
    about: "the log-in form, untouched",
    does: ("opens the log-in form and touches nothing on it", "打开登录表单，不作任何操作"),
    goals: &[&SignInForm],
    ..NOTHING
};

#[async_trait]
impl Probe for SignInForms {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        let own = with.scenario.steps(self.name());
        if !own.is_empty() {
            with.driven.go_to_main_screen().await?;
            if let Err(outcome) = steps::run(with, own).await? {
                return Ok(outcome);
            }
            let observation = with.driven.app.observe().await?;
            let screen = with.driven.record(&observation)?.screen;
            return Ok(if SignInForm.reached(&observation.screen, None) {
                Outcome::Complete
            } else {
                Outcome::Incomplete(format!(
                    "the scenario's steps end on screen {screen}, which shows no log-in form"
                ))
            });
        }
        if let Answer::Reached(reached) = survey::answer(with, &SignInForm).await? {
            let Some((screen, _)) = survey::go_to(with, &SignInForm, &reached).await? else {
                return Ok(Outcome::Incomplete(format!(
                    "the way to the log-in form on screen {} leads elsewhere now",
                    reached.screen
                )));
            };
            // A box may be ticked a moment after the form came: what the person finds when filling it in counts.
            if controls::read(&screen).consent_boxes().next().is_some() {
                with.driven.app.changed(&screen, with.seconds("consent_watch")).await?;
                with.driven.see().await?;
            }
        }
        Ok(Outcome::Complete)
    }
}
