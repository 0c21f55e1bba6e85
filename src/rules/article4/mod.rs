//! Article 4: collecting what is not necessary, and pressing for it.

mod bundled;
mod forced_for_improvement;
mod functions;
mod hostage;
mod pairing;
mod refuses_service;
mod registration;
mod too_often;
mod unrelated;
mod wall;

use super::rule::Rule;

/// The article's rules, in the notice's order.
pub const RULES: &[&dyn Rule] = &[
    &unrelated::Unrelated,
    &refuses_service::RefusesService,
    &hostage::Hostage,
    &too_often::TooOften,
    &forced_for_improvement::ForcedForImprovement,
    &bundled::Bundled,
];
