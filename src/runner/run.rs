//! Running a job: what is masked, one recording of it, and a second one in real time where its time cannot be virtual.

use super::error::RunError;
use super::job::{Job, Ran};
use super::page_time::{PageTime, Recorded};
use super::plant::plant;
use super::progress::Progress;
use super::record::record;
use super::session::Written;
use super::{connect, kept};
use crate::app::Sessions;
use crate::recording::entries::{RunEnded, Trouble};
use crate::recording::mask::Masks;
use crate::recording::seal::seal;
use crate::recording::{Event, Recorder};

/// Runs a job: records, judges what is on disk, writes `findings.json`, `report.html` and `junit.xml` beside it,
/// and seals the folder.
///
/// # Errors
/// When the recording or a report cannot be written or read back. An app that cannot be driven is no error here
/// but [`Ran::broken`].
pub async fn run(job: &Job, progress: &Progress) -> Result<Ran, RunError> {
    run_in(job, &connect::Another::of(job, connect::may_be_virtual(job)), progress).await
}

/// As [`run`], in sessions that somebody else opens.
///
/// # Errors
/// As [`run`].
pub async fn run_in(job: &Job, sessions: &dyn Sessions, progress: &Progress) -> Result<Ran, RunError> {
    let salt = make_salt();
    let masks = match job.unmasked {
        true => Masks::none(),
        false => {
            let mut masks = kept::masks(&job.scenario, &job.text, salt.clone());
            for (name, value) in &job.values {
                let room = if job.scenario.persona.contains_key(name) { "persona" } else { "account" };
                masks.hide(&format!("{room}.{name}"), value);
            }
            masks
        }
    };
    let kept = kept::keep(&job.scenario, &job.text, &masks);
    let persona = masks.persona();
    let mut recorder = Recorder::create(&job.folder, masks.clone())?;
    plant(job, &mut recorder);
    let mut time =
        if connect::may_be_virtual(job) { PageTime::Virtual } else { PageTime::Real { because: None } };
    let mut result = record(
        job,
        sessions,
        &mut recorder,
        progress,
        &Written { kept: &kept, salt: &salt, persona: &persona, time: &time },
    )
    .await;
    if let Ok(Recorded::OnlyInRealTime(why)) = &result {
        progress.warn(&format!(
            "the app is driven once more, in real time, as its time cannot be virtual: {why}"
        ));
        time = PageTime::Real { because: Some(why.clone()) };
        // Nothing of it may stand beside what comes: half a run in one time, half in the other.
        drop(recorder);
        std::fs::remove_dir_all(&job.folder)
            .map_err(|e| RunError::Report { path: job.folder.display().to_string(), why: e.to_string() })?;
        recorder = Recorder::create(&job.folder, masks)?;
        plant(job, &mut recorder);
        let sessions = connect::Another::of(job, false);
        result = record(
            job,
            &sessions,
            &mut recorder,
            progress,
            &Written { kept: &kept, salt: &salt, persona: &persona, time: &time },
        )
        .await;
    }
    if let Err(e) = &result {
        // The disk is full or gone. What is there is made as good as it can be: a last word and a seal, if they fit.
        let _ = recorder.append(Event::Trouble(Trouble { what: e.to_string() }));
        let _ = recorder.append(Event::RunEnded(RunEnded { whole: false }));
        let _ = seal(&job.folder);
    }
    match result? {
        Recorded::Whole(ran) => Ok(*ran),
        Recorded::OnlyInRealTime(why) => {
            Err(RunError::Report { path: job.folder.display().to_string(), why })
        }
    }
}

/// Makes 16 random bytes, in hexadecimal.
fn make_salt() -> String {
    let mut salt = [0u8; 16];
    // Without the system's random numbers the digests would be those of every recording, and no worse than that.
    let _ = getrandom::fill(&mut salt);
    hex::encode(salt)
}
