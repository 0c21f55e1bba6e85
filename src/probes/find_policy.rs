//! `find_policy`: the fewest operations from the main screen to the policy's text.

use async_trait::async_trait;

use super::{Context, Probe, main_screen::MainScreen, steps};
use crate::explore::goal::{Goal as _, PolicyText};
use crate::explore::{Answer, Broken, Explorer, Home as _};
use crate::recording::{Breadth, Event, GoalReached, Outcome};

/// The probe that searches for the policy.
#[derive(Debug)]
pub struct FindPolicy;

#[async_trait]
impl Probe for FindPolicy {
    fn name(&self) -> &'static str {
        "find_policy"
    }
    fn about(&self) -> &'static str {
        "shortest way from the main screen to the policy"
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        with.known.policy_open = None;
        let own = with.scenario.steps(self.name());
        if !own.is_empty() {
            MainScreen::default().go(with.app, with.recorder).await?;
            let path = match steps::run(with, own).await? {
                Ok(path) => path,
                Err(outcome) => return Ok(outcome),
            };
            let observation = with.app.observe().await?;
            let screen = with.recorder.see(&observation)?.screen;
            let way = path.last().map(|step| step.operation.to_string());
            if !PolicyText.reached(&observation.screen, way.as_deref()) {
                return Ok(Outcome::Incomplete(format!(
                    "the scenario's steps end on screen {screen}, which does not show a privacy policy"
                )));
            }
            with.known.policy_open = Some(screen);
            // The auditor's own way is a way, not proof that there is no shorter one.
            with.recorder.append(Event::GoalReached(GoalReached {
                goal: PolicyText.name().to_owned(),
                path,
                screen,
                shortest: false,
                breadth: Breadth::default(),
            }))?;
            return Ok(Outcome::Complete);
        }
        let depth = with.thresholds.get("search_depth").clamp(1.0, 50.0) as usize;
        let limits = with.limits(depth);
        let mut home = MainScreen::default();
        let explorer = Explorer::new(with.app, with.recorder, &mut home, with.progress, limits);
        match explorer.search(&PolicyText).await? {
            Answer::Reached(reached) => {
                with.known.policy_open = Some(reached.screen);
                with.recorder.append(Event::GoalReached(reached))?;
            }
            Answer::RuledOut(ruled_out) => {
                with.recorder.append(Event::GoalRuledOut(ruled_out))?;
            }
        }
        Ok(Outcome::Complete)
    }
}
