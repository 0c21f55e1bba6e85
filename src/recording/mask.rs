//! Keeps secrets out of the recording: the persona's values, passwords and tokens are replaced before anything is
//! written, in whatever spelling they come.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use serde_json::Value;

use super::{sha256, tokens};
use crate::text::spellings;

/// Values that must not be written, each with the name that stands for it.
#[derive(Debug, Clone, Default)]
pub struct Masks {
    secrets: Vec<Secret>,
    /// Finds every spelling of the longer secrets in one pass; made anew when one is added.
    finder: Option<AhoCorasick>,
    /// What stands for the match of each of the finder's patterns.
    stands: Vec<String>,
    salt: String,
    off: bool,
}

#[derive(Debug, Clone)]
struct Secret {
    value: String,
    shown: String,
    reach: Reach,
}

/// How far a secret is looked for: a short one would blot out innocent text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Anywhere, also inside of words.
    Anywhere,
    /// As a word of its own.
    Words,
    /// Only where it is the whole text: of a field, of what was typed.
    Whole,
}

/// Characters from which on a value is looked for anywhere.
const LONG: usize = 4;
/// Hexadecimal digits that are kept of a value's salted hash: 24 bits. Enough to tell the values of one persona apart and
/// to confirm one that is known; too little to find an unknown one, as hundreds of telephone numbers share each.
const DIGEST: usize = 6;
/// Fields of the recording's own words and hashes: a secret that looks like one must not spoil the timeline.
const OWN: &[&str] = &[
    "event",
    "time",
    "prev",
    "sha256",
    "scenario_sha256",
    "file",
    "tool",
    "platform",
    "probe",
    "probes",
    "items",
    "item",
    "verdict",
    "how",
    "do",
    "direction",
    "kind",
    "role",
    "meaning",
    "relation",
    "by_tree",
    "checked",
    "tappable",
    "standing",
    "answer",
    "form",
    "opened_from",
    "document",
    "goal",
    "at",
    "salt",
    "digest",
    "outcome",
    "sees",
    "key",
];

impl Masks {
    /// Hides nothing: for those who must have the raw values.
    pub fn none() -> Masks {
        Masks { off: true, ..Masks::default() }
    }

    /// Masks whose digests are salted with this.
    pub fn salted(salt: String) -> Masks {
        Masks { salt, ..Masks::default() }
    }

    /// Whether nothing is masked, by the auditor's own wish.
    pub fn is_off(&self) -> bool {
        self.off
    }

