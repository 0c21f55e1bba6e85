//! Why a label has a meaning, or nearly has it: the word of `lexicon.yaml` that decides, and the list that it stands in.
//! Open this file when `candor look` names the wrong word; what a label means is decided in `lexicon.rs`.

use std::fmt;

use serde::Serialize;

use super::{LEXICON, LONGEST, Meaning, Words, fold, has};

/// What the lexicon says of a label and one meaning, with the word that decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "says")]
pub enum Explained {
    /// The label has the meaning, by a word of this list (`whole`, `begins` or `contains`).
    Means { meaning: Meaning, list: &'static str, word: String },
    /// A word gives it the meaning, and a word of the list `never` takes it back.
    TakenBack { meaning: Meaning, word: String, never: String },
    /// It holds the word and is too long for what it would be (characters).
    TooLong { meaning: Meaning, word: String, characters: usize, longest: usize },
}

impl Explained {
    /// The meaning that it is about.
    pub fn meaning(&self) -> Meaning {
        match self {
            Explained::Means { meaning, .. }
            | Explained::TakenBack { meaning, .. }
            | Explained::TooLong { meaning, .. } => *meaning,
        }
    }

    /// Whether the label has the meaning.
    pub fn is_meant(&self) -> bool {
        matches!(self, Explained::Means { .. })
    }
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Explained::Means { meaning, list, word } => {
                let how = match *list {
                    "whole" => "is",
                    "begins" => "begins with",
                    _ => "holds",
                };
                write!(f, "{}: {how} “{word}”", meaning.name())
            }
            Explained::TakenBack { meaning, word, never } => {
                write!(f, "not {}: holds “{word}”, but never with “{never}”", meaning.name())
            }
            Explained::TooLong { meaning, word, characters, longest } => write!(
                f,
                "not {}: holds “{word}”, but has {characters} characters, of {longest} at most",
                meaning.name()
            ),
        }
    }
}

impl Meaning {
    /// Returns its name in `lexicon.yaml`.
    pub fn name(self) -> String {
        let name = serde_json::to_value(self).ok();
        name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// Explains a label for one meaning; `None` where no word of that meaning stands in it.
pub fn explain(label: &str, meaning: Meaning) -> Option<Explained> {
    explain_folded(&fold(label), meaning)
}

/// Explains a label for every meaning of which a word stands in it. Prose that merely holds a word is left out.
pub fn explain_all(label: &str) -> Vec<Explained> {
    let folded = fold(label);
    let near = |said: &Explained| match said {
        Explained::TooLong { characters, longest, .. } => characters <= &(2 * longest),
        _ => true,
    };
    LEXICON.keys().filter_map(|&meaning| explain_folded(&folded, meaning)).filter(near).collect()
}

/// As [`explain`], of a label that is folded already.
pub(in crate::language) fn explain_folded(folded: &str, meaning: Meaning) -> Option<Explained> {
    let words = LEXICON.get(&meaning).filter(|_| !folded.is_empty())?;
    let (list, word) = find_word(words, folded)?;
    let word = word.clone();
    if let Some(never) = words.never.iter().find(|never| has(folded, never)) {
        return Some(Explained::TakenBack { meaning, word, never: never.clone() });
    }
    let (characters, longest) = (folded.chars().count(), words.longest.unwrap_or(LONGEST));
    if list != "whole" && characters > longest {
        return Some(Explained::TooLong { meaning, word, characters, longest });
    }
    Some(Explained::Means { meaning, list, word })
}

/// The first word of a meaning that stands in a label, with its list, in the order in which they are asked.
fn find_word<'a>(words: &'a Words, folded: &str) -> Option<(&'static str, &'a String)> {
    let whole = words.whole.iter().find(|word| *word == folded);
    let begins = || words.begins.iter().find(|word| folded.starts_with(word.as_str()) && has(folded, word));
    let contains = || words.contains.iter().find(|word| has(folded, word));
    whole
        .map(|word| ("whole", word))
        .or_else(|| begins().map(|word| ("begins", word)))
        .or_else(|| contains().map(|word| ("contains", word)))
}

#[cfg(test)]
#[path = "explain_tests.rs"]
mod tests;
