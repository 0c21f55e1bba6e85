//! Two versions of an app: which is driven, what its policy said before, and how what a person set stands after each leg.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::recording::file::FileRef;
use crate::recording::kind::Kind;
use crate::screen::Checked;
use crate::sight::tick::Tick;
use crate::text::{Bilingual, both};
use crate::world::Version;

/// From here on this version of the app is driven.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VersionUsed {
    pub version: Version,
    /// Its address, or the name of its package's file.
    pub from: String,
    /// What the app asks for beside its documents is refused in it; else it is granted.
    pub refusing: bool,
}

/// The policy of the version before, read in that version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EarlierPolicyRead {
    pub screen: u32,
    pub text: FileRef,
}

/// What an earlier recording of the same app holds, taken over before the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EarlierTaken {
    /// The name of its folder.
    pub recording: String,
    pub begun: Timestamp,
    /// SHA-256 of its seal.
    pub seal: String,
    /// Its policy's text; `None` where it read none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<FileRef>,
}

/// When a setting was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leg {
    /// As the app has it.
    Found,
    /// Right after it was set.
    Set,
    Restarted,
    Upgraded,
}

impl Leg {
    /// Says when that is, in English and in Chinese.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Leg::Found => ("as found", "最初"),
            Leg::Set => ("once set", "设置后"),
            Leg::Restarted => ("after a restart", "重启后"),
            Leg::Upgraded => ("after the upgrade", "升级后"),
        }
    }
}

/// How a switch on personal information stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettingSeen {
    pub leg: Leg,
    pub screen: u32,
    /// The switch's words.
    pub label: String,
    /// Its words name the switching off: it is on where the thing is off.
    pub reversed: bool,
    /// As the tree tells it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by_tree: Option<Checked>,
    /// As its pixels show it.
    pub by_pixels: Tick,
    /// Whether what it is about goes on; `None` where tree and pixels contradict each other or neither tells.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub on: Option<bool>,
}

impl Kind for VersionUsed {
    fn words(&self) -> Bilingual {
        let (en, zh) = self.version.words();
        let from = &self.from;
        both(format!("{en} from here on: {from}"), format!("此后为{zh}：{from}"))
    }
}

impl Kind for EarlierPolicyRead {
    fn words(&self) -> Bilingual {
        both("the policy of the version before was read", "读取了旧版本的隐私政策")
    }
    fn files(&self) -> Vec<&FileRef> {
        vec![&self.text]
    }
}

impl Kind for EarlierTaken {
    fn words(&self) -> Bilingual {
        let recording = &self.recording;
        both(
            format!("the earlier recording {recording} is compared with"),
            format!("与较早的录制 {recording} 比较"),
        )
    }
    fn files(&self) -> Vec<&FileRef> {
        self.text.iter().collect()
    }
}

impl Kind for SettingSeen {
    fn words(&self) -> Bilingual {
        let (en, zh) = match self.on {
            Some(true) => ("on", "开启"),
            Some(false) => ("off", "关闭"),
            None => ("not known", "无法判断"),
        };
        let ((leg, leg_zh), label) = (self.leg.words(), &self.label);
        both(format!("“{label}” {leg}: {en}"), format!("“{label}”{leg_zh}：{zh}"))
    }
}
