//! What may be done in the account: whose it is, and what the scenario allows.

use crate::app::careful::Hand;
use crate::probes::context::Context;
use crate::scenario::Allowed;
use crate::session::Broken;
use crate::world::guard::Guard;

/// Whether the account may be cancelled: the scenario says so, and nobody loses it.
pub fn may_cancel(with: &Context<'_>) -> bool {
    with.scenario.allows(Allowed::DeleteAccount) && is_expendable(with)
}

/// Why something was not done in an account.
pub const SOMEBODYS_OWN: &str = "the account is somebody's own (`account.register`, `account.disposable: true` or, for walks, `guard: strict` in the scenario allow it)";

/// Whether nobody loses anything with this account: this run registered it, or the scenario calls it disposable.
pub fn is_expendable(with: &Context<'_>) -> bool {
    let own = with.known.account.as_ref().is_some_and(|entered| entered.registered);
    own || with.scenario.account.as_ref().is_some_and(|account| account.disposable)
}

/// Whether candor may walk through the account by itself.
///
/// # Errors
/// When the driver fails.
pub async fn may_walk(with: &mut Context<'_>) -> Result<bool, Broken> {
    if is_expendable(with) {
        return Ok(true);
    }
    // A guard that cannot hold anything back allows nothing.
    let works = with.driven.app.guard() == Guard::Strict && with.driven.app.set_guard(Guard::Strict).await?;
    with.driven.app.set_hand(Hand::Guided).await?;
    Ok(works)
}
