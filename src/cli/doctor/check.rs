//! One thing that was looked for, and how that came out.

use std::path::PathBuf;

use serde::Serialize;

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is there and usable.
    Found,
    /// It is needed, and absent or does not work.
    Missing,
    /// It is there, but does not fit another part.
    Mismatch,
    /// It is absent, and nothing that was asked for needs it.
    OptionalMissing,
}

/// What a thing is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NeededFor {
    /// Every run against a web app.
    Web,
    /// Runs against Android apps.
    Android,
    /// Something further: iOS apps, or web apps through Appium.
    Extra,
}

/// One thing that was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What it is called.
    pub name: String,
    /// What it is needed for.
    pub needed_for: NeededFor,
    /// How the check came out.
    pub state: State,
    /// Its version, where it tells one; the serials of devices.
    pub version: Option<String>,
    /// Where it is.
    pub path: Option<PathBuf>,
    /// What to do, unless it was found.
    pub how_to_get: Option<String>,
}

impl Check {
    /// Something that is there.
    pub fn found(name: &str, needed_for: NeededFor, version: Option<String>, path: Option<PathBuf>) -> Check {
        Check { name: name.into(), needed_for, state: State::Found, version, path, how_to_get: None }
    }

    /// Something that is not there; whether that matters is settled by [`Check::settle`].
    pub fn missing(name: &str, needed_for: NeededFor, how_to_get: impl Into<String>) -> Check {
        let how_to_get = Some(how_to_get.into());
        Check { name: name.into(), needed_for, state: State::Missing, version: None, path: None, how_to_get }
    }

    /// Absence only counts where the thing is asked for.
    pub fn settle(mut self, android: bool) -> Check {
        let asked_for = match self.needed_for {
            NeededFor::Web => true,
            NeededFor::Android => android,
            NeededFor::Extra => false,
        };
        if self.state == State::Missing && !asked_for {
            self.state = State::OptionalMissing;
        }
        self
    }

    /// The sign before its line.
    pub fn mark(&self) -> char {
        match self.state {
            State::Found => '✓',
            State::Missing | State::Mismatch => '✗',
            State::OptionalMissing => '–',
        }
    }
}
