//! Finding controls by meaning, and the prompt and consent boxes that they belong to.

use serde::{Deserialize, Serialize};

use super::lexicon::{Label, Meaning, fold, folded_means, means};
use super::sentences::pieces;
use crate::screen::{Checked, Rect, Role, Screen};

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

const CONTROL_MEANINGS: [Meaning; 12] = [
    Meaning::Agree,
    Meaning::Refuse,
    Meaning::Next,
    Meaning::Skip,
    Meaning::Policy,
    Meaning::Agreement,
    Meaning::SignIn,
    Meaning::Pays,
    Meaning::Calls,
    Meaning::Posts,
    Meaning::LogsOut,
    Meaning::Deletes,
];

/// A text longer than this (characters, spaces and marks included) holds more than the wording of one consent (ours).
const PROSE: usize = 1_500;

/// Reads one screen.
pub fn read(screen: &Screen) -> Reading {
    let layer = prompt_layer(screen);
    let scope: Vec<usize> = match layer {
        Some(at) => std::iter::once(at).chain(screen.descendants(at)).collect(),
        None => (0..screen.elements.len()).collect(),
    };
    let controls = find_controls(screen, &scope);
    let mut boxes = super::boxes::find(screen, &scope);
    let mentions = find_mentions(screen, &scope);
    let fields =
        scope.iter().filter(|&&at| screen.elements[at].seen && screen.elements[at].role.is_field()).count();
    let prompt = find_prompt(screen, layer, &controls, &boxes, &mentions, fields);
    if prompt.as_ref().is_some_and(|prompt| prompt.names_policy) {
        for tick in boxes.iter_mut().filter(|tick| means(&tick.label, Meaning::Agree)) {
            tick.consent = true;
        }
    }
    let implied_consent = scope
        .iter()
        .filter(|&&at| screen.elements[at].seen || screen.elements[at].role == Role::Group)
        .map(|&at| screen.text_within(at))
        .chain(screen.alert.clone())
        .filter(|text| {
            // Most texts are too long or too short, which is told without folding them.
            let length = text.chars().count();
            (4..=PROSE).contains(&length) && means(text, Meaning::ImpliedConsent) && mentions_document(text)
        })
        .min_by_key(|text| text.chars().count());
    Reading { prompt, controls, boxes, mentions, implied_consent, fields, unread_share: unread_share(screen) }
}

