//! What an app calls for through the platform: permissions, sensors, and what tells one device from another.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What kind of call it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessKind {
    /// Asks the person for a permission, or uses one that was given.
    Ask,
    /// Reads a sensor that asks nobody, such as motion.
    Sensor,
    /// Reads what tells this device from others, such as the graphics card's name.
    Identifier,
}

/// What the platform would answer at the time of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody has answered yet: the person sees the platform's prompt.
    Unanswered,
    /// Given before: the person sees nothing.
    Granted,
    /// Refused before: the person sees nothing, the app gets an error.
    Refused,
}

/// One call of the app's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Access {
    /// When the platform told of it; the entry is written a little later.
    pub at: Timestamp,
    pub kind: AccessKind,
    /// `location`, `camera`, `motion`, `graphics`, …
    pub what: String,
    /// The function that was called, such as `navigator.geolocation.getCurrentPosition`.
    pub call: String,
    /// Address of the document that called, without its query.
    pub from: String,
    /// Address of the script that called, where the platform tells it.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub script: String,
    /// The document is a frame inside the app's page.
    #[serde(default)]
    pub framed: bool,
    /// The person had just tapped or typed: the platform counts the call as following from that.
    #[serde(default)]
    pub by_hand: bool,
    /// `None` for what asks nobody.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub standing: Option<Standing>,
}

impl Access {
    /// The person saw the platform's prompt because of it.
    pub fn shows_a_prompt(&self) -> bool {
        self.kind == AccessKind::Ask && self.standing == Some(Standing::Unanswered)
    }
}

/// How much of what an app calls for can be seen while it is driven.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Watch {
    /// Kinds that would be seen.
    pub sees: BTreeSet<AccessKind>,
    /// Whether what the app sends is seen; absent in recordings of a candor that did not look.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub requests: Option<bool>,
    /// What would not, and why.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub gaps: Vec<String>,
}
