//! What a text says a permission or a piece of sensitive information is for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::lexicon::{has, has_any as any};
use crate::screen::Screen;

#[derive(Debug, Deserialize)]
struct Permission {
    called: Vec<String>,
    functions: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Data {
    permissions: BTreeMap<String, Permission>,
    wording: Vec<String>,
    general: Vec<String>,
    improvement: Vec<String>,
    sensitive: BTreeMap<String, Vec<String>>,
    collect: Vec<String>,
    disputed: Vec<String>,
    seldom_needed: Vec<String>,
    asks_for_leave: Vec<String>,
    other_cards: Vec<String>,
    searches: Vec<String>,
    information: Vec<String>,
    ways: Vec<String>,
    chinese: BTreeMap<String, String>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("purposes.yaml")).expect("purposes.yaml is checked by a test")
});

/// Longest clause that is taken for a purpose (characters).
const CLAUSE: usize = 60;

/// How far a text tells what something is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// No word of a purpose.
    None,
    /// A purpose that is none ("for a better service"), in its own words.
    General(String),
    /// A purpose, in its own words.
    Stated(String),
}

/// Sentences in lower case.
fn sentences(text: &str) -> impl Iterator<Item = String> {
    super::sentences::sentences(text).map(str::to_lowercase)
}

/// Clauses that say a purpose: from the word that announces it to the end of its part of the sentence, or the part
/// before it where nothing follows.
fn clauses(sentence: &str) -> Vec<String> {
    let parts: Vec<&str> = sentence.split(['，', ',', '：', ':', '（', '）', '(', ')']).collect();
    let announces = |part: &&str| any(part, &DATA.wording);
    parts.iter().filter(|part| announces(part)).map(|part| part.chars().take(CLAUSE).collect()).collect()
}

fn judged(clauses: Vec<String>) -> Purpose {
    clauses
        .into_iter()
        .map(
            |clause| {
                if any(&clause, &DATA.general) { Purpose::General(clause) } else { Purpose::Stated(clause) }
            },
        )
        .max_by(|a, b| {
            let stated = |purpose: &Purpose| matches!(purpose, Purpose::Stated(_));
            stated(a).cmp(&stated(b))
        })
        .unwrap_or(Purpose::None)
}

/// What a text says this permission is for. In a text that is about this permission as a whole (a dialog's), the
/// purpose may stand in another sentence than the permission's name.
pub fn of_permission(text: &str, permission: &str, whole: bool) -> Purpose {
    let Some(known) = DATA.permissions.get(permission) else { return Purpose::None };
    let lower = text.to_lowercase();
    if !any(&lower, &known.called) {
        return Purpose::None;
    }
    // What is said of another permission is not said of this one.
    let found = sentences(text)
        .filter(|sentence| any(sentence, &known.called) || (whole && permissions_in(sentence).is_empty()));
    judged(found.flat_map(|sentence| clauses(&sentence)).collect())
}

/// The clauses that say a purpose in the sentences that name this permission.
pub fn clauses_on(text: &str, permission: &str) -> Vec<String> {
    let Some(known) = DATA.permissions.get(permission) else { return Vec::new() };
    let named = sentences(text).filter(|sentence| any(sentence, &known.called));
    named.flat_map(|sentence| clauses(&sentence)).collect()
}

/// Whether a clause's purpose serves the operator: improvement, push, research.
pub fn is_improvement(clause: &str) -> bool {
    any(clause, &DATA.improvement)
}

/// What a text says, whatever it is about.
pub fn of_text(text: &str) -> Purpose {
    judged(sentences(text).flat_map(|sentence| clauses(&sentence)).collect())
}

/// What is called for, in Chinese; as it is where there is no word for it.
pub fn chinese(what: &str) -> &str {
    let word = DATA.chinese.get(what).map(String::as_str);
    word.or_else(|| DATA.permissions.get(what)?.called.first().map(String::as_str)).unwrap_or(what)
}

