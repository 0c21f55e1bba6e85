//! Article 1: rules not disclosed.

pub(crate) mod fault;
mod hard_lines;
mod hard_to_reach;
mod hard_to_read;
mod no_policy;
mod not_prompted;

use super::rule::Rule;

/// The article's rules, in the notice's order.
pub const RULES: &[&dyn Rule] = &[
    &no_policy::NoPolicy,
    &not_prompted::NotPrompted,
    &hard_to_reach::HardToReach,
    &hard_to_read::HardToRead,
];
