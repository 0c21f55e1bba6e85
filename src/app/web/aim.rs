//! Making sure that a tap meets the control that it is meant for: apps move and replace what a finger is about to touch.

use serde_json::{Value, json};

use super::browser::Web;
use crate::app::AppError;

/// Lets everything through again, and says whether the last tap was stopped.
const RELEASE: &str =
    "const eye = window[Symbol.for('candor.listeners')]; return !!(eye && eye.release && eye.release());";
/// Frames inside of frames of another origin that are entered (ours).
const FRAMES: usize = 4;

impl Web {
    /// Taps a control, px of the picture, where it is still there.
    ///
    /// # Errors
    /// [`AppError::Refused`] where another control lies there now: nothing was tapped.
    pub(super) async fn tap_control(&self, x: f32, y: f32, label: &str) -> Result<(), AppError> {
        match self.take_aim(x, y, label).await? {
            Aim::Other => Err(replaced()),
            // A page that holds nothing of ours, such as a PDF, or one behind an alert.
            Aim::Blind => self.tap(x, y).await,
            Aim::Met => {
                let tapped = self.tap(x, y).await;
                if tapped.as_ref().is_err_and(AppError::is_fatal) {
                    return tapped;
                }
                match self.session()?.script(RELEASE, Value::Null).await {
                    Ok(Value::Bool(true)) if tapped.is_ok() => Err(replaced()),
                    Err(e) if e.is_fatal() => Err(e),
                    // The page was left, or an alert opened: the tap did something.
                    _ => tapped,
                }
            }
        }
    }

    async fn take_aim(&self, x: f32, y: f32, label: &str) -> Result<Aim, AppError> {
        let mut options = json!({"px": x, "py": y, "x": self.css(x), "y": self.css(y), "label": label});
        let session = self.session()?;
        let mut entered = false;
        let mut aim = Aim::Blind;
        for _ in 0..FRAMES {
            let answer = match session.script(include_str!("aim.js"), options.clone()).await {
                Ok(answer) => answer,
                Err(e) if e.is_fatal() => return Err(e),
                Err(_) => break,
            };
            let Some(frame) = answer["frame"].as_u64() else {
                aim = match answer["met"].as_bool() {
                    Some(true) => Aim::Met,
                    Some(false) => Aim::Other,
                    None => Aim::Blind,
                };
                break;
            };
            if let Err(e) = session.post("frame", json!({"id": frame})).await {
                if e.is_fatal() {
                    return Err(e);
                }
                break;
            }
            entered = true;
            // Points are noted in px of the whole picture, wherever they lie.
            options["x"] = answer["x"].clone();
            options["y"] = answer["y"].clone();
        }
        if entered {
            session.post("frame", json!({"id": Value::Null})).await?;
        }
        Ok(aim)
    }
}

/// What lies at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aim {
    Met,
    Other,
    Blind,
}

fn replaced() -> AppError {
    AppError::Refused { command: "tap".to_owned(), why: "another control lies there now".to_owned() }
}