/// Returns the words by which a permission is called in prose; none where it is not known.
pub fn called(permission: &str) -> &'static [String] {
    DATA.permissions.get(permission).map_or(&[], |known| &known.called)
}

/// Names of every permission that is known.
pub fn permission_names() -> Vec<&'static str> {
    DATA.permissions.keys().map(String::as_str).collect()
}

/// Tells whether a permission collects personal information; `None` where that is disputed.
pub fn collects(permission: &str) -> Option<bool> {
    let known = |list: &[String]| list.iter().any(|name| name == permission);
    (!known(&DATA.disputed)).then(|| known(&DATA.collect))
}

/// Tells whether hardly any kind of app needs a permission, so that asking for it without a function weighs.
pub fn is_seldom_needed(permission: &str) -> bool {
    DATA.seldom_needed.iter().any(|name| name == permission)
}

/// Tells whether a label is about giving a permission, and names no function that needs it.
pub fn asks_for_leave(label: &str) -> bool {
    any(&label.to_lowercase(), &DATA.asks_for_leave)
}

/// Permissions that a text names, in the data's order.
pub fn permissions_in(text: &str) -> Vec<&'static str> {
    let lower = text.to_lowercase();
    let named = DATA.permissions.iter().filter(|(_, known)| any(&lower, &known.called));
    named.map(|(name, _)| name.as_str()).collect()
}

/// Whether a function's name speaks for the permission: nobody wonders why "scan" needs the camera.
pub fn speaks_for(label: &str, permission: &str) -> bool {
    let lower = label.to_lowercase();
    DATA.permissions.get(permission).is_some_and(|known| any(&lower, &known.functions))
}

/// The purposes that a text states, where every one of them serves only the operator (improvement, push, research);
/// `None` where one serves the person, or none is stated.
pub fn only_improvement(text: &str) -> Option<Vec<String>> {
    let clauses: Vec<String> = sentences(text).flat_map(|sentence| clauses(&sentence)).collect();
    let all = clauses.iter().all(|clause| any(clause, &DATA.improvement) || any(clause, &DATA.general));
    (!clauses.is_empty() && all).then_some(clauses)
}

/// A field for sensitive information.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SensitiveField {
    pub element: usize,
    /// `identity_card`, `bank_card`, `face`, `track`.
    pub kind: String,
    pub label: String,
}

/// Fields for sensitive information on a screen, by their own names or the words before them.
pub fn sensitive_fields(screen: &Screen) -> Vec<SensitiveField> {
    let fields =
        screen.elements.iter().enumerate().filter(|(_, element)| element.seen && element.role.is_field());
    fields
        .filter_map(|(at, element)| {
            let by_tree = screen.elements.iter().position(|e| e.labels == Some(at));
            let named = by_tree.map(|label| screen.text_within(label)).unwrap_or_default();
            let label = format!("{named} {}", element.name).trim().to_lowercase();
            if DATA.searches.iter().any(|word| label.starts_with(word.as_str())) {
                return None;
            }
            let is_other = |kind: &str| kind == "bank_card" && any(&label, &DATA.other_cards);
            let kind = DATA.sensitive.iter().find(|(kind, words)| any(&label, words) && !is_other(kind))?.0;
            Some(SensitiveField { element: at, kind: kind.clone(), label })
        })
        .collect()
}

/// Tells whether a text speaks of a kind of sensitive information, or of personal information at all.
pub fn speaks_of(text: &str, kind: &str) -> bool {
    let lower = text.to_lowercase();
    DATA.sensitive.get(kind).is_some_and(|words| any(&lower, words)) || any(&lower, &DATA.information)
}

/// How much a label promises to lead to a field for sensitive information: 0 most, `None` not at all.
pub fn way_to_sensitive(label: &str) -> Option<usize> {
    let lower = label.to_lowercase();
    // Prose that happens to hold such a word leads nowhere.
    (lower.chars().count() <= 16).then(|| DATA.ways.iter().position(|word| has(&lower, word)))?
}

#[cfg(test)]
#[path = "purpose_tests.rs"]
mod tests;
