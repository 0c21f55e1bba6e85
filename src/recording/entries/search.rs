//! What a search of the app recorded: the ways, how wide it went, and the policy at the end of one.

use serde::{Deserialize, Serialize};

use crate::language::policy::{CollectionRule, Form};
use crate::recording::file::FileRef;
use crate::recording::kind::Kind;
use crate::screen::operation::Operation;
use crate::text::{Bilingual, both};

/// One operation of a path and where it led.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The screen on which it was done.
    pub on: u32,
    pub operation: Operation,
    /// The screen that it led to.
    pub led_to: u32,
}

/// How wide a search went.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Breadth {
    /// Distinct screens whose ways were all tried.
    pub screens: usize,
    /// Operations done in the search, those for returning included.
    pub operations: usize,
    /// List entries of one kind that were not opened because others of their kind had been.
    pub alike_skipped: usize,
    /// Controls never tapped because they pay, call, post, log out or delete.
    pub dangerous_skipped: usize,
    /// How long the search had taken (s).
    #[serde(default)]
    pub seconds: f64,
    /// It went through the app while logged in, not as a guest.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub signed_in: bool,
    /// What it was allowed to use; `None` where nothing was searched, or a recording of an older candor does not say.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub budget: Option<Budget>,
}

/// What one search may use.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Budget {
    /// Operations, those for returning included.
    pub operations: usize,
    /// s
    pub seconds: f64,
}

/// A goal that the explorer found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalReached {
    pub goal: String,
    /// From the main screen; its length is the number of operations.
    pub path: Vec<Step>,
    /// The screen that shows the goal.
    pub screen: u32,
    /// Every shorter way was tried: no path of fewer operations exists.
    pub shortest: bool,
    /// Every way of at most this many operations was tried, and none leads there.
    #[serde(default)]
    pub none_within: usize,
    pub breadth: Breadth,
}

/// A goal that the explorer did not find.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalRuledOut {
    pub goal: String,
    /// Every way of at most this many operations was tried.
    pub depth: usize,
    /// Why the search went no deeper; `None` where it reached the depth it was asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stopped: Option<String>,
    /// Only ways that a label speaks for were tried: no proof that it is nowhere.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub promising_only: bool,
    pub breadth: Breadth,
}

/// The policy's text and what it says on collecting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolicyRead {
    pub screen: u32,
    /// The screens that show it from its beginning to its end, in order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub screens: Vec<u32>,
    pub title: String,
    pub form: Form,
    /// Where it was opened: the main screen's path or the first-run prompt.
    pub opened_from: OpenedFrom,
    /// The text; `None` where there was nothing to read (a picture, a broken document).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<FileRef>,
    /// Characters of text, white space left out.
    pub characters: usize,
    /// Sentences that name a kind of personal information and a verb, at most 40.
    pub rules: Vec<CollectionRule>,
}

/// From where the policy was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenedFrom {
    MainScreen,
    FirstRun,
}

impl Kind for GoalReached {
    fn words(&self) -> Bilingual {
        let (goal, length) = (&self.goal, self.path.len());
        both(format!("{goal} reached in {length} operations"), format!("经 {length} 次操作到达 {goal}"))
    }
}

impl Kind for GoalRuledOut {
    fn words(&self) -> Bilingual {
        let GoalRuledOut { goal, depth, .. } = self;
        both(
            format!("{goal} not found within {depth} operations"),
            format!("{depth} 次操作之内没有找到 {goal}"),
        )
    }
}

/// The way to a goal was gone once more, from a start of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PathReplayed {
    pub goal: String,
    /// The screen that it led to.
    pub screen: u32,
    /// It shows the goal.
    pub arrived: bool,
}

impl Kind for PathReplayed {
    fn words(&self) -> Bilingual {
        let goal = &self.goal;
        match self.arrived {
            true => both(format!("the way to {goal} gone once more"), format!("再次走到 {goal}")),
            false => both(
                format!("the way to {goal} leads elsewhere the second time"),
                format!("再次操作没有到达 {goal}"),
            ),
        }
    }
}

impl Kind for PolicyRead {
    fn words(&self) -> Bilingual {
        let characters = self.characters;
        both(format!("the policy read: {characters} characters"), format!("已读取隐私政策：{characters} 字"))
    }
    fn files(&self) -> Vec<&FileRef> {
        self.text.iter().collect()
    }
}
