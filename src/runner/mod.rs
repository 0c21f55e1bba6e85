//! A job: drive an app through its probes, record, then judge what is on disk and write the reports.

mod connect;
mod job;
pub mod kept;
mod log;
mod page_time;
mod progress;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::Timestamp;
use tracing::instrument::WithSubscriber as _;
use tracing::{Instrument as _, info, info_span};

use self::page_time::{PageTime, Recorded, may_begin_again};
pub use job::{Job, Ran};
pub use progress::Progress;

use crate::app::careful::Hand;
use crate::app::{AppError, Sessions};
use crate::probes::{self, Context, Known};
use crate::recording::entries::{ProbeEnded, ProbeStarted, RunEnded, Trouble};
use crate::recording::mask::Masks;
use crate::recording::seal::{SealError, replace, seal};
use crate::recording::sign::sign;
use crate::recording::{Event, FORMAT, Outcome, ReadError, Recorder, Recording, RunStarted, WriteError};
use crate::report;
use crate::rules::{self, Findings, Overrides};
use crate::session::{Broken, Driven, Eyes};
use crate::thresholds::Thresholds;

/// A run whose result could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("cannot write {path}: {why}")]
    Report { path: String, why: String },
}

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
    let salt = salt();
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
    let mut time =
        if connect::may_be_virtual(job) { PageTime::Virtual } else { PageTime::Real { because: None } };
    let mut result = record(job, sessions, &mut recorder, progress, &kept, (&salt, &persona), &time).await;
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
        let sessions = connect::Another::of(job, false);
        result = record(job, &sessions, &mut recorder, progress, &kept, (&salt, &persona), &time).await;
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

/// Ctrl-C, or whoever runs the program ends it.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated => {}
    }
}

/// 16 random bytes in hexadecimal.
fn salt() -> String {
    let mut salt = [0u8; 16];
    // Without the system's random numbers the digests would be those of every recording, and no worse than that.
    let _ = getrandom::fill(&mut salt);
    hex::encode(salt)
}

