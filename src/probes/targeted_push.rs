//! `targeted_push`: finds the switch for content or adverts chosen for one person, switches it off, and looks whether it
//! stays off when the app is started again.

use async_trait::async_trait;

use super::context::Context;
use super::probe::{Facts, NOTHING, Probe};
use super::{steps, survey};
use crate::app::careful::Hand;
use crate::explore::Answer;
use crate::explore::goal::TargetedSwitch;
use crate::language::lexicon::{Meaning, fold, means};
use crate::language::reading::TickBox;
use crate::language::signs::SIGNS;
use crate::recording::consent::{Moment, TargetedSwitchSeen};
use crate::recording::entries::Trouble;
use crate::recording::{Event, GoalReached, Outcome};
use crate::screen::operation::Operation;
use crate::screen::{Checked, Screen};
use crate::session::Broken;
use crate::sight::tick::Tick;

/// The probe that switches personalisation off.
#[derive(Debug)]
pub struct TargetedPush;

static FACTS: Facts = Facts {
    name: "targeted_push",
    about: "the switch for personalised content, off and still off",
    does: (
        "finds the switch for personalised content, switches it off, starts the app again, looks whether it is still off, and puts it back",
        "找到个性化内容的开关并关闭，再次启动应用看是否仍为关闭，然后恢复原状",
    ),
    goals: &[&TargetedSwitch],
    ..NOTHING
};

#[async_trait]
impl Probe for TargetedPush {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        let reached = match with.scenario.steps(self.name()).is_empty() {
            false => None,
            true => match survey::answer(with, &TargetedSwitch).await? {
                Answer::RuledOut(_) => return Ok(Outcome::Complete),
                Answer::Reached(reached) => Some(reached),
            },
        };
        let lost = || Outcome::Incomplete("the way to the switch leads elsewhere now".to_owned());
        let screen = match go(with, reached.as_ref()).await? {
            Ok(screen) => screen,
            Err(outcome) => return Ok(outcome),
        };
        let Some((tick, on)) = look(with, Moment::Found, &screen).await? else { return Ok(lost()) };
        // A switch that is off already is left so: only whether it stays off is looked at.
        let switched = on != Some(false);
        if switched {
            (with.progress)("switching personalised content off");
            let Some((x, y)) = tick.tap_at else {
                return Ok(Outcome::Incomplete(format!("the switch “{}” cannot be tapped", tick.label)));
            };
            tap_switch(with, &tick, (x, y)).await?;
            let screen = with.driven.app.look().await?;
            if look(with, Moment::SwitchedOff, &screen).await?.is_none() {
                return Ok(lost());
            }
        }
        (with.progress)("starting again, to see whether it is still off");
        let screen = match go(with, reached.as_ref()).await? {
            Ok(screen) => screen,
            Err(outcome) => return Ok(outcome),
        };
        let Some((tick, off)) = look(with, Moment::Restarted, &screen).await? else { return Ok(lost()) };
        if switched && on == Some(true) && off == Some(false) {
            put_back(with, &tick).await?;
        }
        Ok(Outcome::Complete)
    }
}

/// Taps the switch, which this probe is about, and confirms where the app asks.
async fn tap_switch(with: &mut Context<'_>, tick: &TickBox, (x, y): (f32, f32)) -> Result<(), Broken> {
    let label = tick.label.chars().take(60).collect();
    let screen = with.driven.recorder.last_screen();
    with.driven.app.set_hand(Hand::WithLeave).await?;
    with.driven.perform(screen, &Operation::Tap { x, y, label }).await?;
    confirm(with).await?;
    with.driven.app.set_hand(Hand::Guided).await?;
    Ok(())
}

/// Switches personalisation on again, as it was found, and records whether that worked.
async fn put_back(with: &mut Context<'_>, tick: &TickBox) -> Result<(), Broken> {
    (with.progress)("putting the switch back as it was");
    let back = match tick.tap_at {
        Some(at) => {
            tap_switch(with, tick, at).await?;
            let screen = with.driven.app.look().await?;
            look(with, Moment::PutBack, &screen).await?.and_then(|(_, on)| on)
        }
        None => None,
    };
    if back != Some(true) {
        let what = format!("the switch “{}” could not be put back as it was: look at it by hand", tick.label);
        with.driven.recorder.append(Event::Trouble(Trouble { what }))?;
    }
    Ok(())
}

