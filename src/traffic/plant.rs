//! What is looked for: a value that was planted, with its name and kind.

use super::kinds::{Kind, kind_of_name};

/// Fewest characters of a value that is looked for: a shorter one is found by chance (ours).
const SHORTEST: usize = 4;

/// A planted value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plant {
    /// Its name in the persona, such as `phone`.
    pub name: String,
    /// The word of its kind, see [`super::kind`].
    pub kind: &'static str,
    pub value: String,
    /// It may stand in a recording: a place that candor made up is nobody's.
    pub open: bool,
}

impl Plant {
    /// Takes a value of the persona, whose name says what it is; `None` where it is too short to be told from chance.
    pub fn of(name: &str, value: &str) -> Option<Plant> {
        let kind: &'static Kind = kind_of_name(name);
        Plant::of_kind(name, &kind.kind, value)
    }

    /// Takes a value of a given kind.
    pub fn of_kind(name: &str, kind: &'static str, value: &str) -> Option<Plant> {
        let value = value.trim();
        let ideographs = value.chars().filter(|c| !c.is_ascii()).count();
        let long = value.chars().count() >= SHORTEST || ideographs >= 2;
        let number = value.bytes().all(|byte| byte.is_ascii_digit()) && value.len() < 7;
        (long && !number).then(|| Plant { name: name.to_owned(), kind, value: value.to_owned(), open: false })
    }

    /// Returns latitude and longitude where it is a place: `30.57391, 103.92318`.
    pub fn place(&self) -> Option<(f64, f64)> {
        if self.kind != "location" {
            return None;
        }
        let mut parts = self.value.split([',', ';', ' ', '，']).filter(|part| !part.is_empty());
        let (latitude, longitude) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let fits = f64::abs(latitude) <= 90.0 && f64::abs(longitude) <= 180.0 && parts.next().is_none();
        fits.then_some((latitude, longitude))
    }
}
