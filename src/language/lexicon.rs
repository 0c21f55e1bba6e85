//! The words, kept as data in `lexicon.yaml`, and how a label is compared with them.

mod explain;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

pub(super) use self::explain::explain_folded;
pub use self::explain::{Explained, explain, explain_all};

/// What a label means. One variant per entry of the data file.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Deserialize,
    serde::Serialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    Policy,
    PolicyWay,
    Agreement,
    Agree,
    Refuse,
    Next,
    Skip,
    ConsentWording,
    ImpliedConsent,
    /// Closing a prompt is taken as consent.
    ClosingAgrees,
    AsksToRead,
    NotConsent,
    /// Something that is promised for agreeing.
    Lure,
    SignIn,
    /// Leads to a log-in form and says more than that: what one gets for it.
    SignInWay,
    Pays,
    Calls,
    Posts,
    LogsOut,
    Deletes,
    LogIn,
    Register,
    LogInOrRegister,
    Chooses,
    ConsentToUse,
    RefusesUse,
    SendsCode,
    Saves,
    CancelAccount,
    ConfirmCancel,
    CancelWay,
    EditProfile,
    Addresses,
    AddsAddress,
    Edits,
    /// Takes consent to the app's documents back.
    Withdraws,
    WithdrawWay,
    ConfirmsWithdrawal,
    /// Content or adverts chosen for one person.
    Personalised,
    /// A switch that is on where the thing it names is off.
    TurnsOff,
    PersonalisedWay,
    ComplaintWay,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[serde(default)]
    whole: Vec<String>,
    #[serde(default)]
    begins: Vec<String>,
    #[serde(default)]
    contains: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
    /// Words that stand in a label one after the other, with others between them.
    #[serde(default)]
    in_order: Vec<String>,
    longest: Option<usize>,
}

/// A label longer than this is prose, not a control's name (characters; ours, overridden per entry).
const LONGEST: usize = 24;

static LEXICON: LazyLock<BTreeMap<Meaning, Words>> = LazyLock::new(|| {
    let mut lexicon: BTreeMap<Meaning, Words> = serde_saphyr::from_str(include_str!("lexicon.yaml"))
        .expect("the lexicon ships inside the program and a test reads it");
    for words in lexicon.values_mut() {
        for list in [&mut words.whole, &mut words.begins, &mut words.contains, &mut words.never] {
            for word in list.iter_mut() {
                *word = fold(word);
            }
        }
        for list in &mut words.in_order {
            *list = list.split(' ').map(fold).collect::<Vec<_>>().join(" ");
        }
    }
    lexicon
});

/// Folds a label for comparison: NFKC, lower case, no quotation marks or end punctuation, no white
/// space beside ideographs.
pub fn fold(label: &str) -> String {
    // Dropping a mark can bring two characters together that compose: fold until nothing changes.
    let mut folded = fold_once(label);
    loop {
        let again = fold_once(&folded);
        if again == folded {
            return folded;
        }
        folded = again;
    }
}

fn fold_once(label: &str) -> String {
    let mut folded = String::with_capacity(label.len());
    let mut gap = false;
    for c in label.nfkc().flat_map(char::to_lowercase) {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if "《》「」“”\"‘’〈〉【】。,.!?;:、…>›→()（）".contains(c) {
            gap |= c.is_ascii_punctuation();
            continue;
        }
        if gap && c.is_ascii() && folded.chars().last().is_some_and(|last| last.is_ascii()) {
            folded.push(' ');
        }
        gap = false;
        folded.push(if c == '\u{2019}' { '\'' } else { c });
    }
    folded
}

/// Whether `label` has the meaning.
pub fn means(label: &str, meaning: Meaning) -> bool {
    matched(&fold(label), meaning).is_some()
}

/// How early in the entry's list the word that matched stands: 0 is the best. `None` where none matched.
pub fn rank(label: &str, meaning: Meaning) -> Option<usize> {
    matched(&fold(label), meaning)
}

fn matched(folded: &str, meaning: Meaning) -> Option<usize> {
    let words = LEXICON.get(&meaning)?;
    if folded.is_empty() || words.never.iter().any(|word| has(folded, word)) {
        return None;
    }
    if let Some(at) = words.whole.iter().position(|word| word == folded) {
        return Some(at);
    }
    if folded.chars().count() > words.longest.unwrap_or(LONGEST) {
        return None;
    }
    let begins = |word: &String| folded.starts_with(word.as_str()) && has(folded, word);
    words
        .begins
        .iter()
        .position(begins)
        .or_else(|| words.contains.iter().position(|word| has(folded, word)))
        .or_else(|| words.in_order.iter().position(|words| has_in_order(folded, words)))
}

