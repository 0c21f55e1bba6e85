//! A table in a finding: what was held against what, row by row.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::Bilingual;

/// A table that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    pub title: Bilingual,
    /// The names of its columns.
    pub head: Vec<Bilingual>,
    /// Its rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Bilingual>>,
}
