//! Article 2: purpose, means and scope not stated.
mod no_purpose;
mod not_listed;
mod obscure;

use super::rule::Rule;

/// The article's rules, in the notice's order.
pub const RULES: &[&dyn Rule] = &[&not_listed::NotListed, &no_purpose::NoPurpose, &obscure::Obscure];
