//! The switches in the app's address: which exist, and whether an address uses only those.

use std::fmt::Write;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// One thing the sample app can be told to do: `item=value` in its address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Switch {
    /// The item of the notice ("1.3"), or `opens` (how the policy opens), `odd` (what makes an app hard to drive), or
    /// `phone` (what only a phone's system does).
    pub item: String,
    /// The word that switches it on.
    pub value: String,
    /// The verdict an auditor should come to on `item`; none for `opens`, `odd` and `phone`, which break no item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// What it does, in Chinese.
    pub zh: String,
    /// What it does, in English.
    pub en: String,
}

static SWITCHES: LazyLock<Vec<Switch>> = LazyLock::new(|| {
    serde_json::from_slice(super::assets::read_bytes("switches.json").unwrap_or_default())
        .expect("switches.json is part of the program, and a test reads it")
});

/// Every switch, in the order of the data file.
pub fn switches() -> &'static [Switch] {
    &SWITCHES
}

/// What is wrong with a switch in an address.
#[derive(Debug, thiserror::Error)]
pub(super) enum BadSwitch {
    #[error("there is no switch named {0:?}")]
    Unknown(String),
    #[error("switch {0} has no value {1:?}")]
    Value(String, String),
}

/// The switches of one request, all of them known.
#[derive(Debug, Default)]
pub(super) struct Chosen(Vec<(String, String)>);

impl Chosen {
    /// Takes the pairs of a query, or says which of them is not a switch.
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Result<Self, BadSwitch> {
        for (item, value) in &pairs {
            let mut values = switches().iter().filter(|known| known.item == *item);
            if !values.clone().any(|known| known.value == *value) {
                return Err(match values.next() {
                    Some(_) => BadSwitch::Value(item.clone(), value.clone()),
                    None => BadSwitch::Unknown(item.clone()),
                });
            }
        }
        Ok(Chosen(pairs))
    }

    /// Whether `item=value` is among them.
    pub fn has(&self, item: &str, value: &str) -> bool {
        self.0.iter().any(|(i, v)| i == item && v == value)
    }
}

/// The page for a wrong switch: what was wrong, then everything that would have been right.
pub(super) fn help(wrong: &BadSwitch) -> String {
    let mut page =
        format!("{wrong}\n\nSwitches go in the address, as in /?1.3=deep&3.4=drawn. These exist:\n");
    let mut item = "";
    for switch in switches() {
        if switch.item != item {
            item = &switch.item;
            let _ = write!(page, "\n{item}\n");
        }
        let _ = writeln!(page, "  {:<18} {}\n  {:<18} {}", switch.value, switch.en, "", switch.zh);
    }
    page
}

/// Percent-encodes a name or value for a query.
pub(super) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
