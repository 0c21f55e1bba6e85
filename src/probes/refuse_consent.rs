//! `refuse_consent`: says no where consent is asked for, and watches what the app does then: now, on later starts, and
//! two days later by its own clock.

use std::time::Duration;

use async_trait::async_trait;

use super::context::Context;
use super::functions;
use super::probe::{Facts, NOTHING, Probe};
use crate::app::AppError;
use crate::language::asking;
use crate::language::lexicon::Meaning;
use crate::language::permission;
use crate::language::reading::PromptKind;
use crate::language::rights;
use crate::recording::entries::{ClockMoved, ConsentRefused, MainReached, RefusalOutcome};
use crate::recording::state::Consent;
use crate::recording::{Afterwards, Event, Outcome, RefusedBy, ScreenSeen};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::session::pass::Pass;
use crate::session::pass::where_now;
use crate::session::{Broken, Course, Manner, SAME_ASKS, pass};
use crate::world::{Observation, Start};

/// Starts after the refusal on which asking again is looked for (ours): two more than `max_asks` allows by default.
const STARTS: usize = 2;
/// Functions used after the refusal, to see what is collected then (ours).
const USED: usize = 3;
/// Screens passed on one start.
const PROMPTS: usize = 14;
/// How long an empty screen is waited on before the app counts as gone or locked (ours).
const EMPTY: Duration = Duration::from_secs(4);

/// The probe that refuses consent.
#[derive(Debug)]
pub struct RefuseConsent;

static FACTS: Facts = Facts {
    name: "refuse_consent",
    about: "consent refused, and what the app does then",
    does: (
        "says no to the first prompt, uses the app, starts it again, and once more two days later by its own clock",
        "拒绝首次提示，使用应用，再次启动，并把应用的时钟拨快两天后再启动一次",
    ),
    ..NOTHING
};

#[async_trait]
impl Probe for RefuseConsent {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        (with.progress)("starting the app as newly installed");
        with.driven.start(Start::Fresh).await?;
        let own = with.scenario.steps(self.name());
        if !own.is_empty() {
            if let Err(outcome) = super::steps::run(with, own).await? {
                return Ok(outcome);
            }
            let screen = with.driven.recorder.last_screen();
            let by = "the scenario's steps".to_owned();
            with.driven.recorder.append(Event::ConsentRefused(ConsentRefused {
                screen,
                by,
                how: RefusedBy::Control,
            }))?;
        }
        if own.is_empty() && look_at_choices(with).await? {
            with.driven.start(Start::Fresh).await?;
        }
        let watch = with.seconds("first_run_watch");
        let Some(outcome) = refuse(with, watch).await? else {
            // Nothing asked for consent: there is nothing to refuse, and the rules see that.
            return Ok(Outcome::Complete);
        };
        let later = with.seconds("consent_watch");
        if outcome == Afterwards::GoesOn {
            use_functions(with, "consent was refused").await?;
        }
        start_again(with, "consent was refused").await?;
        let window = with.thresholds.get("ask_window").clamp(0.0, 10_000.0) as u32;
        if with.driven.app.move_clock(window + 1).await? {
            with.driven.recorder.append(Event::ClockMoved(ClockMoved { hours: window + 1 }))?;
            (with.progress)("starting again when the time within which asking counts has passed");
            with.driven.start(Start::Resumed).await?;
            refuse(with, later).await?;
            with.driven.app.move_clock(0).await?;
            with.driven.recorder.append(Event::ClockMoved(ClockMoved { hours: 0 }))?;
        }
        Ok(Outcome::Complete)
    }
}

/// Opens the prompt's second layer, where each purpose can be agreed to by itself, and touches nothing on it: whether purposes
/// are on there is seen (3.4). False where the prompt has none.
async fn look_at_choices(with: &mut Context<'_>) -> Result<bool, Broken> {
    let (screen, seen) = with.driven.see().await?;
    let way = rights::controls(&screen, Meaning::Chooses).into_iter().next().filter(|_| asks_consent(&seen));
    let Some(way) = way else { return Ok(false) };
    (with.progress)("looking at the choices behind the prompt");
    let operation = Operation::Tap { x: way.at.0, y: way.at.1, label: way.label };
    if with.driven.perform(seen.screen, &operation).await? {
        with.driven.see().await?;
    }
    Ok(true)
}

/// Watches the app once consent is gone: on later starts, where what it asks for is refused, and while it is used.
pub(super) async fn watch(with: &mut Context<'_>, after: &str) -> Result<(), Broken> {
    with.driven.start(Start::Resumed).await?;
    let later = with.seconds("consent_watch");
    let outcome = refuse(with, later).await?;
    // Where nothing asked again, the app is there to be used.
    if matches!(outcome, None | Some(Afterwards::GoesOn)) {
        use_functions(with, after).await?;
    }
    start_again(with, after).await
}

async fn use_functions(with: &mut Context<'_>, after: &str) -> Result<(), Broken> {
    (with.progress)(&format!("using the app after {after}"));
    let mut found = functions::on_main(with, USED).await?;
    functions::try_all(with, &mut found, Manner::Refusing, &[]).await
}

async fn start_again(with: &mut Context<'_>, after: &str) -> Result<(), Broken> {
    let later = with.seconds("consent_watch");
    for at in 1..=STARTS {
        (with.progress)(&format!("starting again after {after}, {at} of {STARTS}"));
        with.driven.start(Start::Resumed).await?;
        refuse(with, later).await?;
    }
    Ok(())
}

