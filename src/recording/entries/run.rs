//! A run and its probes: begun, ended, and what went wrong.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::acceptance::Acceptance;
use crate::item::ItemId;
use crate::recording::file::FileRef;
use crate::recording::kind::{Kind, Lane};
use crate::text::{Bilingual, both};
use crate::traffic::party::Declared;

/// The first entry: what was to be done, and under which rules.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RunStarted {
    pub format: u32,
    /// `candor` and its version.
    pub tool: String,
    pub scenario: String,
    /// SHA-256 of `scenario.yaml`; in recordings before form 4, of the scenario's own file.
    pub scenario_sha256: String,
    pub app: String,
    /// Nobody named the app: `app` is the host of its address, and its pages' own title says more.
    #[serde(skip_serializing_if = "is_false", default)]
    pub unnamed: bool,
    /// `web`, `android`, `ios`.
    pub platform: String,
    pub target: String,
    /// Thresholds that the scenario overrides, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub thresholds: BTreeMap<String, f64>,
    /// The items asked for; all where empty.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub items: Vec<ItemId>,
    pub probes: Vec<String>,
    /// Findings that the scenario accepts for a while.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub accept: Vec<Acceptance>,
    /// The scenario as it was run, secrets masked: its hash is `scenario_sha256`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub scenario_file: Option<FileRef>,
    /// What goes before a value when its digest is made.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub salt: String,
    /// Salted digests of the persona's values, by name: tells whether a later run has the same persona.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub persona: BTreeMap<String, String>,
    /// What types of app it is, as the scenario says.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub types: Vec<String>,
    /// The app's functions, as the scenario lists them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub functions: Vec<ListedFunction>,
    /// The auditor vouches that these are all of them.
    #[serde(skip_serializing_if = "is_false", default)]
    pub functions_complete: bool,
    /// Functions that the audited version replaces, as the scenario says; `None` where it does not.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replaced: Option<Vec<String>>,
    /// Whose hosts are, as the scenario says.
    #[serde(skip_serializing_if = "Declared::is_empty", default)]
    pub parties: Declared,
    /// The auditor wanted nothing to be masked.
    #[serde(skip_serializing_if = "is_false", default)]
    pub unmasked: bool,
    /// The app's pages were told that a program drives them (`--as-robot`).
    #[serde(skip_serializing_if = "is_false", default)]
    pub as_robot: bool,
    /// `virtual` where the time of the app's pages was given in budgets; absent where it was real. Not `time`: each entry has
    /// its own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page_time: Option<String>,
    /// Why the time of the app's pages was real although virtual time was tried: the run was begun again.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub real_time_because: Option<String>,
}

/// A function of the app that the scenario lists.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ListedFunction {
    pub name: String,
    /// Permissions that it needs; `None` where the scenario does not say.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub needs: Option<Vec<String>>,
    /// Kinds of information that it uses.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub uses: Vec<String>,
}

impl Kind for RunStarted {
    fn words(&self) -> Bilingual {
        both(format!("the run began: {}", self.tool), format!("开始：{}", self.tool))
    }
    fn files(&self) -> Vec<&FileRef> {
        self.scenario_file.iter().collect()
    }
}

fn is_false(value: &bool) -> bool {
    !*value
}

/// A probe begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProbeStarted {
    pub probe: String,
}

impl Kind for ProbeStarted {
    fn words(&self) -> Bilingual {
        let probe = &self.probe;
        both(format!("probe {probe}"), format!("探测 {probe}"))
    }
}

/// A probe ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProbeEnded {
    pub probe: String,
    pub outcome: Outcome,
}

impl Kind for ProbeEnded {
    fn words(&self) -> Bilingual {
        let probe = &self.probe;
        match &self.outcome {
            Outcome::Complete => both(format!("probe {probe} ran to its end"), format!("探测 {probe} 完成")),
            Outcome::Incomplete(why) => both(
                format!("probe {probe} could not finish: {why}"),
                format!("探测 {probe} 未能完成：{why}"),
            ),
        }
    }
}

/// How a probe ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It ran to its end: what it did not show is not there, as far as it looks.
    Complete,
    /// It could not, and why.
    Incomplete(String),
}

/// Something went wrong, and the run went on or ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trouble {
    pub what: String,
}

impl Kind for Trouble {
    fn words(&self) -> Bilingual {
        both(format!("trouble: {}", self.what), format!("故障：{}", self.what))
    }
    fn lane(&self) -> Lane {
        Lane::Trouble
    }
}

/// The run ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunEnded {
    /// It came to its end, and was not cut off.
    pub whole: bool,
}

impl Kind for RunEnded {
    fn words(&self) -> Bilingual {
        match self.whole {
            true => both("the run ended", "运行结束"),
            false => both("the run was cut off", "运行中断"),
        }
    }
}
