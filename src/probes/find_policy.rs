//! `find_policy`: the fewest operations from the main screen to the policy's text.

use async_trait::async_trait;

use super::context::Context;
use super::probe::{Facts, NOTHING, Probe};
use super::{steps, survey};
use crate::explore::Answer;
use crate::explore::goal::{Goal, PolicyText};
use crate::recording::{Breadth, Event, GoalReached, Outcome};
use crate::session::Broken;

/// The probe that searches for the policy.
#[derive(Debug)]
pub struct FindPolicy;

static FACTS: Facts = Facts {
    name: "find_policy",
    about: "the way from the main screen to the policy",
    does: ("searches for the fewest operations to the policy's text", "寻找到达隐私政策正文的最少操作"),
    goals: &[&PolicyText],
    ..NOTHING
};

#[async_trait]
impl Probe for FindPolicy {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        with.known.policy_open = None;
        let own = with.scenario.steps(self.name());
        if !own.is_empty() {
            with.driven.go_to_main_screen().await?;
            let path = match steps::run(with, own).await? {
                Ok(path) => path,
                Err(outcome) => return Ok(outcome),
            };
            let observation = with.driven.app.observe().await?;
            let screen = with.driven.record(&observation)?.screen;
            let way = path.last().map(|step| step.operation.to_string());
            if !PolicyText.reached(&observation.screen, way.as_deref()) {
                return Ok(Outcome::Incomplete(format!(
                    "the scenario's steps end on screen {screen}, which does not show a privacy policy"
                )));
            }
            with.known.policy_open = Some(screen);
            // The auditor's own way is a way, not proof that there is no shorter one.
            with.driven.recorder.append(Event::GoalReached(GoalReached {
                goal: PolicyText.name().to_owned(),
                path,
                screen,
                shortest: false,
                none_within: 0,
                breadth: Breadth::default(),
            }))?;
            return Ok(Outcome::Complete);
        }
        // A way counts when it leads there again, from a start of its own.
        if let Answer::Reached(reached) = survey::answer(with, &PolicyText).await? {
            let replayed = survey::go_to(with, &PolicyText, &reached).await?;
            with.known.policy_open = replayed.map(|(_, screen)| screen);
        }
        Ok(Outcome::Complete)
    }
}
