//! The guard on the wire: which requests of a walk are held back, and what is told of those that were.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How strictly requests are held back while candor walks through an app by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Guard {
    /// Nothing is held back. Must be written into the scenario.
    Off,
    /// A request that may change something and whose address or body says so (order, pay, delete …) is held back.
    #[default]
    Words,
    /// Every request that may change something is held back, unless the app had made the same one by itself before
    /// candor touched it.
    Strict,
}

/// A request that was held back: the app saw it fail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldBack {
    /// When the app made it.
    pub at: Timestamp,
    /// `POST`, `PUT`, `DELETE`, …
    pub method: String,
    /// Its address without query and fragment, at most 300 characters.
    pub address: String,
    /// The word that decided, such as `delete`, or why `strict` held it.
    pub because: String,
    /// How strict the guard was.
    pub guard: Guard,
}
