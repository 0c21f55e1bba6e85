//! What was not planted and shows what it is: fields that by their name and the shape of their value hold an identifier.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::kinds::{self, Check, Kind};

/// Characters of a field's value that are looked at (ours: an identifier is shorter).
const LONGEST: usize = 200;
/// Signs between a field's name and its value at most: a quotation mark, a colon, a blank, another mark.
const BETWEEN: usize = 6;

/// A field that holds an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shaped {
    /// The word of its kind.
    pub kind: &'static str,
    pub field: String,
    /// Whether it tells whose it is, or which device.
    pub definite: bool,
}

struct Names {
    finder: AhoCorasick,
    kinds: Vec<&'static Kind>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let pairs: Vec<(&str, &'static Kind)> =
        kinds::all().iter().flat_map(|kind| kind.keys.iter().map(move |key| (key.as_str(), kind))).collect();
    Names {
        // The first two letters find the place; the whole name is compared without its separators.
        finder: AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(pairs.iter().map(|(key, _)| &key[..2]))
            .expect("the keys are checked by a test"),
        kinds: pairs.iter().map(|(_, kind)| *kind).collect(),
    }
});

/// Finds fields that hold identifiers.
pub fn find(bytes: &[u8]) -> Vec<Shaped> {
    let mut all: Vec<Shaped> = Vec::new();
    let mut until = 0;
    for hit in NAMES.finder.find_overlapping_iter(bytes) {
        let begin = hit.start();
        if begin < until || (begin > 0 && !begins_name(bytes[begin - 1], bytes[begin])) {
            continue;
        }
        let Some(end) = name_end(bytes, begin) else { continue };
        let Some(name) = std::str::from_utf8(&bytes[begin..end]).ok() else { continue };
        let folded: String =
            name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        let known = |kind: &&&'static Kind| kind.keys.contains(&folded);
        let Some(kind) = NAMES.kinds.iter().find(known) else { continue };
        until = end;
        let Some(value) = value_at(bytes, end) else { continue };
        if fits(kind, value) {
            let shaped = Shaped { kind: &kind.kind, field: name.to_owned(), definite: kind.is_definite() };
            if !all.contains(&shaped) {
                all.push(shaped);
            }
        }
    }
    all
}

/// A name begins where no letter stands before, or a small one before a capital.
fn begins_name(before: u8, first: u8) -> bool {
    !before.is_ascii_alphanumeric() || before.is_ascii_lowercase() && first.is_ascii_uppercase()
}

fn name_end(bytes: &[u8], begin: usize) -> Option<usize> {
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    let length = bytes[begin..].iter().take(40).take_while(|byte| part(byte)).count();
    (length < 40).then_some(begin + length)
}

/// The value that belongs to a name which ends here: `":"x"`, `=x`, `: x`, `\":\"x\"`, `">x<`.
fn value_at(bytes: &[u8], end: usize) -> Option<&str> {
    let rest = &bytes[end..];
    let skipped = rest
        .iter()
        .take(BETWEEN)
        .take_while(|byte| matches!(byte, b'"' | b'\'' | b':' | b'=' | b' ' | b'\\' | b'>' | b']'))
        .count();
    let between = &rest[..skipped];
    if !between.iter().any(|byte| matches!(byte, b':' | b'=' | b'>')) {
        return None;
    }
    let value = &rest[skipped..];
    let ends = |byte: &u8| {
        matches!(byte, b'"' | b'\'' | b'&' | b';' | b',' | b'\\' | b'<' | b'}' | b' ' | b'\r' | b'\n' | b'#')
    };
    let length = value.iter().take(LONGEST).take_while(|byte| !ends(byte)).count();
    std::str::from_utf8(&value[..length]).ok().filter(|value| !value.is_empty())
}

fn fits(kind: &Kind, value: &str) -> bool {
    kind.shape.as_ref().is_some_and(|shape| shape.is_match(value))
        && !is_empty(value)
        && value.bytes().filter(u8::is_ascii_digit).count() >= kind.digits
        && match kind.check {
            Some(Check::Luhn) => value.len() != 15 || luhn(value),
            None => true,
        }
}

/// All zeros and the like: what systems answer who may not ask.
fn is_empty(value: &str) -> bool {
    let signs: Vec<char> = value.chars().filter(char::is_ascii_alphanumeric).collect();
    let distinct: std::collections::BTreeSet<&char> = signs.iter().collect();
    distinct.len() <= 2 || value.eq_ignore_ascii_case("02:00:00:00:00:00") || value == "9774d56d682e549c"
}

/// Tells whether the last digit of a number is the check of those before it.
pub fn luhn(number: &str) -> bool {
    let digits: Option<Vec<u32>> = number.chars().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits else { return false };
    let weigh = |(at, digit): (usize, &u32)| {
        let doubled = if at % 2 == 1 { digit * 2 } else { *digit };
        if doubled > 9 { doubled - 9 } else { doubled }
    };
    !digits.is_empty() && digits.iter().rev().enumerate().map(weigh).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        find(text.as_bytes()).into_iter().map(|shaped| shaped.kind).collect()
    }

    #[test]
    fn identifiers_are_known_by_name_and_shape() {
        assert_eq!(found(r#"{"imei":"490154203237518"}"#), ["imei"]);
        assert_eq!(found(r#"{"imei":"490154203237517"}"#), [""; 0], "the check digit is wrong");
        assert_eq!(found("a=1&android_id=9f3c2b1a0d4e5f67&b=2"), ["android_id"]);
        assert_eq!(found("android_id=9774d56d682e549c"), [""; 0], "every emulator of old has this one");
        assert_eq!(found(r#"{\"mac\":\"3c:15:c2:e0:5b:7a\"}"#), ["mac"]);
        assert_eq!(found("mac=02:00:00:00:00:00"), [""; 0], "what Android answers who may not ask");
        assert_eq!(found("oaid=00000000-0000-0000-0000-000000000000"), [""; 0]);
        assert_eq!(found("advertiser_id=7b2c9a54-1f0e-4d3b-8c6a-5e9d2f1b0a37"), ["advertising_id"]);
        assert_eq!(found("machine=3c15c2e05b7a"), [""; 0], "a part of a word is no name");
        assert_eq!(found("deviceMac: 3C15C2E05B7A"), ["mac"]);
        assert_eq!(found("imei"), [""; 0]);
        assert_eq!(found("device_id=mobile-phone-app"), [""; 0], "words are no number");
    }

    #[test]
    fn the_check_digit_is_luhn() {
        assert!(luhn("79927398713") && !luhn("79927398710") && !luhn("") && !luhn("x"));
    }
}
