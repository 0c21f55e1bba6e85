//! One observed screen as data: an element tree with roles, names, states and rectangles.
//!
//! All lengths are **px of the picture** (device pixels). `density` is how many of them make one
//! dp (Android), pt (iOS) or CSS px (web), so pixels and tree always speak of the same places.

pub mod dom;
mod element;
mod identity;
mod kinds;
pub mod operation;
mod rect;
pub mod uiautomator;
pub mod xcuitest;
mod xml;

use serde::{Deserialize, Serialize};

pub use element::{Checked, Element, Role, Tappable};
pub use identity::Identity;
pub use rect::Rect;
pub use xml::SourceError;

/// What kind of document fills the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    #[default]
    Page,
    Pdf,
    Picture,
}

/// What was seen at one moment.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Screen {
    /// Size of the picture in px.
    pub width: f32,
    pub height: f32,
    /// px of the picture per dp, pt or CSS px.
    pub density: f32,
    /// Address or activity, without what follows `?` in other people's addresses.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub address: String,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub title: String,
    #[serde(default)]
    pub document: Document,
    /// False where the screen was still changing when the time to wait for it had passed.
    pub settled: bool,
    /// Text of a native alert that covers the screen.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub alert: Option<String>,
    /// Elements that were left out because the page has too many of them.
    #[serde(default)]
    pub omitted: usize,
    pub elements: Vec<Element>,
}

/// So many letters in sight are words, not an icon's sign (ours).
const WORDS: usize = 2;

impl Screen {
    /// The words that a person reads on the element: its name, or the text inside it; white space folded. A name that says
    /// something else than the words in sight (`aria-label="allow cookies"` on 好的) is for those who cannot see them.
    pub fn label(&self, index: usize) -> String {
        let Some(element) = self.elements.get(index) else {
            return String::new();
        };
        let text = self.text_within(index);
        let words = text.chars().filter(|c| c.is_alphanumeric()).count();
        let named = !element.name.is_empty() && !element.role.is_tickable();
        if text.is_empty() || named && (words < WORDS || element.name.contains(&text)) {
            return element.name.clone();
        }
        text
    }

    /// All text of an element and of what it holds, in reading order.
    pub fn text_within(&self, index: usize) -> String {
        let Some(element) = self.elements.get(index) else {
            return String::new();
        };
        let mut text = element.text.clone();
        for inner in self.descendants(index) {
            let piece = &self.elements[inner].text;
            if !piece.is_empty() {
                join(&mut text, piece);
            }
        }
        text
    }

    /// Indexes of everything below `index`, in document order.
    pub fn descendants(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        // Parents come before their children: as long as each element's parent is `index` or lies after it, all of them
        // are below `index`, and the first whose parent lies before it ends the subtree.
        (index + 1..self.elements.len()).take_while(move |&inner| {
            self.elements[inner].parent.is_some_and(|parent| parent >= index && parent < inner)
        })
    }

    /// Whether `inner` lies somewhere below `outer`.
    pub fn is_within(&self, inner: usize, outer: usize) -> bool {
        self.ancestors(inner).any(|ancestor| ancestor == outer)
    }

    /// The chain of parents, nearest first.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.elements.get(index).and_then(|e| e.parent), |&at| {
            // A reader that wrote a loop must not hang us: a parent always has a smaller index.
            self.elements.get(at).and_then(|e| e.parent).filter(|&parent| parent < at)
        })
    }

    /// All text that a person can see now, in reading order.
    pub fn seen_text(&self) -> String {
        let mut text = self.alert.clone().unwrap_or_default();
        for element in self.elements.iter().filter(|e| e.seen) {
            join(&mut text, &element.text);
        }
        text
    }

    /// All text of the screen's tree, seen or still to be scrolled to, a line per element.
    pub fn whole_text(&self) -> String {
        let mut text = String::new();
        for element in self.elements.iter().filter(|e| !e.text.is_empty()) {
            text.push_str(&element.text);
            text.push('\n');
        }
        text
    }

    /// Whether something on it turns while it is loading.
    pub fn is_loading(&self) -> bool {
        self.elements.iter().any(|element| element.seen && kinds::is_busy(&element.kind))
    }

    /// A length in px of the picture as dp / pt / CSS px.
    pub fn dp(&self, px: f32) -> f32 {
        if self.density > 0.0 { px / self.density } else { px }
    }

    /// Where this screen is the same as another and where it differs: see [`Identity`].
    pub fn identity(&self) -> Identity {
        Identity::of(self)
    }
}

/// Appends `piece`, with a space between Latin words and nothing between ideographs.
fn join(text: &mut String, piece: &str) {
    let latin = |c: char| c.is_ascii_alphanumeric();
    if text.chars().last().is_some_and(latin) && piece.chars().next().is_some_and(latin) {
        text.push(' ');
    }
    text.push_str(piece);
}

#[cfg(test)]
#[path = "label_tests.rs"]
mod tests;
