//! Adds what people stated after the run (`candor attest`) to the findings on their items.

use super::finding::{Attestation, Evidence, Finding};
use crate::recording::{Entry, Event};
use crate::text::said;

/// Adds the statements on a finding's item: to the finding, and to its evidence with their files, so that every report
/// shows who, when and what.
pub fn add(finding: &mut Finding, entries: &[Entry]) {
    for entry in entries {
        let Event::Attested(stated) = &entry.event else { continue };
        if stated.item != finding.item {
            continue;
        }
        finding.evidence.push(Evidence {
            entry: entry.seq,
            shows: said!(
                "attested by {by} on {when}: {verdict}: {note}",
                "{by} 于 {when} 声明：{verdict}：{note}",
                by = stated.by,
                when = entry.time.strftime("%Y-%m-%d %H:%M UTC").to_string(),
                verdict = (stated.verdict.words(), stated.verdict.words_zh()),
                note = stated.note
            ),
            files: stated.files.iter().map(|file| file.file.clone()).collect(),
            marks: None,
        });
        finding.attested.push(Attestation {
            entry: entry.seq,
            time: entry.time,
            by: stated.by.clone(),
            verdict: stated.verdict,
            note: stated.note.clone(),
        });
    }
}