/// Pictures and canvases carry words that the tree does not have.
fn unread_share(screen: &Screen) -> f32 {
    let whole = Rect::new(0.0, 0.0, screen.width, screen.height);
    let share = screen
        .elements
        .iter()
        .filter(|element| element.seen && matches!(element.role, Role::Image | Role::Canvas))
        .filter_map(|element| element.rect.intersection(&whole))
        .map(|rect| rect.area() / whole.area().max(1.0))
        .fold(0.0, f32::max);
    // Two places are enough, and keep the timeline short.
    (share * 100.0).round() / 100.0
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

/// The topmost layer over the screen that shows text; a backdrop without text is none.
fn prompt_layer(screen: &Screen) -> Option<usize> {
    screen
        .elements
        .iter()
        .enumerate()
        .filter(|(at, element)| element.overlay && element.seen && !screen.text_within(*at).is_empty())
        .filter(|(at, _)| {
            screen
                .descendants(*at)
                .any(|inner| screen.elements[inner].tappable.is_some() && screen.elements[inner].seen)
        })
        .map(|(at, _)| at)
        .next_back()
        .map(|last| {
            // A dialog inside its own wrapping layer is one thing: take the outermost overlay around it.
            screen.ancestors(last).filter(|&outer| screen.elements[outer].overlay).last().unwrap_or(last)
        })
}

fn find_controls(screen: &Screen, scope: &[usize]) -> Vec<Control> {
    let mut controls: Vec<Control> = Vec::new();
    for &at in scope {
        let element = &screen.elements[at];
        if !element.seen {
            continue;
        }
        let label = screen.label(at);
        if label.is_empty() || label.chars().count() > 60 {
            continue;
        }
        let meanings = Label::of(&label);
        for meaning in CONTROL_MEANINGS.into_iter().filter(|&meaning| meanings.means(meaning)) {
            // A document's name may be a link that the tree does not show as one; everything else must be tappable.
            let document = matches!(meaning, Meaning::Policy | Meaning::Agreement);
            let leaf = !element.text.is_empty() && element.role != Role::Heading;
            if element.tappable.is_none() && !(document && leaf && is_quoted_name(&label)) {
                continue;
            }
            if element.role.is_tickable()
                || !document && (element.role == Role::Label || super::boxes::only_ticks(screen, at))
            {
                continue;
            }
            // Nested controls with one label are one control: the innermost that can be tapped.
            if let Some(outer) = controls.iter_mut().find(|c| {
                c.meaning == meaning
                    && screen.is_within(at, c.element)
                    && (document || fold(&c.label) == meanings.folded)
            }) {
                if element.tappable.is_some() {
                    (outer.element, outer.label) = (at, label.clone());
                }
                continue;
            }
            controls.push(Control { meaning, element: at, label: label.clone() });
        }
    }
    controls
}

/// 《隐私政策》: the name alone, marked as a document's.
fn is_quoted_name(label: &str) -> bool {
    label.starts_with('《') && label.trim_end().ends_with('》')
}

fn find_mentions(screen: &Screen, scope: &[usize]) -> Vec<Mention> {
    scope
        .iter()
        .map(|&at| (at, &screen.elements[at]))
        .filter(|(_, element)| element.seen && !element.text.is_empty() && names_policy(&element.text))
        .map(|(at, element)| Mention {
            element: at,
            text: element.text.chars().take(120).collect(),
            font: element.font.map(|px| screen.dp(px)),
        })
        .collect()
}

/// Whether prose names a privacy policy, however long it is.
pub fn names_policy(text: &str) -> bool {
    let folded = fold(text);
    folded.split(['和', '及', '与', '、', '|']).any(|part| {
        folded_means(part, Meaning::Policy)
            || windows(part).any(|window| folded_means(window, Meaning::Policy))
    })
}

/// Overlapping pieces of a folded text, so that the lexicon's limit on a control's length does not hide a name in prose.
pub(super) fn windows(folded: &str) -> impl Iterator<Item = &str> {
    pieces(folded, 60)
}

pub(super) fn mentions_document(text: &str) -> bool {
    names_policy(text) || windows(&fold(text)).any(|window| folded_means(window, Meaning::Agreement))
}

fn find_prompt(
    screen: &Screen,
    layer: Option<usize>,
    controls: &[Control],
    boxes: &[TickBox],
    mentions: &[Mention],
    fields: usize,
) -> Option<Prompt> {
    let prompt = |kind, text: String| {
        let names_policy = names_policy(&text);
        let asks = windows(&fold(&text)).any(|window| folded_means(window, Meaning::AsksToRead));
        Prompt { kind, text: text.chars().take(1000).collect(), names_policy, asks }
    };
    if let Some(alert) = &screen.alert {
        return Some(prompt(PromptKind::Alert, alert.clone()));
    }
    if let Some(at) = layer {
        return Some(prompt(PromptKind::Dialog, screen.text_within(at)));
    }
    let consent_box = boxes.iter().any(|tick| tick.consent);
    if fields > 0
        && (consent_box || (!mentions.is_empty() && controls.iter().any(|c| c.meaning == Meaning::SignIn)))
    {
        return Some(prompt(PromptKind::Form, screen.seen_text()));
    }
    let agree = controls.iter().any(|control| control.meaning == Meaning::Agree);
    let only_next = controls.iter().any(|control| control.meaning == Meaning::Next) && !mentions.is_empty();
    ((agree || consent_box || only_next) && (!mentions.is_empty() || agree))
        .then(|| prompt(PromptKind::Page, screen.seen_text()))
}
