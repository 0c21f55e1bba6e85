//! Why a run's result could not be kept.

use crate::recording::seal::SealError;
use crate::recording::{ReadError, WriteError};
use crate::traffic::company::PartiesError;

/// A run whose result could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The scenario's file of companies.
    #[error(transparent)]
    Companies(#[from] PartiesError),
    /// The earlier recording that the scenario names.
    #[error("{0}")]
    Earlier(String),
    #[error("cannot write {path}: {why}")]
    Report { path: String, why: String },
}
