//! Deeds by words: every word of a label counts, however long the label is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use super::Danger;
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
struct Terms<T> {
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
    fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize, &'a T)> {
        self.find.find_overlapping_iter(text).filter_map(move |found| {
            let (start, end) = (found.start(), found.end());
            stands_alone(text, start, end).then(|| (start, end, &self.of[found.pattern().as_usize()]))
        })
    }
}

/// An English word with a gap of up to three words in it: `place ~ order`.
struct Gapped {
    first: String,
    last: String,
    deed: usize,
}

/// Words that may stand in a gap (ours).
const GAP: usize = 3;

struct Words {
    deeds: Vec<(String, bool)>,
    alone: BTreeMap<String, Vec<String>>,
    terms: Terms<usize>,
    gapped: Vec<Gapped>,
    harmless: Terms<()>,
    places: Vec<String>,
    texts: Vec<String>,
    mine: Vec<String>,
    asks: Vec<String>,
    grave_texts: Vec<String>,
    negated: Vec<String>,
    asks_after: Vec<String>,
    documents: Vec<String>,
    agreeing: Vec<String>,
    answers: Vec<String>,
    answers_begin: Vec<String>,
    onward: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
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

/// The deed that a label names, by the first word that does; `None` where no word of it does.
pub fn of_label(label: &str) -> Option<Danger> {
    let text = fold(label);
    let words = &*WORDS;
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || "万千百亿wk+ ".contains(c));
    if let Some((deed, _)) = words.alone.iter().find(|(_, list)| list.iter().any(|word| word == bare)) {
        return Some(Danger::new(deed, format!("“{bare}”")));
    }
    let spans = with_gaps(words, &text);
    let direct = words.terms.all(&text).map(|(start, end, &deed)| (start, end, deed));
    let harmless: Vec<(usize, usize)> =
        words.harmless.all(&text).map(|(start, end, ())| (start, end)).collect();
    let mut found: Vec<(usize, usize, usize)> = direct.chain(spans).collect();
    // The longest first: 取消订单 says more than 订单.
    found.sort_by_key(|&(start, end, _)| (start, std::cmp::Reverse(end)));
    let covered = |start: usize, end: usize| harmless.iter().any(|&(from, to)| from <= start && end <= to);
    found.iter().find_map(|&(start, end, deed)| {
        let (name, noun) = &words.deeds[deed];
        let read_otherwise = covered(start, end)
            || is_asked_about(words, &text, start, end)
            || is_name_of_page(words, (name, *noun), &text, start, end);
        (!read_otherwise).then(|| Danger::new(name, format!("“{}”", &text[start..end])))
    })
}

/// What a text says of a grave end although no control is called so: 账号将被删除, the order's total.
pub(super) fn grave_end(text: &str) -> Option<Danger> {
    let folded = fold(text);
    let said = WORDS.grave_texts.iter().find(|word| {
        folded.match_indices(word.as_str()).any(|(at, _)| stands_alone(&folded, at, at + word.len()))
    });
    said.map(|word| Danger::new("grave_end", format!("“{word}”")))
}

/// Whether a label is an answer by itself (确定, Yes), which says nothing of what it confirms.
pub(super) fn is_answer(label: &str) -> bool {
    let text = fold(label);
    WORDS.answers_begin.iter().any(|word| text.starts_with(word.as_str()))
        || WORDS.answers.contains(&text)
        || parts_of(label).is_some_and(|parts| parts.iter().any(|part| WORDS.answers.contains(part)))
}

/// Whether a label only goes on (下一步, Next), which says nothing of where to.
pub(super) fn is_onward(label: &str) -> bool {
    WORDS.onward.contains(&fold(label)) || parts_of(label).is_some()
}

/// The parts of a label (我已了解，继续), where every one of them says nothing by itself.
fn parts_of(label: &str) -> Option<Vec<String>> {
    let parts: Vec<String> = label
        .split([',', '，', '、', ';', '；', '.', '。', '!', '！', '·', '|'])
        .map(fold)
        .filter(|part| !part.is_empty())
        .collect();
    let generic = |part: &String| WORDS.answers.contains(part) || WORDS.onward.contains(part);
    (parts.len() > 1 && parts.iter().all(generic)).then_some(parts)
}

