//! What one screen is taken to show of consent, as data: controls by meaning, boxes with their labels, what asks, and
//! where the policy is named. `controls.rs` and `boxes.rs` find it.

use serde::{Deserialize, Serialize};

use super::lexicon::Meaning;
use crate::screen::{Checked, Rect, Role};

/// A control and what it means to a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Control {
    pub meaning: Meaning,
    /// Index in the screen's elements.
    pub element: usize,
    pub label: String,
}

/// How a box and its label stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelRelation {
    /// The label holds the box: a tap on the words ticks it.
    Wraps,
    /// The tree says so (`for`, `aria-labelledby`, a name of its own).
    Linked,
    /// The words come right after the box in the same row.
    Follows,
    /// The words only stand next to it on the screen.
    Beside,
}

/// A control with an on and an off state, drawn or native.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TickBox {
    pub element: usize,
    pub role: Role,
    pub label: String,
    pub relation: LabelRelation,
    /// What the tree says; `None` where the tree does not know (a drawn box).
    pub by_tree: Option<Checked>,
    /// Where a person sees the box, px of the picture.
    pub rect: Rect,
    /// Where a tap changes it.
    pub tap_at: Option<(f32, f32)>,
    /// The native control itself is hidden; `rect` is what is drawn in its place.
    pub hidden_native: bool,
    /// Whether ticking it is consent to a policy or to the use of personal information.
    pub consent: bool,
    /// It is drawn, and nothing shows that a tap changes it: it may be an icon beside the words.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ornament: bool,
}

/// How consent is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromptKind {
    Dialog,
    Alert,
    Page,
    Form,
}

/// A screen, or a layer of it, that asks something of the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prompt {
    pub kind: PromptKind,
    /// What it says, at most 1,000 characters.
    pub text: String,
    /// It names the privacy policy.
    pub names_policy: bool,
    /// It asks to read or to agree.
    pub asks: bool,
}

/// A place where the privacy policy is named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    pub element: usize,
    pub text: String,
    /// Font size in dp as the tree tells it.
    pub font: Option<f32>,
}

/// Everything about consent that one screen shows.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Reading {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub prompt: Option<Prompt>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub controls: Vec<Control>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub boxes: Vec<TickBox>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub mentions: Vec<Mention>,
    /// "Continuing means you agree", where it is said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub implied_consent: Option<String>,
    /// Fields that a person types into.
    #[serde(default)]
    pub fields: usize,
    /// Share of the screen (0–1) that the largest picture or canvas covers: what it says is not read.
    #[serde(default)]
    pub unread_share: f32,
}

impl Reading {
    /// The first control of this meaning.
    pub fn control(&self, meaning: Meaning) -> Option<&Control> {
        self.controls.iter().find(|control| control.meaning == meaning)
    }

    /// Boxes whose ticking is consent.
    pub fn consent_boxes(&self) -> impl Iterator<Item = &TickBox> {
        self.boxes.iter().filter(|tick| tick.consent)
    }
}
