//! Controls that the auditor names: what is never tapped, and what may be although candor would leave it alone.

use std::borrow::Cow;

use regex::Regex;
use schemars::JsonSchema;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::language::lexicon::fold;
use crate::screen::Screen;

/// A control by a part of its words, by its id, or by a pattern.
#[derive(Debug, Clone)]
pub enum Wish {
    /// Its label has these words in it.
    Words(String),
    /// Its `id`, resource id or accessibility id, or the part of it behind the last `/`.
    Id(String),
    /// Its label, id or address matches.
    Pattern(Regex),
}

#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum WishForms {
    /// A part of its words, or a pattern between slashes: `/微信|QQ/`.
    Text(String),
    Id(IdMap),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct IdMap {
    /// Its `id`, resource id or accessibility id.
    id: String,
}

impl JsonSchema for Wish {
    fn schema_name() -> Cow<'static, str> {
        "Wish".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        WishForms::json_schema(generator)
    }
}

impl<'de> Deserialize<'de> for Wish {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forms;
        impl<'de> Visitor<'de> for Forms {
            type Value = Wish;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a control's words, a pattern between slashes (`/微信|QQ/`), or a map with `id`")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Wish, E> {
                let pattern = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
                match pattern {
                    Some(pattern) if !pattern.is_empty() => {
                        Regex::new(pattern).map(Wish::Pattern).map_err(|e| {
                            E::custom(format!("`{text}` is no pattern: {}", last_line(&e.to_string())))
                        })
                    }
                    _ if fold(text).is_empty() => Err(E::custom(
                        "a control needs words, a pattern or an id; this would be every control",
                    )),
                    _ => Ok(Wish::Words(text.to_owned())),
                }
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Wish, A::Error> {
                let map = IdMap::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                if map.id.is_empty() {
                    return Err(A::Error::custom("an empty `id` would be every control without one"));
                }
                Ok(Wish::Id(map.id))
            }
        }
        deserializer.deserialize_any(Forms)
    }
}

/// What a pattern's error says at its end: the lines before it draw the place, which an error of ours cannot.
fn last_line(error: &str) -> &str {
    error.lines().last().unwrap_or_default().trim_start_matches("error: ")
}

impl Serialize for Wish {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl std::fmt::Display for Wish {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Wish::Words(words) => f.write_str(words),
            Wish::Id(id) => write!(f, "id {id}"),
            Wish::Pattern(pattern) => write!(f, "/{pattern}/"),
        }
    }
}

impl Wish {
    /// Whether a control of a screen is meant.
    pub fn means(&self, screen: &Screen, at: usize) -> bool {
        let Some(element) = screen.elements.get(at) else { return false };
        match self {
            Wish::Words(words) => {
                self.means_label(&screen.label(at)) || fold(&element.name).contains(&fold(words))
            }
            Wish::Id(id) => element.id == *id || element.id.rsplit('/').next() == Some(id),
            Wish::Pattern(pattern) => {
                self.means_label(&screen.label(at))
                    || pattern.is_match(&element.id)
                    || pattern.is_match(&element.href)
            }
        }
    }

    /// Whether a control with this label is meant, as far as a label tells.
    pub fn means_label(&self, label: &str) -> bool {
        match self {
            Wish::Words(words) => fold(label).contains(&fold(words)),
            Wish::Id(_) => false,
            Wish::Pattern(pattern) => pattern.is_match(label),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::{Element, Rect, Role};

    #[test]
    fn a_control_is_meant_by_words_id_or_pattern() {
        let mut element = Element::new(Role::Button, "button", Rect::new(0.0, 0.0, 9.0, 9.0));
        (element.text, element.id) = ("微信 登录".to_owned(), "com.shop:id/btn_x".to_owned());
        let screen = Screen { elements: vec![element], ..Screen::default() };
        let wishes: Vec<Wish> =
            serde_saphyr::from_str("[微信, {id: btn_x}, '/微信|QQ/', {id: btn}, 支付, '/^x$/']")
                .expect("reads");
        let met: Vec<bool> = wishes.iter().map(|wish| wish.means(&screen, 0)).collect();
        assert_eq!(met, [true, true, true, false, false, false]);
    }

    #[test]
    fn a_wish_for_everything_or_a_broken_pattern_is_refused() {
        for text in ["['  ']", "['/(/']", "[{id: ''}]", "[{name: x}]"] {
            assert!(serde_saphyr::from_str::<Vec<Wish>>(text).is_err(), "{text}");
        }
    }
}
