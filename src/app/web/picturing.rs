//! Taking the picture of the screen that was looked at. A page that looks as it did when its picture was last taken is not
//! pictured again: a picture a quarter as wide and as high tells that, in a third of the time.

use base64::Engine as _;
use serde_json::{Value, json};

use super::album::Shot;
use super::browser::Web;
use crate::app::{App as _, AppError};

/// Width of the small picture as a part of the whole one's (ratio; ours): a tick of 12 CSS px still covers 8 × 8 of its px.
const SMALL: f64 = 0.25;

impl Web {
    /// Takes the picture of what is shown now, as PNG; `None` where an alert is in the way.
    ///
    /// # Errors
    /// When the driver is lost.
    pub(super) async fn take_picture(&mut self) -> Result<Option<Vec<u8>>, AppError> {
        self.keep_up().await?;
        let before = self.now();
        let tree = self.album.tree;
        let known = tree.as_ref().and_then(|tree| self.album.shots.get(tree));
        let small = match known {
            Some(_) => self.capture(Some(SMALL)).await,
            None => None,
        };
        if let (Some(shot), Some(small)) = (known, &small)
            && shot.small.as_ref() == Some(small)
        {
            return Ok(Some(shot.png.clone()));
        }
        let png = match self.capture(None).await.and_then(decode) {
            Some(png) => png,
            // An alert may be in the way: then there is none.
            None => match self.session()?.take_picture().await? {
                Some(png) => png,
                None => return Ok(None),
            },
        };
        if let Some(tree) = tree.filter(|_| self.now() == before) {
            self.album.keep(tree, Shot { png: png.clone(), small });
        }
        Ok(Some(png))
    }

    /// Has the browser draw the tab that is driven, as base64 of a PNG, `scale` times as wide as the screen; `None` where it
    /// does not. The driver is asked to ask for it: the size of the screen is set in its own line, and another one's
    /// picture of a part would undo that.
    async fn capture(&self, scale: Option<f64>) -> Option<String> {
        let (Some(clock), Ok(line), Some(session)) = (&self.clock, &self.side, &self.session) else {
            return None;
        };
        if line.dialog(&clock.window).is_some() {
            return None;
        }
        // The file is a third larger and takes less time.
        let mut how = json!({"format": "png", "optimizeForSpeed": true});
        if let Some(scale) = scale {
            let metrics = session.devtools("Page.getLayoutMetrics", json!({})).await.ok()?;
            let at = &metrics["cssVisualViewport"];
            how["clip"] = json!({"x": at["pageX"], "y": at["pageY"], "width": at["clientWidth"],
                "height": at["clientHeight"], "scale": scale});
        }
        let mut answer = session.devtools("Page.captureScreenshot", how).await.ok()?;
        match answer["data"].take() {
            Value::String(data) => Some(data),
            _ => None,
        }
    }
}

fn decode(data: String) -> Option<Vec<u8>> {
    base64::engine::general_purpose::STANDARD.decode(data).ok()
}
