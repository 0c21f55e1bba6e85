//! The words of `words.yaml`, made ready to be found in a text.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use crate::language::lexicon::fold;

/// One deed's entry in `words.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Deed {
    noun: bool,
    zh: Vec<String>,
    en: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bilingual {
    zh: Vec<String>,
    en: Vec<String>,
}

impl Bilingual {
    fn folded(&self) -> Vec<String> {
        self.zh.iter().chain(&self.en).map(|word| fold(word)).collect()
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Generic {
    answers: Vec<String>,
    answers_begin: Vec<String>,
    onward: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    deeds: BTreeMap<String, Deed>,
    alone: BTreeMap<String, Vec<String>>,
    places: Bilingual,
    texts: Bilingual,
    mine: Bilingual,
    asks: Bilingual,
    grave_texts: Bilingual,
    negated: Bilingual,
    asks_after: Bilingual,
    documents: Bilingual,
    agreeing: Bilingual,
    harmless: Bilingual,
    generic: Generic,
}

/// Terms that stand in a text as they are, and what each belongs to.
pub(super) struct Terms<T> {
    find: AhoCorasick,
    of: Vec<T>,
}

impl<T> Terms<T> {
    fn build(terms: Vec<(String, T)>) -> Terms<T> {
        let find = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(terms.iter().map(|(word, _)| word.as_str()))
            .expect("the words ship inside the program and a test reads them");
        Terms { find, of: terms.into_iter().map(|(_, of)| of).collect() }
    }

    /// Every place where a term stands; an English one only as words.
    pub fn find_all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize, &'a T)> {
        self.find.find_overlapping_iter(text).filter_map(move |found| {
            let (start, end) = (found.start(), found.end());
            stands_alone(text, start, end).then(|| (start, end, &self.of[found.pattern().as_usize()]))
        })
    }
}

/// An English word with a gap of up to three words in it: `place ~ order`.
pub(super) struct Gapped {
    pub first: String,
    pub last: String,
    pub deed: usize,
}

pub(super) struct Words {
    pub deeds: Vec<(String, bool)>,
    pub alone: BTreeMap<String, Vec<String>>,
    pub terms: Terms<usize>,
    pub gapped: Vec<Gapped>,
    pub harmless: Terms<()>,
    pub places: Vec<String>,
    pub texts: Vec<String>,
    pub mine: Vec<String>,
    pub asks: Vec<String>,
    pub grave_texts: Vec<String>,
    pub negated: Vec<String>,
    pub asks_after: Vec<String>,
    pub documents: Vec<String>,
    pub agreeing: Vec<String>,
    pub answers: Vec<String>,
    pub answers_begin: Vec<String>,
    pub onward: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file: File = serde_saphyr::from_str(include_str!("words.yaml"))
        .expect("the words ship inside the program and a test reads them");
    let (mut deeds, mut terms, mut gapped) = (Vec::new(), Vec::new(), Vec::new());
    for (name, deed) in file.deeds {
        let at = deeds.len();
        deeds.push((name, deed.noun));
        for term in deed.zh.iter().chain(&deed.en) {
            match term.split_once(" ~ ") {
                Some((first, last)) => gapped.push(Gapped { first: fold(first), last: fold(last), deed: at }),
                None => terms.push((fold(term), at)),
            }
        }
    }
    let mut harmless = Vec::new();
    for term in file.harmless.folded() {
        harmless.push((term, ()));
    }
    let fold_all = |words: &[String]| words.iter().map(|word| fold(word)).collect();
    Words {
        alone: file.alone,
        deeds,
        terms: Terms::build(terms),
        gapped,
        harmless: Terms::build(harmless),
        places: file.places.folded(),
        texts: file.texts.folded(),
        mine: file.mine.folded(),
        asks: file.asks.folded(),
        grave_texts: file.grave_texts.folded(),
        negated: file.negated.folded(),
        asks_after: file.asks_after.folded(),
        documents: file.documents.folded(),
        agreeing: file.agreeing.folded(),
        answers_begin: fold_all(&file.generic.answers_begin),
        answers: fold_all(&file.generic.answers),
        onward: fold_all(&file.generic.onward),
    }
});

/// Whether a match stands as words: what is English must not lie inside of a longer English word.
pub(super) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric();
    let inner =
        |edge: Option<char>, other: Option<char>| edge.is_some_and(is_part) && other.is_some_and(is_part);
    !inner(text[start..end].chars().next(), text[..start].chars().next_back())
        && !inner(text[start..end].chars().next_back(), text[end..].chars().next())
}
