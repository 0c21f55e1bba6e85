//! The file an auditor writes: model, reading with line and column, checks, JSON Schema.

pub mod account;
mod model;
mod probe_names;
mod read;
mod target;

pub use model::*;
pub use probe_names::with_probes;
pub use read::{ScenarioError, read, read_text};
pub use target::*;

#[cfg(test)]
mod tests;
