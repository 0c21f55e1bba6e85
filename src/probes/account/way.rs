//! Ways through the app that the account's probes go: searched for once, walked again afterwards.

use super::signed_in;
use crate::explore::goal::Goal;
use crate::explore::{Answer, Explorer, Limits};
use crate::language::lexicon::fold;
use crate::probes::Context;
use crate::recording::{Event, ScreenSeen, Step};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::session::Broken;
use crate::session::asks;
use crate::session::hand::perform;
use crate::session::main_screen::MainScreen;

/// Looks and records what is seen.
pub async fn observe(with: &mut Context<'_>) -> Result<(Screen, ScreenSeen), Broken> {
    asks::look_past(with.app, with.recorder).await?;
    let observation = with.app.observe().await?;
    let seen = with.recorder.see(&observation)?;
    Ok((observation.screen, seen))
}

/// One search of the app as a guest.
pub async fn search(
    with: &mut Context<'_>,
    goal: &dyn Goal,
    depth: usize,
    promising_only: bool,
) -> Result<Answer, Broken> {
    let limits = Limits { promising_only, ..with.limits(depth) };
    let mut home = MainScreen::default();
    Explorer::new(with.app, with.recorder, &mut home, with.progress, limits).search(goal).await
}

/// Searches in the account: where labels speak for it first, then everywhere; the app stands on what was reached.
pub async fn find(with: &mut Context<'_>, goal: &dyn Goal) -> Result<Answer, Broken> {
    let depth = with.thresholds.get("search_depth").clamp(1.0, 50.0) as usize;
    let mut answer = None;
    for (depth, promising_only) in [(depth.min(5), true), (depth, false)] {
        let limits = Limits { promising_only, ..with.limits(depth) };
        let mut home = MainScreen::default();
        let explorer = Explorer::new(with.app, with.recorder, &mut home, with.progress, limits).signed_in();
        let found = explorer.search(goal).await?;
        if matches!(found, Answer::Reached(_)) {
            return Ok(found);
        }
        answer = Some(found);
    }
    // A walk that fell out of the account on its way proves nothing of what is in it.
    let after = signed_in(with).await?;
    with.recorder.append(Event::SessionLooked { signed_in: after.there, screen: after.screen })?;
    answer.ok_or(Broken::Cancelled)
}

/// The operations of a path.
pub fn operations(path: &[Step]) -> Vec<Operation> {
    path.iter().map(|step| step.operation.clone()).collect()
}

/// Where walking a known way ended.
pub struct Walked {
    pub screen: Screen,
    pub number: u32,
    /// Every operation of it could be done.
    pub whole: bool,
    /// All that was shown on the way, the last screen included.
    pub shown: String,
}

/// Does the operations of a known way, taps by their words.
pub async fn walk(with: &mut Context<'_>, way: &[Operation]) -> Result<Walked, Broken> {
    let (mut screen, seen) = observe(with).await?;
    let mut number = seen.screen;
    let mut shown = whole(&screen);
    for operation in way {
        let operation = match operation {
            Operation::Tap { label, .. } if !label.is_empty() => match by_label(&screen, label) {
                Some((x, y)) => Operation::Tap { x, y, label: label.clone() },
                None => return Ok(Walked { screen, number, whole: false, shown }),
            },
            other => other.clone(),
        };
        perform(with.app, with.recorder, number, &operation).await?;
        let (now, seen) = observe(with).await?;
        (screen, number) = (now, seen.screen);
        shown.push_str(&whole(&screen));
    }
    Ok(Walked { screen, number, whole: true, shown })
}

/// All text of a screen with what its fields hold.
pub fn whole(screen: &Screen) -> String {
    let values = screen.elements.iter().map(|element| element.value.as_str());
    let held: Vec<&str> = values.filter(|value| !value.is_empty()).collect();
    format!("{}\n{}\n", screen.whole_text(), held.join("\n"))
}

pub(super) fn by_label(screen: &Screen, label: &str) -> Option<(f32, f32)> {
    let short = |text: &str| text.chars().take(60).collect::<String>();
    let wanted = fold(label);
    let at = (0..screen.elements.len())
        .find(|&at| screen.elements[at].tap_at.is_some() && fold(&short(&screen.label(at))) == wanted)?;
    screen.elements[at].tap_at
}
