//! What candor sees on one screen, as data: the JSON of `candor look --json`.

use serde::Serialize;

use crate::language::danger::Danger;
use crate::language::lexicon::{Explained, Meaning};
use crate::language::permission::Answer;
use crate::language::policy::PolicyPage;
use crate::language::reading::PromptKind;
use crate::screen::{Checked, Rect, Role, Tappable};
use crate::sight::tick::Tick;

/// One screen as candor sees it, with the reasons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Look {
    /// Where it came from: an address, a file, a recording's screen.
    pub source: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The page's address, or the package.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Size in px of the picture.
    pub width: f32,
    pub height: f32,
    /// px of the picture per dp, pt or CSS px.
    pub density: f32,
    pub elements: usize,
    /// Elements that were left out because the page has too many.
    pub omitted: usize,
    pub settled: bool,
    /// Whether pixels were looked at.
    pub picture: bool,
    pub asks: Asks,
    pub policy: PolicySeen,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission: Option<PermissionSeen>,
    pub controls: Vec<ControlSeen>,
    pub boxes: Vec<BoxSeen>,
    pub fields: Vec<FieldSeen>,
    /// Where the policy is named.
    pub mentions: Vec<MentionSeen>,
    /// Share of the screen (0–1) that the largest picture or canvas covers: what it says is not read.
    pub unread_share: f32,
    /// Where the run that recorded the screen read it otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differs: Vec<String>,
    /// What a reader of this should know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Whether the screen asks something of the person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Asks {
    /// How; nothing where it does not ask.
    pub kind: Option<PromptKind>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    pub names_policy: bool,
    pub asks: bool,
    pub why: Vec<String>,
    /// Where the layer that asks lies, px of the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rect: Option<Rect>,
}

/// Whether the screen is the privacy policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PolicySeen {
    /// The policy's text, where it is one.
    pub shown: Option<PolicyPage>,
    pub why: Vec<String>,
}

/// The system's permission dialog.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PermissionSeen {
    /// `location`, `camera`, …, or `unknown`.
    pub permission: String,
    pub text: String,
    pub buttons: Vec<ButtonSeen>,
    pub why: Vec<String>,
}

/// A button of the system's dialog.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ButtonSeen {
    pub answer: Answer,
    pub label: String,
}

/// A control that can be tapped.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ControlSeen {
    /// Its number in the picture and the table.
    pub number: usize,
    /// Index in the screen's elements.
    pub element: usize,
    pub role: Role,
    pub label: String,
    pub rect: Rect,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tap_at: Option<(f32, f32)>,
    /// How it is known that it can be tapped; nothing for the name of a document that the tree shows as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tappable: Option<Tappable>,
    pub disabled: bool,
    /// What it was read as.
    pub meanings: Vec<Meaning>,
    /// Every word of the lexicon that stands in its label.
    pub why: Vec<Explained>,
    /// It has a meaning of a prompt and was not read, as it lies outside of the layer that asks.
    pub outside: bool,
    /// What a walk would leave it alone for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub danger: Option<Danger>,
}

/// A box, circle or switch.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BoxSeen {
    pub number: usize,
    pub element: usize,
    pub role: Role,
    pub label: String,
    pub rect: Rect,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tap_at: Option<(f32, f32)>,
    /// What the tree says; nothing where it does not know.
    pub by_tree: Option<Checked>,
    /// What the pixels say; nothing without a picture.
    pub by_pixels: Option<Tick>,
    pub consent: bool,
    pub why: Vec<String>,
}

/// A field that a person types into.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldSeen {
    pub number: usize,
    pub element: usize,
    pub label: String,
    /// `phone`, `password`, `code`, …, or `other`.
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    pub rect: Rect,
}

/// A place where the policy is named.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MentionSeen {
    pub element: usize,
    pub text: String,
    /// Font size as the tree tells it (dp).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font: Option<f32>,
    /// Contrast ratio, from pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contrast: Option<f32>,
    pub why: String,
    pub rect: Rect,
}
