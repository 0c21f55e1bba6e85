//! A verdict with its reasons and its evidence.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::Table;
pub use crate::case::{Evidence, Mark, Marks};
use crate::item::ItemId;
use crate::text::{Bilingual, both, said};
pub use crate::verdict::Verdict;

/// Version of the form of `findings.json`. It grows when something is taken away or changes its meaning; readers must bear
/// new fields without it.
pub const FINDINGS_FORMAT: u32 = 1;

fn first_format() -> u32 {
    1
}

/// What is found on one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Its number in the notice, such as `1.3`.
    #[schemars(with = "String", regex(pattern = r"^[1-6]\.[1-9]$"))]
    pub item: ItemId,
    pub verdict: Verdict,
    pub title: Bilingual,
    /// Why, in one sentence.
    pub reason: Bilingual,
    /// What more a reader should know: measured figures, how far was looked, what was left out.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub notes: Vec<Bilingual>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub evidence: Vec<Evidence>,
    /// What was held against what, where the item compares.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub tables: Vec<Table>,
    /// How long the probes that it rests on took (s), by the timeline.
    pub seconds: f64,
    /// What persons stated on it after the run, in order. `verdict` stays what was judged.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub attested: Vec<Attestation>,
    /// Who accepts it for a while, and why. It changes no verdict.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub accepted: Option<Accepted>,
}

/// That a finding is accepted for a while: by the scenario, or by a file beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Accepted {
    pub by: String,
    pub reason: String,
    /// The last day on which it holds, in China's time.
    pub until: Date,
    /// The recording began after that day: the finding counts again.
    pub expired: bool,
}

/// What a person stated on an item; the finding's evidence holds it with its files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attestation {
    /// Sequence number of the timeline's entry.
    pub entry: u64,
    pub time: jiff::Timestamp,
    pub by: String,
    pub verdict: Verdict,
    pub note: String,
}

impl Finding {
    /// The verdict that counts. A judged violation stands whatever is stated, and a stated violation always counts; what
    /// was left to a person, or not tested, is what the last statement says.
    pub fn standing(&self) -> Verdict {
        match (self.verdict, self.attested.last().map(|statement| statement.verdict)) {
            (judged, None) => judged,
            (Verdict::Review | Verdict::NotTested, Some(stated)) => stated,
            (judged, Some(stated)) if stated.gravity() < judged.gravity() => stated,
            (judged, Some(_)) => judged,
        }
    }

    /// What the verdict that counts rests on: `proven` by the recording, `attested` by a person after the run, `open` where a
    /// person must decide, `none` where nothing was tested.
    pub fn confidence(&self) -> &'static str {
        match self.standing() {
            Verdict::NotTested => "none",
            Verdict::Review => "open",
            standing if standing != self.verdict => "attested",
            _ => "proven",
        }
    }

    /// Whether it would fail a run and is accepted for now.
    pub fn is_accepted(&self) -> bool {
        let weighs = matches!(self.standing(), Verdict::Violation | Verdict::Review);
        weighs && self.accepted.as_ref().is_some_and(|accepted| !accepted.expired)
    }

    /// Who accepted it and why, in one sentence; also where that is over, as the finding then counts again.
    pub fn acceptance(&self) -> Option<Bilingual> {
        let Accepted { by, reason, until, expired } = self.accepted.as_ref()?;
        let until = until.to_string();
        Some(match expired {
            false => said!(
                "accepted by {by} until {until}: {reason}",
                "{by} 接受此项至 {until}：{reason}",
                by,
                until,
                reason
            ),
            true => said!(
                "was accepted by {by} until {until}, which is over: {reason}",
                "{by} 曾接受此项至 {until}，已过期：{reason}",
                by,
                until,
                reason
            ),
        })
    }

    /// The last statement in one sentence, and what was judged where that differs: a reader must see which of the two
    /// counts, and on whose word.
    pub fn stated(&self) -> Option<Bilingual> {
        let Attestation { by, time, verdict, note, .. } = self.attested.last()?;
        let words = |verdict: Verdict| both(verdict.words(), verdict.words_zh());
        let judged = words(self.verdict);
        let beside = if self.standing() != self.verdict {
            said!("; judged: {judged}", "；判定为{judged}", judged)
        } else if *verdict != self.verdict {
            said!("; the judged “{judged}” stands", "；判定的“{judged}”仍然成立", judged)
        } else {
            both("", "")
        };
        Some(said!(
            "attested by {by} on {day}: {verdict}: {note}{beside}",
            "{by} 于 {day} 声明：{verdict}：{note}{beside}",
            by,
            day = time.strftime("%Y-%m-%d").to_string(),
            verdict = words(*verdict),
            note,
            beside
        ))
    }
}

/// All findings of one recording: what `findings.json` holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Findings {
    /// Version of this form, now 1. What was written before forms were numbered is of form 1.
    #[serde(default = "first_format")]
    pub format: u32,
    /// `candor` and its version, as the recording names it.
    pub tool: String,
    pub app: String,
    /// `web`, `android`, `ios`.
    pub platform: String,
    pub target: String,
    pub scenario: String,
    /// When the recording began.
    pub begun: jiff::Timestamp,
    /// The run was cut off: what it did not reach is `not tested`.
    pub incomplete: bool,
    /// All 31, in the notice's order.
    #[schemars(length(equal = 31))]
    pub findings: Vec<Finding>,
}

impl Findings {
    /// How many have this verdict with what was attested: see [`Finding::standing`].
    pub fn standing(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.standing() == verdict).count()
    }

    /// How many of those with this verdict are accepted for now.
    pub fn accepted(&self, verdict: Verdict) -> usize {
        let accepted = |finding: &&Finding| finding.standing() == verdict && finding.is_accepted();
        self.findings.iter().filter(accepted).count()
    }

    /// How many with this verdict fail a run: those that nobody accepts for now.
    pub fn failing(&self, verdict: Verdict) -> usize {
        self.standing(verdict) - self.accepted(verdict)
    }
}
