//! How an app is started.

use serde::{Deserialize, Serialize};

/// How an app is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// Nothing of earlier runs is left: a new profile, cleared data.
    Fresh,
    /// The data of earlier starts is still there.
    Resumed,
    /// As resumed, after another version was installed over the one before.
    Upgraded,
}
