//! Requests with and without planted values, from a number: the same number makes the same requests.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use md5::{Digest, Md5};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use sm3::Sm3;

use super::chance::Chance;
use super::layers::wrap;
use crate::text::spellings::percent;
use crate::traffic::Plant;
use crate::world::request::{Body, Request, RequestKind};

/// How a value is written.
pub const FORMS: [&str; 24] = [
    "plain",
    "other case",
    "separators",
    "+86",
    "percent",
    "percent twice",
    "base64",
    "base64url",
    "hex",
    "HEX",
    "escaped",
    "GBK percent",
    "number",
    "MD5",
    "md5",
    "MD5 of +86",
    "MD5-16",
    "SHA-1",
    "SHA-256",
    "SHA-512",
    "SM3",
    "SHA-256 of separators",
    "base64 of SHA-256",
    "reversed",
];
/// What stands around it.
pub const LAYERS: [&str; 14] = [
    "none",
    "form",
    "JSON",
    "JSON in JSON",
    "multipart",
    "protobuf",
    "msgpack",
    "gzip",
    "deflate",
    "raw deflate",
    "br",
    "zstd",
    "base64",
    "hex",
];
/// Where it stands in the request.
pub const PLACES: [&str; 6] = ["path", "query", "header", "cookie", "body", "socket"];

/// One generated request with how it was made.
#[derive(Debug)]
pub struct Made {
    pub request: Request,
    pub form: &'static str,
    pub layers: Vec<&'static str>,
    pub place: &'static str,
    /// The name of the value in it; empty where there is none.
    pub value: &'static str,
}

/// A person's values: name, kind of value, value.
pub fn make_person(chance: &mut Chance) -> Vec<(&'static str, String)> {
    let names = ["逄犇垚", "佴淼骉", "亓猋焱", "仉毳惢", "禚昍喆", "郏皛劦"];
    vec![
        ("phone", format!("163{}", chance.digits(8))),
        ("name", (*chance.pick(&names)).to_owned()),
        ("email", format!("qm{}@example.com", chance.digits(8))),
        (
            "id_card",
            format!("5300001990{:02}{:02}{}X", 1 + chance.below(12), 1 + chance.below(28), chance.digits(3)),
        ),
        ("bank_card", format!("629999{}", chance.digits(10))),
        ("address", format!("苌麤镇灥路{}弄{}号", chance.digits(4), chance.digits(3))),
        ("clipboard", format!("candor{}", chance.digits(12))),
        (
            "android_id",
            (0..16).map(|_| char::from_digit(chance.below(16) as u32, 16).unwrap_or('a')).collect(),
        ),
    ]
}

