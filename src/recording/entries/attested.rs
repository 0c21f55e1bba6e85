//! A person's statement on an item, added after the run.

use serde::{Deserialize, Serialize};

use crate::item::ItemId;
use crate::recording::file::FileRef;
use crate::recording::kind::{Addition, Kind};
use crate::text::{Bilingual, both};
use crate::verdict::Verdict;

/// What a person states on an item, with what shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attested {
    pub item: ItemId,
    pub verdict: Verdict,
    pub note: String,
    /// Who states it.
    pub by: String,
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

impl Kind for Attested {
    fn words(&self) -> Bilingual {
        let Attested { item, verdict, by, .. } = self;
        both(
            format!("{by} states on {item}: {}", verdict.words()),
            format!("{by} 就 {item} 声明：{}", verdict.words_zh()),
        )
    }
    fn files(&self) -> Vec<&FileRef> {
        self.files.iter().chain(&self.seal).collect()
    }
    fn addition(&self) -> Option<Addition<'_>> {
        Some(Addition { about: format!("item {}", self.item), by: &self.by, seal: &self.seal })
    }
}
