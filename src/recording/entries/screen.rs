//! Screens that were seen, and the text that was measured on their pictures.

use serde::{Deserialize, Serialize};

use crate::language::reading::Reading;
use crate::recording::file::FileRef;
use crate::recording::kind::{Kind, Lane};
use crate::sight::tick::Tick;
use crate::text::{Bilingual, both};

/// What the app showed, and what was read from it. The first sighting of a picture stores it; later ones point to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScreenSeen {
    pub screen: u32,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub picture: Option<FileRef>,
    pub tree: FileRef,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub address: String,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub title: String,
    /// It was seen before in this recording, picture and tree byte for byte. Of a web page in virtual time a picture a quarter as
    /// wide told that it looks the same; then the earlier picture stands for this sighting too.
    #[serde(default)]
    pub again: bool,
    /// It stopped changing before the time to wait had passed.
    pub settled: bool,
    /// Characters of text in sight.
    #[serde(default)]
    pub characters: usize,
    /// Height of the picture in dp.
    pub height: f32,
    pub reading: Reading,
    /// State of each of the reading's boxes as its pixels show it, in the same order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub ticks: Vec<Tick>,
    /// Contrast ratio of each of the reading's mentions of the policy, from pixels, in the same order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub contrasts: Vec<Option<f32>>,
}

impl Kind for ScreenSeen {
    fn words(&self) -> Bilingual {
        let title = if self.title.is_empty() { String::new() } else { format!(" “{}”", self.title) };
        both(format!("screen {}{title}", self.screen), format!("界面 {}{title}", self.screen))
    }
    fn lane(&self) -> Lane {
        Lane::Screen
    }
    fn files(&self) -> Vec<&FileRef> {
        self.picture.iter().chain([&self.tree]).collect()
    }
}

/// The lines of text on a screen's picture, as pixels show them: a [`Sight`](crate::sight::line::Sight) as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextMeasured {
    pub screen: u32,
    pub sight: FileRef,
}

impl Kind for TextMeasured {
    fn words(&self) -> Bilingual {
        let screen = self.screen;
        both(format!("text on screen {screen} measured"), format!("已测量界面 {screen} 的文字"))
    }
    fn files(&self) -> Vec<&FileRef> {
        vec![&self.sight]
    }
}

/// The text on a screen's picture could not be measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextNotMeasured {
    pub screen: u32,
    pub why: String,
}

impl Kind for TextNotMeasured {
    fn words(&self) -> Bilingual {
        let TextNotMeasured { screen, why } = self;
        both(
            format!("text on screen {screen} not measured: {why}"),
            format!("界面 {screen} 的文字未能测量：{why}"),
        )
    }
}
