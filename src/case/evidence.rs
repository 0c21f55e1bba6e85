//! What a finding points to: entries of the timeline with their files, and places on pictures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::recording::ScreenSeen;
use crate::screen::Rect;
use crate::text::{Bilingual, said};

/// A place in the recording that a finding rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Sequence number of the timeline's entry.
    pub entry: u64,
    /// What it shows.
    pub shows: Bilingual,
    /// Files of the recording, relative to its folder, with `/`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub files: Vec<String>,
    /// Places on its picture that the finding is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub marks: Option<Marks>,
}

/// Places on a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Marks {
    /// Size of the picture (px).
    pub width: u32,
    pub height: u32,
    /// From top to bottom.
    pub places: Vec<Mark>,
}

/// A place on a picture and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// px of the picture.
    pub rect: Rect,
    pub says: Bilingual,
}

impl Evidence {
    /// Points to an entry without any picture.
    pub fn of_entry(entry: u64, shows: Bilingual) -> Evidence {
        Evidence { entry, shows, files: Vec::new(), marks: None }
    }

    /// Points to one sighting of a screen.
    pub fn of_screen(entry: u64, seen: &ScreenSeen, shows: Bilingual) -> Evidence {
        Evidence { entry, shows, files: files_of(seen), marks: None }
    }

    /// Points to a passage of the policy, which an entry read.
    pub fn of_passage(entry: u64, text: &str) -> Evidence {
        let shows = said!("the policy says: {text}", "隐私政策原文：{text}", text);
        Evidence { entry, shows, files: vec!["policy.txt".to_owned()], marks: None }
    }
}

/// The picture and the tree of a screen.
pub fn files_of(seen: &ScreenSeen) -> Vec<String> {
    seen.picture.iter().chain([&seen.tree]).map(|file| file.file.clone()).collect()
}
