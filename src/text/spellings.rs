//! The spellings in which one and the same value can stand in a text.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// A core of base64 that is shorter would be found by chance (characters).
const BASE64: usize = 8;
/// Digits from which on a number is also found with separators between them.
const NUMBER: usize = 7;

/// How a value can be written into a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spelling {
    /// As it is.
    Plain,
    Percent,
    /// Percent-encoded twice.
    PercentTwice,
    /// With the escapes of JSON or HTML.
    Escaped,
    Hex,
    /// Base64 in either alphabet, wherever the value begins in a group of three bytes.
    Base64,
}

/// Returns the value and its encoded forms, each once. Case is left to who looks for them.
pub fn of(value: &str) -> Vec<String> {
    let mut all: Vec<String> = with_spelling(value).into_iter().map(|(_, text)| text).collect();
    all.sort();
    all.dedup();
    all
}

/// Returns the value and its encoded forms with what each is; none is empty. A form that equals the plain one is left out.
pub fn with_spelling(value: &str) -> Vec<(Spelling, String)> {
    let percent = percent(value);
    let quoted = serde_json::Value::String(value.to_owned()).to_string();
    let html = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let mut all = vec![
        (Spelling::Percent, percent.replace("%20", "+")),
        (Spelling::PercentTwice, self::percent(&percent)),
        (Spelling::Percent, percent),
        (Spelling::Escaped, quoted[1..quoted.len() - 1].to_owned()),
        (Spelling::Escaped, escaped(value)),
        (Spelling::Escaped, html),
        (Spelling::Hex, hex::encode(value)),
    ];
    all.extend(base64(value.as_bytes()).into_iter().map(|text| (Spelling::Base64, text)));
    all.retain(|(_, text)| text != value && !text.is_empty());
    all.insert(0, (Spelling::Plain, value.to_owned()));
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all.dedup_by(|a, b| a.1 == b.1);
    all.retain(|(_, text)| !text.is_empty());
    all
}

/// Percent-encodes all but letters, digits and `-._~`.
pub fn percent(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// `\u5f20`: as JSON is written where it must be ASCII.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        }
    }
    out
}

/// The part of its base64 that does not depend on what stands around it, for each of the three places at which a value
/// can begin in a group of three bytes, in both alphabets.
pub fn base64(value: &[u8]) -> Vec<String> {
    let mut all = Vec::new();
    for before in 0..3 {
        let mut bytes = vec![0; before];
        bytes.extend(value);
        let (from, to) = ((before * 8).div_ceil(6), bytes.len() * 8 / 6);
        if to.saturating_sub(from) < BASE64 {
            continue;
        }
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            all.push(engine.encode(&bytes)[from..to].to_owned());
        }
    }
    all
}

/// A telephone or identity number: digits enough that separators between them do not matter.
pub fn is_long_number(value: &str) -> bool {
    value.len() >= NUMBER && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// Replaces a number also where spaces, dashes or dots stand between its digits.
pub fn hide_number(text: &str, number: &str, shown: &str) -> String {
    let separates = |c: char| {
        matches!(c, ' ' | '-' | '.' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2010}'..='\u{2014}' | '·')
    };
    let length_at = |rest: &str| {
        let mut wanted = number.chars().peekable();
        let mut between = 0;
        for (at, c) in rest.char_indices() {
            // Full-width digits are typed by Chinese keyboards.
            let c = match c {
                '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
                c => c,
            };
            if wanted.peek() == Some(&c) {
                wanted.next();
                between = 0;
                if wanted.peek().is_none() {
                    return Some(at + rest[at..].chars().next().map_or(0, char::len_utf8));
                }
            } else if at > 0 && separates(c) && between < 2 {
                between += 1;
            } else {
                return None;
            }
        }
        None
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match length_at(rest) {
            Some(length) => {
                out.push_str(shown);
                rest = &rest[length..];
            }
            None => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}

/// Replaces a short value where it is a word of its own, in either case.
pub fn hide_word(text: &str, word: &str, shown: &str) -> String {
    let (lower, wanted) = (text.to_ascii_lowercase(), word.to_ascii_lowercase());
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in lower.match_indices(&wanted) {
        let end = at + wanted.len();
        let part_of = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || "_‹›.".contains(c));
        if at < from || part_of(text[..at].chars().next_back()) || part_of(text[end..].chars().next()) {
            continue;
        }
        out.push_str(&text[from..at]);
        out.push_str(shown);
        from = end;
    }
    out + &text[from..]
}
