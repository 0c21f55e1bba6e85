//! `type: news` or `type: [news, short_video]`: one or more of the common types of apps.

use schemars::JsonSchema;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::names::AppTypeName;

/// The forms in which types are written; only its schema is used.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
pub enum OneOrMore {
    One(AppTypeName),
    More(Vec<AppTypeName>),
}

/// Reads one type or several.
///
/// # Errors
/// When a word is none of the types; the error names them.
pub fn read_types<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<AppTypeName>, D::Error> {
    struct Types;
    impl<'de> Visitor<'de> for Types {
        type Value = Vec<AppTypeName>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a type of app such as online_shopping, or a list of them")
        }
        fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Self::Value, E> {
            AppTypeName::deserialize(serde::de::value::StrDeserializer::new(word)).map(|name| vec![name])
        }
        fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut words: A) -> Result<Self::Value, A::Error> {
            let mut types: Vec<AppTypeName> = Vec::new();
            while let Some(word) = words.next_element()? {
                if !types.contains(&word) {
                    types.push(word);
                }
            }
            Ok(types)
        }
    }
    deserializer.deserialize_any(Types)
}
