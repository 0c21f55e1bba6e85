//! What a person asked the operator for, and what a later look at it came to. Both are added to a sealed recording after the
//! run, as statements are.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::recording::file::FileRef;
use crate::recording::kind::{Addition, Kind};
use crate::text::{Bilingual, both};

/// What the operator is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    /// To correct information.
    Correction,
    /// To delete information.
    Deletion,
    /// To cancel the account.
    Cancellation,
    /// To look into a complaint.
    Complaint,
}

impl Demand {
    /// Returns what was asked for, in English and in Chinese.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Demand::Correction => ("a correction", "更正请求"),
            Demand::Deletion => ("a deletion", "删除请求"),
            Demand::Cancellation => ("a cancellation", "注销请求"),
            Demand::Complaint => ("a complaint", "投诉举报"),
        }
    }

    /// Returns its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Demand::Correction => "correction",
            Demand::Deletion => "deletion",
            Demand::Cancellation => "cancellation",
            Demand::Complaint => "complaint",
        }
    }
}

/// The way by which it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Through {
    App,
    Mail,
    Phone,
    Form,
    Chat,
    Post,
}

/// How the entry was added to a sealed recording.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AddedLater {
    /// `candor` and its version that wrote this down.
    pub tool: String,
    /// Copies of what was handed in.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub files: Vec<FileRef>,
    /// Fingerprint of the key that the new seal is signed with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub key: Option<String>,
    /// The seal before, with its signature and the findings that it covered, as they were.
    pub seal: Vec<FileRef>,
}

/// Something that a person asked the operator for, outside of the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DemandStated {
    pub what: Demand,
    pub channel: Through,
    /// The day on which it was sent, in China.
    pub sent: Date,
    /// What was asked, in the person's words.
    pub note: String,
    /// The operator's own words on when it answers, where it took the request with some.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub promise: String,
    /// Who states it.
    pub by: String,
    pub added: AddedLater,
}

/// What had become of something that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// It was done, or answered as a complaint is.
    Done,
    /// Nothing came, or nothing but that it was received.
    Open,
    /// The operator will not do it.
    Denied,
    /// The operator asked something back, and waits.
    AskedBack,
}

impl Reply {
    /// Returns what became of it, in English and in Chinese.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Reply::Done => ("done", "已处理"),
            Reply::Open => ("still open", "仍未处理"),
            Reply::Denied => ("denied", "被拒绝"),
            Reply::AskedBack => ("the operator asked something back", "运营者要求补充"),
        }
    }
}

/// A later look at something that was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DemandLookedAt {
    /// Sequence number of the entry that tells what was asked for.
    pub demand: u64,
    pub reply: Reply,
    /// The day on which it was answered; for what is open, the day of the look. In China.
    pub on: Date,
    /// Marks of the old account (its nickname, its orders) are still there; `None` where nobody looked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub remains: Option<bool>,
    pub note: String,
    /// Who looked: a person, or `candor`.
    pub by: String,
    pub added: AddedLater,
}

impl Kind for DemandStated {
    fn words(&self) -> Bilingual {
        let (en, zh) = self.what.words();
        let DemandStated { by, sent, .. } = self;
        both(format!("{by} asked for {en} on {sent}"), format!("{by} 于 {sent} 提出{zh}"))
    }
    fn files(&self) -> Vec<&FileRef> {
        self.added.files.iter().chain(&self.added.seal).collect()
    }
    fn addition(&self) -> Option<Addition<'_>> {
        let about = self.what.words().0.to_owned();
        Some(Addition { about, by: &self.by, seal: &self.added.seal })
    }
}

impl Kind for DemandLookedAt {
    fn words(&self) -> Bilingual {
        let (en, zh) = self.reply.words();
        let DemandLookedAt { by, demand, on, .. } = self;
        both(
            format!("{by} looked again at what entry {demand} asked for: {en} ({on})"),
            format!("{by} 再次查看第 {demand} 条所提请求：{zh}（{on}）"),
        )
    }
    fn files(&self) -> Vec<&FileRef> {
        self.added.files.iter().chain(&self.added.seal).collect()
    }
    fn addition(&self) -> Option<Addition<'_>> {
        let about = format!("what entry {} asked for", self.demand);
        Some(Addition { about, by: &self.by, seal: &self.added.seal })
    }
}
