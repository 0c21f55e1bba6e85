//! What both changes have in common: the way to where each is made, and how long the app is given to keep it.

use std::time::Duration;

use crate::explore::Answer;
use crate::explore::goal::Goal;
use crate::probes::context::Context;
use crate::probes::{account, steps};
use crate::recording::account::{Change, InformationChanged, Lasted};
use crate::recording::{Outcome, Step};
use crate::session::Broken;

/// How long the app is given to keep what was saved (ours).
pub const KEEP: Duration = Duration::from_millis(600);

/// The way to where a change is made: by the auditor's steps, else by a search.
pub async fn way_to(
    with: &mut Context<'_>,
    own: &[serde_saphyr::Spanned<crate::scenario::Step>],
    goal: &dyn Goal,
) -> Result<Result<Result<Vec<Step>, Lasted>, Outcome>, Broken> {
    if !own.is_empty() {
        with.driven.go_to_main_screen().await?;
        return Ok(steps::run(with, own).await?.map(Ok));
    }
    if !account::may_walk(with).await? {
        let why =
            format!("where it is was not looked for: {}; `steps` can lead there", account::SOMEBODYS_OWN);
        return Ok(Err(Outcome::Incomplete(why)));
    }
    Ok(Ok(match account::find(with, goal).await? {
        Answer::Reached(reached) => Ok(reached.path),
        Answer::RuledOut(ruled_out) if ruled_out.stopped.is_none() && !ruled_out.promising_only => {
            Err(Lasted::NoEntry)
        }
        Answer::RuledOut(_) => Err(Lasted::NotFound),
    }))
}

/// A change of which nothing is known yet.
pub fn unproven(change: Change, what: &str) -> InformationChanged {
    InformationChanged {
        change,
        what: what.to_owned(),
        lasted: Lasted::Unclear,
        path: vec![],
        before: 0,
        after: 0,
        says: String::new(),
        elsewhere: None,
        wanted: String::new(),
    }
}

/// Four letters that a text does not have.
pub fn unlike(text: &str) -> String {
    let mut bytes = [0u8; 2];
    loop {
        if getrandom::fill(&mut bytes).is_err() {
            return "candor".to_owned();
        }
        let word = hex::encode(bytes);
        if !text.contains(&word) {
            return word;
        }
    }
}
