//! The forms in which a planted value is looked for: written otherwise, in other characters, as a number, hashed.

use md5::{Digest, Md5};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use sm3::Sm3;

use super::how::How;
use super::numbers::binary_numbers;
use super::place::geohash;
use super::plant::Plant;
use crate::text::spellings::{self, Spelling};

/// Hexadecimal digits that a short value must have to be looked for in that form: fewer are found by chance (ours).
const HEX: usize = 10;
/// ASCII characters up to which a value must stand as a word of its own (ours).
const WORD: usize = 8;
/// A value is looked for backwards from so many characters on (ours).
const REVERSED: usize = 7;

/// What must stand beside a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edges {
    Any,
    /// No letter and no digit.
    Word,
    /// No digit.
    Digits,
}

/// One sequence of bytes that tells of a plant.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// Which plant, by its place in the list.
    pub plant: usize,
    pub bytes: Vec<u8>,
    /// How it comes from the value.
    pub how: Vec<How>,
    pub edges: Edges,
    /// What base64 around a match must come to: the pattern is its core, and the last character may be another.
    pub holds: Option<Vec<u8>>,
}

/// The patterns of all plants: those whose case does not matter, and those of which every byte counts.
#[derive(Debug, Default)]
pub struct Patterns {
    pub folded: Vec<Pattern>,
    pub exact: Vec<Pattern>,
}

impl Patterns {
    /// Makes the patterns of plants.
    pub fn of(plants: &[Plant]) -> Patterns {
        let mut all = Patterns::default();
        for (plant, planted) in plants.iter().enumerate() {
            match planted.place() {
                Some((latitude, longitude)) => {
                    let bytes = geohash(latitude, longitude, 7).into_bytes();
                    all.folded.push(Pattern {
                        plant,
                        bytes,
                        how: vec![How::Geohash],
                        edges: Edges::Any,
                        holds: None,
                    });
                }
                None => all.add(plant, planted),
            }
        }
        all
    }

    fn add(&mut self, plant: usize, planted: &Plant) {
        for form in written(planted) {
            self.add_spellings(plant, &form, edges_of(&form));
            self.add_characters(plant, &form);
        }
        for form in hashed(planted) {
            self.add_hashes(plant, &form);
        }
        for bytes in binary_numbers(&planted.value) {
            self.exact.push(Pattern { plant, bytes, how: vec![How::Number], edges: Edges::Any, holds: None });
        }
        if planted.value.chars().count() >= REVERSED {
            let bytes = planted.value.chars().rev().collect::<String>().into_bytes();
            let edges = edges_of(&planted.value);
            self.folded.push(Pattern { plant, bytes, how: vec![How::Reversed], edges, holds: None });
        }
    }

    fn add_spellings(&mut self, plant: usize, form: &str, edges: Edges) {
        for (spelling, text) in spellings::with_spelling(form) {
            let (how, exact) = match spelling {
                Spelling::Plain => (vec![], false),
                Spelling::Percent => (vec![How::Percent], false),
                Spelling::PercentTwice => (vec![How::Percent, How::Percent], false),
                Spelling::Escaped => (vec![How::Escaped], false),
                Spelling::Hex if text.len() < HEX => continue,
                Spelling::Hex => (vec![How::Hex], false),
                Spelling::Base64 => (vec![How::Base64], true),
            };
            let edges = if how.is_empty() { edges } else { Edges::Any };
            let holds = exact.then(|| form.as_bytes().to_vec());
            let pattern = Pattern { plant, bytes: text.into_bytes(), how, edges, holds };
            if exact { self.exact.push(pattern) } else { self.folded.push(pattern) }
        }
    }

    fn add_characters(&mut self, plant: usize, form: &str) {
        let mut add = |bytes: Vec<u8>, how| {
            self.exact.push(Pattern { plant, bytes, how, edges: Edges::Any, holds: None })
        };
        add(form.encode_utf16().flat_map(u16::to_le_bytes).collect(), vec![How::Utf16]);
        add(form.encode_utf16().flat_map(u16::to_be_bytes).collect(), vec![How::Utf16]);
        if form.is_ascii() {
            return;
        }
        let (gbk, _, lost) = encoding_rs::GB18030.encode(form);
        if !lost {
            let percent: String = gbk.iter().map(|byte| format!("%{byte:02X}")).collect();
            add(gbk.to_vec(), vec![How::Gbk]);
            let pattern = Pattern {
                plant,
                bytes: percent.into_bytes(),
                how: vec![How::Percent, How::Gbk],
                edges: Edges::Any,
                holds: None,
            };
            self.folded.push(pattern);
        }
    }

    fn add_hashes(&mut self, plant: usize, form: &str) {
        for (how, digest) in hashes(form.as_bytes()) {
            let hex = hex::encode(&digest);
            if how == How::Md5 {
                let bytes = hex.as_bytes()[8..24].to_vec();
                self.folded.push(Pattern {
                    plant,
                    bytes,
                    how: vec![How::Md5Half],
                    edges: Edges::Word,
                    holds: None,
                });
            }
            self.folded.push(Pattern {
                plant,
                bytes: hex.into_bytes(),
                how: vec![how],
                edges: Edges::Any,
                holds: None,
            });
            self.exact.push(Pattern { plant, bytes: digest, how: vec![how], edges: Edges::Any, holds: None });
        }
    }
}

