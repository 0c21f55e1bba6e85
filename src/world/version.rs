//! Which version of an app is driven.

use serde::{Deserialize, Serialize};

/// Which version of an app is driven, where there are two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Version {
    /// The one that people have.
    Before,
    /// The one that is audited.
    Now,
}

impl Version {
    /// Says which it is, in English and in Chinese.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Version::Before => ("the version before", "旧版本"),
            Version::Now => ("the version that is audited", "受检版本"),
        }
    }
}
