//! What the body of a request says that it does.

use serde_json::Value;

use super::deeds::{Weight, find_deed, find_deed_in_field, find_deed_in_value};
use super::words::{PARTS, WORDS, split_words};

/// Bytes of a body that are looked at; the rest is not (ours: a form of a person is far shorter).
pub const BODY: usize = 64 * 1024;
/// How deep JSON is looked into (ours; serde_json itself stops at 128).
const DEPTH: usize = 24;
/// Names and values of one body that are looked at (ours).
const FIELDS: usize = 4000;

/// Returns the word by which a body says that something is done: names and values of JSON and of forms, names of
/// multipart fields, names of GraphQL mutations. `asks` says that the address only asks (`order/list`): then only what
/// names an action counts.
pub fn find_deed_in_body(bytes: &[u8], asks: bool) -> Option<String> {
    let bytes = &bytes[..bytes.len().min(BODY)];
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return None;
    }
    let mut left = FIELDS;
    if text.starts_with(['{', '[']) {
        return match serde_json::from_str::<Value>(text) {
            Ok(value) => in_json(&[], &value, asks, 0, &mut left),
            // Cut, or not quite JSON: what stands in quotation marks.
            Err(_) => in_quoted(text, asks),
        };
    }
    if text.starts_with("--") {
        return in_multipart(text, asks);
    }
    let first = text.split('&').next().unwrap_or_default();
    if first.contains('=') && !first.contains(char::is_whitespace) {
        return url::form_urlencoded::parse(text.as_bytes())
            .take(FIELDS)
            .find_map(|(name, value)| in_field(&name, &value, asks));
    }
    if text.starts_with("mutation") {
        return in_graphql(text);
    }
    // A word or two as plain text; anything longer is prose or no text at all.
    let words = split_words(&text.chars().take(200).collect::<String>());
    (!asks && text.len() <= 80 && words.len() <= 5).then(|| find_deed(&words, Weight::Plain)).flatten()
}

fn in_field(name: &str, value: &str, asks: bool) -> Option<String> {
    if value.trim_start().starts_with(['{', '['])
        && value.len() < 20_000
        && let Ok(inner) = serde_json::from_str::<Value>(value)
    {
        let mut left = FIELDS / 4;
        return in_json(&split_words(name), &inner, asks, 1, &mut left);
    }
    let words = split_words(name);
    if asks {
        return is_action(&words).then(|| find_deed_in_value(&words, value)).flatten();
    }
    find_deed_in_field(name, value)
}

fn is_action(words: &[String]) -> bool {
    words.last().is_some_and(|word| WORDS.data.actions.contains(word))
        || words.first().is_some_and(|word| word == "operation")
}

fn in_json(name: &[String], value: &Value, asks: bool, depth: usize, left: &mut usize) -> Option<String> {
    if depth > DEPTH || *left == 0 {
        return None;
    }
    *left -= 1;
    match value {
        Value::String(text) if asks && !is_action(name) => in_graphql_only(name, text),
        Value::String(text) => in_graphql_only(name, text).or_else(|| find_deed_in_value(name, text)),
        Value::Array(items) => items.iter().find_map(|item| in_json(name, item, asks, depth + 1, left)),
        Value::Object(fields) => {
            // GraphQL that only asks: its words are names of what is asked for.
            let document = fields.get("query").and_then(Value::as_str).map(str::trim_start);
            if let Some(document) = document.filter(|document| is_graphql(document)) {
                return if document.contains("mutation") { in_graphql(document) } else { None };
            }
            fields.iter().find_map(|(key, inner)| {
                let words = split_words(key);
                let by_name = if asks { None } else { find_deed(&words, Weight::Plain) };
                by_name.or_else(|| in_json(&words, inner, asks, depth + 1, left))
            })
        }
        _ => None,
    }
}

fn is_graphql(text: &str) -> bool {
    ["query", "mutation", "subscription", "fragment", "{", "#"].iter().any(|begin| text.starts_with(begin))
        && text.contains('{')
}

fn in_graphql_only(name: &[String], text: &str) -> Option<String> {
    let asked = name.last().is_some_and(|word| word == "query" || word == "mutation");
    (asked && text.trim_start().starts_with("mutation")).then(|| in_graphql(text)).flatten()
}

/// Returns the deed of a GraphQL document's mutations: their own names, and the fields that they call.
fn in_graphql(document: &str) -> Option<String> {
    document.split("mutation").skip(1).take(20).find_map(|mutation| {
        let (head, rest) = mutation.split_once('{').unwrap_or((mutation, ""));
        let name = head.split('(').next().unwrap_or_default();
        let called = rest.split(['(', '{']).next().unwrap_or_default();
        // An alias: `done: deleteAccount(…)`.
        let called = called.rsplit(':').next().unwrap_or_default();
        [name, called].iter().find_map(|words| {
            find_deed(&split_words(&words.chars().take(200).collect::<String>()), Weight::Spoken)
        })
    })
}

/// Returns the deed of what stands in quotation marks: names (before a colon) and values.
fn in_quoted(text: &str, asks: bool) -> Option<String> {
    let mut pieces = text.split('"');
    pieces.next();
    let mut name = Vec::new();
    let mut count = 0;
    while let Some(piece) = pieces.next() {
        count += 1;
        if count > FIELDS {
            return None;
        }
        let after = pieces.next().unwrap_or_default();
        if after.trim_start().starts_with(':') {
            name = split_words(piece);
            if !asks && let Some(deed) = find_deed(&name, Weight::Plain) {
                return Some(deed);
            }
        } else if (!asks || is_action(&name))
            && let Some(deed) = find_deed_in_value(&name, piece)
        {
            return Some(deed);
        }
    }
    None
}

/// Returns the deed of a multipart body: the names of its fields, and values of one line.
fn in_multipart(text: &str, asks: bool) -> Option<String> {
    let begin = text.lines().next().unwrap_or_default();
    if begin.len() < 3 {
        return None;
    }
    text.split(begin).skip(1).take(PARTS).find_map(|part| {
        let (head, value) = part.split_once("\r\n\r\n").or_else(|| part.split_once("\n\n"))?;
        let name = head.split("name=\"").nth(1)?.split('"').next()?;
        let value =
            if head.contains("filename=") { "" } else { value.trim().lines().next().unwrap_or_default() };
        in_field(name, value, asks)
    })
}
