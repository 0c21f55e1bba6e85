//! The words of `requests.yaml`, and the words that a part of a request is made of.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// Characters of an address that are looked at (ours).
pub(super) const ADDRESS: usize = 4000;
/// A word that is longer is no word (characters; ours).
pub(super) const WORD: usize = 40;
/// Parts of one address, name or value that are looked at (ours).
pub(super) const PARTS: usize = 400;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    pub deeds: Vec<String>,
    pub spoken: Vec<String>,
    pub makes: HashSet<String>,
    pub objects: HashSet<String>,
    pub reads: HashSet<String>,
    pub harmless: Vec<String>,
    pub log_in: Vec<String>,
    pub strong: Vec<String>,
    pub actions: HashSet<String>,
    pub searches: HashSet<String>,
    pub tells: HashSet<String>,
    pub chinese: Vec<String>,
    pub pinyin: Vec<String>,
}

/// Words by their first part: a phrase is found by looking at what follows.
pub(super) type Phrases = HashMap<String, Vec<Vec<String>>>;

#[derive(Debug)]
pub(super) struct Words {
    pub deeds: Phrases,
    pub spoken: Phrases,
    pub harmless: Phrases,
    pub log_in: Phrases,
    pub strong: Phrases,
    pub data: Data,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let data: Data = serde_saphyr::from_str(include_str!("../requests.yaml"))
        .expect("the words ship inside the program and a test reads them");
    Words {
        deeds: index_phrases(&data.deeds),
        spoken: index_phrases(&data.spoken),
        harmless: index_phrases(&data.harmless),
        log_in: index_phrases(&data.log_in),
        strong: index_phrases(&data.strong),
        data,
    }
});

fn index_phrases(list: &[String]) -> Phrases {
    let mut phrases = Phrases::new();
    for entry in list {
        let parts: Vec<String> = entry.split_whitespace().map(str::to_owned).collect();
        if let Some(first) = parts.first() {
            phrases.entry(first.clone()).or_default().push(parts.clone());
        }
    }
    phrases
}

/// Finds the first phrase that stands in `parts`; gives where, and how many parts it has.
pub(super) fn find_phrase(phrases: &Phrases, parts: &[String]) -> Option<(usize, usize)> {
    (0..parts.len()).find_map(|at| {
        let rest = &parts[at..];
        let longest =
            phrases.get(&parts[at])?.iter().filter(|phrase| rest.starts_with(phrase)).map(Vec::len).max()?;
        Some((at, longest))
    })
}

/// Splits camelCase, snake_case, kebab-case and paths into words in lower case; what is not Latin stays together.
pub(super) fn split_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    let mut signs = text.chars().take(ADDRESS).peekable();
    while let Some(sign) = signs.next() {
        let next_is_lower = signs.peek().is_some_and(|next| next.is_ascii_lowercase());
        let starts = sign.is_ascii_uppercase()
            && (before.is_ascii_lowercase() || (before.is_ascii_uppercase() && next_is_lower))
            || (sign.is_ascii() != before.is_ascii());
        let ends = !sign.is_alphabetic();
        if (starts || ends) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
            if words.len() >= PARTS {
                return words;
            }
        }
        if !ends {
            word.extend(sign.to_lowercase());
        }
        before = sign;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

pub(super) fn leads_in(words: &[String]) -> bool {
    find_phrase(&WORDS.log_in, words).is_some()
}

/// Leaves out what belongs to coming in, and sending a code.
pub(super) fn without_log_in(words: &[String]) -> Vec<String> {
    let mut left = without(words.to_vec(), &WORDS.log_in);
    left.retain(|word| word != "send" && word != "resend");
    left
}

pub(super) fn without_harmless(words: Vec<String>) -> Vec<String> {
    without(words, &WORDS.harmless)
}

fn without(mut words: Vec<String>, phrases: &Phrases) -> Vec<String> {
    while let Some((at, count)) = find_phrase(phrases, &words) {
        words.drain(at..at + count);
    }
    words
}
