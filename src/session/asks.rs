//! The system's own permission dialogs, where they stand in the way of something else: refused, as a careful
//! person does, and recorded. What refusing does to the app is for the probes that are about it.

use super::broken::Broken;
use super::hand::perform;
use crate::app::App;
use crate::app::careful::Hand;
use crate::language::permission::{self, Answer, Dialog};
use crate::recording::{Event, Recorder};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::world::Observation;
use crate::world::access::{Access, Standing};

/// Asks in a row that are answered before the screen is taken as it is.
const IN_A_ROW: usize = 8;

/// Times that the same ask is refused on one start before the app counts as one that asks on (ours).
pub const SAME_ASKS: usize = 3;

/// A platform whose prompts nobody sees refuses in the person's name; as with a person, it remembers.
pub async fn refused_by_platform(
    app: &mut dyn App,
    recorder: &mut Recorder,
    screen: u32,
    accesses: &[Access],
) -> Result<(), Broken> {
    for access in accesses.iter().filter(|access| access.shows_a_prompt()) {
        if app.set_permission(&access.what, Standing::Refused).await? {
            let permission = access.what.clone();
            recorder.append(Event::PermissionAnswered { screen, permission, answer: Answer::Refuse })?;
        }
    }
    Ok(())
}

/// Refuses the ask on this screen; false where it has no button to refuse with.
pub async fn refuse(
    app: &mut dyn App,
    recorder: &mut Recorder,
    screen: u32,
    dialog: &Dialog,
) -> Result<bool, Broken> {
    let Some(button) = dialog.button(&[Answer::Refuse, Answer::RefuseForGood]) else { return Ok(false) };
    let ((x, y), label) = (button.tap_at, button.label.clone());
    // Refusing the system's ask is no step of a walk, and does no harm.
    let hand = app.hand();
    app.set_hand(Hand::Guided).await?;
    let done = perform(app, recorder, screen, &Operation::Tap { x, y, label }).await?;
    app.set_hand(hand).await?;
    if !done {
        return Ok(false);
    }
    let permission = dialog.permission.clone();
    recorder.append(Event::PermissionAnswered { screen, permission, answer: button.answer })?;
    Ok(true)
}

/// The next screen that is no ask of the system's: asks on the way are recorded and refused.
///
/// # Errors
/// When the driver or the disk fails.
pub async fn look_past(app: &mut dyn App, recorder: &mut Recorder) -> Result<Screen, Broken> {
    let mut screen = app.look().await?;
    for _ in 0..IN_A_ROW {
        let Some(dialog) = permission::read(&screen) else { break };
        let picture = app.picture().await?;
        let accesses = app.accesses();
        let observation = Observation { screen: screen.clone(), picture, accesses };
        let number = recorder.see(&observation)?.screen;
        if !refuse(app, recorder, number, &dialog).await? {
            break;
        }
        screen = app.look().await?;
    }
    Ok(screen)
}
