//! Every limit that a rule uses, with its unit and source, kept as data in `thresholds.yaml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A limit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    pub value: f64,
    pub unit: String,
    /// `notice`, `practice`, `standard` or `default`.
    pub source: String,
    pub what: String,
}

static DEFAULTS: LazyLock<BTreeMap<String, Threshold>> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("thresholds.yaml"))
        .expect("the thresholds ship inside the program and a test reads them")
});

/// All of them with their usual values.
pub fn all() -> &'static BTreeMap<String, Threshold> {
    &DEFAULTS
}

/// Their names.
pub fn names() -> Vec<&'static str> {
    DEFAULTS.keys().map(String::as_str).collect()
}

/// The limits of one judgement: the usual values and what was overridden.
#[derive(Debug, Clone, Default)]
pub struct Thresholds {
    overrides: BTreeMap<String, f64>,
}

impl Thresholds {
    pub fn new(overrides: BTreeMap<String, f64>) -> Self {
        Thresholds { overrides }
    }

    /// The value in force. A name that no limit has gives 0, and a test keeps the rules from using one.
    pub fn get(&self, name: &str) -> f64 {
        self.overrides
            .get(name)
            .copied()
            .or_else(|| DEFAULTS.get(name).map(|threshold| threshold.value))
            .unwrap_or(0.0)
    }
}
