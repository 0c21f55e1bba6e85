//! A second session for what looked like violations in the first: what an app does once may be the weather.

use super::error::RunError;
use super::job::Job;
use super::plant::plant;
use super::progress::Progress;
use super::session::{Session, Written, end_recording, record_session};
use crate::app::Sessions;
use crate::item::ItemId;
use crate::probes::{self, Probe};
use crate::recording::entries::LookedAgain;
use crate::recording::{Event, FileRef, Recorder, Recording, TIMELINE, sha256_of};
use crate::rules::{self, Overrides, Verdict};
use crate::scenario::ProbeName;

/// The folder of the second session's recording, in that of the first.
const FOLDER: &str = "second";

/// Looks once more for what looks like violations, where the job asks for it, and says so in the recording. Returns what came
/// of the second session; `None` where there was none.
///
/// # Errors
/// When the recording cannot be read back, or the second one cannot be written.
pub(super) async fn look_again(
    job: &Job,
    sessions: &dyn Sessions,
    recorder: &mut Recorder,
    progress: &Progress,
    written: &Written<'_>,
) -> Result<Option<Session>, RunError> {
    if job.once {
        return Ok(None);
    }
    let first = Recording::open(&job.folder)?.taken_as_whole();
    let (items, probes) = choose_again(job, &first);
    if items.is_empty() {
        return Ok(None);
    }
    let list = items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    progress.say(&format!("looking again, in a second session, for what looks like violations of {list}"));
    let second = narrow(job, &items, &probes);
    let mut inner = Recorder::create(&second.folder, recorder.masks().clone())?;
    plant(job, &mut inner);
    let mut session = record_session(&second, sessions, &mut inner, progress, written).await?;
    // The run does not begin anew in real time for the second session alone.
    session.broken = session.broken.or(session.only_in_real_time.take());
    end_recording(&mut inner, session.broken.as_deref())?;
    drop(inner);
    let file = format!("{FOLDER}/{TIMELINE}");
    let sha256 = sha256_of(&job.folder.join(&file))
        .map_err(|e| RunError::Report { path: file.clone(), why: e.to_string() })?;
    recorder.append(Event::LookedAgain(LookedAgain {
        items,
        probes: probes.iter().map(|probe| probe.name().to_owned()).collect(),
        timeline: FileRef { file, sha256 },
        broken: session.broken.clone(),
    }))?;
    Ok(Some(session))
}

/// Probes that rules of other probes look at as well: what was prompted, agreed to, and what the policy says.
const GROUND: [&str; 3] = ["first_run", "find_policy", "read_policy"];

/// Returns the items that look violated, and the probes that show them. What was done in an account, with the scenario's
/// leave or by the auditor's own steps is not done twice; neither are walks that log in, where the run may have closed the
/// account.
fn choose_again(job: &Job, first: &Recording) -> (Vec<ItemId>, Vec<&'static dyn Probe>) {
    let chosen = probes::chosen(&job.scenario);
    let may_be_closed = chosen.iter().any(|probe| probe.facts().leave.is_some());
    let may_run_again = |probe: &dyn Probe| {
        let facts = probe.facts();
        let logs_in = job.scenario.account.is_some() && !facts.goals.is_empty();
        !facts.account
            && facts.leave.is_none()
            && !(logs_in && may_be_closed)
            && job.scenario.steps(facts.name).is_empty()
            && job.scenario.delete_steps(facts.name).is_empty()
    };
    let judged = rules::judge(first, &Overrides::default()).findings;
    let mut items = Vec::new();
    let mut wanted: Vec<&str> = Vec::new();
    for finding in judged.iter().filter(|finding| finding.verdict == Verdict::Violation) {
        let reads = rules::probes_of(finding.item);
        let ran: Vec<_> = chosen.iter().filter(|probe| reads.contains(&probe.name())).collect();
        if !ran.is_empty() && ran.iter().all(|probe| may_run_again(**probe)) {
            items.push(finding.item);
            wanted.extend(ran.iter().map(|probe| probe.name()));
        }
    }
    wanted.extend(
        chosen
            .iter()
            .filter(|probe| wanted.contains(&probe.name()))
            .flat_map(|probe| probe.facts().after)
            .copied()
            .collect::<Vec<_>>(),
    );
    wanted.extend(GROUND);
    let runs = |probe: &&'static dyn Probe| wanted.contains(&probe.name()) && may_run_again(*probe);
    let probes = chosen.into_iter().filter(runs).collect();
    (items, probes)
}

/// The same job, for these items and probes alone.
fn narrow(job: &Job, items: &[ItemId], probes: &[&'static dyn Probe]) -> Job {
    let mut scenario = job.scenario.clone();
    let options = scenario.probes.unwrap_or_default();
    let named = |probe: &&'static dyn Probe| {
        let name = ProbeName(probe.name().to_owned());
        let options = options.get(&name).cloned().unwrap_or_default();
        (name, options)
    };
    scenario.probes = Some(probes.iter().map(named).collect());
    scenario.items = items.to_vec();
    Job {
        scenario,
        text: job.text.clone(),
        shown: job.shown.clone(),
        driver: job.driver.clone(),
        unmasked: job.unmasked,
        key: None,
        values: job.values.clone(),
        pause: job.pause,
        virtual_time: job.virtual_time,
        as_robot: job.as_robot,
        once: true,
        folder: job.folder.join(FOLDER),
    }
}
