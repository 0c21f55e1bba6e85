//! What is done to an app, one file per probe. A probe does and records; what it means is for the rules.

mod accept_consent;
mod account;
mod cancel_entry;
mod cancelling;
mod choices;
mod codes;
mod complaint_channel;
mod context;
mod correct_information;
mod delete_account;
mod find_policy;
mod first_run;
mod functions;
mod probe;
mod read_policy;
mod refuse_consent;
mod refuse_permissions;
mod sign_in_form;
mod steps;
pub(crate) mod survey;
mod targeted_push;
mod upgrade;
mod withdraw_consent;

use std::sync::LazyLock;

use crate::scenario::{self, Scenario, ScenarioError};

pub use context::{Context, Goals, Known};
pub use probe::{Facts, NOTHING, Probe};

/// Every probe, in the order in which they run.
pub static ALL: &[&dyn Probe] = &[
    &first_run::FirstRun,
    &find_policy::FindPolicy,
    &read_policy::ReadPolicy,
    &sign_in_form::SignInForms,
    &refuse_consent::RefuseConsent,
    &accept_consent::AcceptConsent,
    &refuse_permissions::RefusePermissions,
    &targeted_push::TargetedPush,
    &complaint_channel::ComplaintChannel,
    &withdraw_consent::WithdrawConsent,
    &upgrade::Upgrade,
    &correct_information::CorrectInformation,
    &delete_account::DeleteAccount,
];

static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| ALL.iter().map(|probe| probe.name()).collect());

/// Returns the names of all probes.
pub fn names() -> &'static [&'static str] {
    &NAMES
}

/// Returns the probes that a scenario runs, in their order: those that it names, or else every one that needs no help.
pub fn chosen(scenario: &Scenario) -> Vec<&'static dyn Probe> {
    let unasked = |probe: &dyn Probe| {
        (!probe.facts().account || scenario.account.is_some())
            && (!probe.facts().versions || scenario.upgrade.is_some())
    };
    let runs = |probe: &&dyn Probe| scenario.names_probe(probe.name()).unwrap_or_else(|| unasked(*probe));
    ALL.iter().copied().filter(runs).collect()
}

/// Returns the names of the probes that a scenario runs.
pub fn chosen_names(scenario: &Scenario) -> Vec<&'static str> {
    chosen(scenario).iter().map(|probe| probe.name()).collect()
}

/// Returns the names of the probes that a scenario runs, with what each looks for.
pub fn wanted(scenario: &Scenario) -> Vec<(&'static str, Goals)> {
    chosen(scenario).iter().map(|probe| (probe.name(), probe.facts().goals)).collect()
}

/// Reads a scenario from its text; `shown` names it in errors.
///
/// # Errors
/// When it says something that a scenario cannot say.
#[allow(clippy::result_large_err, reason = "a scenario is read once a run")]
pub fn read_scenario(text: &str, shown: &str) -> Result<Scenario, ScenarioError> {
    scenario::read_text(text, shown, names())
}

#[cfg(test)]
#[path = "register_tests.rs"]
mod tests;
