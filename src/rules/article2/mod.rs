//! Article 2: purpose, means and scope not stated.
mod earlier_policy;
mod no_purpose;
mod not_listed;
mod not_notified;
mod obscure;
mod told_of_change;

use super::rule::Rule;

/// The article's rules, in the notice's order.
pub const RULES: &[&dyn Rule] =
    &[&not_listed::NotListed, &not_notified::NotNotified, &no_purpose::NoPurpose, &obscure::Obscure];
