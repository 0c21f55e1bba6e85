//! `delete_account`: finds where the account is cancelled, records what that costs, does it where the scenario allows
//! it, and looks what is left.

mod following;
mod marks;
mod what_is_left;

use async_trait::async_trait;

use self::following::follow_entry;
use self::what_is_left::{Before, look_after, prepare};
use super::account;
use super::cancel_entry::SeenOnTheWay;
use super::context::Context;
use super::probe::{Facts, Probe};
use crate::app::App;
use crate::recording::account::Progress;
use crate::recording::entries::SessionChanged;
use crate::recording::{Event, Outcome};
use crate::scenario::Allowed;
use crate::session::Broken;

/// The probe that cancels the account.
#[derive(Debug)]
pub struct DeleteAccount;

static FACTS: Facts = Facts {
    name: "delete_account",
    about: "where the account is cancelled, what that costs, and what is left",
    does: (
        "finds where the account is cancelled and what that costs; with `allow: [delete_account]` does it and looks what is left",
        "找到注销账号的入口及其条件；在 `allow: [delete_account]` 时完成注销并查看所余",
    ),
    goals: &[&SeenOnTheWay],
    account: true,
    person: true,
    leave: Some(Allowed::DeleteAccount),
    after: &["correct_information"],
    versions: false,
};

#[async_trait]
impl Probe for DeleteAccount {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        if let Err(outcome) = account::ensure(with).await? {
            return Ok(outcome);
        }
        let may = account::may_cancel(with);
        let mut other = None;
        let mut before = Before::default();
        if may {
            (with.progress)("logging in a second time, in a session that knows nothing");
            other = account::other_session(with).await?;
            if let Some(app) = &mut other {
                let prepared = prepare(&mut with.of(app.as_mut())).await;
                match prepared {
                    Ok(known) => before = known,
                    Err(e) => {
                        app.stop().await;
                        return Err(e);
                    }
                }
                with.driven
                    .recorder
                    .append(Event::SessionChanged(SessionChanged { session: "first".to_owned() }))?;
            }
        }
        let result = cancel(with, may, &mut other, &before).await;
        if let Some(app) = &mut other {
            app.stop().await;
        }
        result
    }
}

/// Goes through the cancellation, and where it was confirmed looks what is left.
async fn cancel(
    with: &mut Context<'_>,
    may: bool,
    other: &mut Option<Box<dyn App>>,
    before: &Before,
) -> Result<Outcome, Broken> {
    let cancellation = match follow_entry(with, may).await? {
        Ok(cancellation) => cancellation,
        Err(outcome) => return Ok(outcome),
    };
    let (progress, confirmed) = (cancellation.progress, cancellation.confirmed);
    let says = cancellation.says.clone();
    with.driven.recorder.append(Event::Cancellation(cancellation))?;
    if confirmed {
        // A request that waits is undone by logging in, so only what cannot undo it is looked at.
        let waits = progress == Progress::Requested;
        (with.progress)("looking what is left of the account");
        match other {
            Some(app) => {
                with.driven
                    .recorder
                    .append(Event::SessionChanged(SessionChanged { session: "second".to_owned() }))?;
                look_after(&mut with.of(app.as_mut()), before, waits).await?;
                with.driven
                    .recorder
                    .append(Event::SessionChanged(SessionChanged { session: "first".to_owned() }))?;
            }
            None => look_after(with, before, waits).await?,
        }
        with.known.account = None;
    }
    Ok(match progress {
        Progress::NeedsPerson | Progress::Lacks => Outcome::Incomplete(says),
        _ => Outcome::Complete,
    })
}
