//! `complaint_channel`: looks for a channel for complaints in the app. What the policy's text offers is read by
//! `read_policy`; both are judged together.

use async_trait::async_trait;

use super::context::Context;
use super::probe::{Facts, NOTHING, Probe};
use super::{steps, survey};
use crate::explore::Answer;
use crate::explore::goal::{ComplaintChannel as Channel, Goal};
use crate::recording::{Breadth, Event, GoalReached, Outcome};
use crate::session::Broken;

/// The probe that looks for a channel.
#[derive(Debug)]
pub struct ComplaintChannel;

static FACTS: Facts = Facts {
    name: "complaint_channel",
    about: "where one can complain",
    does: (
        "looks for a phone, mail or form for complaints in the app; the policy's text is read for one as well",
        "在应用内寻找投诉电话、邮箱或表单；隐私政策中的渠道也会读取",
    ),
    goals: &[&Channel],
    ..NOTHING
};

#[async_trait]
impl Probe for ComplaintChannel {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        let own = with.scenario.steps(self.name());
        if own.is_empty() {
            let answer = survey::answer(with, &Channel).await?;
            if let Answer::Reached(reached) = answer {
                (with.progress)("looking at the channel");
                survey::go_to(with, &Channel, &reached).await?;
            }
            return Ok(Outcome::Complete);
        }
        with.driven.go_to_main_screen().await?;
        let path = match steps::run(with, own).await? {
            Ok(path) => path,
            Err(outcome) => return Ok(outcome),
        };
        let observation = with.driven.app.observe().await?;
        let screen = with.driven.record(&observation)?.screen;
        if !Channel.reached(&observation.screen, None) {
            return Ok(Outcome::Incomplete(format!(
                "the scenario's steps end on screen {screen}, which shows no phone, mail or form for complaints"
            )));
        }
        with.driven.recorder.append(Event::GoalReached(GoalReached {
            goal: Channel.name().to_owned(),
            path,
            screen,
            shortest: false,
            none_within: 0,
            breadth: Breadth::default(),
        }))?;
        Ok(Outcome::Complete)
    }
}
