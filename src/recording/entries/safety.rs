//! What candor left alone, and what the guard on the wire held back.

use serde::{Deserialize, Serialize};

use crate::language::danger::Danger;
use crate::recording::kind::{Kind, Lane};
use crate::text::{Bilingual, both};
use crate::world::guard::{Guard, HeldBack};

/// From here on requests of walks are held back, or cannot be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Guarding {
    pub guard: Guard,
    /// There is a line on which they can be.
    pub works: bool,
}

impl Kind for Guarding {
    fn words(&self) -> Bilingual {
        match (self.guard, self.works) {
            (Guard::Off, _) => {
                both("no request is held back, as the scenario says", "按场景设定，不拦截请求")
            }
            (_, true) => both(
                "requests that may change something are held back from here on",
                "此后拦截可能造成改动的请求",
            ),
            (_, false) => both(
                "no request can be held back here: words alone decide what is tapped",
                "此处无法拦截请求：只凭文字判断可否点按",
            ),
        }
    }
}

/// Controls of a screen that a walk left alone, as they may do harm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ControlsLeft {
    pub screen: u32,
    pub controls: Vec<ControlLeft>,
}

/// A control that a walk left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlLeft {
    /// Its words, at most 60 characters; its id where it has none.
    pub label: String,
    pub danger: Danger,
}

impl Kind for ControlsLeft {
    fn words(&self) -> Bilingual {
        let labels: Vec<String> =
            self.controls.iter().take(8).map(|left| format!("“{}”", left.label)).collect();
        both(
            format!("left alone, as it may do harm: {}", labels.join(", ")),
            format!("可能造成损害，未点按：{}", labels.join("、")),
        )
    }
}

/// A request that followed an operation was held back: the app saw it fail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestHeldBack {
    pub screen: u32,
    /// The label of what was tapped before it.
    pub control: String,
    pub request: HeldBack,
}

impl Kind for RequestHeldBack {
    fn words(&self) -> Bilingual {
        let RequestHeldBack { control, request, .. } = self;
        let HeldBack { method, address, because, .. } = request;
        both(
            format!("held back after “{control}”: {method} {address} ({because})"),
            format!("点按“{control}”后拦截：{method} {address}（{because}）"),
        )
    }
    fn lane(&self) -> Lane {
        Lane::Trouble
    }
}

/// Something was not done, as it could change what is somebody's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    pub what: Omission,
    /// The goals that were to be looked for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub goals: Vec<String>,
}

/// What was not done because the account is somebody's own: this run did not register it, the scenario does not call it
/// `disposable`, and no strict guard works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Omission {
    /// Walking through the app in the account.
    WalkInAccount,
    /// Taking consent back in the account.
    WithdrawalInAccount,
}

impl Kind for LeftOut {
    fn words(&self) -> Bilingual {
        match self.what {
            Omission::WalkInAccount => both(
                "the account is somebody's own, and was not walked through",
                "账号属于个人所有，没有在其中自动浏览",
            ),
            Omission::WithdrawalInAccount => both(
                "the account is somebody's own, and its consent was not taken back",
                "账号属于个人所有，没有撤回其同意",
            ),
        }
    }
}
