//! A finding that somebody accepts for a while: which item, why, who says so, and until which day.
//!
//! An acceptance changes no verdict. It stands beside the finding in every report and keeps it from failing a pipeline, until
//! its last day is over.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::item::ItemId;

/// An item whose finding is accepted for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    pub item: ItemId,
    /// Why, for the reader of the report: a ticket, a date of release.
    #[serde(deserialize_with = "read_reason")]
    pub reason: String,
    /// Who accepts it.
    #[serde(deserialize_with = "read_name")]
    pub by: String,
    /// The last day on which it holds, in China's time.
    #[serde(deserialize_with = "read_day")]
    pub until: Date,
}

fn read_reason<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    read_words(deserializer, "`reason` must say why the finding is accepted")
}

fn read_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    read_words(deserializer, "`by` must say who accepts the finding")
}

/// Reads a text that is not empty.
fn read_words<'de, D: Deserializer<'de>>(deserializer: D, empty: &str) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    match text.trim() {
        "" => Err(D::Error::custom(empty)),
        words => Ok(words.to_owned()),
    }
}

fn read_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.trim()
        .parse()
        .map_err(|_| D::Error::custom(format!("expected a day such as 2026-12-31, not `{text}`")))
}

/// Reads acceptances: one for an item.
///
/// # Errors
/// When one is none, or an item is accepted twice.
pub fn read_acceptances<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Acceptance>, D::Error> {
    struct List;
    impl<'de> Visitor<'de> for List {
        type Value = Vec<Acceptance>;
        fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
            f.write_str("a list of acceptances, each with `item`, `reason`, `by` and `until`")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut all: Vec<Acceptance> = Vec::new();
            while let Some(acceptance) = list.next_element::<Acceptance>()? {
                if all.iter().any(|known| known.item == acceptance.item) {
                    return Err(A::Error::custom(format!("item {} is accepted twice", acceptance.item)));
                }
                all.push(acceptance);
            }
            Ok(all)
        }
    }
    deserializer.deserialize_seq(List)
}
