//! Ways through the app that the account's probes go: searched for once, walked again afterwards.

use super::signed_in;
use crate::explore::goal::Goal;
use crate::explore::{Answer, Explorer, Limits};
use crate::probes::context::Context;
use crate::recording::entries::SessionLooked;
use crate::recording::{Event, Step};
use crate::screen::operation::Operation;
use crate::session::{Broken, MainScreen};

/// One search of the app as a guest.
pub async fn search(
    with: &mut Context<'_>,
    goal: &dyn Goal,
    depth: usize,
    promising_only: bool,
) -> Result<Answer, Broken> {
    let limits = Limits { promising_only, ..with.limits(depth) };
    let mut home = MainScreen::default();
    Explorer::new(with.driven.lend(), &mut home, with.progress, limits).search(goal).await
}

/// Searches in the account: where labels speak for it first, then everywhere; the app stands on what was reached.
pub async fn find(with: &mut Context<'_>, goal: &dyn Goal) -> Result<Answer, Broken> {
    let depth = with.thresholds.get("search_depth").clamp(1.0, 50.0) as usize;
    let mut answer = None;
    for (depth, promising_only) in [(depth.min(5), true), (depth, false)] {
        let limits = Limits { promising_only, ..with.limits(depth) };
        let mut home = MainScreen::default();
        let explorer = Explorer::new(with.driven.lend(), &mut home, with.progress, limits).signed_in();
        let found = explorer.search(goal).await?;
        if matches!(found, Answer::Reached(_)) {
            return Ok(found);
        }
        answer = Some(found);
    }
    // A walk that fell out of the account on its way proves nothing of what is in it.
    let after = signed_in(with).await?;
    with.driven
        .recorder
        .append(Event::SessionLooked(SessionLooked { signed_in: after.there, screen: after.screen }))?;
    answer.ok_or(Broken::Cancelled)
}

/// The operations of a path.
pub fn operations(path: &[Step]) -> Vec<Operation> {
    path.iter().map(|step| step.operation.clone()).collect()
}
