//! What is measured of one line of text, and of all lines of a picture.

use serde::{Deserialize, Serialize};

use super::size::{Measured, Rhythm};
use crate::screen::Rect;
use crate::text::script::Script;

/// What the tree knows of a line: where it is and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub rect: Rect,
    pub text: String,
}

/// What is measured of a line of text. Lengths in dp are CSS px on the web and pt on iOS.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The ink's bounds in px of the picture.
    pub rect: Rect,
    /// What was read; empty where the tree told the text and nothing made reading necessary.
    pub text: String,
    /// How sure the reading is, 0–1; 1 where the tree tells the text.
    pub confidence: f32,
    /// Whether the text was read from the pixels.
    pub read: bool,
    /// Font size in dp.
    pub size: Measured,
    /// How its ideographs stand (dp), where that is measured.
    #[serde(skip)]
    pub rhythm: Option<Rhythm>,
    /// WCAG 2.x ratio, 1–21.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contrast: Option<Measured>,
    pub ink: [u8; 3],
    pub ground: [u8; 3],
    /// Distance to the next line of its block, as a multiple of the font size.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub spacing: Option<f32>,
    /// Width of a stroke's edge, from ground to ink, as a share of the font size.
    pub blur: f32,
}

/// What one picture shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sight {
    /// px.
    pub width: u32,
    pub height: u32,
    /// px per dp.
    pub density: f32,
    /// From top to bottom.
    pub lines: Vec<Line>,
    /// Share of the picture that lies under lines of text, 0–1.
    pub covered: f32,
    /// The script of all lines together, where it can be told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub script: Option<Script>,
}
