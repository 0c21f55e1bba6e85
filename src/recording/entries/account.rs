//! What happened to a person's account and to what they told the app.

use serde::{Deserialize, Serialize};

use super::search::Step;
use crate::language::rights::{Answered, Condition};
use crate::recording::kind::Kind;
use crate::text::{Bilingual, both};

/// How an account was come into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entering {
    Registering,
    LoggingIn,
    /// Logging in once more after the account had been cancelled.
    LoggingInAgain,
}

/// An account that was registered or logged into, or the try.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountEntered {
    pub entering: Entering,
    pub answered: Answered,
    /// What the app said, where it said something.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub says: String,
    /// The screen that it ended on.
    pub screen: u32,
    /// The screen with the form, 0 where there was none.
    #[serde(default)]
    pub form: u32,
    /// Kinds of what the form asked for: `phone`, `password`, `code`, …
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub asked: Vec<String>,
}

/// One screen on the way to the end of an account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CancellationStep {
    pub screen: u32,
    /// What it asks for, each as often as it is said.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub conditions: Vec<Condition>,
}

/// How far cancelling came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// No entry was found.
    NoEntry,
    /// The entry was found; the last confirmation was left alone because the scenario does not allow it.
    NotAllowed,
    /// The entry was seen and not tapped: without leave nothing is tapped that could itself cancel.
    NotFollowed,
    /// It needs a person (a captcha).
    NeedsPerson,
    /// It asks for something that the scenario does not have.
    Lacks,
    /// Nothing on the screen goes on: it must be done outside of the app.
    NoWay,
    /// The app answered with an error, or the connection broke off.
    Failed,
    /// Everything was confirmed, and the app did not say what became of it.
    Unclear,
    /// The app took the request; the account goes later.
    Requested,
    /// The app says that the account is gone.
    Done,
}

/// How far cancelling an account came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cancellation {
    pub progress: Progress,
    /// The operations from the main screen to the entry, the tap on it included.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub path: Vec<Step>,
    /// The label of the entry.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub entry: String,
    /// The screen that it ended on.
    pub screen: u32,
    /// What the app said at the end, or what is lacking.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub says: String,
    /// The last confirmation was given: something may have happened to the account.
    #[serde(default)]
    pub confirmed: bool,
    /// Controls that looked like the entry and were none: an article, a log-out.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub no_entries: Vec<String>,
    /// Every way was tried before saying that there is no entry.
    #[serde(default)]
    pub exhaustive: bool,
    /// Every shorter way was tried while logged in: no path of fewer operations exists.
    #[serde(default)]
    pub shortest: bool,
}

/// What is looked at after a cancellation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The old credentials, in a session that knows nothing.
    LogIn,
    /// A session that was logged in before.
    OtherSession,
    /// An address that served what the account held.
    Data,
    /// What the run had written into the account's profile, looked for after logging in again.
    Marks,
}

/// Whether something of a cancelled account is still there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountChecked {
    pub check: Check,
    /// It is; `None` where it could not be told.
    pub there: Option<bool>,
    /// What was seen.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub says: String,
    /// How the app answered, for [`Check::LogIn`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub answered: Option<Answered>,
    pub screen: u32,
    /// The address, for [`Check::Data`].
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub address: String,
}

/// What was done to information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Correction,
    Deletion,
}

/// How a change of information came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lasted {
    /// It was seen again after a restart.
    Yes,
    /// What was there before came back.
    No,
    /// The app refused it.
    Refused,
    /// There is no control for it, every way tried.
    NoEntry,
    /// None was found, but not every way was tried.
    NotFound,
    /// It could not be told, or not be done.
    Unclear,
}

/// Information of the person's that was changed or deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InformationChanged {
    pub change: Change,
    /// What it was: `nickname`, `address`, …
    pub what: String,
    pub lasted: Lasted,
    /// The way from the main screen to where it is done.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub path: Vec<Step>,
    /// The screen before.
    pub before: u32,
    /// The screen that shows how it came out.
    pub after: u32,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub says: String,
    /// A second session saw the same.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub elsewhere: Option<bool>,
    /// What is to be seen from then on, or, of what was deleted, not to be seen any more: so that a later look can tell.
    /// Empty where the app did not take the change.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub wanted: String,
}

impl Kind for AccountEntered {
    fn words(&self) -> Bilingual {
        let (en, zh) = match self.entering {
            Entering::Registering => ("registering", "注册"),
            Entering::LoggingIn => ("logging in", "登录"),
            Entering::LoggingInAgain => ("logging in again after the cancellation", "注销后再次登录"),
        };
        match self.answered {
            Answered::Accepted => both(format!("{en}: done"), format!("{zh}：成功")),
            _ => both(
                format!("{en}: not done ({:?})", self.answered),
                format!("{zh}：未成功（{:?}）", self.answered),
            ),
        }
    }
}

impl Kind for CancellationStep {
    fn words(&self) -> Bilingual {
        both(format!("cancelling: screen {}", self.screen), format!("注销：界面 {}", self.screen))
    }
}

impl Kind for Cancellation {
    fn words(&self) -> Bilingual {
        both(
            format!("cancelling the account ended: {:?}", self.progress),
            format!("注销账号的结果：{:?}", self.progress),
        )
    }
}

impl Kind for AccountChecked {
    fn words(&self) -> Bilingual {
        let (en, zh) = match self.check {
            Check::LogIn => ("the old credentials", "原凭证"),
            Check::OtherSession => ("a session from before", "先前的会话"),
            Check::Data => ("what the account held", "账号所存信息"),
            Check::Marks => ("what the run had written into the profile", "本次运行写入资料的内容"),
        };
        match self.there {
            Some(true) => both(format!("{en}: still there"), format!("{zh}：仍在")),
            Some(false) => both(format!("{en}: gone"), format!("{zh}：已不在")),
            None => both(format!("{en}: not known"), format!("{zh}：无法判断")),
        }
    }
}

impl Kind for InformationChanged {
    fn words(&self) -> Bilingual {
        let (en, zh) = match self.change {
            Change::Correction => ("correcting", "更正"),
            Change::Deletion => ("deleting", "删除"),
        };
        let (what, lasted) = (&self.what, self.lasted);
        match lasted {
            Lasted::Yes => both(format!("{en} {what}: it lasted"), format!("{zh} {what}：已生效")),
            Lasted::No => both(format!("{en} {what}: it came back"), format!("{zh} {what}：又恢复了")),
            _ => both(
                format!("{en} {what}: not done ({lasted:?})"),
                format!("{zh} {what}：未完成（{lasted:?}）"),
            ),
        }
    }
}
