//! One session of a job, recorded: from its first entry to what was measured.

use std::collections::BTreeMap;

use tracing::instrument::WithSubscriber as _;

use super::drive::drive;
use super::earlier::{read_earlier, take_over};
use super::error::RunError;
use super::job::Job;
use super::page_time::{PageTime, may_begin_again};
use super::progress::Progress;
use super::{connect, kept, log};
use crate::app::{AppError, Sessions};
use crate::probes;
use crate::recording::entries::{ListedFunction, RunEnded, Trouble};
use crate::recording::{Event, FORMAT, Recorder, Recording, RunStarted};
use crate::scenario::{FunctionSection, Scenario, Target};
use crate::session::{Broken, Eyes};
use crate::traffic::company::read_companies;
use crate::traffic::har::read_har;
use crate::traffic::party::Declared;
use crate::world::request::Request;

/// What every recording of a run says of it, and how its pages live.
pub(super) struct Written<'a> {
    /// The scenario's text as it is kept.
    pub kept: &'a str,
    pub salt: &'a str,
    pub persona: &'a BTreeMap<String, String>,
    pub time: &'a PageTime,
}

/// What became of one session.
pub(super) struct Session {
    /// Why the app could not be driven to the end.
    pub broken: Option<String>,
    /// What can be read on pictures although it is masked elsewhere.
    pub visible: Vec<String>,
    /// Why its pages cannot live in virtual time; the recording is then to be thrown away.
    pub only_in_real_time: Option<String>,
}

/// Records one session: from the first entry to what was measured, without the last entry.
pub(super) async fn record_session(
    job: &Job,
    sessions: &dyn Sessions,
    recorder: &mut Recorder,
    progress: &Progress,
    written: &Written<'_>,
) -> Result<Session, RunError> {
    let file = recorder.text(kept::FILE, written.kept)?;
    let (page_time, real_time_because) = match written.time {
        PageTime::Virtual => (Some("virtual".to_owned()), None),
        PageTime::Real { because } => (None, because.clone()),
    };
    let start = RunStarted {
        scenario_sha256: file.sha256.clone(),
        scenario_file: Some(file),
        salt: written.salt.to_owned(),
        persona: written.persona.clone(),
        unmasked: job.unmasked,
        as_robot: job.as_robot,
        page_time,
        real_time_because,
        ..describe_start(job)?
    };
    recorder.append(Event::RunStarted(start))?;
    if let Some(earlier) = read_earlier(&job.scenario).map_err(RunError::Earlier)? {
        take_over(&earlier, recorder)?;
    }
    let is_virtual = matches!(written.time, PageTime::Virtual);
    let log = log::begin(&job.folder, recorder.shared_masks(), progress).map_err(|e| {
        let path = job.folder.join(log::FILE).display().to_string();
        RunError::Report { path, why: e.to_string() }
    })?;
    let mut eyes = Eyes::default();
    let driven = tokio::select! {
        driven = drive(job, sessions, recorder, &mut eyes, progress).with_subscriber(log) => driven,
        () = wait_for_stop() => Err(Broken::Cancelled),
    };
    let broken = match driven {
        Ok(()) => None,
        Err(Broken::Write(e)) => return Err(e.into()),
        Err(Broken::App(AppError::NoVirtualTime { why }))
            if is_virtual && may_begin_again(job, &Recording::open(&job.folder)?) =>
        {
            let visible = eyes.finish(recorder, &|_| {})?;
            return Ok(Session { broken: None, visible, only_in_real_time: Some(why) });
        }
        Err(e) => Some(recorder.masks().text(&e.to_string())),
    };
    if let Err(why) = add_har(job, recorder)? {
        progress.warn(&why);
        recorder.append(Event::Trouble(Trouble { what: why }))?;
    }
    let visible = eyes.finish(recorder, &|left| {
        if left > 0 {
            progress.say(&format!("measuring the text on {left} screens"));
        }
    })?;
    Ok(Session { broken, visible, only_in_real_time: None })
}

