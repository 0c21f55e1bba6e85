//! The file an auditor writes: model, reading with line and column, checks, JSON Schema.

pub mod account;
mod amount;
mod model;
mod names;
mod one_or_more;
mod planted;
mod probe_names;
mod read;
mod secret;
mod step;
mod target;
mod values;

pub use model::*;
pub use names::*;
pub use planted::PLANTED;
pub use probe_names::with_probes;
pub use read::{ScenarioError, explain_place, explain_yaml, read, read_acceptance_file, read_text};
pub use step::*;
pub use target::*;
pub use values::{ValueError, Values};

#[cfg(test)]
mod tests;
