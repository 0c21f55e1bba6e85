//! The phone's own permission dialog: what it asks, for what stated purpose, and which button means what.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::screen::{Checked, Role, Screen};

/// What a button of the dialog does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Allow,
    /// Only while the app is in use.
    AllowInUse,
    /// This time only.
    AllowOnce,
    /// Only chosen photos.
    AllowSome,
    Refuse,
    /// Refused, and never asked again.
    RefuseForGood,
    /// The box of older Androids that turns the next refusal into one for good.
    NeverAskBox,
}

impl Answer {
    /// It says no.
    pub fn refuses(self) -> bool {
        matches!(self, Answer::Refuse | Answer::RefuseForGood)
    }
}

/// A button of the dialog.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Button {
    pub answer: Answer,
    pub element: usize,
    pub label: String,
    /// Where a tap presses it, px of the picture.
    pub tap_at: (f32, f32),
    /// For the box: whether it is ticked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub checked: Option<Checked>,
}

/// One ask of the system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dialog {
    /// `location`, `camera`, …, or `unknown`.
    pub permission: String,
    /// The whole text, with the purpose string on iOS.
    pub text: String,
    /// "1 of 2": which of several asks in a row, where the dialog says it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub of: Option<(u32, u32)>,
    pub buttons: Vec<Button>,
}

impl Dialog {
    /// The first button among `answers`, in their order.
    pub fn button(&self, answers: &[Answer]) -> Option<&Button> {
        answers.iter().find_map(|answer| self.buttons.iter().find(|button| button.answer == *answer))
    }
}

#[derive(Debug, Deserialize)]
struct Data {
    packages: Vec<String>,
    ids: BTreeMap<String, Answer>,
    words: BTreeMap<Answer, Vec<String>>,
    kinds: Vec<(String, Vec<String>)>,
    names: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("permissions.yaml")).expect("permissions.yaml is checked by a test")
});

/// Whether this package draws the system's permission dialogs.
pub fn is_system_package(package: &str) -> bool {
    DATA.packages.iter().any(|known| known == package)
}

/// A platform's own names of a permission; none where it does not know it.
pub fn names_of(permission: &str, platform: &str) -> &'static [String] {
    DATA.names.get(platform).and_then(|names| names.get(permission)).map_or(&[], Vec::as_slice)
}

/// Permissions that can be set on a platform.
pub fn settable(platform: &str) -> Vec<&'static str> {
    DATA.names.get(platform).map(|names| names.keys().map(String::as_str).collect()).unwrap_or_default()
}

/// Lower case, letters and ideographs only, so that spaces, quotes and apostrophes do not matter.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The system's permission dialog on a screen: by its package, or by the resource ids of its buttons.
pub fn read(screen: &Screen) -> Option<Dialog> {
    let ours = is_system_package(&screen.address);
    let mut buttons = Vec::new();
    let mut by_id = false;
    for (at, element) in screen.elements.iter().enumerate() {
        let Some(tap_at) = element.tap_at.filter(|_| element.seen) else { continue };
        let own_id = element.id.rsplit('/').next().unwrap_or_default();
        let label = screen.label(at);
        let said = DATA.ids.get(own_id).copied();
        by_id |= said.is_some();
        let Some(answer) = said.or_else(|| by_words(&label)) else { continue };
        // A box is never a button, whatever its words.
        if (answer == Answer::NeverAskBox) != (element.role == Role::Checkbox) {
            continue;
        }
        buttons.push(Button { answer, element: at, label, tap_at, checked: element.checked });
    }
    let refusable = buttons.iter().any(|b| matches!(b.answer, Answer::Refuse | Answer::RefuseForGood));
    let allowable = buttons.iter().any(|b| b.answer < Answer::Refuse);
    if !(by_id || ours && (refusable || allowable)) {
        return None;
    }
    let text = words_of(screen, &buttons);
    // An iOS alert that asks for nothing (low battery) has no kind and one button.
    let permission = kind_of(&text);
    if permission.is_none() && !by_id && !(refusable && allowable) {
        return None;
    }
    let of = count_in(screen);
    Some(Dialog { permission: permission.unwrap_or("unknown").to_owned(), text, of, buttons })
}

fn by_words(label: &str) -> Option<Answer> {
    let label = bare(label);
    let whole = |answers: &[Answer]| {
        answers
            .iter()
            .copied()
            .find(|answer| DATA.words.get(answer).is_some_and(|words| words.contains(&label)))
    };
    // "Refuse" is a part of "refuse and don't ask again": whole words only, the longer meanings first.
    whole(&[
        Answer::NeverAskBox,
        Answer::RefuseForGood,
        Answer::AllowOnce,
        Answer::AllowInUse,
        Answer::AllowSome,
        Answer::Refuse,
        Answer::Allow,
    ])
}

/// What the dialog says beside its buttons.
fn words_of(screen: &Screen, buttons: &[Button]) -> String {
    let outside = |at: usize| {
        !buttons.iter().any(|button| button.element == at || screen.is_within(at, button.element))
    };
    let texts: Vec<&str> = (0..screen.elements.len())
        .filter(|&at| screen.elements[at].seen && outside(at))
        .map(|at| screen.elements[at].text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    texts.join("\n")
}

fn kind_of(text: &str) -> Option<&'static str> {
    kind_by_word(text).map(|(kind, _)| kind)
}

/// The permission that a text asks for, and the word that says so.
fn kind_by_word(text: &str) -> Option<(&'static str, &'static str)> {
    let text = bare(text);
    DATA.kinds.iter().find_map(|(kind, words)| {
        words.iter().find(|word| text.contains(word.as_str())).map(|word| (kind.as_str(), word.as_str()))
    })
}

/// Says in a few lines why a screen is taken for the system's permission dialog, and for this permission.
pub fn explain(screen: &Screen, dialog: &Dialog) -> Vec<String> {
    let mut why = Vec::new();
    if is_system_package(&screen.address) {
        why.push(format!("the package {} draws the system's dialogs", screen.address));
    }
    let own_id = |button: &&Button| {
        let id = screen.elements.get(button.element).map_or("", |element| element.id.as_str());
        DATA.ids.contains_key(id.rsplit('/').next().unwrap_or_default())
    };
    if let Some(button) = dialog.buttons.iter().find(own_id) {
        why.push(format!("“{}” has the resource id of the system's own button", button.label));
    }
    match kind_by_word(&dialog.text) {
        Some((kind, word)) => why.push(format!("{kind}: the text holds “{word}”")),
        None => why.push("no word in it names a permission".to_owned()),
    }
    why
}

/// "1 of 2", "第 1 项权限（共 2 项）", "1/2".
fn count_in(screen: &Screen) -> Option<(u32, u32)> {
    screen.elements.iter().filter(|e| e.seen && e.text.chars().count() <= 24).find_map(|element| {
        let counting = element.id.ends_with("current_page_text")
            || ["/", " of ", "共"].iter().any(|word| element.text.contains(word));
        let numbers: Vec<u32> =
            element.text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        match numbers[..] {
            [at, of] if counting && at >= 1 && at <= of && of <= 40 => Some((at, of)),
            _ => None,
        }
    })
}

#[cfg(test)]
#[path = "permission_tests.rs"]
mod tests;
