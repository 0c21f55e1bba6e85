//! Which words say that something is done.

use super::words::{WORD, WORDS, find_phrase, split_words, without_harmless};

/// How much a word must say to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Every deed: an address, or what names an action.
    Spoken,
    /// Only what is a deed everywhere: names and values of fields.
    Plain,
}

pub(super) fn find_strong(words: &[String]) -> Option<String> {
    if words.iter().any(|word| WORDS.data.reads.contains(word)) {
        return None;
    }
    if let Some((at, count)) = find_phrase(&WORDS.strong, words) {
        return Some(words[at..at + count].join(" "));
    }
    let strong =
        |part: &str| WORDS.strong.get(part).is_some_and(|phrases| phrases.iter().any(|p| p.len() == 1));
    words.iter().find(|word| is_joined(word, strong)).cloned()
}

pub(super) fn find_deed(words: &[String], weight: Weight) -> Option<String> {
    let found = WORDS.data.chinese.iter().find(|deed| words.iter().any(|word| word.contains(deed.as_str())));
    if let Some(deed) = found {
        return Some(deed.clone());
    }
    let words = without_harmless(words.to_vec());
    if let Some((at, count)) = find_phrase(&WORDS.deeds, &words) {
        return Some(words[at..at + count].join(" "));
    }
    let whole = |word: &String| word.len() <= WORD;
    let pinyin = |word: &&String| WORDS.data.pinyin.iter().any(|deed| word.contains(deed.as_str()));
    let joined = |word: &&String| is_joined(word, is_deed);
    if let Some(word) = words.iter().filter(|word| whole(word)).find(|word| pinyin(word) || joined(word)) {
        return Some(word.clone());
    }
    if weight == Weight::Plain || words.iter().any(|word| WORDS.data.reads.contains(word)) {
        return None;
    }
    if let Some((at, count)) = find_phrase(&WORDS.spoken, &words) {
        return Some(words[at..at + count].join(" "));
    }
    let makes = words.iter().find(|word| {
        WORDS.data.makes.contains(*word) || is_joined(word, |part| WORDS.data.makes.contains(part))
    })?;
    let object = words.iter().find(|word| *word != makes && WORDS.data.objects.contains(*word));
    match object {
        Some(object) => Some(format!("{makes} {object}")),
        None => is_joined(makes, |part| WORDS.data.makes.contains(part)).then(|| makes.clone()),
    }
}

fn is_deed(part: &str) -> bool {
    WORDS.deeds.get(part).is_some_and(|phrases| phrases.iter().any(|phrase| phrase.len() == 1))
}

/// Whether a word is a deed and its thing written as one: `deleteaccount`, `ordercancel`, `dopay`.
fn is_joined(word: &str, deed: impl Fn(&str) -> bool) -> bool {
    if word.len() > WORD || !word.is_ascii() {
        return false;
    }
    (2..word.len().saturating_sub(1)).any(|at| {
        let (head, tail) = word.split_at(at);
        let thing = |part: &str| {
            WORDS.data.objects.contains(part) || WORDS.spoken.contains_key(part) && part.len() > 3
        };
        deed(head) && (thing(tail) || tail == "by" && head.len() > 4)
            || deed(tail) && (thing(head) || head == "do")
    })
}

/// Returns the deed that a field tells by its name, or by its value.
pub(super) fn find_deed_in_field(name: &str, value: &str) -> Option<String> {
    let words = split_words(name);
    find_deed(&words, Weight::Plain).or_else(|| find_deed_in_value(&words, value))
}

/// Returns the deed that a value names: any where the name says that it is an action, a plain one elsewhere.
pub(super) fn find_deed_in_value(name: &[String], value: &str) -> Option<String> {
    let last = name.last();
    if last.is_some_and(|word| WORDS.data.searches.contains(word))
        && !name.iter().any(|word| word == "operation")
    {
        return None;
    }
    // Prose tells of anything.
    if value.len() > 120 || value.contains("://") {
        return None;
    }
    let words = split_words(value);
    if words.len() > 5 {
        return None;
    }
    let action =
        last.is_some_and(|word| WORDS.data.actions.contains(word) && word != "type" && word != "event");
    find_deed(
        &words,
        if action || name.iter().any(|word| word == "operation") { Weight::Spoken } else { Weight::Plain },
    )
}
