//! What a complete policy says and this one does not, by item of the notice.

mod rights;
mod saying;

use serde::Serialize;

use crate::item::ItemId;
use crate::policy::Policy;
use crate::policy::statement::{Fact, Statement, Unit};
use crate::text::Bilingual;
use crate::thresholds::Thresholds;
use crate::working_days::{Length, length};

/// How grave a gap is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Something that a person should look at.
    Weak,
    /// The policy does not say what it must, or says what the notice forbids.
    Grave,
}

/// Something that a policy lacks, or says and must not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gap {
    pub item: String,
    /// Its name for programs: `no_channel`.
    pub gap: &'static str,
    pub weight: Weight,
    pub says: Bilingual,
    /// Passages that show it, where something is there to be shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<Passage>,
}

/// A passage of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Characters.
    pub at: usize,
    pub quote: String,
}

/// Passages that one gap shows (ours).
const SHOWN: usize = 3;

impl Passage {
    fn of(statement: &Statement) -> Passage {
        Passage { at: statement.at, quote: statement.quote.clone() }
    }
}

/// Finds the gaps of a policy, in the order of the items.
pub fn find(policy: &Policy, thresholds: &Thresholds) -> Vec<Gap> {
    let mut gaps = Gaps { policy, thresholds, found: Vec::new() };
    gaps.rules();
    gaps.identity();
    gaps.listing();
    gaps.readability();
    gaps.rights();
    gaps.conditions();
    gaps.limits();
    gaps.channels();
    let order = |gap: &Gap| gap.item.parse::<ItemId>().ok();
    gaps.found.sort_by_key(order);
    gaps.found
}

/// The gaps of a policy, as they are found; the files of this folder find them.
struct Gaps<'p> {
    policy: &'p Policy,
    thresholds: &'p Thresholds,
    found: Vec<Gap>,
}

impl<'p> Gaps<'p> {
    /// Adds a gap with the statements that show it.
    fn add(&mut self, item: &str, gap: &'static str, weight: Weight, says: Bilingual, shown: &[&Statement]) {
        let passages = shown.iter().take(SHOWN).map(|statement| Passage::of(statement)).collect();
        self.found.push(Gap { item: item.to_owned(), gap, weight, says, passages });
    }

    /// Returns the statements whose facts are wanted.
    fn all(&self, wanted: impl Fn(&Fact) -> bool) -> Vec<&'p Statement> {
        self.policy.statements.iter().filter(|statement| wanted(&statement.fact)).collect()
    }

    /// Tells whether a fact is wanted.
    fn has(&self, wanted: impl Fn(&Fact) -> bool) -> bool {
        self.policy.statements.iter().any(|statement| wanted(&statement.fact))
    }
}

/// Tells whether a promised limit is longer than so many working days, whenever it is counted from.
pub fn is_too_long(statement: &Statement, most: f64) -> bool {
    let Fact::Limit { count, unit, .. } = statement.fact else { return false };
    length(unit.in_days(count), unit == Unit::WorkingDays, most, None) == Length::TooLong
}
