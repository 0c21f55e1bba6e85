//! `refuse_permissions`: agrees to the documents and refuses every permission, the system's and the app's own asks for
//! them; tries the same functions as with everything granted; starts again, now and two days later. Then each
//! permission by itself.

use async_trait::async_trait;

use super::context::Context;
use super::probe::{Facts, NOTHING, Probe};
use super::{accept_consent, functions};
use crate::recording::entries::ClockMoved;
use crate::recording::{Event, Outcome};
use crate::session::{Broken, Course, Manner};
use crate::world::Start;

/// Starts on which asking again is looked for (ours).
const STARTS: usize = 2;
/// Permissions that are refused one by one, at most (ours).
const IN_TURN: usize = 4;

/// The probe that refuses permissions.
#[derive(Debug)]
pub struct RefusePermissions;

static FACTS: Facts = Facts {
    name: "refuse_permissions",
    about: "permissions refused, together and in turn, and what can still be done",
    does: (
        "refuses every permission, together and in turn, and opens the same functions again",
        "先一并、再逐项拒绝权限，并重新打开同样的功能",
    ),
    after: &["accept_consent"],
    ..NOTHING
};

#[async_trait]
impl Probe for RefusePermissions {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        let mut found = match with.known.functions.take() {
            Some(found) => found,
            None => match accept_consent::granted(with).await? {
                Ok(found) => found,
                Err(outcome) => return Ok(outcome),
            },
        };
        let manner = Manner::RefusingAsks;
        (with.progress)("starting the app as newly installed, every permission refused");
        with.driven.start(Start::Fresh).await?;
        let all: Vec<String> =
            with.driven.app.settable_permissions().into_iter().map(str::to_owned).collect();
        let course = Course { manner, watch: with.seconds("first_run_watch"), ..Course::default() };
        let own = with.scenario.steps(self.name());
        if own.is_empty() {
            with.driven.reach_main_screen(course).await?;
        } else if let Err(outcome) = super::steps::run(with, own).await? {
            return Ok(outcome);
        }
        functions::try_all(with, &mut found, manner, &all).await?;
        let course = Course { watch: with.seconds("consent_watch"), ..course };
        for at in 1..=STARTS {
            (with.progress)(&format!("starting again after the refusals, {at} of {STARTS}"));
            with.driven.start(Start::Resumed).await?;
            with.driven.reach_main_screen(course).await?;
        }
        let window = with.thresholds.get("ask_window").clamp(0.0, 10_000.0) as u32;
        if with.driven.app.move_clock(window + 1).await? {
            with.driven.recorder.append(Event::ClockMoved(ClockMoved { hours: window + 1 }))?;
            with.driven.start(Start::Resumed).await?;
            with.driven.reach_main_screen(course).await?;
            with.driven.app.move_clock(0).await?;
            with.driven.recorder.append(Event::ClockMoved(ClockMoved { hours: 0 }))?;
        }
        let asked: Vec<String> = with.driven.recorder.refused().iter().cloned().collect();
        if asked.len() > 1 {
            for permission in asked.iter().take(IN_TURN) {
                (with.progress)(&format!("{permission} refused by itself"));
                let refused = [permission.clone()];
                accept_consent::start_with(with, &refused).await?;
                with.driven.reach_main_screen(Course { manner, ..Course::default() }).await?;
                functions::try_all(with, &mut found, manner, &refused).await?;
            }
        }
        with.known.functions = Some(found);
        Ok(Outcome::Complete)
    }
}
