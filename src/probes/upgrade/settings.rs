//! Switches about personal information: found in the version before, switched off by the run, and looked at after a restart and
//! after the upgrade.

use std::time::Duration;

use crate::app::careful::Hand;
use crate::explore::Answer;
use crate::explore::goal::{Goal, NO_PROMISE};
use crate::language::reading::TickBox;
use crate::language::{controls, notice};
use crate::probes::account::{self, operations};
use crate::probes::context::Context;
use crate::probes::targeted_push::{confirm, is_reversed, state};
use crate::recording::Event;
use crate::recording::version::{Leg, SettingSeen};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::session::{Broken, Home as _, MainScreen, Manner, OnTheWay};
use crate::sight::tick::Tick;

/// How deep the switches are looked for (ours): labels speak for them.
const DEPTH: usize = 5;
/// Switches of one screen that are set (ours).
const MOST: usize = 8;
/// What slides into its new place has arrived after this long (ours).
const SLIDES: Duration = Duration::from_millis(600);

/// A screen with switches about personal information.
#[derive(Debug)]
struct PrivacySwitches;

impl Goal for PrivacySwitches {
    fn name(&self) -> &'static str {
        "privacy_switches"
    }
    fn reached(&self, screen: &Screen, _: Option<&str>) -> bool {
        controls::read(screen).boxes.iter().any(is_one)
    }
    fn promise(&self, label: &str) -> usize {
        notice::way_to_switches(label).unwrap_or(NO_PROMISE)
    }
}

fn is_one(tick: &TickBox) -> bool {
    !tick.consent && notice::is_privacy_switch(&tick.label)
}

/// The switches, and the way to them.
pub(super) struct Settings {
    way: Option<Vec<Operation>>,
    lost: Option<String>,
}

impl Settings {
    /// Finds the switches of the version that is driven, where labels lead to some.
    pub(super) async fn find(with: &mut Context<'_>) -> Result<Settings, Broken> {
        (with.progress)("looking for switches about personal information");
        let way = match account::search(with, &PrivacySwitches, DEPTH, true).await? {
            Answer::Reached(reached) => Some(operations(&reached.path)),
            Answer::RuledOut(_) => None,
        };
        Ok(Settings { way, lost: None })
    }

    /// Why they could not be looked at once more.
    pub(super) fn lost(&self) -> Option<String> {
        self.lost.clone()
    }

    /// Switches off those that are on, and records how each stands before and after.
    pub(super) async fn switch_off(&mut self, with: &mut Context<'_>) -> Result<(), Broken> {
        let Some(found) = self.go(with, Leg::Found).await? else { return Ok(()) };
        let on: Vec<&Seen> = found.iter().filter(|seen| seen.on == Some(true)).take(MOST).collect();
        for seen in on {
            (with.progress)(&format!("switching off: {}", seen.tick.label));
            let Some((x, y)) = seen.tick.tap_at else { continue };
            let label = seen.tick.label.chars().take(60).collect();
            let screen = with.driven.recorder.last_screen();
            with.driven.app.set_hand(Hand::WithLeave).await?;
            with.driven.perform(screen, &Operation::Tap { x, y, label }).await?;
            confirm(with).await?;
            with.driven.app.set_hand(Hand::Guided).await?;
        }
        see_switches(with, Leg::Set).await?;
        Ok(())
    }

    /// Looks at them once the app was started again.
    pub(super) async fn look_after_restart(&mut self, with: &mut Context<'_>) -> Result<(), Broken> {
        self.look(with, Leg::Restarted).await
    }

    /// Looks at them from a new start of the app.
    pub(super) async fn look(&mut self, with: &mut Context<'_>, leg: Leg) -> Result<(), Broken> {
        self.go(with, leg).await.map(|_| ())
    }

    async fn go(&mut self, with: &mut Context<'_>, leg: Leg) -> Result<Option<Vec<Seen>>, Broken> {
        let Some(way) = self.way.clone() else { return Ok(None) };
        // An ask that is agreed to on the way could switch something on by the person's own word.
        MainScreen::in_manner(Manner::RefusingAsks).go(&mut with.driven).await?;
        with.driven.walk(&way, OnTheWay::Pass).await?;
        let seen = see_switches(with, leg).await?;
        if seen.is_empty() {
            self.lost.get_or_insert(format!("the way to the switches leads elsewhere {}", leg.words().0));
            return Ok(None);
        }
        Ok(Some(seen))
    }
}

/// A switch as it was seen.
struct Seen {
    tick: TickBox,
    on: Option<bool>,
}

/// Records how every switch on the screen stands.
async fn see_switches(with: &mut Context<'_>, leg: Leg) -> Result<Vec<Seen>, Broken> {
    let screen = with.driven.app.look().await?;
    with.driven.app.changed(&screen, SLIDES).await?;
    let (_, sighted) = with.driven.see().await?;
    let mut found = Vec::new();
    for (at, tick) in sighted.reading.boxes.iter().enumerate().filter(|(_, tick)| is_one(tick)) {
        let by_pixels = sighted.ticks.get(at).copied().unwrap_or(Tick::Unsure);
        let reversed = is_reversed(&tick.label);
        let on = state(tick.by_tree, by_pixels).map(|on| on != reversed);
        with.driven.recorder.append(Event::SettingSeen(SettingSeen {
            leg,
            screen: sighted.screen,
            label: tick.label.chars().take(120).collect(),
            reversed,
            by_tree: tick.by_tree,
            by_pixels,
            on,
        }))?;
        found.push(Seen { tick: tick.clone(), on });
    }
    Ok(found)
}
