//! The app as it is driven: started, operated, used, in one session or another.

use serde::{Deserialize, Serialize};

use crate::recording::kind::{Kind, Lane};
use crate::screen::operation::Operation;
use crate::text::{Bilingual, both};
use crate::world::Start;

/// The app was started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AppStarted {
    pub how: Start,
}

impl Kind for AppStarted {
    fn words(&self) -> Bilingual {
        match self.how {
            Start::Fresh => both("the app starts, newly installed", "新安装后启动应用"),
            Start::Resumed => both("the app starts again", "再次启动应用"),
            Start::Upgraded => both("the app starts after an upgrade", "升级后启动应用"),
        }
    }
}

/// A person's operation on the screen with that number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OperationDone {
    pub screen: u32,
    pub operation: Operation,
}

impl Kind for OperationDone {
    fn words(&self) -> Bilingual {
        both(self.operation.to_string(), self.operation.chinese())
    }
    fn lane(&self) -> Lane {
        Lane::Operation
    }
}

/// The app's own main screen, where counting to the policy starts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MainReached {
    pub screen: u32,
}

impl Kind for MainReached {
    fn words(&self) -> Bilingual {
        both("the main screen", "主界面")
    }
}

/// A function of the app that was tried under the permissions as they stood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FunctionTried {
    /// Its name: what is tapped on the main screen, or as the scenario names it.
    pub name: String,
    /// Permissions that it needs, where the scenario says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub needs: Option<Vec<String>>,
    /// The permissions that were refused meanwhile; none where all that can be were granted.
    pub refused: Vec<String>,
    /// The screen that it led to, after the app's own asks were answered.
    pub screen: u32,
    /// Where it was reached with everything granted: whether this is the same screen. `None` on that first time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub same: Option<bool>,
    /// It could not be tried, and why.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub not_tried: Option<String>,
}

impl Kind for FunctionTried {
    fn words(&self) -> Bilingual {
        both(format!("function “{}” tried", self.name), format!("试用功能“{}”", self.name))
    }
}

/// The clock that the app reads was moved forward, counted from the real time, from the next start on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClockMoved {
    pub hours: u32,
}

impl Kind for ClockMoved {
    fn words(&self) -> Bilingual {
        match self.hours {
            0 => both("the app's clock goes right again", "应用的时钟恢复正常"),
            hours => both(
                format!("the app's clock is {hours} h ahead from its next start on"),
                format!("自下次启动起，应用的时钟拨快 {hours} 小时"),
            ),
        }
    }
}

/// From here on another session of the same app is driven.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionChanged {
    /// `first`, or `second` with nothing of the first.
    pub session: String,
}

impl Kind for SessionChanged {
    fn words(&self) -> Bilingual {
        both(format!("the {} session from here on", self.session), format!("此后为会话 {}", self.session))
    }
}

/// Whether the session still was in the account, once the app had been walked in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionLooked {
    /// `None` where it could not be told.
    pub signed_in: Option<bool>,
    pub screen: u32,
}

impl Kind for SessionLooked {
    fn words(&self) -> Bilingual {
        match self.signed_in {
            Some(true) => both("the session still is in the account", "仍处于登录状态"),
            Some(false) => both("the session is no longer in the account", "已不在登录状态"),
            None => both("whether the session is in the account is not known", "无法判断是否登录"),
        }
    }
}
