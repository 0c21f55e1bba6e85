//! What a recording means: one file per item, one list, verdicts and findings. Rules read a recording
//! and nothing else: no app, no clock, no network.

mod accessed;
mod article1;
mod article2;
mod article3;
mod article4;
mod article6;
mod attested;
mod case;
pub mod catalogue;
mod finding;
mod safety;
mod searched;

pub use case::Case;
pub use finding::{Attestation, Evidence, FINDINGS_FORMAT, Finding, Findings, Mark, Marks, Verdict};

use self::catalogue::{Bilingual, both};
use crate::item::ItemId;
use crate::recording::Recording;
use crate::thresholds::Thresholds;

/// Judges one item.
pub trait Rule: Sync {
    /// The item's number, such as `1.3`.
    fn item(&self) -> &'static str;
    /// The probes whose recording it reads.
    fn probes(&self) -> &'static [&'static str];
    /// Its judgement. Called only where at least one of its probes was started.
    fn judge(&self, case: &Case<'_>) -> Judgement;
}

/// Every rule there is. An item without one is `not tested: no probe yet`.
const RULES: [&dyn Rule; 18] = [
    &article1::no_policy::NoPolicy,
    &article1::not_prompted::NotPrompted,
    &article1::hard_to_reach::HardToReach,
    &article1::hard_to_read::HardToRead,
    &article2::no_purpose::NoPurpose,
    &article3::before_consent::BeforeConsent,
    &article3::after_refusal::AfterRefusal,
    &article3::consent_by_default::ConsentByDefault,
    &article3::targeted::Targeted,
    &article3::misleading::Misleading,
    &article3::no_withdrawal::NoWithdrawal,
    &article4::refuses_service::RefusesService,
    &article4::forced_for_improvement::ForcedForImprovement,
    &article4::bundled::Bundled,
    &article6::no_rights::NoRights,
    &article6::conditions::Conditions,
    &article6::surface::Surface,
    &article6::no_channel::NoChannel,
];

/// A verdict with its reasons, before it is a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    pub verdict: Verdict,
    pub reason: Bilingual,
    pub notes: Vec<Bilingual>,
    pub evidence: Vec<Evidence>,
}

impl Judgement {
    fn new(verdict: Verdict, en: impl Into<String>, zh: impl Into<String>) -> Judgement {
        Judgement { verdict, reason: both(en, zh), notes: Vec::new(), evidence: Vec::new() }
    }
    fn note(mut self, en: impl Into<String>, zh: impl Into<String>) -> Judgement {
        self.notes.push(both(en, zh));
        self
    }
    fn with(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Judgement {
        self.evidence.extend(evidence);
        self
    }
}

/// Judges a recording: all 31 items in the notice's order. The same recording and the same limits
/// always give the same findings.
pub fn judge(recording: &Recording, overrides: &Overrides) -> Findings {
    let start = recording.start();
    let mut limits = start.map(|start| start.thresholds.clone()).unwrap_or_default();
    limits.extend(overrides.thresholds.clone());
    let thresholds = Thresholds::new(limits);
    let items: &[ItemId] = match (&overrides.items[..], start) {
        ([], Some(start)) => &start.items,
        (items, _) => items,
    };
    let case = Case::new(recording, &thresholds);
    let findings = ItemId::all()
        .map(|item| {
            let rule = RULES.iter().find(|rule| rule.item() == item.to_string());
            let asked = items.is_empty() || items.contains(&item);
            let judgement = match rule {
                _ if !asked => Judgement::new(Verdict::NotTested, "not asked for", "未要求检测"),
                None => Judgement::new(Verdict::NotTested, "no probe yet", "尚无探测"),
                Some(rule) => match case.not_started(rule.probes()) {
                    Some(why) => why,
                    None => rule.judge(&case),
                },
            };
            let mut finding = Finding {
                item,
                verdict: judgement.verdict,
                title: catalogue::entry(item).title.clone(),
                reason: judgement.reason,
                notes: judgement.notes,
                evidence: judgement.evidence,
                seconds: rule.map_or(0.0, |rule| case.seconds(rule.probes())),
                attested: Vec::new(),
            };
            attested::add(&mut finding, &recording.entries);
            finding
        })
        .collect();
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

/// Other limits and items than the recording's own.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    pub thresholds: std::collections::BTreeMap<String, f64>,
    /// All that the recording asks for where empty.
    pub items: Vec<ItemId>,
}

#[cfg(test)]
mod tests;
