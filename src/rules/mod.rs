//! What a recording means: one file per item, one list, one order of ruling, verdicts and findings. Rules read a recording
//! and nothing else: no app, no clock, no network.
//!
//! A new item is one file in the folder of its article, named in the list of that folder's `mod.rs`.

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
#[cfg(test)]
pub(crate) mod policy_case_tests;
mod rule;
mod ruling;
mod turned;

pub use finding::{Attestation, Evidence, FINDINGS_FORMAT, Finding, Findings, Mark, Marks, Verdict};

use self::again::Again;
use self::rule::{Opinion, Rule};
use self::turned::Earlier;
use crate::case::{Case, Readings};
use crate::item::ItemId;
use crate::recording::Recording;
use crate::text::both;
use crate::thresholds::Thresholds;

/// Returns every rule there is. An item without one is `not tested: no probe yet`.
fn all_rules() -> impl Iterator<Item = &'static dyn Rule> {
    [article1::RULES, article2::RULES, article3::RULES, article4::RULES, article5::RULES, article6::RULES]
        .concat()
        .into_iter()
}

/// Returns the probes whose recording the rule of an item reads; none where there is no rule.
pub fn probes_of(item: ItemId) -> &'static [&'static str] {
    all_rules().find(|rule| rule.item() == item.to_string()).map_or(&[], Rule::reads)
}

/// Judges a recording: all 31 items in the notice's order. The same recording and the same limits
/// always give the same findings.
pub fn judge(recording: &Recording, overrides: &Overrides) -> Findings {
    let start = recording.start();
    let again = Again::of(recording, overrides);
    let mut findings = judge_session(recording, overrides, again.as_ref());
    for finding in &mut findings {
        attested::add(finding, &recording.entries);
    }
    Findings {
        format: FINDINGS_FORMAT,
        tool: start.map(|start| start.tool.clone()).unwrap_or_default(),
        app: start.map(|start| start.app.clone()).unwrap_or_default(),
        platform: start.map(|start| start.platform.clone()).unwrap_or_default(),
        target: start.map(|start| start.target.clone()).unwrap_or_default(),
        scenario: start.map(|start| start.scenario.clone()).unwrap_or_default(),
        begun: recording.entries.first().map(|entry| entry.time).unwrap_or_default(),
        incomplete: recording.incomplete,
        findings,
    }
}

/// Judges what one session shows, with what came of looking again, without what was stated after it.
fn judge_session(recording: &Recording, overrides: &Overrides, again: Option<&Again<'_>>) -> Vec<Finding> {
    let start = recording.start();
    let mut limits = start.map(|start| start.thresholds.clone()).unwrap_or_default();
    limits.extend(overrides.thresholds.clone());
    let thresholds = Thresholds::new(limits);
    let items: &[ItemId] = match (&overrides.items[..], start) {
        ([], Some(start)) => &start.items,
        (items, _) => items,
    };
    let case = Case::new(recording, &thresholds, Readings::Again);
    let earlier = Earlier::of(recording);
    let judge_item = |item: ItemId| {
        let rule = all_rules().find(|rule| rule.item() == item.to_string());
        let asked = items.is_empty() || items.contains(&item);
        let opinion = match rule {
            _ if !asked => Opinion::not_tested(both("not asked for", "未要求检测")),
            None => Opinion::not_tested(both("no probe yet", "尚无探测")),
            Some(rule) => ruling::rule_on(rule, &case),
        };
        let mut finding = Finding {
            item,
            verdict: opinion.verdict,
            title: catalogue::entry(item).title.clone(),
            reason: opinion.reason,
            notes: opinion.notes,
            evidence: opinion.evidence,
            seconds: rule.map_or(0.0, |rule| case.seconds(rule.reads())),
            attested: Vec::new(),
        };
        if let Some(again) = again {
            again.weigh(&mut finding);
        }
        if let (Some(earlier), Some(rule), true) = (&earlier, rule, asked) {
            let turn = earlier.note_turn(&finding, rule, (&case, recording, &thresholds));
            finding.notes.extend(turn);
        }
        finding
    };
    ItemId::all().map(judge_item).collect()
}

/// Other limits and items than the recording's own.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    pub thresholds: std::collections::BTreeMap<String, f64>,
    /// All that the recording asks for where empty.
    pub items: Vec<ItemId>,
}

#[cfg(test)]
mod tests;
