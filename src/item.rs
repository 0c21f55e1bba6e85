//! The number of an item of the notice: "1.3".

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How many items each of the six articles has; 31 together.
pub const ITEMS_OF_ARTICLE: [u8; 6] = [4, 4, 9, 6, 3, 5];

/// An item that exists. Ordered as in the notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId {
    article: u8,
    number: u8,
}

impl ItemId {
    /// The article it belongs to, 1 to 6.
    pub fn article(self) -> u8 {
        self.article
    }

    /// Its number within the article, from 1.
    pub fn number(self) -> u8 {
        self.number
    }

    /// All 31, in the notice's order.
    pub fn all() -> impl Iterator<Item = ItemId> {
        (1u8..)
            .zip(ITEMS_OF_ARTICLE)
            .flat_map(|(article, count)| (1..=count).map(move |number| ItemId { article, number }))
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.article, self.number)
    }
}

impl FromStr for ItemId {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        ItemId::all().find(|item| item.to_string() == text).ok_or_else(|| {
            format!("there is no item {text}: items run from 1.1 to 6.5 (`candor rules` lists them)")
        })
    }
}

impl Serialize for ItemId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ItemId {
    /// From `"1.3"`, or from `1.3` as YAML reads it: a number.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = ItemId;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an item of the notice such as 1.3")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<ItemId, E> {
                text.parse().map_err(E::custom)
            }
            fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<ItemId, E> {
                self.visit_str(&number.to_string())
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl schemars::JsonSchema for ItemId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ItemId".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let texts: Vec<String> = ItemId::all().map(|item| item.to_string()).collect();
        let numbers: Vec<f64> = texts.iter().filter_map(|text| text.parse().ok()).collect();
        schemars::json_schema!({ "anyOf": [{ "enum": texts }, { "enum": numbers }] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_31_in_order() {
        let all: Vec<String> = ItemId::all().map(|item| item.to_string()).collect();
        assert_eq!(all.len(), 31);
        assert_eq!((all[0].as_str(), all[4].as_str(), all[30].as_str()), ("1.1", "2.1", "6.5"));
        assert!("3.10".parse::<ItemId>().is_err() && "7.1".parse::<ItemId>().is_err());
    }
}
