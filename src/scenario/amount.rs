//! Numbers of a scenario: limits, minutes, seconds, densities. What is no number, below 0 or without end is an error.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::names::ThresholdName;

/// A number of 0 or more.
struct Amount(f64);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        match number.is_finite() && number >= 0.0 {
            true => Ok(Amount(number)),
            false => Err(serde::de::Error::custom(format!("expected a number of 0 or more, not `{number}`"))),
        }
    }
}

/// Reads a number of 0 or more.
///
/// # Errors
/// When it is something else.
pub(super) fn read_amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Amount::deserialize(deserializer).map(|amount| amount.0)
}

/// Reads how many device px a CSS px has.
///
/// # Errors
/// When it is no number from 0.5 to 8: what phones have, and a margin.
pub(super) fn read_density<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f32, D::Error> {
    let density = read_amount(deserializer)?;
    match (0.5..=8.0).contains(&density) {
        true => Ok(density as f32),
        false => Err(serde::de::Error::custom(format!("expected a density from 0.5 to 8, not `{density}`"))),
    }
}

/// Reads limits by their names.
///
/// # Errors
/// When a name is unknown, or a limit is no number of 0 or more.
pub(super) fn read_limits<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<ThresholdName, f64>, D::Error> {
    let limits = BTreeMap::<ThresholdName, Amount>::deserialize(deserializer)?;
    Ok(limits.into_iter().map(|(name, amount)| (name, amount.0)).collect())
}
