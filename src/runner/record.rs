//! One recording of a job: from its first entry to its seal, with the reports beside it.

use super::again::look_again;
use super::error::RunError;
use super::job::{Job, Ran};
use super::page_time::Recorded;
use super::progress::Progress;
use super::reports::write_reports;
use super::session::{Session, Written, end_recording, record_session};
use crate::app::Sessions;
use crate::recording::seal::seal;
use crate::recording::sign::sign;
use crate::recording::{Recorder, Recording};
use crate::rules::{self, Overrides};

/// Records a run, looks again for what looks like violations, judges what is on disk, writes the reports and seals the folder.
pub(super) async fn record(
    job: &Job,
    sessions: &dyn Sessions,
    recorder: &mut Recorder,
    progress: &Progress,
    written: &Written<'_>,
) -> Result<Recorded, RunError> {
    let Session { mut broken, mut visible, only_in_real_time } =
        record_session(job, sessions, recorder, progress, written).await?;
    if let Some(why) = only_in_real_time {
        return Ok(Recorded::OnlyInRealTime(why));
    }
    if broken.is_none()
        && let Some(second) = look_again(job, sessions, recorder, progress, written).await?
    {
        broken = second.broken;
        visible.extend(second.visible);
    }
    end_recording(recorder, broken.as_deref())?;
    progress.say("judging the recording");
    let recording = Recording::open(&job.folder)?;
    let findings = rules::judge(&recording, &Overrides::default());
    write_reports(&recording, &findings)?;
    seal(&job.folder)?;
    if let Some(key) = &job.key {
        sign(&job.folder, key)?;
    }
    Ok(Recorded::Whole(Box::new(Ran { findings, broken, visible })))
}
