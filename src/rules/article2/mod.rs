//! Article 2: purpose, means and scope not stated.


mod no_purpose;
mod obscure;

use super::rule::Rule;

/// The article's rules, in the notice's order.
pub const RULES: &[&dyn Rule] = &[&no_purpose::NoPurpose, &obscure::Obscure];