/// Refuses every ask for consent on this start. What became of the app; `None` where nothing asked.
/// `watch` is how long to wait for something that comes late.
async fn refuse(with: &mut Context<'_>, watch: Duration) -> Result<Option<Afterwards>, Broken> {
    let mut asked: Vec<String> = Vec::new();
    let mut empty_since: Option<Duration> = None;
    let mut left = PROMPTS;
    loop {
        let observation = match with.driven.app.observe().await {
            Ok(observation) => observation,
            // Its window is gone: the app ended itself.
            Err(AppError::Refused { why, .. }) if !asked.is_empty() && why.contains("no such window") => {
                let screen = with.driven.recorder.last_screen();
                return after(with, screen, Afterwards::Exits);
            }
            Err(e) => return Err(e.into()),
        };
        let seen = with.driven.record(&observation)?;
        with.driven.refuse_for_platform(seen.screen, &observation.accesses).await?;
        let Observation { screen, .. } = observation;
        left = left.saturating_sub(1);
        if left == 0 {
            return after(with, seen.screen, Afterwards::AsksOn);
        }
        if let Some(dialog) = permission::read(&screen)
            && with.driven.refuse_ask(seen.screen, &dialog).await?
        {
            continue;
        }
        if asks_consent(&seen) && !is_log_in_after(&seen, with.driven.recorder.consent()) {
            let text = seen.reading.prompt.as_ref().map(|prompt| prompt.text.clone()).unwrap_or_default();
            if asked.iter().filter(|known| **known == text).count() >= SAME_ASKS {
                return after(with, seen.screen, Afterwards::AsksOn);
            }
            asked.push(text);
            if !say_no(with, &screen, &seen).await? {
                return after(with, seen.screen, Afterwards::CannotRefuse);
            }
            continue;
        }
        let course = Course { manner: Manner::Refusing, ..Course::default() };
        if let Some(pass) = Pass::of(&screen, &seen, course) {
            pass.go(&mut with.driven, &seen).await?;
            continue;
        }
        let gone =
            is_gone(&screen) || !(screen.address.is_empty() || with.driven.app.is_own(&screen.address));
        let locked = screen.elements.iter().all(|element| !element.seen || element.tappable.is_none());
        if gone || locked {
            // A splash looks like this too: only one that stays is an end.
            let since = *empty_since.get_or_insert_with(|| with.driven.app.now());
            let limit = if asked.is_empty() { watch.max(EMPTY) } else { EMPTY };
            let waited = limit.saturating_sub(with.driven.app.now().saturating_sub(since));
            if !waited.is_zero() && with.driven.app.changed(&screen, waited).await?.is_some() {
                continue;
            }
            let end = if gone { Afterwards::Exits } else { Afterwards::Locks };
            return if asked.is_empty() { Ok(None) } else { after(with, seen.screen, end) };
        }
        if with.driven.app.changed(&screen, watch).await?.is_some() {
            continue;
        }
        with.driven.note_calls()?;
        with.driven.recorder.append(Event::MainReached(MainReached { screen: seen.screen }))?;
        return if asked.is_empty() { Ok(None) } else { after(with, seen.screen, Afterwards::GoesOn) };
    }
}

fn after(with: &mut Context<'_>, screen: u32, outcome: Afterwards) -> Result<Option<Afterwards>, Broken> {
    with.driven.recorder.append(Event::AfterRefusal(RefusalOutcome { screen, outcome }))?;
    Ok(Some(outcome))
}

/// A prompt that one agrees to: for the app's documents, or with a control that agrees.
fn asks_consent(seen: &ScreenSeen) -> bool {
    let reading = &seen.reading;
    let Some(prompt) = &reading.prompt else { return false };
    // Naming the policy is not asking: a notice of a change has nothing to agree to.
    let documents = prompt.names_policy && (prompt.asks || prompt.kind == PromptKind::Alert);
    documents || asking::is_about_documents(reading) || reading.control(Meaning::Agree).is_some()
}

/// A log-in form once consent was refused: where the app has nothing to show without an account, its refusal has brought one
/// there, and the form's own box asks only who logs in.
fn is_log_in_after(seen: &ScreenSeen, consent: Consent) -> bool {
    let form = seen.reading.prompt.as_ref().is_some_and(|prompt| prompt.kind == PromptKind::Form);
    form && seen.reading.fields > 0 && consent == Consent::Refused
}

/// Refuses: by a control that says so, else by closing, else by going back. False where none of it takes the prompt away.
async fn say_no(with: &mut Context<'_>, screen: &Screen, seen: &ScreenSeen) -> Result<bool, Broken> {
    let number = seen.screen;
    let found = pass::refusal(screen, &seen.reading);
    let (operation, by, how) = match found {
        _ if screen.alert.is_some() => {
            (Operation::Answer { accept: false }, "the alert's Cancel".to_owned(), RefusedBy::Control)
        }
        Some((control, how)) => {
            let Some((x, y)) = where_now(screen, &control) else { return Ok(false) };
            (Operation::Tap { x, y, label: control.label.clone() }, control.label, how)
        }
        None => (Operation::Back, "going back".to_owned(), RefusedBy::Back),
    };
    with.driven.perform(number, &operation).await?;
    if how == RefusedBy::Back {
        // Most prompts ignore it, and on the first screen of all there is nothing to go back to.
        let now = with.driven.app.look().await?;
        if is_gone(&now) || now.identity().same_screen(&screen.identity()) {
            return Ok(false);
        }
    }
    with.driven.recorder.append(Event::ConsentRefused(ConsentRefused { screen: number, by, how }))?;
    Ok(true)
}

/// Nothing is there: an empty page.
fn is_gone(screen: &Screen) -> bool {
    screen.alert.is_none()
        && (screen.address.starts_with("about:")
            || !screen.elements.iter().any(|element| element.seen && !element.text.is_empty()))
}
