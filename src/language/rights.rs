//! Forms about an account: what they ask for, what cancelling costs, and what an app answers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::days::{self, Days};
use super::lexicon::{Meaning, has_any as any, means};
use super::sentences::sentences;
use crate::screen::Screen;

#[derive(Debug, Deserialize)]
struct Kind {
    kind: String,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    fields: Vec<Kind>,
    optional: Vec<String>,
    required: Vec<String>,
    conditions: Vec<Kind>,
    processing: Vec<String>,
    cooling: Vec<String>,
    asks: Vec<String>,
    negated: Vec<String>,
    logs_out: Vec<String>,
    not_a_wait: Vec<String>,
    answers: BTreeMap<Answered, Vec<String>>,
    fails: Vec<String>,
    done: Vec<String>,
    requested: Vec<String>,
    keeps: Vec<String>,
    accepts: Vec<String>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("rights.yaml")).expect("rights.yaml is checked by a test")
});

/// How an app answered what was sent to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// It went on: the form is gone and nothing complains.
    Accepted,
    NoSuchAccount,
    WrongCredentials,
    /// There is an account with this name already.
    Taken,
    ServerError,
    Network,
    /// It said no in other words.
    Failed,
    /// Nothing could be seen to happen.
    Nothing,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    pub element: usize,
    /// `phone`, `password`, `code`, `identity_card`, …, or `other`.
    pub kind: String,
    pub label: String,
    /// Whether it must be filled in, where its words say.
    pub required: Option<bool>,
}

/// Something that cancelling an account asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// A kind of field, or `identity_photo`, `phone_call`, `mail`, `paper_form`, `captcha`, `wait`, `cooling_off`.
    pub kind: String,
    /// The words that ask for it.
    pub says: String,
    /// Days to wait, for `wait` and `cooling_off`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub days: Option<u32>,
    /// Those are working days.
    #[serde(default)]
    pub working: bool,
    /// A field that must be filled in, where its words say.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub required: Option<bool>,
}

/// The fields in sight, in reading order.
pub fn fields(screen: &Screen) -> Vec<FormField> {
    let all = screen.elements.iter().enumerate();
    all.filter(|(_, element)| element.seen && element.role.is_field() && !element.disabled)
        .map(|(at, element)| {
            let by_tree = screen.elements.iter().position(|label| label.labels == Some(at));
            let around =
                screen.ancestors(at).find(|&outer| screen.elements[outer].role == crate::screen::Role::Label);
            let mut named = by_tree.or(around).map(|label| screen.text_within(label)).unwrap_or_default();
            // What it is called comes before the hint in it: a "phone number" may be "for the courier".
            let mut kind =
                kind_of(&named).or_else(|| kind_of(&element.name)).or_else(|| kind_of(&element.id));
            if kind.is_none() && named.is_empty() {
                // A phone's tree does not tie a label to its field.
                named = words_beside(screen, at);
                if kind_of(&named).is_none() && element.secret {
                    "password".clone_into(&mut named);
                }
                kind = kind_of(&named);
            }
            let label = format!("{named} {}", element.name).trim().to_owned();
            let lower = label.to_lowercase();
            let required = if any(&lower, &DATA.optional) {
                Some(false)
            } else {
                any(&lower, &DATA.required).then_some(true)
            };
            FormField { element: at, kind: kind.unwrap_or("other").to_owned(), label, required }
        })
        .collect()
}

/// Words beside a field that are longer than this are prose and no label (characters; ours).
const LABEL: usize = 12;

/// The short text right above a field, or left of it on its line.
fn words_beside(screen: &Screen, field: usize) -> String {
    let field = screen.elements[field].rect;
    let away = |rect: &crate::screen::Rect| {
        let (above, left) = (field.y - rect.bottom(), field.x - rect.right());
        let over = rect.x < field.right() && rect.right() > field.x;
        let (_, middle) = rect.center();
        let on_its_line = middle > field.y && middle < field.bottom();
        match (above, left) {
            (above, _) if over && (-2.0..=field.height).contains(&above) => Some(above),
            (_, left) if on_its_line && (-2.0..=field.width).contains(&left) => Some(left),
            _ => None,
        }
    };
    let plain = screen.elements.iter().filter(|element| {
        element.seen
            && !element.role.is_field()
            && element.tappable.is_none()
            && (1..=LABEL).contains(&element.text.trim().chars().count())
    });
    let nearest = plain
        .filter_map(|element| Some((away(&element.rect)?, element)))
        .min_by(|(a, _), (b, _)| a.total_cmp(b));
    nearest.map(|(_, element)| element.text.trim().to_owned()).unwrap_or_default()
}

/// The kind of a field by its words.
pub fn kind_of(label: &str) -> Option<&'static str> {
    let lower = label.to_lowercase();
    let found = DATA.fields.iter().find(|known| any(&lower, &known.words))?;
    Some(found.kind.as_str())
}

