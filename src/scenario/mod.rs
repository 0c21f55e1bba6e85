//! The file an auditor writes: model, reading with line and column, checks, JSON Schema.

mod model;
mod read;

pub use model::*;
pub use read::{ScenarioError, read, read_text};

#[cfg(test)]
mod tests;
