//! Driving the app through the probes that the scenario runs.

use std::time::Instant;

use tracing::{Instrument as _, info, info_span};

use super::job::Job;
use super::progress::Progress;
use crate::app::careful::Hand;
use crate::app::{AppError, Sessions};
use crate::probes::{self, Context, Known};
use crate::recording::entries::{ProbeEnded, ProbeStarted};
use crate::recording::{Event, Outcome, Recorder};
use crate::session::{Broken, Driven, Eyes};
use crate::thresholds::Thresholds;

/// Drives the app through the scenario's probes.
pub(super) async fn drive(
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
        driven.note_last_calls()?;
        driven.recorder.append(Event::ProbeEnded(ProbeEnded { probe: probe.name().to_owned(), outcome }))?;
    }
    Ok(())
}
