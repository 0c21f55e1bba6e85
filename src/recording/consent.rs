//! What became of taking consent back, and of switching personalisation off.

use serde::{Deserialize, Serialize};

use crate::screen::Checked;
use crate::sight::tick::Tick;

/// What following the entry that takes consent back came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameTo {
    /// Consent was withdrawn.
    Done,
    /// It would cancel the account with it: not followed.
    ClosesAccount,
    /// It only tells whom to write to or call.
    OnlyContact,
    /// It asks for a log-in first.
    NeedsLogIn,
    /// Neither the app's words nor a confirmation show that anything came of it.
    Unclear,
}

/// The entry that takes consent back was found and followed as far as a person without doubts goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WithdrawalTried {
    /// The screen that holds the entry.
    pub entry_on: u32,
    /// The entry's words.
    pub entry: String,
    pub came_to: CameTo,
    /// The screen on which it ended.
    pub screen: u32,
    /// What that screen says, at most 300 characters.
    pub says: String,
}

/// When the switch for personalisation was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// As the app has it.
    Found,
    /// After it was switched off by hand.
    SwitchedOff,
    /// After the app was started again.
    Restarted,
    /// After it was switched on again, as it was found: the choice is the person's.
    PutBack,
}

/// How the switch for content or adverts chosen for one person stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TargetedSwitchSeen {
    pub moment: Moment,
    pub screen: u32,
    /// The switch's words.
    pub label: String,
    /// Its words name the switching off: it is on where personalisation is off.
    pub reversed: bool,
    /// As the tree tells it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by_tree: Option<Checked>,
    /// As its pixels show it.
    pub by_pixels: Tick,
    /// Whether personalisation is on; `None` where tree and pixels contradict each other or neither tells.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub personalised: Option<bool>,
}
