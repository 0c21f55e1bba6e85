//! What was come to on an item: by a rule, or by a person who attests.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was come to on an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The recording holds evidence that meets the item's criterion.
    Violation,
    /// The probe that would have shown a violation ran to its end and showed none.
    Conforms,
    /// Evidence was gathered; a person must decide.
    Review,
    /// The probe did not run, could not finish, or was not given what it needs.
    NotTested,
    /// The recording shows that the item cannot arise.
    NotApplicable,
}

impl Verdict {
    /// 0 for the gravest: a violation, then what a person must look at, then the rest.
    pub fn gravity(self) -> u8 {
        match self {
            Verdict::Violation => 0,
            Verdict::Review => 1,
            Verdict::Conforms | Verdict::NotTested | Verdict::NotApplicable => 2,
        }
    }

    /// As it is written for people: `not tested`.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Violation => "violation",
            Verdict::Conforms => "conforms",
            Verdict::Review => "review",
            Verdict::NotTested => "not tested",
            Verdict::NotApplicable => "not applicable",
        }
    }
    /// As it is written for people, in Chinese.
    pub fn words_zh(self) -> &'static str {
        match self {
            Verdict::Violation => "违规",
            Verdict::Conforms => "合规",
            Verdict::Review => "待复核",
            Verdict::NotTested => "未检测",
            Verdict::NotApplicable => "不适用",
        }
    }
}
