//! What can be wrong with a recording on disk: it cannot be read, or it is not what was written.

use super::TIMELINE;
use super::event::FORMAT;

/// A recording that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error(
        "cannot read {path}: {source}. A recording is a folder with {TIMELINE} in it, as `candor run` leaves it"
    )]
    Open { path: String, source: std::io::Error },
    #[error(
        "{path}, line {line}, column {column}: {why}. The line was changed or written by another program; `candor verify` says more"
    )]
    Line { path: String, line: usize, column: usize, why: String },
    #[error("{path}: the timeline does not begin with an entry `run_started`")]
    NoStart { path: String },
    #[error(
        "{path} is of form {found}; this candor reads up to form {FORMAT}: use the candor that wrote it, or a newer one"
    )]
    Newer { path: String, found: u32 },
}

/// A place where a recording is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// `timeline.jsonl line 12`, `screens/0003.png`.
    pub place: String,
    pub what: String,
}
