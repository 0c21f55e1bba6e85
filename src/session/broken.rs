//! What ends driving from inside.

use crate::app::AppError;
use crate::recording::WriteError;

/// What ends driving from inside: the driver, the disk, or the person who runs it.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error(transparent)]
    App(#[from] AppError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("stopped by the user")]
    Cancelled,
}
