//! The survey: one walk through the app for everything that this run's probes look for. Whichever probe needs an answer
//! first has the app walked for all of them; the later ones read what is known.

use super::account;
use super::account::operations;
use super::context::Context;
use crate::app::careful::Hand;
use crate::explore::goal::Goal;
use crate::explore::{Answer, Explorer, Limits};
use crate::language::controls;
use crate::language::reading::PromptKind;
use crate::recording::entries::{LeftOut, PathReplayed, SessionLooked, Trouble};
use crate::recording::{Event, GoalReached, Omission, Outcome};
use crate::screen::Screen;
use crate::session::{Broken, MainScreen, OnTheWay};
use crate::world::Start;

/// Times that a known way is gone before it counts as gone (ours): an advert can come between once.
const TRIES: usize = 2;

/// The answer for a goal: the one that is known, or else that of a survey for it and for all that later probes of this
/// run look for. What may hang behind the log-in is looked for once more in the account, where the scenario has one.
///
/// # Errors
/// When the driver or the disk fails.
pub async fn answer(with: &mut Context<'_>, goal: &dyn Goal) -> Result<Answer, Broken> {
    if with.known.answer(goal.name()).is_none() {
        let mut goals: Vec<&dyn Goal> = vec![goal];
        let others = wanted(with)
            .into_iter()
            .filter(|other| other.name() != goal.name() && with.known.answer(other.name()).is_none());
        goals.extend(others.map(|other| other as &dyn Goal));
        explore(with, &goals, &mut MainScreen::default()).await?;
    }
    let not_found = |with: &Context<'_>, goal: &dyn Goal| {
        goal.behind_log_in() && matches!(with.known.answer(goal.name()), Some(Answer::RuledOut(_)))
    };
    let could = with.scenario.account.is_some() && !with.known.walked_inside;
    if could && (not_found(with, goal) || starts_at_log_in(with, goal).await?) {
        let mut goals: Vec<&dyn Goal> = vec![goal];
        let others = wanted(with).into_iter().filter(|other| other.name() != goal.name());
        goals.extend(others.map(|other| other as &dyn Goal).filter(|other| not_found(with, *other)));
        explore_inside(with, &goals).await?;
    }
    with.known.answer(goal.name()).cloned().ok_or(Broken::Cancelled)
}

/// Whether what was found, and whose operations count, was found from a page that asks for the log-in: counting starts behind it.
async fn starts_at_log_in(with: &mut Context<'_>, goal: &dyn Goal) -> Result<bool, Broken> {
    let found =
        matches!(with.known.answer(goal.name()), Some(Answer::Reached(reached)) if !reached.path.is_empty());
    if !(found && goal.counts_operations()) {
        return Ok(false);
    }
    let screen = with.driven.go_to_main_screen().await?;
    Ok(controls::read(&screen).prompt.is_some_and(|prompt| prompt.kind == PromptKind::Form))
}

/// What the probes of this run look for in the app, each goal once; who has steps of their own looks for nothing.
fn wanted(with: &Context<'_>) -> Vec<&'static dyn Goal> {
    let mut goals: Vec<&'static dyn Goal> = Vec::new();
    for (probe, looked_for) in with.wanted {
        let runs = with.scenario.steps(probe).is_empty();
        for goal in looked_for.iter().filter(|_| runs) {
            let new = !goals.iter().any(|known| known.name() == goal.name());
            goals.extend(new.then_some(*goal));
        }
    }
    goals
}

/// Logs in and walks the app a second time, once a run, for what a guest did not find. Where logging in does not work the
/// timeline says so, and the answers stay those of a guest.
async fn explore_inside(with: &mut Context<'_>, goals: &[&dyn Goal]) -> Result<(), Broken> {
    with.known.walked_inside = true;
    (with.progress)("logging in, to look for what a guest does not find");
    if account::ensure(with).await?.is_err() {
        return Ok(());
    }
    if !account::may_walk(with).await? {
        let goals = goals.iter().map(|goal| goal.name().to_owned()).collect();
        with.driven.recorder.append(Event::LeftOut(LeftOut { what: Omission::WalkInAccount, goals }))?;
        return Ok(());
    }
    let mut home = MainScreen::default();
    let limits = limits(with);
    let explorer = Explorer::new(with.driven.lend(), &mut home, with.progress, limits).signed_in();
    let mut answers = explorer.search_all(goals).await?;
    // What a guest found is there, whatever the account shows.
    answers.retain(|answer| {
        let found = |known: &Answer| known.goal() == answer.goal() && matches!(known, Answer::Reached(_));
        matches!(answer, Answer::Reached(_)) || !with.known.answers.iter().any(found)
    });
    keep(with, answers);
    // A walk that fell out of the account on its way proves nothing of what is in it.
    let after = account::signed_in(with).await?;
    with.driven
        .recorder
        .append(Event::SessionLooked(SessionLooked { signed_in: after.there, screen: after.screen }))?;
    Ok(())
}

fn limits(with: &Context<'_>) -> Limits {
    with.limits(with.thresholds.get("search_depth").clamp(1.0, 50.0) as usize)
}

/// Keeps answers in place of what was known of their goals.
fn keep(with: &mut Context<'_>, answers: Vec<Answer>) {
    with.known.answers.retain(|known| !answers.iter().any(|answer| answer.goal() == known.goal()));
    with.known.answers.extend(answers);
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
    let limits = limits(with);
    let explorer = Explorer::new(with.driven.lend(), home, with.progress, limits);
    let answers = explorer.search_all(goals).await?;
    keep(with, answers);
    Ok(())
}

/// Stands on a screen that shows a goal, the way to which is known: the screen and its number in the recording, or `None`
/// where the way does not lead there any more. What was found in the account is gone to in the account.
///
/// # Errors
/// When the driver or the disk fails.
pub async fn go_to(
    with: &mut Context<'_>,
    goal: &dyn Goal,
    reached: &GoalReached,
) -> Result<Option<(Screen, u32)>, Broken> {
    if reached.breadth.signed_in
        && let Err(outcome) = account::ensure(with).await?
    {
        let Outcome::Incomplete(what) = outcome else { return Ok(None) };
        with.driven.recorder.append(Event::Trouble(Trouble { what }))?;
        return Ok(None);
    }
    for attempt in 0..TRIES {
        (with.progress)(&format!("going to what was found: {}", goal.name()));
        if attempt > 0 && !reached.breadth.signed_in && with.known.account.is_some() {
            // A guest found it, and who is logged in starts elsewhere.
            with.driven.start(Start::Fresh).await?;
        }
        with.driven.go_to_main_screen().await?;
        with.driven.app.set_hand(Hand::Trying).await?;
        let walked = with.driven.walk(&operations(&reached.path), OnTheWay::Pass).await?;
        with.driven.app.set_hand(Hand::Guided).await?;
        let (screen, number) = (walked.screen, walked.number);
        if goal.reached(&screen, walked.label.as_deref()) {
            let goal = goal.name().to_owned();
            with.driven.recorder.append(Event::PathReplayed(PathReplayed {
                goal,
                screen: number,
                arrived: true,
            }))?;
            return Ok(Some((screen, number)));
        }
    }
    let screen = with.driven.recorder.last_screen();
    with.driven.recorder.append(Event::PathReplayed(PathReplayed {
        goal: goal.name().to_owned(),
        screen,
        arrived: false,
    }))?;
    Ok(None)
}
