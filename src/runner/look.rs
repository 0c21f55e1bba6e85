//! One look at an app: it is opened as newly installed, looked at, and closed. Nothing is tapped and nothing is recorded.

use std::time::Duration;

use super::connect::{Another, may_be_virtual};
use super::job::Job;
use crate::app::{App, AppError, Sessions as _};
use crate::world::{Observation, Start};

/// Opens a job's app, lets it live for `wait`, and gives what it shows then. A page whose time cannot be virtual is opened
/// once more in real time.
///
/// # Errors
/// When the app cannot be opened or looked at.
pub async fn observe_once(job: &Job, wait: Duration) -> Result<Observation, AppError> {
    match observe_in(job, may_be_virtual(job), wait).await {
        Err(AppError::NoVirtualTime { .. }) => observe_in(job, false, wait).await,
        observed => observed,
    }
}

async fn observe_in(job: &Job, virtual_time: bool, wait: Duration) -> Result<Observation, AppError> {
    let mut app = Another::of(job, virtual_time).open().await?;
    let observed = start_and_observe(app.as_mut(), wait).await;
    app.stop().await;
    observed
}

async fn start_and_observe(app: &mut dyn App, wait: Duration) -> Result<Observation, AppError> {
    app.start(Start::Fresh).await?;
    if !wait.is_zero() {
        app.look().await?;
        app.pass_time(wait).await?;
    }
    app.observe().await
}