/// Whether what is typed into a field of this label must not be written down.
pub fn is_secret(label: &str) -> bool {
    matches!(kind_of(label), Some("password" | "code" | "identity_card" | "bank_card"))
}

/// Collects all that a screen says, a line for each text: what its conditions are read from.
pub fn collect_words(screen: &Screen) -> String {
    let own = screen.elements.iter().filter(|element| element.seen || !element.overlay);
    let mut text = screen.alert.clone().unwrap_or_default();
    for element in own.filter(|element| !element.text.is_empty()) {
        text.push('\n');
        text.push_str(&element.text);
    }
    text
}

/// What the words of a screen ask for, beside its fields.
pub fn conditions(text: &str) -> Vec<Condition> {
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let lower = sentence.to_lowercase();
        let says: String = sentence.chars().take(120).collect();
        let asked = any(&lower, &DATA.asks) && !any(&lower, &DATA.negated);
        for known in DATA.conditions.iter().filter(|known| asked && any(&lower, &known.words)) {
            found.push(Condition {
                kind: known.kind.clone(),
                says: says.clone(),
                days: None,
                working: false,
                required: None,
            });
        }
        if any(&lower, &DATA.not_a_wait) {
            continue;
        }
        let cooling = any(&lower, &DATA.cooling);
        if let Some(Days { count, working }) = days::all_in(&lower).into_iter().max_by_key(|days| days.count)
            && (cooling || any(&lower, &DATA.processing))
        {
            let kind = if cooling { "cooling_off" } else { "wait" };
            found.push(Condition { kind: kind.to_owned(), says, days: Some(count), working, required: None });
        }
    }
    found
}

/// What an app's words after something was sent mean; `None` where they are about something else.
pub fn answered(text: &str) -> Option<Answered> {
    let lower = text.to_lowercase();
    use Answered::{Failed, Network, NoSuchAccount, ServerError, Taken, WrongCredentials};
    // The narrower meaning first: "the account does not exist or the password is wrong" says neither.
    let order = [Taken, WrongCredentials, NoSuchAccount, ServerError, Network, Failed];
    order.into_iter().find(|kind| DATA.answers.get(kind).is_some_and(|words| any(&lower, words)))
}

/// Longest line that is taken for an app's own word on what it has just done (characters; ours).
const WORD: usize = 40;

/// Tells whether a line is the app's word that what it was asked to do failed.
pub fn says_failed(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() <= WORD && any(&line.to_lowercase(), &DATA.fails)
}

/// The account is said to be gone.
pub fn says_done(text: &str) -> bool {
    any(&text.to_lowercase(), &DATA.done)
}

/// The account is said to go later.
pub fn says_requested(text: &str) -> bool {
    any(&text.to_lowercase(), &DATA.requested)
}

/// What is said is about ending the session only.
pub fn says_logged_out(text: &str) -> bool {
    let lower = text.to_lowercase();
    any(&lower, &DATA.logs_out) && !says_done(&lower) && !says_requested(&lower)
}

/// A box by which the person says that the conditions of a cancellation are understood.
pub fn accepts(label: &str) -> bool {
    any(&label.to_lowercase(), &DATA.accepts)
}

/// A control that keeps the account.
pub fn keeps(label: &str) -> bool {
    any(&label.to_lowercase(), &DATA.keeps)
}

/// What must be typed by hand to confirm: the word in quotation marks after "enter".
pub fn word_to_type(text: &str) -> Option<String> {
    let from =
        ["输入", "type ", "Type "].iter().filter_map(|word| Some(text.find(word)? + word.len())).min()?;
    let rest = &text[from..];
    let pairs = [('“', '”'), ('「', '」'), ('"', '"'), ('‘', '’'), ('\'', '\''), ('【', '】')];
    pairs.into_iter().find_map(|(open, close)| {
        let begin = rest.find(open)?;
        // The quotation must follow at once: another one further on is about something else.
        if rest[..begin].chars().count() > 8 {
            return None;
        }
        let inside = &rest[begin + open.len_utf8()..];
        let word = inside[..inside.find(close)?].trim();
        (!word.is_empty() && word.chars().count() <= 30).then(|| word.to_owned())
    })
}

/// A control in sight with this meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub element: usize,
    pub label: String,
    pub at: (f32, f32),
}

/// Controls in sight with this meaning that a tap reaches, in reading order; of nested ones with one label the inner.
pub fn controls(screen: &Screen, meaning: Meaning) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (at, element) in screen.elements.iter().enumerate() {
        let Some(point) = element.tap_at.filter(|_| element.seen && !element.disabled) else { continue };
        if element.tappable.is_none() || element.role.is_field() || element.role.is_tickable() {
            continue;
        }
        let label = screen.label(at);
        if !means(&label, meaning) {
            continue;
        }
        if let Some(outer) = found.iter_mut().find(|outer| screen.is_within(at, outer.element)) {
            *outer = Found { element: at, label, at: point };
        } else {
            found.push(Found { element: at, label, at: point });
        }
    }
    found
}

#[cfg(test)]
#[path = "rights_tests.rs"]
mod tests;
