//! What a finger does on a phone, as W3C actions.

use serde_json::{Value, json};

use crate::app::AppError;
use crate::app::session::Session;
use crate::screen::operation::Direction;

/// A finger and the unit that its driver counts in.
#[derive(Debug, Clone, Copy)]
pub struct Finger {
    /// px of the picture per unit of the driver.
    pub scale: f32,
}

impl Finger {
    fn unit(&self, px: f32) -> i64 {
        (px / self.scale.max(0.01)).round().max(0.0) as i64
    }

    async fn moves(&self, session: &Session, moves: Vec<Value>) -> Result<(), AppError> {
        let actions = json!({"actions": [{"type": "pointer", "id": "finger",
            "parameters": {"pointerType": "touch"}, "actions": moves}]});
        session.post("actions", actions).await.map(|_| ())
    }

    /// A tap at a point, px of the picture.
    pub async fn tap(&self, session: &Session, x: f32, y: f32) -> Result<(), AppError> {
        let moves = vec![
            json!({"type": "pointerMove", "duration": 0, "x": self.unit(x), "y": self.unit(y), "origin": "viewport"}),
            json!({"type": "pointerDown", "button": 0}),
            json!({"type": "pause", "duration": 60}),
            json!({"type": "pointerUp", "button": 0}),
        ];
        self.moves(session, moves).await
    }

    /// A swipe of `reach` px around a point, px of the picture.
    pub async fn swipe(
        &self,
        session: &Session,
        direction: Direction,
        (x, y): (f32, f32),
        reach: f32,
    ) -> Result<(), AppError> {
        let (dx, dy) = direction.finger_way(reach);
        let to = |share: f32, duration: u32| {
            json!({"type": "pointerMove", "duration": duration, "origin": "viewport",
                "x": self.unit(x + dx * share), "y": self.unit(y + dy * share)})
        };
        let moves = vec![
            to(-0.5, 0),
            json!({"type": "pointerDown", "button": 0}),
            to(0.5, 400),
            // Held still before it is lifted, so that the content stops where the finger stops.
            json!({"type": "pause", "duration": 200}),
            json!({"type": "pointerUp", "button": 0}),
        ];
        self.moves(session, moves).await
    }
}
