//! What the words of a request say that it does: the guard on the wire asks here. The words are data, in
//! `requests.yaml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

#[path = "request_body.rs"]
mod body;

/// Bytes of a body that are looked at; the rest is not (ours: a form of a person is far shorter).
pub const BODY: usize = 64 * 1024;
/// Characters of an address that are looked at (ours).
const ADDRESS: usize = 4000;
/// A word that is longer is no word (characters; ours).
const WORD: usize = 40;
/// Parts of one address, name or value that are looked at (ours).
const PARTS: usize = 400;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    deeds: Vec<String>,
    spoken: Vec<String>,
    makes: HashSet<String>,
    objects: HashSet<String>,
    reads: HashSet<String>,
    harmless: Vec<String>,
    log_in: Vec<String>,
    strong: Vec<String>,
    actions: HashSet<String>,
    searches: HashSet<String>,
    tells: HashSet<String>,
    chinese: Vec<String>,
    pinyin: Vec<String>,
}

/// Words by their first part: a phrase is found by looking at what follows.
type Phrases = std::collections::HashMap<String, Vec<Vec<String>>>;

#[derive(Debug)]
struct Words {
    deeds: Phrases,
    spoken: Phrases,
    harmless: Phrases,
    log_in: Phrases,
    strong: Phrases,
    data: Data,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let data: Data = serde_saphyr::from_str(include_str!("requests.yaml"))
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
fn find_phrase(phrases: &Phrases, parts: &[String]) -> Option<(usize, usize)> {
    (0..parts.len()).find_map(|at| {
        let rest = &parts[at..];
        let longest =
            phrases.get(&parts[at])?.iter().filter(|phrase| rest.starts_with(phrase)).map(Vec::len).max()?;
        Some((at, longest))
    })
}

/// How much a word must say to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// Every deed: an address, or what names an action.
    Spoken,
    /// Only what is a deed everywhere: names and values of fields.
    Plain,
}

/// Returns the word by which the path or the query of an address says that something is done.
pub fn find_deed_in_address(address: &str) -> Option<String> {
    let (path, query) = split_address(address);
    let path = split_words(&decode(path));
    if let Some(deed) = find_deed(&path, Weight::Spoken) {
        // "sms/send" is a log-in, "sms/send/cancelAccount" is none.
        return if leads_in(&path) { find_deed(&without_log_in(&path), Weight::Plain) } else { Some(deed) };
    }
    url::form_urlencoded::parse(query.as_bytes())
        .take(PARTS)
        .find_map(|(name, value)| find_deed_in_field(&name, &value))
}

/// Returns whether an address is one by which a person comes in: a body that is sent there is not asked.
pub fn is_log_in(address: &str) -> bool {
    let path = split_words(&decode(split_address(address).0));
    leads_in(&path) && find_deed(&without_log_in(&path), Weight::Plain).is_none()
}

/// Returns the word by which a body says that something is done: names and values of JSON and of forms, names of
/// multipart fields, names of GraphQL mutations. `asks` says that the address only asks (`order/list`): then only what
/// names an action counts.
pub fn find_deed_in_body(bytes: &[u8], asks: bool) -> Option<String> {
    body::find_deed(&bytes[..bytes.len().min(BODY)], asks)
}

/// Returns whether the last part of an address only asks for something, and nothing of it is a deed.
pub fn only_asks(address: &str) -> bool {
    let path = decode(split_address(address).0);
    let last = path.split('/').rfind(|part| !part.is_empty()).map(split_words).unwrap_or_default();
    last.iter().any(|word| WORDS.data.reads.contains(word))
}

/// Returns the word by which a GET says that it deletes, pays, logs out and the like: in the last part of its path, or
/// in a parameter that names an action.
pub fn find_strong_deed(address: &str) -> Option<String> {
    let (path, query) = split_address(address);
    let path = decode(path);
    // The last part that is no number or identifier.
    let last = path.split('/').rfind(|part| !part.is_empty() && !is_identifier(part)).unwrap_or_default();
    let document = [".html", ".htm", ".pdf", ".md", ".txt"].iter().any(|end| last.ends_with(end));
    let told = split_words(&path).iter().any(|word| WORDS.data.tells.contains(word));
    if !document && !told {
        let words = without_harmless(split_words(last));
        if let Some(found) = find_strong(&words) {
            return Some(found);
        }
    }
    url::form_urlencoded::parse(query.as_bytes())
        .take(PARTS)
        .filter(|(name, _)| split_words(name).last().is_some_and(|word| WORDS.data.actions.contains(word)))
        .find_map(|(_, value)| find_strong(&without_harmless(split_words(&value))))
}

fn find_strong(words: &[String]) -> Option<String> {
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

/// Cuts an address into its path and its query; host and fragment are left out.
fn split_address(address: &str) -> (&str, &str) {
    let end = address.char_indices().nth(ADDRESS).map_or(address.len(), |(at, _)| at);
    let address = &address[..end];
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest =
        if address.contains("://") { rest.find(['/', '?']).map_or("", |at| &rest[at..]) } else { rest };
    let rest = rest.split('#').next().unwrap_or_default();
    rest.split_once('?').unwrap_or((rest, ""))
}

/// Turns `%E5%88%A0` into the characters that it stands for.
fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    // A plus is a plus in a path.
    let kept = text.replace('+', "%2B");
    url::form_urlencoded::parse(format!("x={}", kept.replace('&', "%26")).as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn is_identifier(part: &str) -> bool {
    let digits = part.chars().filter(char::is_ascii_digit).count();
    digits > 0 && (digits * 2 >= part.len() || part.len() >= 16)
}

/// Splits camelCase, snake_case, kebab-case and paths into words in lower case; what is not Latin stays together.
fn split_words(text: &str) -> Vec<String> {
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

fn leads_in(words: &[String]) -> bool {
    find_phrase(&WORDS.log_in, words).is_some()
}

/// Leaves out what belongs to coming in, and sending a code.
fn without_log_in(words: &[String]) -> Vec<String> {
    let mut left = without(words.to_vec(), &WORDS.log_in);
    left.retain(|word| word != "send" && word != "resend");
    left
}

fn without_harmless(words: Vec<String>) -> Vec<String> {
    without(words, &WORDS.harmless)
}

fn without(mut words: Vec<String>, phrases: &Phrases) -> Vec<String> {
    while let Some((at, count)) = find_phrase(phrases, &words) {
        words.drain(at..at + count);
    }
    words
}

fn find_deed(words: &[String], weight: Weight) -> Option<String> {
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
fn find_deed_in_field(name: &str, value: &str) -> Option<String> {
    let words = split_words(name);
    find_deed(&words, Weight::Plain).or_else(|| find_deed_in_value(&words, value))
}

/// Returns the deed that a value names: any where the name says that it is an action, a plain one elsewhere.
fn find_deed_in_value(name: &[String], value: &str) -> Option<String> {
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

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
