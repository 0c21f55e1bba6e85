//! The policy as it was before, out of the version before or an earlier recording, for item 2.2.

use crate::case::Case;
use crate::recording::{Event, FileRef};
use crate::text::{Bilingual, both, said};

/// The probe that upgrades in place.
pub const UPGRADES: &str = "upgrade";

/// The policy as it was before.
pub struct Earlier {
    /// The entry that read it.
    pub seq: u64,
    pub text: String,
    pub from: Bilingual,
    /// It was read in the version before, which this run then upgraded.
    pub upgraded: bool,
}

impl Earlier {
    /// Finds it: in the version before, unless that was given the text of now; else in the earlier recording.
    pub fn find(case: &Case<'_>) -> Option<Earlier> {
        let now = case.policy_text().map(|(_, text)| text);
        let read = |file: &FileRef| case.text(file);
        let upgraded = case.last_span(UPGRADES).is_some();
        let before = case.entries.iter().rev().find_map(|entry| match &entry.event {
            Event::EarlierPolicyRead(earlier) => Some(Earlier {
                seq: entry.seq,
                text: read(&earlier.text)?,
                from: both("the version before", "旧版本"),
                upgraded: true,
            }),
            _ => None,
        });
        let recorded = case.entries.iter().rev().find_map(|entry| match &entry.event {
            Event::EarlierTaken(taken) => Some(Earlier {
                seq: entry.seq,
                text: read(taken.text.as_ref()?)?,
                from: said!(
                    "the recording {recording} of {day}",
                    "{day} 的录制 {recording}",
                    recording = taken.recording,
                    day = taken.begun.strftime("%Y-%m-%d").to_string()
                ),
                upgraded,
            }),
            _ => None,
        });
        match (before, recorded) {
            // A policy that is served live shows the text of now in the version before, too.
            (Some(before), Some(recorded)) if Some(before.text.as_str()) == now => Some(recorded),
            (before, recorded) => before.or(recorded),
        }
    }
}
