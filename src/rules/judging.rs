//! Judging one session: every item's rule, the order of ruling, and how another version judged it.

use super::finding::Finding;
use super::rule::{Opinion, Rule};
use super::turned::Earlier;
use super::{article1, article2, article3, article4, article5, article6, catalogue, ruling};
use crate::acceptance::Acceptance;
use crate::case::{Case, Readings};
use crate::item::ItemId;
use crate::recording::Recording;
use crate::text::both;
use crate::thresholds::Thresholds;

/// Returns every rule there is. An item without one is `not tested: no probe yet`.
pub(super) fn all_rules() -> impl Iterator<Item = &'static dyn Rule> {
    [article1::RULES, article2::RULES, article3::RULES, article4::RULES, article5::RULES, article6::RULES]
        .concat()
        .into_iter()
}

/// Other limits and items than the recording's own.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    pub thresholds: std::collections::BTreeMap<String, f64>,
    /// All that the recording asks for where empty.
    pub items: Vec<ItemId>,
    /// Findings that are accepted besides those that the scenario accepts; for an item of both, this one counts.
    pub accept: Vec<Acceptance>,
}

/// Judges what one session shows, without what was stated after it. `weigh_again` says what looking again came to.
pub(super) fn judge_session(
    recording: &Recording,
    overrides: &Overrides,
    weigh_again: &dyn Fn(&mut Finding),
) -> Vec<Finding> {
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
            tables: opinion.tables,
            evidence: opinion.evidence,
            seconds: rule.map_or(0.0, |rule| case.seconds(rule.reads())),
            attested: Vec::new(),
            accepted: None,
        };
        weigh_again(&mut finding);
        if let (Some(earlier), Some(rule), true) = (&earlier, rule, asked) {
            let turn = earlier.note_turn(&finding, rule, (&case, recording, &thresholds));
            finding.notes.extend(turn);
        }
        finding
    };
    ItemId::all().map(judge_item).collect()
}
