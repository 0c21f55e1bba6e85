use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::prelude::*;

use super::*;
use crate::traffic::forms::hashes;

const PHONE: &str = "16312345678";
const NAME: &str = "苗鑫垚";
const MAIL: &str = "qm7f3a@example.com";

fn finder() -> Finder {
    let plants = [
        ("phone", PHONE),
        ("name", NAME),
        ("email", MAIL),
        ("location", "30.57391,103.92318"),
        ("birthday", "1990-03-07"),
        ("id_card", "53000019900307421X"),
    ];
    Finder::new(plants.iter().filter_map(|(name, value)| Plant::of(name, value)).collect())
}

fn post(body: impl Into<Vec<u8>>) -> Request {
    Request { address: "https://a.example/".to_owned(), body: Body::Bytes(body.into()), ..Request::default() }
}

/// What is found in a body, as `phone: gzip › MD5`.
fn found(body: impl Into<Vec<u8>>) -> Vec<String> {
    finder().search(&post(body)).found.iter().map(say).collect()
}

fn say(found: &Found) -> String {
    let how: Vec<&str> = found.how.iter().map(|how| how.name()).collect();
    format!("{} {}", found.value.as_deref().unwrap_or(&found.kind), how.join(" › ")).trim().to_owned()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    to.write_all(bytes).expect("packs");
    to.finish().expect("packs")
}

fn digest(how: How, text: &str) -> String {
    let all = hashes(text.as_bytes());
    hex::encode(&all.iter().find(|(known, _)| *known == how).expect("a hash").1)
}

