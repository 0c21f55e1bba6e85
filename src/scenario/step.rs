//! A step of the auditor's own, and how it names an element.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::amount::read_amount;
use crate::language::lexicon::Meaning;
use crate::screen::Role;
use crate::screen::operation::Direction;

/// One step of the auditor's own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A tap on an element.
    Tap(Selector),
    /// Text into a field.
    Type(TypeStep),
    /// A swipe that shows what is `down`, `up`, `left` or `right`.
    Swipe(Direction),
    /// Back, as the phone's back key.
    Back,
    /// Waits until an element is on the screen (at most 20 s).
    #[serde(rename = "wait for")]
    WaitFor(Selector),
    /// Opens an address.
    Open(String),
    /// Sends a phone's app to the background for so many seconds, then brings it back.
    Background(#[serde(deserialize_with = "read_amount")] f64),
    /// Installs another version over the one on the phone, data kept, and starts it: a path or address that the
    /// Appium server can read.
    Upgrade(String),
    /// Records the screen as it is.
    Observe,
    /// Says this to the person who sits before the visible browser and waits for Enter; needs `candor run --pause`.
    Pause(String),
}

/// What to type and where.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TypeStep {
    pub into: Selector,
    /// The text; `$name` stands for the persona's value of that name, `$phone`, `$password`, `$email` and `$name` for
    /// the account's, `$code` for a fresh code from `account.code`.
    pub text: String,
    /// Press Enter after it.
    #[serde(default)]
    pub submit: bool,
}

/// An element: its visible text, or a map of what must all be true of it.
#[derive(Debug, Clone, Default, JsonSchema)]
#[schemars(with = "SelectorForms")]
pub struct Selector {
    pub text: Option<String>,
    pub role: Option<Role>,
    pub id: Option<String>,
    pub control: Option<Meaning>,
}

#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum SelectorForms {
    Text(String),
    Map(SelectorMap),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SelectorMap {
    /// Text that it shows, or a part of it.
    text: Option<String>,
    /// What it is, such as `button`.
    role: Option<Role>,
    /// Its `id`, resource id or accessibility id.
    id: Option<String>,
    /// What it means, such as `agree`.
    control: Option<Meaning>,
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word =
            |value: &Option<Value>| value.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
        let parts = [
            self.text.as_ref().map(|text| format!("“{text}”")),
            self.role.map(|role| format!("role {}", word(&serde_json::to_value(role).ok()))),
            self.id.as_ref().map(|id| format!("id {id}")),
            self.control.map(|control| format!("control {}", word(&serde_json::to_value(control).ok()))),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

impl<'de> Deserialize<'de> for Selector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Selector;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an element's visible text, or a map of `text`, `role`, `id`, `control`")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Selector, E> {
                Ok(Selector { text: Some(text.to_owned()), ..Selector::default() })
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Selector, A::Error> {
                let map = SelectorMap::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                if map.text.is_none() && map.role.is_none() && map.id.is_none() && map.control.is_none() {
                    return Err(serde::de::Error::custom(
                        "an element needs at least one of `text`, `role`, `id`, `control`",
                    ));
                }
                Ok(Selector { text: map.text, role: map.role, id: map.id, control: map.control })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
