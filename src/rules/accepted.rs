//! Puts acceptances beside the findings that they are about. No verdict changes by it.

use super::finding::{Accepted, Finding, Verdict};
use crate::acceptance::Acceptance;
use crate::item::ItemId;
use crate::recording::Recording;
use crate::text::said;
use crate::working_days::day_in_china;

/// What is accepted on the day on which a recording began: by its scenario, and by `besides`. Judged by that day and not by
/// today, so that the same recording always gives the same findings.
pub fn in_force(recording: &Recording, besides: &[Acceptance]) -> Vec<(ItemId, Accepted)> {
    let began = recording.entries.first().map(|entry| day_in_china(entry.time)).unwrap_or_default();
    let own = recording.start().map_or(&[][..], |start| &start.accept[..]);
    let own = own.iter().filter(|own| besides.iter().all(|other| other.item != own.item));
    own.chain(besides)
        .map(|Acceptance { item, reason, by, until }| {
            let (by, reason, until) = (by.clone(), reason.clone(), *until);
            (*item, Accepted { by, reason, until, expired: began > until })
        })
        .collect()
}

/// Adds an acceptance to the finding on its item; where there is nothing to accept, a note that says so.
pub fn add(finding: &mut Finding, accepted: &[(ItemId, Accepted)]) {
    let Some((_, accepted)) = accepted.iter().find(|(item, _)| *item == finding.item) else { return };
    if matches!(finding.standing(), Verdict::Violation | Verdict::Review) {
        finding.accepted = Some(accepted.clone());
        return;
    }
    finding.notes.push(said!(
        "It is accepted until {until} by {by}, and there is nothing to accept: the acceptance can be taken back.",
        "{by} 接受此项至 {until}，但已没有需要接受的内容：可撤去该条目。",
        by = accepted.by,
        until = accepted.until.to_string()
    ));
}

#[cfg(test)]
#[path = "accepted_tests.rs"]
mod tests;
