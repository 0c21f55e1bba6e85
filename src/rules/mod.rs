//! What a recording means: one file per item, one list, one order of ruling, verdicts and findings. Rules read a recording
//! and nothing else: no app, no clock, no network.
//!
//! A new item is one file in the folder of its article, named in the list of that folder's `mod.rs`.

mod accepted;
mod again;
pub(crate) mod article1;
mod article2;
mod article3;
mod article4;
mod article5;
mod article6;
mod attested;
pub mod catalogue;
mod finding;
pub mod guide;
mod judging;
#[cfg(test)]
pub(crate) mod policy_case_tests;
mod rule;
mod ruling;
pub mod sources;
mod table;
mod turned;

pub use finding::{
    Accepted, Attestation, Evidence, FINDINGS_FORMAT, Finding, Findings, Mark, Marks, Verdict,
};

pub use judging::Overrides;
pub use table::Table;

use self::again::Again;
use self::judging::{all_rules, judge_session};
use self::rule::Rule;
use crate::item::ItemId;
use crate::recording::Recording;

/// Returns the probes whose recording the rule of an item reads; none where there is no rule.
pub fn probes_of(item: ItemId) -> &'static [&'static str] {
    all_rules().find(|rule| rule.item() == item.to_string()).map_or(&[], Rule::reads)
}

/// Judges a recording: all 31 items in the notice's order. The same recording and the same limits
/// always give the same findings.
pub fn judge(recording: &Recording, overrides: &Overrides) -> Findings {
    let start = recording.start();
    let again = Again::of(recording, overrides);
    let mut findings = judge_session(recording, overrides, &|finding| {
        if let Some(again) = &again {
            again.weigh(finding);
        }
    });
    let in_force = accepted::in_force(recording, &overrides.accept);
    for finding in &mut findings {
        attested::add(finding, &recording.entries);
        accepted::add(finding, &in_force);
    }
    Findings {
        format: FINDINGS_FORMAT,
        tool: start.map(|start| start.tool.clone()).unwrap_or_default(),
        app: recording.app(),
        platform: start.map(|start| start.platform.clone()).unwrap_or_default(),
        target: start.map(|start| start.target.clone()).unwrap_or_default(),
        scenario: start.map(|start| start.scenario.clone()).unwrap_or_default(),
        begun: recording.entries.first().map(|entry| entry.time).unwrap_or_default(),
        incomplete: recording.incomplete,
        findings,
    }
}

#[cfg(test)]
mod tests;
