//! A verdict with its reasons and its evidence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::catalogue::Bilingual;
use crate::item::ItemId;
use crate::screen::Rect;

/// What a rule came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The recording holds evidence that meets the item's criterion.
    Violation,
    /// The probe that would have shown a violation ran to its end and showed none.
    Conforms,
    /// Evidence was gathered; a person must decide.
    Review,
    /// The probe did not run, could not finish, or was not given what it needs.
    NotTested,
    /// The recording shows that the item cannot arise.
    NotApplicable,
}

impl Verdict {
    /// 0 for the gravest: a violation, then what a person must look at, then the rest.
    pub fn gravity(self) -> u8 {
        match self {
            Verdict::Violation => 0,
            Verdict::Review => 1,
            Verdict::Conforms | Verdict::NotTested | Verdict::NotApplicable => 2,
        }
    }

    /// As it is written for people: `not tested`.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Violation => "violation",
            Verdict::Conforms => "conforms",
            Verdict::Review => "review",
            Verdict::NotTested => "not tested",
            Verdict::NotApplicable => "not applicable",
        }
    }
}

/// A place in the recording that a finding rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Sequence number of the timeline's entry.
    pub entry: u64,
    /// What it shows.
    pub shows: Bilingual,
    /// Files of the recording, relative to its folder, with `/`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub files: Vec<String>,
    /// Places on its picture that the finding is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub marks: Option<Marks>,
}

/// Places on a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Marks {
    /// Size of the picture (px).
    pub width: u32,
    pub height: u32,
    /// From top to bottom.
    pub places: Vec<Mark>,
}

/// A place on a picture and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// px of the picture.
    pub rect: Rect,
    pub says: Bilingual,
}

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
    /// How long the probes that it rests on took (s), by the timeline.
    pub seconds: f64,
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
    /// How many have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == verdict).count()
    }
}