async fn record(
    job: &Job,
    sessions: &dyn Sessions,
    recorder: &mut Recorder,
    progress: &Progress,
    kept: &str,
    (salt, persona): (&str, &BTreeMap<String, String>),
    time: &PageTime,
) -> Result<Recorded, RunError> {
    let file = recorder.text(kept::FILE, kept)?;
    let (page_time, real_time_because) = match time {
        PageTime::Virtual => (Some("virtual".to_owned()), None),
        PageTime::Real { because } => (None, because.clone()),
    };
    let start = RunStarted {
        scenario_sha256: file.sha256.clone(),
        scenario_file: Some(file),
        salt: salt.to_owned(),
        persona: persona.clone(),
        unmasked: job.unmasked,
        page_time,
        real_time_because,
        ..started(job)
    };
    recorder.append(Event::RunStarted(start))?;
    let is_virtual = matches!(time, PageTime::Virtual);
    let log = log::begin(&job.folder, recorder.shared_masks(), progress).map_err(|e| {
        let path = job.folder.join(log::FILE).display().to_string();
        RunError::Report { path, why: e.to_string() }
    })?;
    let mut eyes = Eyes::default();
    let driven = tokio::select! {
        driven = drive(job, sessions, recorder, &mut eyes, progress).with_subscriber(log) => driven,
        () = stopped() => Err(Broken::Cancelled),
    };
    let broken = match driven {
        Ok(()) => None,
        Err(Broken::Write(e)) => return Err(e.into()),
        Err(Broken::App(AppError::NoVirtualTime { why }))
            if is_virtual && may_begin_again(job, &Recording::open(&job.folder)?) =>
        {
            eyes.finish(recorder, &|_| {})?;
            return Ok(Recorded::OnlyInRealTime(why));
        }
        Err(e) => Some(recorder.masks().text(&e.to_string())),
    };
    let visible = eyes.finish(recorder, &|left| {
        if left > 0 {
            progress.say(&format!("measuring the text on {left} screens"));
        }
    })?;
    if let Some(what) = &broken {
        recorder.append(Event::Trouble(Trouble { what: what.clone() }))?;
    }
    recorder.append(Event::RunEnded(RunEnded { whole: broken.is_none() }))?;
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

/// Writes the reports of a recording beside it.
///
/// # Errors
/// When a file cannot be written.
pub fn write_reports(recording: &Recording, findings: &Findings) -> Result<(), RunError> {
    let folder = recording.folder();
    for form in report::FORMS {
        let path = folder.join(form.file);
        let failed = |why: String| RunError::Report { path: path.display().to_string(), why };
        let text = (form.write)(recording, findings).map_err(failed)?;
        replace(&path, text.as_bytes()).map_err(|e| failed(e.to_string()))?;
    }
    Ok(())
}

fn started(job: &Job) -> RunStarted {
    let scenario = &job.scenario;
    RunStarted {
        format: FORMAT,
        tool: concat!("candor ", env!("CARGO_PKG_VERSION")).to_owned(),
        scenario: job.shown.clone(),
        app: scenario.app.name.clone(),
        platform: scenario.app.target.platform().to_owned(),
        target: connect::shown(&scenario.app.target),
        thresholds: scenario.thresholds.iter().map(|(name, value)| (name.0.clone(), *value)).collect(),
        items: scenario.items.clone(),
        probes: probes::chosen_names(scenario).into_iter().map(str::to_owned).collect(),
        ..RunStarted::default()
    }
}

/// Drives the app through the scenario's probes.
async fn drive(
    job: &Job,
    sessions: &dyn Sessions,
    recorder: &mut Recorder,
    eyes: &mut Eyes,
    progress: &Progress,
) -> Result<(), Broken> {
    progress.say("starting the driver");
    let mut app = sessions.open().await?;
    let begun = Instant::now();
    let driven = Driven { app: app.as_mut(), recorder, eyes };
    let result = run_probes(job, driven, sessions, progress).await;
    let (commands, spent) = app.driver_time();
    if commands > 0 {
        progress.note(&format!(
            "the driver was given {commands} commands and took {:.1} s of {:.1} s for them",
            spent.as_secs_f64(),
            begun.elapsed().as_secs_f64()
        ));
    }
    progress.say("closing the app");
    app.stop().await;
    result
}

async fn run_probes(
    job: &Job,
    mut driven: Driven<'_>,
    sessions: &dyn Sessions,
    progress: &Progress,
) -> Result<(), Broken> {
    let overrides = job.scenario.thresholds.iter().map(|(name, value)| (name.0.clone(), *value)).collect();
    let thresholds = Thresholds::new(overrides);
    let mut known = Known::default();
    let (chosen, wanted) = (probes::chosen(&job.scenario), probes::wanted(&job.scenario));
    for (at, probe) in chosen.iter().enumerate() {
        progress.begin(at + 1, chosen.len(), probe.facts().about);
        driven.recorder.append(Event::ProbeStarted(ProbeStarted { probe: probe.name().to_owned() }))?;
        let masks = driven.recorder.masks().clone();
        let say = |text: &str| progress.say(&masks.text(text));
        let mut context = Context {
            driven: driven.lend(),
            scenario: &job.scenario,
            thresholds: &thresholds,
            progress: &say,
            values: &job.values,
            sessions,
            wanted: &wanted,
            pause: job.pause,
            known: &mut known,
        };
        let span = info_span!("probe", name = probe.name());
        let began = Instant::now();
        let ended = probe.run(&mut context).instrument(span).await;
        info!("probe {} took {:.1} s", probe.name(), began.elapsed().as_secs_f64());
        let outcome = match ended {
            Ok(outcome) => outcome,
            // The driver said no to one thing, and is still there: the other probes can go on.
            Err(Broken::App(e @ AppError::Refused { .. })) => Outcome::Incomplete(e.to_string()),
            Err(e) => return Err(e),
        };
        if let Outcome::Incomplete(why) = &outcome {
            progress.warn(&format!("{}: {}", probe.name(), driven.recorder.masks().text(why)));
        }
        driven.app.set_hand(Hand::Guided).await?;
        driven.recorder.note(driven.app.accesses())?;
        driven.recorder.append(Event::ProbeEnded(ProbeEnded { probe: probe.name().to_owned(), outcome }))?;
    }
    Ok(())
}

/// A new folder's path for a run: `<parent>/<time>-<name>`, with a number where that exists.
pub fn folder_for(parent: &Path, name: &str) -> PathBuf {
    let time = Timestamp::now().strftime("%Y%m%dT%H%M%SZ");
    let stem = format!("{time}-{}", slug(name));
    let mut folder = parent.join(&stem);
    let mut number = 2;
    while folder.exists() {
        folder = parent.join(format!("{stem}-{number}"));
        number += 1;
    }
    folder
}

/// A name as part of a path: letters and digits of any script, everything else as one dash.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().take(40) {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "app".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_harmless_parts_of_a_path() {
        for (name, expected) in [
            ("小满集市", "小满集市"),
            ("../../etc/passwd", "etc-passwd"),
            ("Shop  2!", "shop-2"),
            ("..", "app"),
            ("a/\u{0}b", "a-b"),
        ] {
            assert_eq!(slug(name), expected);
        }
    }

    #[test]
    fn a_run_never_lands_in_an_existing_folder() {
        let parent = tempfile::tempdir().expect("a folder");
        let first = folder_for(parent.path(), "shop");
        std::fs::create_dir(&first).expect("creates");
        assert_ne!(folder_for(parent.path(), "shop"), first);
    }
}
