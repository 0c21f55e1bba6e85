//! Article 4: collecting what is not necessary, and pressing for it.

mod bundled;
mod forced_for_improvement;
mod functions;
mod refuses_service;
mod too_often;

use super::rule::Rule;

/// The article's rules, in the notice's order.
pub const RULES: &[&dyn Rule] = &[
    &refuses_service::RefusesService,
    &too_often::TooOften,
    &forced_for_improvement::ForcedForImprovement,
    &bundled::Bundled,
];
