//! How the time of an app's pages runs in a recording, and when a run may begin again in real time.

use super::job::{Job, Ran};
use crate::recording::{Event, Recording};
use crate::screen::operation::Operation;

/// How the time of an app's pages runs in a recording.
#[derive(Debug)]
pub(super) enum PageTime {
    Virtual,
    /// `because` where virtual time was tried.
    Real {
        because: Option<String>,
    },
}

/// What became of a recording.
pub(super) enum Recorded {
    Whole(Box<Ran>),
    /// The app cannot be driven in virtual time: the recording is no good.
    OnlyInRealTime(String),
}

/// Tells whether a run may throw its recording away and begin again: not where it has typed anything for the scenario's
/// account, as that may have been registered or changed, and what was done must stay on record.
pub(super) fn may_begin_again(job: &Job, recording: &Recording) -> bool {
    let typed = |event: &Event| match event {
        Event::OperationDone(done) => matches!(done.operation, Operation::Type { .. }),
        Event::AccountEntered(_) => true,
        _ => false,
    };
    job.scenario.account.is_none() || !recording.entries.iter().any(|entry| typed(&entry.event))
}
