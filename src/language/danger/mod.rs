//! Deeds that candor never does by itself: which controls delete, pay, order, post, send, call, log out, or change what a
//! person owns or has set.
//!
//! Everything that is known of a control is asked: its words in full (`words.rs`), the names that the app's code gives it,
//! its form and its address (`names.rs`), the row that it stands in, and what the dialog or the screen around it says
//! (`control.rs`). The words are data, `words.yaml` and `hints.yaml`. In doubt a control is a danger.

mod control;
mod names;
mod wish;
mod word_list;
mod words;

use serde::{Deserialize, Serialize};

use super::lexicon::{Meaning, means};

pub use self::control::{Place, Surroundings, in_question, of_control, of_field};
pub use self::names::of_address;
pub use self::wish::Wish;
pub use self::words::of_label;

/// What a control would do, and what says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Danger {
    /// The deed by its name in `words.yaml`, such as `delete`; or `answer`, `unknown`, `leaves_app`, `never`, `held_back`.
    pub deed: String,
    /// What says so, such as `“删除”` or `class icon-trash`.
    pub because: String,
}

/// Deeds that no hand does without leave, whatever a probe is about.
const GRAVE: [&str; 22] = [
    "grave_end",
    "pay",
    "trade",
    "tip",
    "transfer",
    "subscribe",
    "book",
    "delete",
    "clear",
    "reset",
    "cancel",
    "cancel_account",
    "refund",
    "publish",
    "share",
    "invite",
    "follow",
    "like",
    "report",
    "claim",
    "call",
    "unbind",
];

impl Danger {
    /// Whether this is done only with leave, also where a probe passes what an app shows by itself.
    pub fn is_grave(&self) -> bool {
        GRAVE.contains(&self.deed.as_str())
    }

    /// Whether a control with this label and this danger is left where a probe passes what an app shows by itself. What agrees
    /// and takes what is held out for agreeing (同意并领取红包) is an answer to the question for consent: whether it lures
    /// is judged (3.7), and leaving it would leave the app unseen.
    pub fn is_grave_on(&self, label: &str) -> bool {
        self.is_grave() && !(self.deed == "claim" && means(label, Meaning::Agree))
    }

    /// A danger of this deed.
    pub fn new(deed: &str, because: impl Into<String>) -> Danger {
        Danger { deed: deed.to_owned(), because: because.into() }
    }
}

impl std::fmt::Display for Danger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.deed, self.because)
    }
}
