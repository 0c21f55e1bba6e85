//! What the app calls for, what it asks the person for, and how that is answered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::permission::Answer;
use crate::language::purpose;
use crate::recording::kind::{Kind, Lane};
use crate::text::{Bilingual, both};
use crate::world::access::{Access, AccessKind, Standing, Watch};

/// How much of what the app calls for is seen from here on.
impl Kind for Watch {
    fn words(&self) -> Bilingual {
        both("what the app calls for is watched from here on", "此后观察应用的调用")
    }
}

/// The app called for something that a permission guards, or read what needs none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Accessed {
    /// The screen that was seen last before.
    pub screen: u32,
    #[serde(flatten)]
    pub access: Access,
}

impl Kind for Accessed {
    fn words(&self) -> Bilingual {
        let (what, zh) = (&self.access.what, purpose::chinese(&self.access.what));
        match self.access.kind {
            AccessKind::Ask => both(format!("asks for {what}"), format!("申请{zh}权限")),
            AccessKind::Sensor => both(format!("reads the {what} sensor"), format!("读取{zh}传感器")),
            AccessKind::Identifier => both(format!("reads {what}"), format!("读取{zh}")),
        }
    }
    fn lane(&self) -> Lane {
        match self.access.kind {
            AccessKind::Ask => Lane::Asked,
            AccessKind::Sensor | AccessKind::Identifier => Lane::Accessed,
        }
    }
}

/// An ask of the app's own that is not for its documents was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AskAnswered {
    pub screen: u32,
    /// Permissions that its text names.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub permissions: Vec<String>,
    pub agreed: bool,
    pub by: String,
}

impl Kind for AskAnswered {
    fn words(&self) -> Bilingual {
        let (en, zh) = if self.agreed { ("agreed to", "同意") } else { ("declined", "拒绝") };
        let by = &self.by;
        both(format!("an ask of the app {en} by “{by}”"), format!("通过“{by}”{zh}了应用的请求"))
    }
}

/// Permissions were set without asking the person, by name; those not named stand as they stood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PermissionsSet {
    pub standings: BTreeMap<String, Standing>,
}

impl Kind for PermissionsSet {
    fn words(&self) -> Bilingual {
        let names: Vec<&str> = self.standings.keys().map(String::as_str).collect();
        let zh: Vec<_> = names.iter().map(|name| purpose::chinese(name)).collect();
        both(
            format!("permissions set beforehand: {}", names.join(", ")),
            format!("预先设定的权限：{}", zh.join("、")),
        )
    }
}

/// The phone's system asked for a permission on this screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PermissionAsked {
    pub screen: u32,
    /// `location`, `camera`, …, or `unknown`.
    pub permission: String,
    /// All that the dialog said beside its buttons; on iOS the purpose with it.
    pub text: String,
    /// Which of how many asks in a row, where the dialog says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub of: Option<(u32, u32)>,
}

impl Kind for PermissionAsked {
    fn words(&self) -> Bilingual {
        let permission = &self.permission;
        both(
            format!("the system asks for {permission}"),
            format!("系统弹窗申请{}权限", purpose::chinese(permission)),
        )
    }
    fn lane(&self) -> Lane {
        Lane::Asked
    }
}

/// The system's ask was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PermissionAnswered {
    pub screen: u32,
    pub permission: String,
    pub answer: Answer,
}

impl Kind for PermissionAnswered {
    fn words(&self) -> Bilingual {
        let (en, zh) =
            if self.answer.refuses() { ("refused", "已拒绝") } else { ("allowed", "已允许") };
        let permission = &self.permission;
        both(format!("{permission} {en}"), format!("{}权限{zh}", purpose::chinese(permission)))
    }
}

/// What the system says is granted, by the permission's own name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PermissionStates {
    pub states: BTreeMap<String, bool>,
}

impl Kind for PermissionStates {
    fn words(&self) -> Bilingual {
        let granted: Vec<&str> =
            self.states.iter().filter(|(_, granted)| **granted).map(|(name, _)| name.as_str()).collect();
        let (en, zh) = if granted.is_empty() {
            ("nothing".to_owned(), "无".to_owned())
        } else {
            (granted.join(", "), granted.join("、"))
        };
        both(format!("granted by the system: {en}"), format!("系统已授予：{zh}"))
    }
}