    /// Hides `value` behind `‹name›` from now on.
    ///
    /// Values of four characters and more, and of two ideographs and more, are hidden wherever they stand, also written in
    /// upper case, percent-encoded, in base64, as hexadecimal, escaped as in JSON, and numbers with separators between
    /// their digits. Shorter ones are hidden as whole words, those of one character and short numbers only where they are
    /// the whole text.
    pub fn hide(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() || self.secrets.iter().any(|secret| secret.value == value) {
            return;
        }
        let (shown, reach) = (format!("‹{name}›"), reach(value));
        self.secrets.push(Secret { value: value.to_owned(), shown, reach });
        let mut patterns = Vec::new();
        self.stands.clear();
        for secret in &self.secrets {
            // What stands already for a secret is left as it is, even where another secret is a word of its name.
            patterns.push(secret.shown.clone());
            self.stands.push(secret.shown.clone());
            if secret.reach == Reach::Anywhere {
                for spelling in spellings::of(&secret.value) {
                    patterns.push(spelling);
                    self.stands.push(secret.shown.clone());
                }
            }
        }
        self.finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)
            .ok();
    }

    /// The text with every secret replaced.
    pub fn text(&self, text: &str) -> String {
        if self.off { text.to_owned() } else { tokens::hide(&self.named(text)) }
    }

    /// The text with the secrets replaced that have a name.
    fn named(&self, text: &str) -> String {
        let whole = text.trim();
        if let Some(secret) = self.secrets.iter().find(|secret| secret.value.eq_ignore_ascii_case(whole)) {
            return secret.shown.clone();
        }
        let mut masked = match &self.finder {
            Some(finder) => finder.replace_all(text, &self.stands),
            None => text.to_owned(),
        };
        for secret in &self.secrets {
            if spellings::is_long_number(&secret.value) {
                masked = spellings::hide_number(&masked, &secret.value, &secret.shown);
            } else if secret.reach == Reach::Words {
                masked = spellings::hide_word(&masked, &secret.value, &secret.shown);
            }
        }
        masked
    }

    /// Whether a text holds something to be hidden; `short` asks for the short values too.
    pub fn touches(&self, text: &str, short: bool) -> bool {
        if self.off || self.secrets.is_empty() || text.is_empty() || self.named(text) == text {
            return false;
        }
        let alone = |secret: &Secret| {
            let mut masks = Masks::default();
            masks.hide("", &secret.value);
            masks.named(text) != text
        };
        short || self.secrets.iter().filter(|secret| secret.value.chars().count() >= LONG).any(alone)
    }

    /// The names that stand for what a text holds, as `‹name›`.
    pub fn names_in(&self, text: &str) -> Vec<String> {
        if self.off || text.is_empty() {
            return Vec::new();
        }
        let masked = self.named(text);
        let names = self.secrets.iter().map(|secret| &secret.shown);
        names.filter(|&name| masked.contains(name) && !text.contains(name)).cloned().collect()
    }

    /// Replaces secrets in every string of a value and in the names of its fields, but not in the recording's own words.
    pub fn value(&self, value: &mut Value) {
        if self.off {
            return;
        }
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(values) => values.iter_mut().for_each(|value| self.value(value)),
            Value::Object(map) => {
                for (name, value) in map.iter_mut() {
                    if !(OWN.contains(&name.as_str()) && is_words(value)) {
                        self.value(value);
                    }
                }
                if map.keys().any(|name| !is_plain(name) && self.text(name) != *name) {
                    *map = std::mem::take(map)
                        .into_iter()
                        .map(|(name, value)| (if is_plain(&name) { name } else { self.text(&name) }, value))
                        .collect();
                }
            }
            _ => {}
        }
    }

    /// The first 24 bits of the SHA-256 of the recording's salt and the value, in hexadecimal: the same value has the same
    /// digest throughout one recording and another one in the next.
    pub fn digest(&self, value: &str) -> String {
        sha256(format!("{}{}", self.salt, value.trim()).as_bytes()).chars().take(DIGEST).collect()
    }

    /// Every secret by the name that stands for it.
    pub fn secrets(&self) -> BTreeMap<String, String> {
        let named =
            |secret: &Secret| (secret.shown.trim_matches(['‹', '›']).to_owned(), secret.value.clone());
        self.secrets.iter().map(named).collect()
    }

    /// The digests of all secrets whose name begins with `persona.`, by the rest of the name.
    pub fn persona(&self) -> BTreeMap<String, String> {
        let named = |secret: &Secret| {
            let name = secret.shown.trim_matches(['‹', '›']).strip_prefix("persona.")?;
            Some((name.to_owned(), self.digest(&secret.value)))
        };
        self.secrets.iter().filter_map(named).collect()
    }
}

/// Words, or a list of words: what the recording's own fields hold.
fn is_words(value: &Value) -> bool {
    match value {
        Value::String(_) => true,
        Value::Array(values) => values.iter().all(Value::is_string),
        _ => false,
    }
}

/// The name of a field of ours.
fn is_plain(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

fn reach(value: &str) -> Reach {
    let count = value.chars().count();
    let ideographs = value.chars().all(|c| c.is_alphabetic() && !c.is_ascii());
    if count >= LONG || (count >= 2 && ideographs) {
        Reach::Anywhere
    } else if count >= 2 && value.chars().any(char::is_alphabetic) {
        Reach::Words
    } else {
        Reach::Whole
    }
}

#[cfg(test)]
#[path = "mask_tests.rs"]
mod tests;