/// The person's values as what is looked for.
pub fn plants(person: &[(&'static str, String)]) -> Vec<Plant> {
    person.iter().filter_map(|(name, value)| Plant::of(name, value)).collect()
}

/// Makes a request that carries one of a person's values.
pub fn make(person: &[(&'static str, String)], chance: &mut Chance) -> Made {
    loop {
        let (name, value) = chance.pick(person).clone();
        let form = *chance.pick(&FORMS);
        let Some(written) = write(name, &value, form, chance) else { continue };
        let place = *chance.pick(&PLACES);
        let count = chance.below(3);
        let mut layers = Vec::new();
        let mut data = written;
        for _ in 0..count {
            let layer = *chance.pick(&LAYERS[1..]);
            data = wrap(&data, layer, chance);
            layers.push(layer);
        }
        let request = put(data, layers.last().copied().unwrap_or("none"), place, chance);
        return Made { request, form, layers, place, value: name };
    }
}

/// Writes a value in a form; `None` where it has none of that kind.
fn write(name: &str, value: &str, form: &str, chance: &mut Chance) -> Option<Vec<u8>> {
    let phone = name == "phone";
    let parted = || format!("{}-{}-{}", &value[..3], &value[3..7], &value[7..]);
    let hex = |bytes: &[u8]| hex::encode(bytes);
    let text = match form {
        "plain" => value.to_owned(),
        "other case" if value.is_ascii() => value.to_uppercase(),
        "separators" if phone => {
            if chance.below(2) == 0 {
                parted()
            } else {
                parted().replace('-', " ")
            }
        }
        "separators" if name == "bank_card" => {
            let groups: Vec<&str> = (0..4).map(|at| &value[4 * at..4 * at + 4]).collect();
            groups.join(" ")
        }
        "+86" if phone => format!("+86{value}"),
        "percent" if !value.is_ascii() || name == "email" => percent(value),
        "percent twice" if !value.is_ascii() || name == "email" => percent(&percent(value)),
        "base64" => STANDARD.encode(format!("{}{value}", &"{\"k\":\""[..chance.below(7)])),
        "base64url" => URL_SAFE_NO_PAD.encode(format!("{}{value}?>", &"{\"k\":\""[..chance.below(7)])),
        "hex" => hex(value.as_bytes()),
        "HEX" => hex(value.as_bytes()).to_uppercase(),
        "escaped" if !value.is_ascii() => value.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect(),
        "GBK percent" if !value.is_ascii() => {
            encoding_rs::GBK.encode(value).0.iter().map(|byte| format!("%{byte:02X}")).collect()
        }
        "number" if phone => {
            let number: u64 = value.parse().ok()?;
            return Some(if chance.below(2) == 0 {
                let mut bytes = vec![0x18];
                let mut rest = number;
                while rest >= 0x80 {
                    bytes.push((rest & 0x7f) as u8 | 0x80);
                    rest >>= 7;
                }
                bytes.push(rest as u8);
                bytes
            } else {
                let mut bytes = vec![0xcf];
                bytes.extend(number.to_be_bytes());
                bytes
            });
        }
        "MD5" => hex(&Md5::digest(value)).to_uppercase(),
        "md5" => hex(&Md5::digest(value)),
        "MD5 of +86" if phone => hex(&Md5::digest(format!("+86{value}"))),
        "MD5-16" => hex(&Md5::digest(value))[8..24].to_owned(),
        "SHA-1" => hex(&Sha1::digest(value)),
        "SHA-256" => hex(&Sha256::digest(value)),
        "SHA-512" => hex(&Sha512::digest(value)),
        "SM3" => hex(&Sm3::digest(value)),
        "SHA-256 of separators" if phone => hex(&Sha256::digest(parted())),
        "base64 of SHA-256" => STANDARD.encode(Sha256::digest(value)),
        "reversed" if value.chars().count() > 6 => value.chars().rev().collect(),
        _ => return None,
    };
    Some(text.into_bytes())
}

/// Puts data into a place of a request; bytes go into an address, a header or a cookie as base64 or percent-encoded.
fn put(data: Vec<u8>, layer: &str, place: &str, chance: &mut Chance) -> Request {
    let text = match std::str::from_utf8(&data) {
        Ok(text) if chance.below(4) > 0 => percent(text),
        _ => URL_SAFE_NO_PAD.encode(&data),
    };
    let host = format!("{}.{}.example", chance.word(), chance.word());
    let mut request = Request {
        method: "POST".to_owned(),
        kind: RequestKind::Fetch,
        address: format!("https://{host}/{}/{}", chance.word(), chance.digits(3)),
        headers: vec![
            ("User-Agent".to_owned(), "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36".to_owned()),
            ("X-Request-Id".to_owned(), hex::encode(Sha1::digest(chance.next().to_le_bytes()))),
        ],
        ..Request::default()
    };
    match place {
        "path" => request.address.push_str(&format!("/{text}/x.gif")),
        "query" => request.address.push_str(&format!("?t={}&d={text}", chance.digits(13))),
        "header" => request.headers.push((format!("X-{}", chance.word()), text)),
        "cookie" => {
            let cookie = format!("{}={}; {}={text}", chance.word(), chance.digits(6), chance.word());
            request.headers.push(("Cookie".to_owned(), cookie));
        }
        "socket" => {
            request.kind = RequestKind::WebSocket;
            request.body = Body::Bytes(data);
        }
        _ => {
            let encoding = match layer {
                "gzip" => "gzip",
                "deflate" | "raw deflate" => "deflate",
                "br" => "br",
                "zstd" => "zstd",
                _ => "",
            };
            if !encoding.is_empty() && chance.below(2) == 0 {
                request.headers.push(("Content-Encoding".to_owned(), encoding.to_owned()));
            }
            request.body = Body::Bytes(data);
        }
    }
    request
}

/// Makes a request that carries nothing of a person, but what looks like it: somebody else's values, masked and cut ones,
/// hashes of other things, numbers.
pub fn make_without(person: &[(&'static str, String)], chance: &mut Chance) -> Made {
    let (name, value) = chance.pick(person).clone();
    let mut other = make_person(chance);
    // The names are few: another person's may be the same.
    other.retain(|(_, other)| person.iter().all(|(_, value)| value != other));
    let spoiled: String = match chance.below(6) {
        0 => return Made { value: "", ..make(&other, chance) },
        1 => {
            // Masked: the middle is stars.
            let length = value.chars().count();
            value
                .chars()
                .enumerate()
                .map(|(at, c)| {
                    if at >= length / 4 && at < length - length / 4 - usize::from(length < 4) {
                        '*'
                    } else {
                        c
                    }
                })
                .collect()
        }
        2 => value.chars().skip(1).collect(),
        3 => value.chars().take(value.chars().count() - 1).collect(),
        4 => hex::encode(Md5::digest(format!("{value}salt"))),
        _ => chance.digits(40),
    };
    let layer = *chance.pick(&LAYERS[1..]);
    let data = wrap(spoiled.as_bytes(), layer, chance);
    let place = *chance.pick(&PLACES);
    let request = put(data, layer, place, chance);
    let _ = name;
    Made { request, form: "without", layers: vec![layer], place, value: "" }
}
