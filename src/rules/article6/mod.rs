//! Article 6: a person's rights over what is theirs.

mod answered;
mod conditions;
mod left;
mod no_channel;
mod no_rights;
mod side_by_side;
mod slow;
mod surface;
mod told_done;

use super::rule::Rule;

/// The article's rules, in the notice's order.
pub const RULES: &[&dyn Rule] =
    &[&no_rights::NoRights, &conditions::Conditions, &slow::Slow, &surface::Surface, &no_channel::NoChannel];
