//! What is to be run, and what a run came to.

use std::path::PathBuf;

use crate::recording::sign::Key;
use crate::rules::Findings;
use crate::scenario::{Scenario, Values};

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
    /// The folder of this run's artifacts, which must not hold a recording yet.
    pub folder: PathBuf,
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
