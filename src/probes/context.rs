//! What a probe works with, and what probes of one run hand on to each other.

use std::time::Duration;

use crate::app::{App, Sessions};
use crate::explore::goal::Goal;
use crate::explore::{Answer, Limits};
use crate::scenario::Scenario;
use crate::scenario::Values;
use crate::screen::Identity;
use crate::screen::operation::Operation;
use crate::session::Driven;
use crate::thresholds::Thresholds;

/// How the account was come into.
#[derive(Debug, Clone)]
pub struct Entered {
    /// This run registered it.
    pub registered: bool,
}

/// A function of the app.
#[derive(Debug, Clone)]
pub struct Function {
    pub name: String,
    pub way: WayIn,
    /// Permissions that it needs, where the scenario says so.
    pub needs: Option<Vec<String>>,
    /// What it showed when everything was granted.
    pub shown: Option<Identity>,
}

/// How a function is opened from the main screen.
#[derive(Debug, Clone)]
pub enum WayIn {
    /// The label that is tapped on the main screen.
    Tap(String),
    /// The scenario's steps, by the function's place in it.
    Steps(usize),
}

/// What a probe looks for in the app.
pub type Goals = &'static [&'static dyn Goal];

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
    /// The names of this run's probes, with what each looks for.
    pub wanted: &'a [(&'static str, Goals)],
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
    pub(super) account: Option<Entered>,
    /// What this run wrote into its own account's profile.
    pub(super) mark: Option<Mark>,
    /// From the main screen to the log-in form, as a guest goes; empty where it is not known.
    pub(super) sign_in_way: Vec<Operation>,
    /// What the app was explored for so far, each goal once.
    pub answers: Vec<Answer>,
    /// The app was walked, or was tried to be walked, in the account as well.
    pub(super) walked_inside: bool,
    /// The app's functions, and what they show with everything granted.
    pub(super) functions: Option<Vec<Function>>,
}

/// A nickname by which an account can be told from another one.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub value: String,
    /// From the main screen to the profile that shows it.
    pub way: Vec<Operation>,
}

impl Known {
    /// What the search for a goal ended with; `None` where the app was not explored for it.
    pub fn answer(&self, goal: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.goal() == goal)
    }
}

impl Context<'_> {
    /// The same run in another session of the app.
    pub(super) fn of<'b>(&'b mut self, app: &'b mut dyn App) -> Context<'b> {
        Context {
            driven: self.driven.in_session(app),
            scenario: self.scenario,
            thresholds: self.thresholds,
            progress: self.progress,
            values: self.values,
            sessions: self.sessions,
            wanted: self.wanted,
            pause: self.pause,
            known: self.known,
        }
    }

    /// Whether a probe is one of this run.
    pub(super) fn runs(&self, probe: &str) -> bool {
        self.wanted.iter().any(|(name, _)| *name == probe)
    }

    /// A threshold in seconds, within reason.
    pub(super) fn seconds(&self, threshold: &str) -> Duration {
        Duration::from_secs_f64(self.thresholds.get(threshold).clamp(0.0, 600.0))
    }

    /// How far an exploration of `depth` operations may go.
    pub(super) fn limits(&self, depth: usize) -> Limits {
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