#[test]
fn a_value_is_found_as_it_is_written() {
    assert_eq!(found(format!("phone={PHONE}")), ["phone"]);
    assert_eq!(found("tel: +86 163-1234-5678"), ["phone"]);
    assert_eq!(found(r#"{"tel":16312345678}"#), ["phone"]);
    assert_eq!(found("name=%E8%8B%97%E9%91%AB%E5%9E%9A"), ["name percent"]);
    assert_eq!(found("name=%25E8%258B%2597%25E9%2591%25AB%25E5%259E%259A"), ["name percent › percent"]);
    assert_eq!(found(r#"{"n":"\u82d7\u946b\u579a"}"#), ["name escaped"]);
    assert_eq!(found("to=QM7F3A%40EXAMPLE.COM"), ["email percent"]);
    assert_eq!(found("born 1990年3月7日"), ["birthday"]);
    assert_eq!(found("id=53000019900307421x"), ["id_card"], "a birthday inside of a number is none");
    assert_eq!(found(hex::encode(NAME)), ["name hex"]);
    let gbk = encoding_rs::GBK.encode(NAME).0.to_vec();
    assert_eq!(found(gbk), ["name GBK"]);
}

#[test]
fn base64_is_found_wherever_the_value_begins() {
    for before in ["", "a", "ab", "abc", "{\"p\":\""] {
        for text in [
            STANDARD.encode(format!("{before}{PHONE}\"}}")),
            URL_SAFE_NO_PAD.encode(format!("{before}{PHONE}??>")),
        ] {
            assert_eq!(found(format!("d={text}")), ["phone base64"], "{text}");
            assert_eq!(found(format!("/path/v1-x_y/{text}")), ["phone base64"], "{text}");
        }
    }
    assert_eq!(found(STANDARD.encode(NAME)), ["name base64"]);
    let broken: String = STANDARD
        .encode(format!("{}{PHONE}", "x".repeat(100)))
        .as_bytes()
        .chunks(76)
        .map(|line| String::from_utf8_lossy(line).into_owned() + "\r\n")
        .collect();
    assert_eq!(found(broken), ["phone base64"]);
}

#[test]
fn hashes_are_found_in_any_case_and_of_any_form() {
    for how in [How::Md5, How::Sha1, How::Sha256, How::Sha512, How::Sm3] {
        for form in [PHONE, "+8616312345678", "8616312345678", "163-1234-5678", "+86 163 1234 5678"] {
            let digest = digest(how, form);
            let expected = format!("phone {}", how.name());
            assert_eq!(found(format!("h={digest}")), std::slice::from_ref(&expected), "{form}");
            assert_eq!(found(format!("h={}", digest.to_uppercase())), [expected], "{form}");
        }
    }
    assert_eq!(found(format!("h={}", &digest(How::Md5, PHONE)[8..24])), ["phone MD5 (16 digits)"]);
    assert_eq!(found(format!("h={}", digest(How::Sha256, "QM7F3A@EXAMPLE.COM"))), ["email SHA-256"]);
    let raw = hex::decode(digest(How::Sha256, PHONE)).expect("hex");
    assert_eq!(found(STANDARD.encode(raw)), ["phone base64 › SHA-256"]);
}

#[test]
fn layers_are_opened_one_inside_of_the_other() {
    let json = format!(r#"{{"user":{{"phone":"{PHONE}"}}}}"#);
    assert_eq!(found(gzip(json.as_bytes())), ["phone gzip"]);
    let inner = STANDARD.encode(gzip(json.as_bytes()));
    assert_eq!(found(format!("d={inner}")), ["phone base64 › gzip"]);
    let escaped = serde_json::json!({"d": json}).to_string();
    assert_eq!(found(escaped), ["phone"]);
    let twice =
        serde_json::json!({"d": format!("{{\"n\":\"{NAME}\"}}").escape_unicode().to_string()}).to_string();
    assert!(!twice.contains(NAME));
    let outer = STANDARD.encode(format!("x={}", STANDARD.encode(format!("{{\"p\":\"{PHONE}\"}}"))));
    assert_eq!(found(outer), ["phone base64 › base64"]);
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    zlib.write_all(json.as_bytes()).expect("packs");
    let zlib = zlib.finish().expect("packs");
    assert_eq!(found(zlib.clone()), ["phone deflate"]);
    let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    raw.write_all(json.as_bytes()).expect("packs");
    assert_eq!(found(raw.finish().expect("packs")), ["phone deflate"]);
    let zstd =
        ruzstd::encoding::compress_to_vec(json.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    // What is short is stored there as it is.
    assert_eq!(found(zstd), ["phone"]);
    let zstd = hex::decode(ZSTD).expect("hex");
    assert_eq!(found(zstd), ["phone zstd"]);
    let mut parts = b"--b\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n\xff\xfe".to_vec();
    parts.extend(gzip(json.as_bytes()));
    parts.extend(b"\r\n--b--");
    assert_eq!(found(parts), ["phone gzip"]);
}

#[test]
fn brotli_is_opened_where_the_header_says_so_and_where_none_does() {
    // `{"user":{"phone":"16312345678"},"text":"hello hello hello hello"}` by Google's own tool.
    let packed = hex::decode(BROTLI).expect("hex");
    let mut request = post(packed.clone());
    assert_eq!(finder().search(&request).found.iter().map(say).collect::<Vec<_>>(), ["phone br"]);
    request.headers.push(("Content-Encoding".to_owned(), "br".to_owned()));
    assert_eq!(finder().search(&request).found.iter().map(say).collect::<Vec<_>>(), ["phone br"]);
}

/// `{"a":"xxx…","phone":"16312345678", …}` by the reference tool.
const ZSTD: &str = "28b52ffd607d047503003285121780cb31c4e73c8f87b5a96294095d757d26134b4e62a701cf7337b6ec58ed823e37359a32d50e3e88b92486f2defd36f01e9dce67bca337b684400149ad747748ab44eeb85ba82c77020c00bd0cf1ea31e68e59d623417a01606e1eaf8176ae9f17019f166c0e685ef309";
const BROTLI: &str = "1b4000381c07ceb93c3e8c82ae9bab5089ec7983ad6f3b28553a7db00127e06918d900781f48f1e20eea480ea89133db7b2413871b04";

#[test]
fn binary_formats_show_their_texts_and_numbers() {
    let mut proto = vec![0x0a, 11];
    proto.extend(PHONE.as_bytes());
    assert_eq!(found(proto), ["phone"]);
    let mut number = vec![0x08];
    let mut rest = PHONE.parse::<u64>().expect("a number");
    while rest >= 0x80 {
        number.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    number.push(rest as u8);
    number.extend([0x10, 0xff, 0xff]);
    assert_eq!(found(number), ["phone binary number"]);
    let mut pack = vec![0x81, 0xa5];
    pack.extend(b"phone");
    pack.push(0xcf);
    pack.extend(PHONE.parse::<u64>().expect("a number").to_be_bytes());
    assert_eq!(found(pack), ["phone binary number"]);
}

#[test]
fn places_are_found_near_the_planted_one_and_coarse_ones_are_not_definite() {
    let search = |body: &str| finder().search(&post(body)).found;
    let near = search(r#"{"lat":30.5740,"lng":103.9231}"#);
    assert!(near.len() == 1 && near[0].definite && near[0].kind == "location");
    let coarse = search("lat=30.57&lng=103.92");
    assert!(coarse.len() == 1 && !coarse[0].definite);
    assert!(search("lat=30.6&lng=103.9").is_empty());
}

#[test]
fn what_is_masked_or_cut_is_no_leak() {
    for body in [
        "163****5678",
        "phone=1631234567",
        "phone=6312345678",
        "苗**",
        "苗鑫",
        "q***@example.com",
        "1990-03-08",
        "19900307001",
    ] {
        assert_eq!(found(body), [""; 0], "{body}");
    }
}

#[test]
fn every_part_of_a_request_is_searched() {
    let request = Request {
        address: format!("https://{PHONE}.a.example/u/{MAIL}?id=53000019900307421X"),
        headers: vec![
            ("Referer".to_owned(), format!("https://shop.example/?p={PHONE}")),
            ("Cookie".to_owned(), format!("a=1; who={}", STANDARD.encode(MAIL))),
        ],
        ..Request::default()
    };
    let searched = finder().search(&request);
    let mut said: Vec<String> =
        searched.found.iter().map(|found| format!("{} {}", say(found), found.place)).collect();
    said.sort();
    assert_eq!(
        said,
        [
            "email address",
            "email base64 cookie who",
            "id_card address",
            "phone address",
            "phone header Referer"
        ]
    );
}

#[test]
fn the_field_of_a_value_is_named() {
    let searched = finder().search(&post(format!(r#"{{"a":1,"user_phone": "{PHONE}"}}"#)));
    assert_eq!(searched.found[0].field, "user_phone");
    let searched = finder().search(&post(format!("a=1&tel={PHONE}")));
    assert_eq!(searched.found[0].field, "tel");
}

#[test]
fn what_cannot_be_read_is_said() {
    let noise: Vec<u8> =
        (0..4000u32).flat_map(|at| hashes(&at.to_le_bytes())[0].1.clone()).take(4000).collect();
    let unread = |body: Vec<u8>| finder().search(&post(body)).unread;
    let said = unread(noise.clone());
    assert_eq!(
        (said[0].size, said[0].why.as_str()),
        (Some(4000), "encrypted, or of a format that is not known")
    );
    assert_eq!(unread(format!("d={}", STANDARD.encode(&noise)).into_bytes()).len(), 1);
    let packed = gzip(&"a text that goes on and on ".repeat(400).into_bytes());
    assert_eq!(unread(packed[..packed.len() / 2].to_vec())[0].why, "compressed, and cut short or spoiled");
    assert!(unread(b"{\"a\":1}".to_vec()).is_empty());
    let token = format!(
        "t=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.{}",
        URL_SAFE_NO_PAD.encode(&noise[..256])
    );
    assert!(unread(token.into_bytes()).is_empty(), "a signature is no message");
}

#[test]
fn a_bomb_is_opened_no_further_than_the_limit() {
    let mut packed = vec![0u8; 64 << 20];
    for _ in 0..2 {
        packed = gzip(&packed);
    }
    let searched = finder().search(&post(packed));
    assert!(
        searched.unread.iter().any(|unread| unread.why.contains("more than is looked at")),
        "{:?}",
        searched.unread
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_end_with_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..400), zipped in any::<bool>()) {
        let mut request = post(bytes);
        if zipped {
            request.headers.push(("content-encoding".to_owned(), "gzip, br, deflate, zstd".to_owned()));
        }
        let searched = finder().search(&request);
        prop_assert!(searched.found.iter().all(|found| found.value.is_none()));
    }

    #[test]
    fn a_value_is_found_between_any_texts(before in "[a-z=&\"{}: ]{0,30}", after in "[a-z=&\"{}: ]{0,30}") {
        prop_assert_eq!(found(format!("{before}{PHONE}{after}")), ["phone"]);
    }
}
