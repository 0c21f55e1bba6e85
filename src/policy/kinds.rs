//! The kinds of personal information that are known, from `kinds.yaml`.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use super::folding::{fold, stands_alone};
use crate::text::{Bilingual, both};

/// A kind of personal information.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its name for programs: `phone_number`.
    pub kind: String,
    zh: String,
    en: String,
    words: Vec<String>,
    /// It says little by itself: "device information".
    #[serde(default)]
    pub umbrella: bool,
    /// The permission by which it is read.
    #[serde(default)]
    pub permission: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    kinds: Vec<Kind>,
    decoys: Vec<String>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("kinds.yaml")).expect("kinds.yaml is read by a test")
});

/// Every word in one automaton, with the kind that each names; `None` for a word that only holds one.
struct Automaton {
    words: AhoCorasick,
    kinds: Vec<Option<usize>>,
}

static AUTOMATON: LazyLock<Automaton> = LazyLock::new(|| {
    let mut words = Vec::new();
    let mut kinds = Vec::new();
    for (at, kind) in DATA.kinds.iter().enumerate() {
        for word in &kind.words {
            words.push(fold(word));
            kinds.push(Some(at));
        }
    }
    for decoy in &DATA.decoys {
        words.push(fold(decoy));
        kinds.push(None);
    }
    let words = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words)
        .expect("the words fit; a test builds this");
    Automaton { words, kinds }
});

impl Kind {
    /// Returns the words for it.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

/// A place where a folded text names a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    kind: usize,
    /// In bytes of the folded text.
    pub begins: usize,
    pub ends: usize,
}

impl Named {
    pub fn kind(&self) -> &'static Kind {
        &DATA.kinds[self.kind]
    }
}

/// Finds every kind that a folded text names, in order.
pub fn find(folded: &str) -> Vec<Named> {
    let hits = AUTOMATON.words.find_iter(folded);
    hits.filter(|hit| stands_alone(folded, hit.start(), hit.end()))
        .filter_map(|hit| {
            let kind = AUTOMATON.kinds[hit.pattern().as_usize()]?;
            Some(Named { kind, begins: hit.start(), ends: hit.end() })
        })
        .collect()
}

/// Returns a kind by its name.
pub fn by_name(name: &str) -> Option<&'static Kind> {
    DATA.kinds.iter().find(|kind| kind.kind == name)
}

/// Returns every kind.
pub fn all() -> &'static [Kind] {
    &DATA.kinds
}

/// Returns what a kind is called in both languages; its own name where it is not known.
pub fn title_of(name: &str) -> Bilingual {
    match by_name(name) {
        Some(kind) => both(&kind.en, &kind.zh),
        None => both(name, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&'static str> {
        find(&fold(text)).iter().map(|named| named.kind().kind.as_str()).collect()
    }

    #[test]
    fn the_longest_word_names_the_kind_and_what_only_holds_one_names_none() {
        assert_eq!(names("您的手机号码、MAC 地址和IP地址"), ["phone_number", "mac", "ip"]);
        assert_eq!(names("请输入短信验证码，并在醒目位置展示"), Vec::<&str>::new());
        assert_eq!(names("your phone number and your contacts"), ["phone_number", "contacts"]);
        assert!(by_name("face").is_some() && by_name("none").is_none());
    }

    #[test]
    fn kinds_have_distinct_names() {
        let all: std::collections::BTreeSet<&str> = all().iter().map(|kind| kind.kind.as_str()).collect();
        assert_eq!(all.len(), super::all().len());
    }
}