/// Returns the hashes of some bytes, each with its name.
pub fn hashes(bytes: &[u8]) -> [(How, Vec<u8>); 5] {
    [
        (How::Md5, Md5::digest(bytes).to_vec()),
        (How::Sha1, Sha1::digest(bytes).to_vec()),
        (How::Sha256, Sha256::digest(bytes).to_vec()),
        (How::Sha512, Sha512::digest(bytes).to_vec()),
        (How::Sm3, Sm3::digest(bytes).to_vec()),
    ]
}

fn edges_of(form: &str) -> Edges {
    let digits = form.bytes().filter(u8::is_ascii_digit).count();
    let number = form.bytes().all(|byte| byte.is_ascii_digit() || b"-/.".contains(&byte));
    if number && digits <= WORD {
        Edges::Digits
    } else if form.is_ascii() && (form.len() <= WORD || is_hex(form)) {
        Edges::Word
    } else {
        Edges::Any
    }
}

/// A number in hexadecimal: one that is a sign longer is another.
fn is_hex(form: &str) -> bool {
    form.bytes().all(|byte| byte.is_ascii_hexdigit()) && form.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Returns a value as it is written: with and without separators. A form that holds another is not needed, but for what
/// is hashed.
fn written(planted: &Plant) -> Vec<String> {
    let value = planted.value.clone();
    let mut all = vec![value.clone()];
    match planted.kind {
        "mac" | "bssid" => all.extend(mac_forms(&value)),
        "birthday" => all.extend(day_forms(&value)),
        "imei" | "identity_number" | "bank_card" | "phone" => all.push(bare(&value)),
        "oaid" | "idfa" | "advertising_id" | "idfv" => all.push(value.replace('-', "")),
        _ => {}
    }
    distinct(all)
}

/// Returns a value in every form that may be hashed: as it is, in both cases, with separators and the country's code.
fn hashed(planted: &Plant) -> Vec<String> {
    let mut all = written(planted);
    if planted.kind == "phone" {
        let digits = bare(&planted.value);
        let digits = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits).to_owned();
        all.push(digits.clone());
        for code in ["+86", "86", "0086", "+86 ", "+86-"] {
            all.push(format!("{code}{digits}"));
        }
        if digits.len() == 11 && digits.is_ascii() {
            let (area, rest) = digits.split_at(3);
            let (middle, last) = rest.split_at(4);
            for between in ["-", " "] {
                let parted = [area, middle, last].join(between);
                for code in ["+86", "+86 ", "+86-", "86"] {
                    all.push(format!("{code}{parted}"));
                }
                all.push(parted);
            }
        }
    }
    if planted.kind == "bank_card" {
        let digits: Vec<char> = bare(&planted.value).chars().collect();
        let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
        all.extend([groups.join(" "), groups.join("-")]);
    }
    let cases: Vec<String> = all.iter().flat_map(|form| [form.to_lowercase(), form.to_uppercase()]).collect();
    all.extend(cases);
    distinct(all)
}

fn mac_forms(value: &str) -> Vec<String> {
    let digits: String = value.chars().filter(char::is_ascii_hexdigit).collect();
    if digits.len() != 12 {
        return Vec::new();
    }
    let pairs: Vec<&str> = (0..6).map(|at| &digits[2 * at..2 * at + 2]).collect();
    vec![pairs.join(":"), pairs.join("-"), digits.clone()]
}

fn day_forms(value: &str) -> Vec<String> {
    let parts: Vec<&str> =
        value.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = parts[..] else { return Vec::new() };
    let (Ok(short_month), Ok(short_day)) = (month.parse::<u32>(), day.parse::<u32>()) else {
        return Vec::new();
    };
    vec![
        format!("{year}-{month}-{day}"),
        format!("{year}/{month}/{day}"),
        format!("{year}.{month}.{day}"),
        format!("{year}年{month}月{day}日"),
        format!("{year}年{short_month}月{short_day}日"),
        format!("{year}{month}{day}"),
    ]
}

/// A number without what stands between its digits.
fn bare(value: &str) -> String {
    value.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn distinct(mut all: Vec<String>) -> Vec<String> {
    all.retain(|form| !form.is_empty());
    let mut kept: Vec<String> = Vec::new();
    for form in all {
        if !kept.contains(&form) {
            kept.push(form);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standards() {
        let of = |how: How| {
            let all = hashes(b"abc");
            hex::encode(&all.iter().find(|(known, _)| *known == how).expect("a hash").1)
        };
        assert_eq!(of(How::Md5), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(of(How::Sha1), "a9993e364706816aba3e25717850c26c9cd0d89d");
        // GB/T 32905-2016, annex A.
        assert_eq!(of(How::Sm3), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    #[test]
    fn a_phone_is_hashed_with_separators_and_country_code() {
        let plant = Plant::of("phone", "16312345678").expect("long enough");
        let forms = hashed(&plant);
        for form in ["16312345678", "+8616312345678", "8616312345678", "163-1234-5678", "+86 163 1234 5678"] {
            assert!(forms.iter().any(|known| known == form), "{form}");
        }
    }
}
