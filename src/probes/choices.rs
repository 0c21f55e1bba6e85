//! A prompt's choices, opened again: what is on is switched off, and that is saved. Consent managers take consent back so.

use super::context::Context;
use crate::language::lexicon::Meaning;
use crate::language::rights;
use crate::recording::ScreenSeen;
use crate::screen::operation::Operation;
use crate::screen::{Checked, Screen};
use crate::session::Broken;

/// Switches of one prompt that are tapped at most (ours).
const SWITCHES: usize = 12;

/// Switches off whatever is on in the choices that stand open, and saves them; false where there is nothing to save, or nothing
/// was on.
///
/// # Errors
/// When the driver or the disk fails.
pub(super) async fn switch_off_all(
    with: &mut Context<'_>,
    screen: &Screen,
    seen: &ScreenSeen,
) -> Result<bool, Broken> {
    if seen.reading.prompt.is_none() || rights::controls(screen, Meaning::Saves).is_empty() {
        return Ok(false);
    }
    let (mut screen, mut number) = (screen.clone(), seen.screen);
    let mut reading = seen.reading.clone();
    let mut tapped: Vec<String> = Vec::new();
    for _ in 0..SWITCHES {
        let may_be_off = |at: usize| screen.elements.get(at).is_some_and(|element| !element.disabled);
        let on = reading.boxes.iter().find(|tick| {
            tick.by_tree == Some(Checked::On) && may_be_off(tick.element) && !tapped.contains(&tick.label)
        });
        let Some((tick, (x, y))) = on.and_then(|tick| Some((tick, tick.tap_at?))) else { break };
        let label: String = tick.label.chars().take(60).collect();
        tapped.push(tick.label.clone());
        with.driven.perform(number, &Operation::Tap { x, y, label }).await?;
        let (now, again) = with.driven.see_past_asks().await?;
        (screen, number, reading) = (now, again.screen, again.reading);
    }
    let Some(save) = rights::controls(&screen, Meaning::Saves).pop().filter(|_| !tapped.is_empty()) else {
        return Ok(false);
    };
    let operation = Operation::Tap { x: save.at.0, y: save.at.1, label: save.label };
    with.driven.perform(number, &operation).await?;
    Ok(true)
}
