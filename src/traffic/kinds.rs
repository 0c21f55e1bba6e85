//! The kinds of personal information that are looked for, as data in `kinds.yaml`.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Deserializer};

use crate::text::{Bilingual, both};

/// How much a kind weighs where it is seen to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// It tells whose it is, or which device.
    Definite,
    /// A number of an installation or a visitor.
    Unsure,
}

/// A check that a field's value must pass besides its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    Luhn,
}

/// One kind of personal information.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    pub kind: String,
    en: String,
    zh: String,
    pub weight: Weight,
    /// Words by which a policy names it, in lower case.
    pub named: Vec<String>,
    plants: Vec<String>,
    /// Names of fields that hold it, in lower case without separators.
    #[serde(default)]
    pub keys: Vec<String>,
    #[serde(default, deserialize_with = "read_shape")]
    pub shape: Option<Regex>,
    #[serde(default)]
    pub check: Option<Check>,
    /// Digits that the value must have at least: a word is no number.
    #[serde(default)]
    pub digits: usize,
}

impl Kind {
    /// Returns its name in both languages.
    pub fn words(&self) -> Bilingual {
        both(&self.en, &self.zh)
    }
    /// Tells whether it tells whose it is, or which device.
    pub fn is_definite(&self) -> bool {
        self.weight == Weight::Definite
    }
}

fn read_shape<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Regex>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Regex::new(&format!("(?i)^(?:{text})$")).map(Some).map_err(serde::de::Error::custom)
}

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("kinds.yaml")).expect("kinds.yaml is checked by a test")
});

/// Returns every kind, in the order of the data.
pub fn all() -> &'static [Kind] {
    &KINDS
}

/// Returns the words of every kind but `other`.
pub fn names() -> Vec<&'static str> {
    KINDS.iter().map(|kind| kind.kind.as_str()).filter(|kind| *kind != "other").collect()
}

/// Returns a kind by its word; the last one, `other`, where there is none of that word.
pub fn kind(word: &str) -> &'static Kind {
    KINDS.iter().find(|kind| kind.kind == word).unwrap_or(&KINDS[KINDS.len() - 1])
}

/// Returns the kind that a persona's own name stands for: `receiver_phone` is a phone number.
pub fn kind_of_name(name: &str) -> &'static Kind {
    let folded = name.to_lowercase();
    if let Some(kind) = KINDS.iter().find(|kind| kind.kind == folded) {
        return kind;
    }
    let parts: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    let speaks = |word: &String| {
        if word.is_ascii() && !word.contains('_') {
            // The last part says what it is: `contact_phone` is a phone number, `mobile_name` a name.
            parts.last().is_some_and(|part| part == word)
        } else {
            folded.contains(word.as_str())
        }
    };
    KINDS
        .iter()
        .find(|kind| kind.plants.iter().any(speaks))
        .or_else(|| KINDS.iter().find(|kind| kind.plants.iter().any(|word| parts.contains(&word.as_str()))))
        .unwrap_or_else(|| self::kind("other"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_can_be_read_and_every_shape_compiles() {
        assert!(all().len() > 20);
        assert_eq!(kind("nothing of the kind").kind, "other");
        for kind in all() {
            assert_eq!(kind.keys.is_empty(), kind.shape.is_none(), "{}", kind.kind);
            assert!(kind.named.iter().all(|word| *word == word.to_lowercase()), "{}", kind.kind);
        }
    }

    #[test]
    fn a_name_of_the_persona_says_what_it_is() {
        let of = |name: &str| kind_of_name(name).kind.as_str();
        assert_eq!(of("phone"), "phone");
        assert_eq!(of("receiver_phone"), "phone");
        assert_eq!(of("id_card"), "identity_number");
        assert_eq!(of("bank_card"), "bank_card");
        assert_eq!(of("收货地址"), "address");
        assert_eq!(of("contact_name"), "name");
        assert_eq!(of("colour"), "other");
    }
}
