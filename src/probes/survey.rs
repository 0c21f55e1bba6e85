//! The survey: one walk through the app for everything that this run's probes look for. Whichever probe needs an answer
//! first has the app walked for all of them; the later ones read what is known.

use super::main_screen::{MainScreen, perform};
use super::{Context, asks};
use crate::explore::goal::Goal;
use crate::explore::{Answer, Broken, Explorer, Home as _};
use crate::language::lexicon::fold;
use crate::recording::{GoalReached, Observation};
use crate::screen::Screen;
use crate::screen::operation::Operation;

/// Times that a known way is gone before it counts as gone (ours): an advert can come between once.
const TRIES: usize = 2;

/// The answer for a goal: the one that is known, or else that of a survey for it and for all that later probes of this
/// run look for.
///
/// # Errors
/// When the driver or the disk fails.
pub async fn answer(with: &mut Context<'_>, goal: &dyn Goal) -> Result<Answer, Broken> {
    if let Some(answer) = with.known.answer(goal.name()) {
        return Ok(answer.clone());
    }
    let mut goals: Vec<&dyn Goal> = vec![goal];
    for probe in super::all() {
        let wanted = with.scenario.probe_names().contains(&probe.name())
            && with.scenario.steps(probe.name()).is_empty();
        for other in probe.goals().iter().filter(|_| wanted) {
            let new = with.known.answer(other.name()).is_none()
                && !goals.iter().any(|goal| goal.name() == other.name());
            goals.extend(new.then_some(*other));
        }
    }
    explore(with, &goals, &mut MainScreen::default()).await?;
    with.known.answer(goal.name()).cloned().ok_or(Broken::Cancelled)
}

/// Walks the app for these goals and keeps the answers, in place of what was known of them.
///
/// # Errors
/// When the driver or the disk fails.
pub async fn explore(
    with: &mut Context<'_>,
    goals: &[&dyn Goal],
    home: &mut MainScreen,
) -> Result<(), Broken> {
    let depth = with.thresholds.get("search_depth").clamp(1.0, 50.0) as usize;
    let limits = with.limits(depth);
    let explorer = Explorer::new(with.app, with.recorder, home, with.progress, limits);
    let answers = explorer.search_all(goals).await?;
    with.known.answers.retain(|known| !answers.iter().any(|answer| answer.goal() == known.goal()));
    with.known.answers.extend(answers);
    Ok(())
}

/// Stands on a screen that shows a goal, the way to which is known: the screen and its number in the recording, or `None`
/// where the way does not lead there any more.
///
/// # Errors
/// When the driver or the disk fails.
pub async fn go_to(
    with: &mut Context<'_>,
    goal: &dyn Goal,
    reached: &GoalReached,
) -> Result<Option<(Screen, u32)>, Broken> {
    for _ in 0..TRIES {
        (with.progress)(&format!("going to what was found: {}", goal.name()));
        MainScreen::default().go(with.app, with.recorder).await?;
        let mut label = None;
        for step in &reached.path {
            let screen = asks::look_past(with.app, with.recorder).await?;
            let operation = moved(&screen, &step.operation);
            label = match &operation {
                Operation::Tap { label, .. } => Some(label.clone()),
                _ => None,
            };
            let on = with.recorder.last_screen();
            perform(with.app, with.recorder, on, &operation).await?;
        }
        asks::look_past(with.app, with.recorder).await?;
        let observation: Observation = with.app.observe().await?;
        let number = with.recorder.see(&observation)?.screen;
        if goal.reached(&observation.screen, label.as_deref()) {
            return Ok(Some((observation.screen, number)));
        }
    }
    Ok(None)
}

/// A tap on the control that says the same, where it stands elsewhere now; any other operation as it was.
fn moved(screen: &Screen, operation: &Operation) -> Operation {
    let Operation::Tap { x, y, label } = operation else { return operation.clone() };
    let wanted = fold(label);
    let said = |at: usize| {
        let short: String = screen.label(at).chars().take(60).collect();
        fold(&short)
    };
    let far = |(at_x, at_y): (f32, f32)| (at_x - x).hypot(at_y - y);
    let nearest = (0..screen.elements.len())
        .filter(|&at| !wanted.is_empty() && said(at) == wanted)
        .filter_map(|at| screen.elements[at].tap_at)
        .min_by(|a, b| far(*a).total_cmp(&far(*b)));
    let (x, y) = nearest.unwrap_or((*x, *y));
    Operation::Tap { x, y, label: label.clone() }
}
