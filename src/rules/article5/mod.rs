//! Article 5: giving personal information to others without consent.

mod handed_over;
mod named;
mod passed_on;
mod third_parties;

#[cfg(test)]
#[path = "article5_tests.rs"]
mod tests;

use super::rule::Rule;

/// The article's rules, in the notice's order.
pub const RULES: &[&dyn Rule] =
    &[&third_parties::ThirdParties, &passed_on::PassedOn, &handed_over::HandedOver];