/// Goes to the switch from a new start of the app: the way that was found, or the scenario's steps.
async fn go(
    with: &mut Context<'_>,
    reached: Option<&GoalReached>,
) -> Result<Result<Screen, Outcome>, Broken> {
    let Some(reached) = reached else {
        let own = with.scenario.steps("targeted_push");
        with.driven.go_to_main_screen().await?;
        if let Err(outcome) = steps::run(with, own).await? {
            return Ok(Err(outcome));
        }
        return Ok(Ok(with.driven.app.look().await?));
    };
    let found = survey::go_to(with, &TargetedSwitch, reached).await?;
    let lost = || Outcome::Incomplete("the way to the switch leads elsewhere now".to_owned());
    Ok(found.map(|(screen, _)| screen).ok_or_else(lost))
}

/// Records how the switch stands; `None` where it is not on the screen. Personalisation's state, not the switch's.
async fn look(
    with: &mut Context<'_>,
    moment: Moment,
    screen: &Screen,
) -> Result<Option<(TickBox, Option<bool>)>, Broken> {
    // What slides into its new place has to have arrived before pixels are asked.
    with.driven.app.changed(screen, std::time::Duration::from_millis(600)).await?;
    let observation = with.driven.app.observe().await?;
    let seen = with.driven.record(&observation)?;
    let found =
        seen.reading.boxes.iter().enumerate().find(|(_, tick)| means(&tick.label, Meaning::Personalised));
    let Some((at, tick)) = found else { return Ok(None) };
    let by_pixels = seen.ticks.get(at).copied().unwrap_or(Tick::Unsure);
    let reversed = is_reversed(&tick.label);
    let personalised = state(tick.by_tree, by_pixels).map(|on| on != reversed);
    with.driven.recorder.append(Event::TargetedSwitchSeen(TargetedSwitchSeen {
        moment,
        screen: seen.screen,
        label: tick.label.chars().take(120).collect(),
        reversed,
        by_tree: tick.by_tree,
        by_pixels,
        personalised,
    }))?;
    Ok(Some((tick.clone(), personalised)))
}

/// Says "turn off …": only what stands before the thing's name counts, not how it is explained after it.
pub(super) fn is_reversed(label: &str) -> bool {
    let folded = fold(label);
    let named = SIGNS.names_of_targeting.iter().filter_map(|name| folded.find(name.as_str())).min();
    named.is_some_and(|at| means(&folded[..at], Meaning::TurnsOff))
}

/// Whether a switch is on, where tree and pixels do not contradict each other.
pub(super) fn state(by_tree: Option<Checked>, by_pixels: Tick) -> Option<bool> {
    let tree = match by_tree {
        Some(Checked::On) => Some(true),
        Some(Checked::Off) => Some(false),
        Some(Checked::Mixed) | None => None,
    };
    let pixels = match by_pixels {
        Tick::On => Some(true),
        Tick::Off => Some(false),
        Tick::Unsure => None,
    };
    match (tree, pixels) {
        (Some(tree), Some(pixels)) => (tree == pixels).then_some(tree),
        (one, other) => one.or(other),
    }
}

/// Confirms where the app asks whether one really wants to.
pub(super) async fn confirm(with: &mut Context<'_>) -> Result<(), Broken> {
    let observation = with.driven.app.observe().await?;
    let seen = with.driven.record(&observation)?;
    let screen = &observation.screen;
    if screen.alert.is_some() {
        with.driven.perform(seen.screen, &Operation::Answer { accept: true }).await?;
        return Ok(());
    }
    if seen.reading.prompt.is_none() {
        return Ok(());
    }
    let yes = (0..screen.elements.len()).rev().find_map(|at| {
        let label = screen.label(at);
        let says = means(&label, Meaning::Next) || label.starts_with("关闭") || label.starts_with("确认");
        let (x, y) = screen.elements[at].tap_at.filter(|_| screen.elements[at].tappable.is_some() && says)?;
        Some(Operation::Tap { x, y, label })
    });
    if let Some(operation) = yes {
        with.driven.perform(seen.screen, &operation).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_that_says_turn_off_is_told_from_one_that_explains_it() {
        for (label, reversed) in [
            ("关闭个性化推荐", true),
            ("不接收定向推送", true),
            ("Turn off personalised ads", true),
            ("个性化推荐", false),
            ("个性化推荐 关闭后不再按您的记录推荐", false),
            ("个性化广告（您可以随时退出）", false),
            ("Personalised ads: turn off to see fewer", false),
        ] {
            assert_eq!(is_reversed(label), reversed, "{label}");
        }
    }

    #[test]
    fn a_switch_is_on_only_where_nothing_contradicts_it() {
        assert_eq!(state(Some(Checked::On), Tick::On), Some(true));
        assert_eq!(state(None, Tick::Off), Some(false));
        assert_eq!(state(Some(Checked::Off), Tick::Unsure), Some(false));
        assert_eq!(state(Some(Checked::On), Tick::Off), None);
        assert_eq!(state(None, Tick::Unsure), None);
    }
}
