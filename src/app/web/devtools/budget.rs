//! The command that gives a page a budget of virtual time, and its parameters.

use serde_json::{Value, json};

/// The command that gives a budget.
pub const POLICY: &str = "Emulation.setVirtualTimePolicy";
/// The page's clock stands while requests are under way.
pub const WAITING: &str = "pauseIfNetworkFetchesPending";
/// The page's clock runs whatever is under way.
pub const HURRYING: &str = "advance";
/// The budget of a worker, ms: its page's clock holds it.
pub const WITHOUT_END: u64 = 1_000_000_000;

/// The parameters of [`POLICY`] for a budget, ms.
pub fn budget(policy: &str, time: u64) -> Value {
    json!({"policy": policy, "budget": time})
}
