//! Consent given, refused and taken back, and the switch for personalisation.

use serde::{Deserialize, Serialize};

use crate::recording::kind::{Kind, Lane};
use crate::screen::Checked;
use crate::sight::tick::Tick;
use crate::text::{Bilingual, both};

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

impl Kind for WithdrawalTried {
    fn words(&self) -> Bilingual {
        both(
            format!("the entry “{}” for taking consent back was followed", self.entry),
            format!("已进入撤回同意的入口“{}”", self.entry),
        )
    }
}

impl Kind for TargetedSwitchSeen {
    fn words(&self) -> Bilingual {
        let (en, zh) = match self.personalised {
            Some(true) => ("on", "开启"),
            Some(false) => ("off", "关闭"),
            None => ("not known", "无法判断"),
        };
        both(
            format!("personalisation by the switch “{}”: {en}", self.label),
            format!("开关“{}”所示的个性化：{zh}", self.label),
        )
    }
}

/// Consent was given to the app's documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConsentGiven {
    pub screen: u32,
    /// The words of what was tapped.
    pub by: String,
}

impl Kind for ConsentGiven {
    fn words(&self) -> Bilingual {
        let by = &self.by;
        both(format!("consent given by “{by}”"), format!("通过“{by}”表示同意"))
    }
    fn lane(&self) -> Lane {
        Lane::Consent
    }
}

/// Consent was asked for on this screen and not given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConsentRefused {
    pub screen: u32,
    pub by: String,
    pub how: RefusedBy,
}

/// With what consent was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusedBy {
    /// A control that says so.
    Control,
    /// A control that closes the prompt or puts it off.
    Close,
    /// Going back, as the prompt has no control that refuses.
    Back,
}

impl Kind for ConsentRefused {
    fn words(&self) -> Bilingual {
        let by = &self.by;
        match self.how {
            RefusedBy::Control => both(format!("consent refused by “{by}”"), format!("通过“{by}”拒绝同意")),
            RefusedBy::Close => {
                both(format!("the prompt closed by “{by}”"), format!("通过“{by}”关闭提示，未同意"))
            }
            RefusedBy::Back => both("left by going back, without consent", "按返回离开，未同意"),
        }
    }
    fn lane(&self) -> Lane {
        Lane::Refusal
    }
}

/// Consent that was given before was taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConsentWithdrawn {
    pub screen: u32,
    pub by: String,
}

impl Kind for ConsentWithdrawn {
    fn words(&self) -> Bilingual {
        let by = &self.by;
        both(format!("consent withdrawn by “{by}”"), format!("通过“{by}”撤回同意"))
    }
    fn lane(&self) -> Lane {
        Lane::Withdrawal
    }
}

/// What the app did once consent had been refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RefusalOutcome {
    /// The screen that it ended on.
    pub screen: u32,
    pub outcome: Afterwards,
}

/// What an app does once consent has been refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Afterwards {
    /// It can be used, whole or in part.
    GoesOn,
    /// It is gone: closed, or an empty page.
    Exits,
    /// It shows something on which nothing can be done.
    Locks,
    /// It asks the same again and again on one start.
    AsksOn,
    /// The prompt has nothing that refuses, and stays.
    CannotRefuse,
}

impl Kind for RefusalOutcome {
    fn words(&self) -> Bilingual {
        match self.outcome {
            Afterwards::GoesOn => both("after the refusal the app can be used", "拒绝后应用仍可使用"),
            Afterwards::Exits => both("after the refusal the app is gone", "拒绝后应用退出"),
            Afterwards::Locks => both("after the refusal nothing can be done", "拒绝后无法进行任何操作"),
            Afterwards::AsksOn => {
                both("after the refusal the app asks again and again", "拒绝后应用反复询问")
            }
            Afterwards::CannotRefuse => both("the prompt has nothing that refuses", "提示没有拒绝的途径"),
        }
    }
}
