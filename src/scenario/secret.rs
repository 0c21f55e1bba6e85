//! Values that may come from the environment, secrets that must not stand in the file, and the persona.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::language::rights;

/// A text of the scenario, or `${VARIABLE}` of the environment.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(with = "String")]
pub struct Value(pub String);

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Value)
    }
}

/// Where a secret comes from.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(with = "SecretForms")]
pub enum Secret {
    Variable(String),
    File(PathBuf),
}

#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum SecretForms {
    /// `${VARIABLE}`.
    Variable(String),
    File {
        file: PathBuf,
    },
}

/// What is wrong with a password in the file.
pub(super) const NO_LITERAL: &str = "a password must not stand in the scenario's text; expected `${VARIABLE}`, the name of an environment variable, or `{ file: path }`";

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forms;
        impl<'de> Visitor<'de> for Forms {
            type Value = Secret;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("`${VARIABLE}` or `{ file: path }`")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Secret, E> {
                match find_variable(text) {
                    Some(name) => Ok(Secret::Variable(name.to_owned())),
                    None => Err(E::custom(NO_LITERAL)),
                }
            }
            fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<Secret, E> {
                Err(E::custom(NO_LITERAL))
            }
            fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<Secret, E> {
                Err(E::custom(NO_LITERAL))
            }
            fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Secret, E> {
                Err(E::custom(NO_LITERAL))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Secret, A::Error> {
                let mut file = None;
                while let Some(key) = map.next_key::<String>()? {
                    if key != "file" {
                        return Err(A::Error::custom(format!("unknown key `{key}`, expected `file`")));
                    }
                    file = Some(map.next_value::<PathBuf>()?);
                }
                file.map(Secret::File).ok_or_else(|| A::Error::custom(NO_LITERAL))
            }
        }
        deserializer.deserialize_any(Forms)
    }
}

/// The name in `${NAME}`.
pub(super) fn find_variable(text: &str) -> Option<&str> {
    let name = text.trim().strip_prefix("${")?.strip_suffix('}')?.trim();
    let fits = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    fits.then_some(name)
}

/// Reads the persona; what is called a password in it must be `${VARIABLE}`.
///
/// # Errors
/// When a value is not a text, or a password itself.
pub fn read_persona<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    struct Persona;
    impl<'de> Visitor<'de> for Persona {
        type Value = BTreeMap<String, String>;
        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("a map of names and texts")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut values = BTreeMap::new();
            while let Some(name) = map.next_key::<String>()? {
                let text =
                    map.next_value_seed(Text { secret: rights::kind_of(&name) == Some("password") })?;
                values.insert(name, text);
            }
            Ok(values)
        }
    }
    deserializer.deserialize_map(Persona)
}

/// A text of the persona.
struct Text {
    secret: bool,
}

impl<'de> DeserializeSeed<'de> for Text {
    type Value = String;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        struct Checked(bool);
        impl Visitor<'_> for Checked {
            type Value = String;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<String, E> {
                if self.0 && find_variable(text).is_none() {
                    Err(E::custom(NO_LITERAL))
                } else {
                    Ok(text.to_owned())
                }
            }
        }
        deserializer.deserialize_string(Checked(self.secret))
    }
}
