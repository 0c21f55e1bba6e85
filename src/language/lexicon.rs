//! The words, kept as data in `lexicon.yaml`, and how a label is compared with them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

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
    words.begins.iter().position(begins).or_else(|| words.contains.iter().position(|word| has(folded, word)))
}

/// Contains; an English word must stand as a word ("me" is not in "home").
pub(super) fn has(text: &str, word: &str) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    text.match_indices(word).any(|(at, found)| {
        let ascii = found.starts_with(|c: char| c.is_ascii_alphanumeric());
        !ascii || (edge(text[..at].chars().last()) && edge(text[at + found.len()..].chars().next()))
    })
}

#[cfg(test)]
#[path = "lexicon_tests.rs"]
mod tests;