/// Contains each of the words, one after the other.
fn has_in_order(text: &str, words: &str) -> bool {
    let mut from = 0;
    words.split(' ').all(|word| {
        let found = text[from..].match_indices(word).map(|(at, _)| from + at);
        let found = found.into_iter().find(|at| stands_alone(text, *at, at + word.len()));
        found.inspect(|at| from = at + word.len()).is_some()
    })
}

/// What a list of a meaning's words says where one of them stands in a label.
#[derive(Debug, Clone, Copy)]
enum List {
    Whole,
    Begins,
    Contains,
    Never,
}

/// Every word of the lexicon in one automaton, with the lists in which each stands.
struct Automaton {
    words: AhoCorasick,
    lists: Vec<Vec<(Meaning, List)>>,
}

static AUTOMATON: LazyLock<Automaton> = LazyLock::new(|| {
    let mut lists: BTreeMap<&str, Vec<(Meaning, List)>> = BTreeMap::new();
    for (&meaning, words) in LEXICON.iter() {
        for (list, words) in [
            (List::Whole, &words.whole),
            (List::Begins, &words.begins),
            (List::Contains, &words.contains),
            (List::Never, &words.never),
        ] {
            for word in words.iter().filter(|word| !word.is_empty()) {
                lists.entry(word).or_default().push((meaning, list));
            }
        }
    }
    let words = AhoCorasick::new(lists.keys()).expect("the lexicon's words fit; a test builds this");
    Automaton { words, lists: lists.into_values().collect() }
});

/// A label that was folded once, and everything that it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub folded: String,
    /// A bit for each meaning.
    meanings: u64,
}

impl Label {
    /// Folds a label and looks up all its words at once.
    pub fn of(label: &str) -> Label {
        let folded = fold(label);
        let (mut whole, mut found, mut never) = (0u64, 0u64, 0u64);
        for hit in AUTOMATON.words.find_overlapping_iter(&folded) {
            let stands = stands_alone(&folded, hit.start(), hit.end());
            for &(meaning, list) in &AUTOMATON.lists[hit.pattern().as_usize()] {
                let bit = 1 << meaning as u64;
                match list {
                    List::Whole if hit.start() == 0 && hit.end() == folded.len() => whole |= bit,
                    List::Begins if hit.start() == 0 && stands => found |= bit,
                    List::Contains if stands => found |= bit,
                    List::Never if stands => never |= bit,
                    _ => {}
                }
            }
        }
        for (&meaning, words) in LEXICON.iter().filter(|(_, words)| !words.in_order.is_empty()) {
            if words.in_order.iter().any(|words| has_in_order(&folded, words)) {
                found |= 1 << meaning as u64;
            }
        }
        // A label that is too long for what it holds is prose.
        if found & !whole & !never != 0 {
            let length = folded.chars().count();
            for (&meaning, words) in LEXICON.iter() {
                if length > words.longest.unwrap_or(LONGEST) {
                    found &= !(1 << meaning as u64);
                }
            }
        }
        Label { folded, meanings: (whole | found) & !never }
    }

    /// Tells whether the label has the meaning.
    pub fn means(&self, meaning: Meaning) -> bool {
        self.meanings & (1 << meaning as u64) != 0
    }
}

/// Tells whether what stands between two places is a word by itself, where it is English.
fn stands_alone(text: &str, from: usize, to: usize) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    let ascii = text[from..to].starts_with(|c: char| c.is_ascii_alphanumeric());
    !ascii || (edge(text[..from].chars().next_back()) && edge(text[to..].chars().next()))
}

/// Tells whether a text that is folded already has the meaning.
pub(super) fn folded_means(folded: &str, meaning: Meaning) -> bool {
    matched(folded.trim(), meaning).is_some()
}

/// Contains; an English word must stand as a word ("me" is not in "home").
pub(super) fn has(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, found)| stands_alone(text, at, at + found.len()))
}

/// Tells whether a text contains one of these words; English ones as words.
pub(super) fn has_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| has(text, word))
}

/// Tells whether a text in lower case contains one of these words, wherever in a word it stands: `complaint` is in
/// `complaints`.
pub(super) fn contains_any(lower: &str, words: &[String]) -> bool {
    words.iter().any(|word| lower.contains(word.as_str()))
}

#[cfg(test)]
#[path = "lexicon_tests.rs"]
mod tests;
