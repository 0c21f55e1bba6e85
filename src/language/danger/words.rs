//! Deeds by words: every word of a label counts, however long the label is.

use super::Danger;
use super::word_list::{Gapped, WORDS, Words, stands_alone};
use crate::language::lexicon::fold;

/// Words that may stand in a gap (ours).
const GAP: usize = 3;

/// The deed that a label names, by the first word that does; `None` where no word of it does.
pub fn of_label(label: &str) -> Option<Danger> {
    let text = fold(label);
    let words = &*WORDS;
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || "万千百亿wk+ ".contains(c));
    if let Some((deed, _)) = words.alone.iter().find(|(_, list)| list.iter().any(|word| word == bare)) {
        return Some(Danger::new(deed, format!("“{bare}”")));
    }
    let spans = with_gaps(words, &text);
    let direct = words.terms.find_all(&text).map(|(start, end, &deed)| (start, end, deed));
    let harmless: Vec<(usize, usize)> =
        words.harmless.find_all(&text).map(|(start, end, ())| (start, end)).collect();
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

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
