//! Files of a recording, as entries name them.

use serde::{Deserialize, Serialize};

/// A file of the recording and its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// Relative to the recording's folder, with `/`.
    pub file: String,
    pub sha256: String,
}
