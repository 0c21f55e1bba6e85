//! `sign_in_form`: opens the log-in form and the form for registering behind it, where consent boxes live, and touches nothing
//! on them.

use async_trait::async_trait;

use super::context::Context;
use super::probe::{Facts, NOTHING, Probe};
use super::{steps, survey};
use crate::app::careful::Hand;
use crate::explore::Answer;
use crate::explore::goal::{Goal, SignInForm};
use crate::language::danger::Place;
use crate::language::lexicon::Meaning;
use crate::language::{controls, rights};
use crate::recording::Outcome;
use crate::screen::operation::Operation;
use crate::screen::{Role, Screen};
use crate::session::Broken;

/// The probe that looks at the log-in form.
#[derive(Debug)]
pub struct SignInForms;

static FACTS: Facts = Facts {
    name: "sign_in_form",
    about: "the log-in form, untouched",
    does: (
        "opens the log-in form, and the form for registering behind it, and touches nothing on them",
        "打开登录表单及其后的注册表单，不作任何操作",
    ),
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
            watch_boxes(with, &screen).await?;
            turn_to_registration(with, &screen).await?;
        }
        Ok(Outcome::Complete)
    }
}

/// A box may be ticked a moment after the form came: what the person finds when filling it in counts.
async fn watch_boxes(with: &mut Context<'_>, screen: &Screen) -> Result<(), Broken> {
    if controls::read(screen).consent_boxes().next().is_some() {
        with.driven.app.changed(screen, with.seconds("consent_watch")).await?;
        with.driven.see().await?;
    }
    Ok(())
}

/// Goes on to the form for registering, where a control leads there from the one for logging in and sends nothing: it may have
/// boxes of its own.
async fn turn_to_registration(with: &mut Context<'_>, screen: &Screen) -> Result<(), Broken> {
    // Where nothing logs in beside it, this is the form for registering. A button is left: it may register whoever the phone
    // says one is.
    let beside = !rights::controls(screen, Meaning::LogIn).is_empty();
    let leads = |found: &rights::Found| beside && screen.elements[found.element].role != Role::Button;
    let Some(way) = rights::controls(screen, Meaning::Register).into_iter().find(leads) else {
        return Ok(());
    };
    (with.progress)("looking at the form for registering");
    let number = with.driven.recorder.last_screen();
    let operation = Operation::Tap { x: way.at.0, y: way.at.1, label: way.label };
    let works = with.driven.app.set_hand(Hand::Walking(Place::Guest)).await?;
    with.driven.recorder.guarding(with.driven.app.guard(), works)?;
    if with.driven.perform(number, &operation).await? {
        let (there, _) = with.driven.see().await?;
        with.driven.note_held_back(number, &operation)?;
        watch_boxes(with, &there).await?;
    }
    with.driven.app.set_hand(Hand::Guided).await?;
    Ok(())
}
