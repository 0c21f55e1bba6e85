//! What is done to an app, one file per probe. A probe does and records; what it means is for the rules.

mod accept_consent;
mod account;
mod cancel_entry;
mod cancelling;
mod codes;
mod complaint_channel;
mod correct_information;
mod delete_account;
mod find_policy;
mod first_run;
mod functions;
mod read_policy;
mod refuse_consent;
mod refuse_permissions;
mod sign_in_form;
mod steps;
pub(crate) mod survey;
mod targeted_push;
mod withdraw_consent;

use std::time::Duration;

use async_trait::async_trait;

use crate::app::{App, Sessions};
use crate::explore::goal::Goal;
use crate::explore::{Answer, Limits};
use crate::recording::Outcome;
use crate::scenario::Scenario;
use crate::scenario::account::Values;
use crate::screen::operation::Operation;
use crate::session::{Broken, Driven};
use crate::thresholds::Thresholds;

/// What a probe works with.
pub struct Context<'a> {
    /// The app with its record.
    pub driven: Driven<'a>,
    pub scenario: &'a Scenario,
    pub thresholds: &'a Thresholds,
    /// Told what is being done now, for the person who waits.
    pub progress: &'a (dyn Fn(&str) + Send + Sync),
    /// What is typed, by name; never written.
    pub values: &'a Values,
    /// Opens further sessions of the app.
    pub sessions: &'a dyn Sessions,
    /// A person sits before the visible browser.
    pub pause: bool,
    /// What earlier probes of this run know.
    pub known: &'a mut Known,
}

/// What one probe hands on to the next within a run.
#[derive(Debug, Default)]
pub struct Known {
    /// Number of the screen that shows the policy, while the app still stands on it.
    pub policy_open: Option<u32>,
    /// How the app's account was come into.
    account: Option<account::Entered>,
    /// From the main screen to the log-in form, as a guest goes; empty where it is not known.
    sign_in_way: Vec<Operation>,
    /// What the app was explored for so far, each goal once.
    pub answers: Vec<Answer>,
    /// The app was walked, or was tried to be walked, in the account as well.
    walked_inside: bool,
    /// The app's functions, and what they show with everything granted.
    functions: Option<Vec<functions::Function>>,
}

impl Known {
    /// What the search for a goal ended with; `None` where the app was not explored for it.
    pub fn answer(&self, goal: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.goal() == goal)
    }
}

impl Context<'_> {
    /// The same run in another session of the app.
    fn of<'b>(&'b mut self, app: &'b mut dyn App) -> Context<'b> {
        Context {
            driven: self.driven.in_session(app),
            scenario: self.scenario,
            thresholds: self.thresholds,
            progress: self.progress,
            values: self.values,
            sessions: self.sessions,
            pause: self.pause,
            known: self.known,
        }
    }

    /// A threshold in seconds, within reason.
    fn seconds(&self, threshold: &str) -> Duration {
        Duration::from_secs_f64(self.thresholds.get(threshold).clamp(0.0, 600.0))
    }

    /// How far an exploration of `depth` operations may go.
    fn limits(&self, depth: usize) -> Limits {
        let limits = self.scenario.limits;
        Limits {
            depth,
            operations: limits.operations,
            time: Duration::from_secs_f64((limits.minutes * 60.0).clamp(1.0, 86_400.0)),
            promising_only: false,
            enough: match self.scenario.shortest {
                true => 0,
                false => self.thresholds.get("max_operations").clamp(0.0, 50.0) as usize,
            },
        }
    }
}

/// One thing done to an app.
#[async_trait]
pub trait Probe: Send + Sync {
    /// Its name in scenarios and in the timeline.
    fn name(&self) -> &'static str;
    /// What it does, for the person who waits.
    fn about(&self) -> &'static str;
    /// What it looks for in the app as a guest: one walk answers all goals of all probes of a run.
    fn goals(&self) -> &'static [&'static dyn Goal] {
        &[]
    }
    /// Does it.
    ///
    /// # Errors
    /// When the driver or the disk fails; everything else is an [`Outcome`].
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken>;
}

/// Every probe, in the order in which they run.
pub fn all() -> [&'static dyn Probe; 12] {
    [
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
        &correct_information::CorrectInformation,
        &delete_account::DeleteAccount,
    ]
}

#[cfg(test)]
mod tests {
    #[test]
    fn scenarios_name_the_probes_that_exist_in_their_order() {
        assert_eq!(super::all().map(|probe| probe.name()), crate::scenario::PROBES);
    }
}
