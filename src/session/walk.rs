//! Walks a way through the app that is known.

use super::broken::Broken;
use super::driven::Driven;
use super::find::move_to_control;
use crate::screen::Screen;
use crate::screen::operation::Operation;

/// What is done with the screens on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnTheWay {
    /// They are passed: a control that is gone is tapped where it was.
    Pass,
    /// Each is recorded and its text kept: a control that is gone ends the walk.
    Read,
}

/// Where walking a known way ended.
#[derive(Debug)]
pub struct Walked {
    pub screen: Screen,
    /// That screen's number in the recording.
    pub number: u32,
    /// Every operation of it could be done.
    pub whole: bool,
    /// All that was shown on the way and kept, the last screen included.
    pub shown: String,
    /// The label that was tapped last, where the last operation was a tap.
    pub label: Option<String>,
}

impl Driven<'_> {
    /// Does the operations of a known way, taps by their words, and records the screen at its end.
    ///
    /// # Errors
    /// When the driver or the disk fails.
    pub async fn walk(&mut self, way: &[Operation], on_the_way: OnTheWay) -> Result<Walked, Broken> {
        let reads = on_the_way == OnTheWay::Read;
        let (mut shown, mut label) = (String::new(), None);
        for operation in way {
            let (screen, number) = if reads {
                let (screen, seen) = self.see_past_asks().await?;
                shown.push_str(&text_with_values(&screen));
                (screen, seen.screen)
            } else {
                (self.look_past_asks().await?, self.recorder.last_screen())
            };
            let operation = match move_to_control(&screen, operation) {
                Some(operation) => operation,
                None if !reads || is_unlabelled(operation) => operation.clone(),
                None => return Ok(Walked { screen, number, whole: false, shown, label }),
            };
            self.perform(number, &operation).await?;
            label = match operation {
                Operation::Tap { label, .. } => Some(label),
                _ => None,
            };
        }
        let (screen, seen) = self.see_past_asks().await?;
        shown.push_str(&text_with_values(&screen));
        Ok(Walked { screen, number: seen.screen, whole: true, shown, label })
    }
}

/// A control without words can be tapped only where it was.
fn is_unlabelled(operation: &Operation) -> bool {
    matches!(operation, Operation::Tap { label, .. } if label.is_empty())
}

/// Returns all text of a screen with what its fields hold.
pub fn text_with_values(screen: &Screen) -> String {
    let values = screen.elements.iter().map(|element| element.value.as_str());
    let held: Vec<&str> = values.filter(|value| !value.is_empty()).collect();
    format!("{}\n{}\n", screen.whole_text(), held.join("\n"))
}
