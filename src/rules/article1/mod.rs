//! Article 1: rules not disclosed.

mod hard_lines;
pub mod hard_to_reach;
pub mod hard_to_read;
pub mod no_policy;
pub mod not_prompted;