/// Writes a recording's last entry, and before it why it was cut off.
pub(super) fn end_recording(recorder: &mut Recorder, broken: Option<&str>) -> Result<(), RunError> {
    if let Some(what) = broken {
        recorder.append(Event::Trouble(Trouble { what: what.to_owned() }))?;
    }
    recorder.append(Event::RunEnded(RunEnded { whole: broken.is_none() }))?;
    Ok(())
}

/// Adds the requests of the HAR file that the scenario names; the inner error says why it could not be read. It is read once
/// before: of a file that is broken further on nothing is taken, as what is missing would count as not sent.
fn add_har(job: &Job, recorder: &mut Recorder) -> Result<Result<(), String>, RunError> {
    let Some(path) = &job.scenario.traffic.har else { return Ok(Ok(())) };
    let shown = path.display();
    let read = |each: &mut dyn FnMut(Request) -> bool| {
        let file =
            std::fs::File::open(path).map_err(|e| format!("the HAR file {shown} cannot be read: {e}"))?;
        read_har(file, each).map_err(|e| format!("the HAR file {shown} cannot be read: {e}"))
    };
    if let Err(why) = read(&mut |_| true) {
        return Ok(Err(why));
    }
    let mut failed = None;
    let read = read(&mut |request| match recorder.note_requests(&[request]) {
        Ok(()) => true,
        Err(e) => {
            failed = Some(e);
            false
        }
    });
    match failed {
        Some(e) => Err(e.into()),
        None => Ok(read.map(|_| ())),
    }
}

/// What the first entry says of the job, as far as the job alone tells it.
///
/// # Errors
/// When the scenario's file of companies cannot be read.
fn describe_start(job: &Job) -> Result<RunStarted, RunError> {
    let scenario = &job.scenario;
    Ok(RunStarted {
        format: FORMAT,
        tool: concat!("candor ", env!("CARGO_PKG_VERSION")).to_owned(),
        scenario: job.shown.clone(),
        app: scenario.app.name.clone(),
        unnamed: is_unnamed(scenario),
        platform: scenario.app.target.platform().to_owned(),
        target: connect::shown(&scenario.app.target),
        thresholds: scenario.thresholds.iter().map(|(name, value)| (name.0.clone(), *value)).collect(),
        items: scenario.items.clone(),
        accept: scenario.accept.clone(),
        parties: declare_parties(scenario)?,
        types: scenario.app.types.iter().map(|name| name.0.clone()).collect(),
        functions: scenario.functions.iter().map(list_function).collect(),
        functions_complete: scenario.functions_complete,
        replaced: scenario.upgrade.as_ref().and_then(|upgrade| upgrade.replaced.clone()),
        probes: probes::chosen_names(scenario).into_iter().map(str::to_owned).collect(),
        ..RunStarted::default()
    })
}

/// Whether nobody named the app: a scenario for an address alone has the host for a name.
fn is_unnamed(scenario: &Scenario) -> bool {
    match &scenario.app.target {
        Target::Web(web) => web.url.host_str().unwrap_or("app") == scenario.app.name,
        _ => false,
    }
}

/// What the scenario says of a function.
fn list_function(section: &FunctionSection) -> ListedFunction {
    ListedFunction {
        name: section.name.clone(),
        needs: section.needs.as_ref().map(|names| names.iter().map(|name| name.0.clone()).collect()),
        uses: section.uses.iter().map(|name| name.0.clone()).collect(),
    }
}

/// Whose hosts are by the scenario, with the companies of the file that it names.
fn declare_parties(scenario: &Scenario) -> Result<Declared, RunError> {
    let mut declared = scenario.parties.clone();
    let companies = match &scenario.traffic.companies {
        Some(path) => read_companies(path)?,
        None => Vec::new(),
    };
    for company in companies {
        let name = if company.zh.is_empty() { company.name } else { company.zh };
        for host in company.hosts {
            declared.third.entry(host).or_insert_with(|| name.clone());
        }
    }
    Ok(declared)
}

/// Waits for Ctrl-C, or for whoever runs the program to end it.
async fn wait_for_stop() {
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
