//! What a finger and a keyboard do, as WebDriver actions.

use serde_json::{Value, json};

use super::browser::Web;
use crate::app::AppError;
use crate::screen::operation::Direction;

impl Web {
    async fn pointer(&self, moves: Vec<Value>) -> Result<(), AppError> {
        let actions = json!({"actions": [{"type": "pointer", "id": "finger", "parameters": {"pointerType": "touch"}, "actions": moves}]});
        match self.session()?.post("actions", actions).await {
            // The tap itself opened an alert: it was done.
            Err(AppError::Refused { why, .. }) if why.contains("alert") => Ok(()),
            other => other.map(|_| ()),
        }
    }

    pub(super) async fn tap(&self, x: f32, y: f32) -> Result<(), AppError> {
        let (x, y) = (self.css(x), self.css(y));
        self.pointer(vec![
            json!({"type": "pointerMove", "duration": 0, "x": x, "y": y, "origin": "viewport"}),
            json!({"type": "pointerDown", "button": 0}),
            json!({"type": "pause", "duration": 30}),
            json!({"type": "pointerUp", "button": 0}),
        ])
        .await
    }

    pub(super) async fn swipe(
        &self,
        direction: Direction,
        x: f32,
        y: f32,
        reach: f32,
    ) -> Result<(), AppError> {
        let (dx, dy) = direction.finger_way(reach);
        let at = |share: f32| (self.css(x + dx * share), self.css(y + dy * share));
        let (from, to) = (at(-0.5), at(0.5));
        // A page whose clock stands sees no time pass between the moves, however long they take.
        let (moving, held) = if self.clock.is_some() { (100, 60) } else { (220, 120) };
        self.pointer(vec![
            json!({"type": "pointerMove", "duration": 0, "x": from.0, "y": from.1, "origin": "viewport"}),
            json!({"type": "pointerDown", "button": 0}),
            json!({"type": "pointerMove", "duration": moving, "x": to.0, "y": to.1, "origin": "viewport"}),
            // Held still before it is lifted, so that the content stops where the finger stops.
            json!({"type": "pause", "duration": held}),
            json!({"type": "pointerUp", "button": 0}),
        ])
        .await
    }

    pub(super) async fn type_text(&self, text: &str, submit: bool) -> Result<(), AppError> {
        let mut keys: Vec<Value> = Vec::new();
        for c in text.chars().chain(submit.then_some('\u{E007}')) {
            keys.push(json!({"type": "keyDown", "value": c.to_string()}));
            keys.push(json!({"type": "keyUp", "value": c.to_string()}));
        }
        let actions = json!({"actions": [{"type": "key", "id": "keys", "actions": keys}]});
        self.session()?.post("actions", actions).await.map(|_| ())
    }

    pub(super) async fn back(&self) -> Result<(), AppError> {
        let session = self.session()?;
        let tabs = self.tabs().await?;
        let length = session
            .script("return history.length", Value::Null)
            .await
            .ok()
            .and_then(|v| v.as_u64())
            .unwrap_or(2);
        // A tab that was opened for one page has nothing before it: back closes it.
        if tabs.len() > 1 && length <= 1 {
            session.delete("window").await?;
            let left = self.tabs().await?;
            return match left.last() {
                Some(tab) => self.switch_to(tab).await,
                None => Err(AppError::Gone("the last tab was closed".into())),
            };
        }
        session.post("back", json!({})).await.map(|_| ())
    }

    /// px of the picture as CSS px of the viewport, whole.
    pub(super) fn css(&self, px: f32) -> i64 {
        (px / self.target.viewport.density).round().max(0.0) as i64
    }
}