/// Places of the terms with a gap.
fn with_gaps(words: &Words, text: &str) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    for Gapped { first, last, deed } in &words.gapped {
        for (start, _) in text.match_indices(first.as_str()) {
            let from = start + first.len();
            if !stands_alone(text, start, from) {
                continue;
            }
            let end = text[from..].match_indices(last.as_str()).map(|(at, _)| from + at + last.len()).find(
                |&end| {
                    let gap = &text[from..end - last.len()];
                    stands_alone(text, end - last.len(), end) && gap.split_whitespace().count() <= GAP
                },
            );
            found.extend(end.map(|end| (start, end, *deed)));
        }
    }
    found
}

/// Characters that may stand between a deed and the words that make the label a text about it (ours).
const NEAR: usize = 8;

/// The label is a question about the deed, or the title of a text about it: the words before or after the deed say so.
fn is_asked_about(words: &Words, text: &str, start: usize, end: usize) -> bool {
    let (before, after) = (&text[..start], &text[end..]);
    let left = before.trim_end();
    let undone = words
        .negated
        .iter()
        .any(|word| left.ends_with(word.as_str()) && stands_alone(left, left.len() - word.len(), left.len()));
    if undone {
        return true;
    }
    let asked = words.asks.iter().any(|ask| {
        before.match_indices(ask.as_str()).any(|(at, _)| {
            let to = at + ask.len();
            let between = &before[to..];
            stands_alone(before, at, to)
                && between.chars().count() <= if ask.is_ascii() { NEAR * 3 } else { NEAR }
                && !has_any(between, &words.agreeing)
        })
    });
    asked || words.asks_after.iter().any(|ask| after.contains(ask.as_str()))
}

/// The words beside the deed make the label the name of a page or of a document: 支付设置, 我的关注, comments (56).
fn is_name_of_page(words: &Words, (deed, noun): (&str, bool), text: &str, start: usize, end: usize) -> bool {
    let (before, after) = (text[..start].trim_end(), text[end..].trim_start());
    let begins = |text: &str, list: &[String]| {
        list.iter().any(|word| text.starts_with(word.as_str()) && stands_alone(text, 0, word.len()))
    };
    // 分享的文件, 删除的照片: what was done to them names them.
    if after.starts_with('的') {
        return true;
    }
    let document = words
        .documents
        .iter()
        .any(|word| after.strip_suffix(word.as_str()).is_some_and(|gap| gap.chars().count() <= NEAR));
    if document && !has_any(text, &words.agreeing) {
        return true;
    }
    if !noun {
        return begins(after, &words.texts);
    }
    let owned = words.mine.iter().any(|word| {
        before.ends_with(word.as_str()) && stands_alone(before, before.len() - word.len(), before.len())
    });
    // 支付和账单设置: what is joined by “and” shares the place.
    let joined = after.strip_prefix(['与', '和', '及', '&', '/']);
    let later = joined.is_some_and(|joined| {
        joined.char_indices().take(NEAR).any(|(at, _)| begins(&joined[at..], &words.places))
    });
    // A number behind it counts what others said.
    let counted = deed == "comment" && after.starts_with(|c: char| c.is_ascii_digit());
    begins(after, &words.places) || owned || later || counted
}

/// Whether a text has one of these words in it, the English ones as words.
fn has_any(text: &str, words: &[String]) -> bool {
    words
        .iter()
        .any(|word| text.match_indices(word.as_str()).any(|(at, _)| stands_alone(text, at, at + word.len())))
}

/// Whether a match stands as words: what is English must not lie inside of a longer English word.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric();
    let inner =
        |edge: Option<char>, other: Option<char>| edge.is_some_and(is_part) && other.is_some_and(is_part);
    !inner(text[start..end].chars().next(), text[..start].chars().next_back())
        && !inner(text[start..end].chars().next_back(), text[end..].chars().next())
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
