//! What persons stated after the run, beside what was judged.

use super::catalogue::both;
use super::{Attestation, Evidence, Finding};
use crate::recording::{Entry, Event};

/// Adds the statements on a finding's item: to the finding, and to its evidence with their files, so that every report
/// shows who, when and what.
pub fn add(finding: &mut Finding, entries: &[Entry]) {
    for entry in entries {
        let Event::Attested(stated) = &entry.event else { continue };
        if stated.item != finding.item {
            continue;
        }
        let (by, note, when) = (&stated.by, &stated.note, entry.time.strftime("%Y-%m-%d %H:%M UTC"));
        finding.evidence.push(Evidence {
            entry: entry.seq,
            shows: both(
                format!("attested by {by} on {when}: {}: {note}", stated.verdict.words()),
                format!("{by} 于 {when} 声明：{}：{note}", stated.verdict.words_zh()),
            ),
            files: stated.files.iter().map(|file| file.file.clone()).collect(),
            marks: None,
        });
        finding.attested.push(Attestation {
            entry: entry.seq,
            time: entry.time,
            by: by.clone(),
            verdict: stated.verdict,
            note: note.clone(),
        });
    }
}
