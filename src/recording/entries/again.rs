//! What was seen again, or not, in a second session.

use serde::{Deserialize, Serialize};

use crate::item::ItemId;
use crate::recording::file::FileRef;
use crate::recording::kind::{Kind, Lane};
use crate::text::{Bilingual, both};

/// What looked like violations was looked for once more, in another session from a fresh start. Its recording stands in a
/// folder of this one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LookedAgain {
    /// The items that were looked at again.
    pub items: Vec<ItemId>,
    /// The probes that ran again for them.
    pub probes: Vec<String>,
    /// The second recording's timeline.
    pub timeline: FileRef,
    /// Why the second session did not come to its end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub broken: Option<String>,
}

impl Kind for LookedAgain {
    fn words(&self) -> Bilingual {
        let items: Vec<String> = self.items.iter().map(ToString::to_string).collect();
        match &self.broken {
            None => both(
                format!("looked at again in a second session: {}", items.join(", ")),
                format!("在第二次会话中复查：{}", items.join("、")),
            ),
            Some(why) => both(
                format!("a second session for {} did not come to its end: {why}", items.join(", ")),
                format!("复查 {} 的第二次会话未能完成：{why}", items.join("、")),
            ),
        }
    }
    fn lane(&self) -> Lane {
        if self.broken.is_some() { Lane::Trouble } else { Lane::Listed }
    }
    fn files(&self) -> Vec<&FileRef> {
        vec![&self.timeline]
    }
}
