//! What is to be run, and what a run came to.

use std::path::PathBuf;

use crate::recording::sha256;
use crate::recording::sign::Key;
use crate::rules::Findings;
use crate::scenario::{Scenario, Values};
use crate::traffic::Plant;

/// What is to be run.
#[derive(Debug)]
pub struct Job {
    pub scenario: Scenario,
    /// The scenario's file as it was read; its hash goes into the recording.
    pub text: String,
    /// Its name in the recording: the file's path as given, or the address.
    pub shown: String,
    /// A WebDriver server that is running already; our own chromedriver without it.
    pub driver: Option<String>,
    /// Nothing is masked.
    pub unmasked: bool,
    /// What the recording's seal is signed with.
    pub key: Option<Key>,
    /// What is typed, by name; never written.
    pub values: Values,
    /// A person sits before the visible browser and can be asked for what only a person can do.
    pub pause: bool,
    /// The page's time is to be virtual, where it can be.
    pub virtual_time: bool,
    /// The app is told that a program drives it, as browsers do for drivers.
    pub as_robot: bool,
    /// What looks like a violation is not looked for again in a second session.
    pub once: bool,
    /// The folder of this run's artifacts, which must not hold a recording yet.
    pub folder: PathBuf,
}

impl Job {
    /// Returns the place that the app is told of: the persona's, or an odd point of this run's own near the middle of
    /// Hangzhou (WGS-84, degrees).
    pub fn place(&self) -> (f64, f64) {
        let planted = self.values.iter().find_map(|(name, value)| Plant::of(name, value)?.place());
        planted.unwrap_or_else(|| {
            let hash = sha256(self.folder.display().to_string().as_bytes());
            let odd = |from: usize| {
                f64::from(u16::from_str_radix(&hash[from..from + 3], 16).unwrap_or(7)) / 100_000.0
            };
            (30.25 + odd(0), 120.17 + odd(3))
        })
    }
}

/// What a run came to.
#[derive(Debug)]
pub struct Ran {
    pub findings: Findings,
    /// Why the app could not be driven to the end; the recording up to there is whole.
    pub broken: Option<String>,
    /// What can be read on pictures although it is masked elsewhere.
    pub visible: Vec<String>,
}
