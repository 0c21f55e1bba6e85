//! What a report is: a file beside the recording, and what is written into it.

use crate::recording::Recording;
use crate::rules::Findings;

/// A report that every run and every judging leaves.
pub struct Form {
    /// The name of its file in the artifact folder.
    pub file: &'static str,
    /// Writes its text, or says why it cannot.
    pub write: fn(&Recording, &Findings) -> Result<String, String>,
}
