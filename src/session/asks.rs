//! The system's own permission dialogs, where they stand in the way of something else: refused, as a careful
//! person does, and recorded. What refusing does to the app is for the probes that are about it.

use super::broken::Broken;
use super::driven::Driven;
use crate::app::careful::Hand;
use crate::language::permission::{self, Answer, Dialog};
use crate::recording::entries::PermissionAnswered;
use crate::recording::{Event, ScreenSeen};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::world::access::{Access, Standing};

/// Asks in a row that are answered before the screen is taken as it is.
const IN_A_ROW: usize = 8;

/// Times that the same ask is refused on one start before the app counts as one that asks on (ours).
pub const SAME_ASKS: usize = 3;

impl Driven<'_> {
    /// A platform whose prompts nobody sees refuses in the person's name; as with a person, it remembers.
    pub async fn refuse_for_platform(&mut self, screen: u32, accesses: &[Access]) -> Result<(), Broken> {
        for access in accesses.iter().filter(|access| access.shows_a_prompt()) {
            if self.app.set_permission(&access.what, Standing::Refused).await? {
                let permission = access.what.clone();
                self.recorder.append(Event::PermissionAnswered(PermissionAnswered {
                    screen,
                    permission,
                    answer: Answer::Refuse,
                }))?;
            }
        }
        Ok(())
    }

    /// Refuses the ask on this screen; false where it has no button to refuse with.
    pub async fn refuse_ask(&mut self, screen: u32, dialog: &Dialog) -> Result<bool, Broken> {
        let Some(button) = dialog.button(&[Answer::Refuse, Answer::RefuseForGood]) else { return Ok(false) };
        let ((x, y), label) = (button.tap_at, button.label.clone());
        // Refusing the system's ask is no step of a walk, and does no harm.
        let hand = self.app.hand();
        self.app.set_hand(Hand::Guided).await?;
        let done = self.perform(screen, &Operation::Tap { x, y, label }).await?;
        self.app.set_hand(hand).await?;
        if !done {
            return Ok(false);
        }
        let permission = dialog.permission.clone();
        self.recorder.append(Event::PermissionAnswered(PermissionAnswered {
            screen,
            permission,
            answer: button.answer,
        }))?;
        Ok(true)
    }

    /// The next screen that is no ask of the system's: asks on the way are recorded and refused.
    ///
    /// # Errors
    /// When the driver or the disk fails.
    pub async fn look_past_asks(&mut self) -> Result<Screen, Broken> {
        let mut screen = self.app.look().await?;
        for _ in 0..IN_A_ROW {
            let Some(dialog) = permission::read(&screen) else { break };
            let number = self.record_screen(screen.clone()).await?.1.screen;
            if !self.refuse_ask(number, &dialog).await? {
                break;
            }
            screen = self.app.look().await?;
        }
        Ok(screen)
    }

    /// Looks past the system's asks and records the next screen that is none.
    ///
    /// # Errors
    /// When the driver or the disk fails.
    pub async fn see_past_asks(&mut self) -> Result<(Screen, ScreenSeen), Broken> {
        self.look_past_asks().await?;
        self.see().await
    }
}
