//! What a probe is: what it says of itself, and what it does.

use async_trait::async_trait;

use super::context::{Context, Goals};
use crate::recording::Outcome;
use crate::scenario::Allowed;
use crate::session::Broken;

/// What a probe says of itself. Scenarios, the runner, `candor rules` and the README's table go by this.
pub struct Facts {
    /// Its name in scenarios and in the timeline.
    pub name: &'static str,
    /// What it looks at, for the person who waits.
    pub about: &'static str,
    /// What it does, a line in English and in Chinese.
    pub does: (&'static str, &'static str),
    /// What it looks for in the app as a guest: one walk answers all goals of all probes of a run.
    pub goals: Goals,
    /// It needs an account: it runs without being named only where the scenario has one.
    pub account: bool,
    /// It needs two versions of the app: it runs without being named only where the scenario has them.
    pub versions: bool,
    /// It may come to something that only a person can do, such as a captcha: then `candor run --pause` helps.
    pub person: bool,
    /// What the scenario must allow before it does all that it is about.
    pub leave: Option<Allowed>,
    /// Probes that must have run before, where a run has them.
    pub after: &'static [&'static str],
}

/// A probe that needs nothing and looks for nothing: what each probe's facts begin from.
pub const NOTHING: Facts = Facts {
    name: "",
    about: "",
    does: ("", ""),
    goals: &[],
    account: false,
    versions: false,
    person: false,
    leave: None,
    after: &[],
};

/// One thing done to an app.
#[async_trait]
pub trait Probe: Send + Sync {
    /// Returns what it says of itself.
    fn facts(&self) -> &'static Facts;
    /// Returns its name.
    fn name(&self) -> &'static str {
        self.facts().name
    }
    /// Does it.
    ///
    /// # Errors
    /// When the driver or the disk fails; everything else is an [`Outcome`].
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken>;
}
