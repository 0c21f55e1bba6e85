//! Bytes of a file as text, whatever their encoding is and whatever they say that it is.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes at the beginning in which a page says its encoding (the standard's limit).
const HEAD: usize = 1024;
/// Bytes by which an encoding is known; more say nothing new (ours).
const LOOKED_AT: usize = 256 * 1024;
/// Share of characters that stand for bytes which are none, from which a text is taken for broken (ours).
const BROKEN: f64 = 0.01;

/// A text with how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    /// Name of the encoding: `GB18030`.
    pub encoding: &'static str,
    /// The encoding that it says it has, where that is another.
    pub mislabelled: Option<&'static str>,
    /// It holds characters of a text that was read in a wrong encoding before it was saved, or bytes that are no text.
    pub broken: bool,
}

/// Reads bytes as text: by a mark at their beginning, as UTF-8 where they are that, else by what is most likely, among
/// which what the page says of itself counts only where it makes a text.
pub fn decode(bytes: &[u8]) -> Decoded {
    let said = declared(&bytes[..bytes.len().min(HEAD)]);
    let found = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => without_mark(bytes, said),
    };
    let (text, _, _) = found.decode(bytes);
    let text = text.into_owned();
    let same = |said: &&'static Encoding| *said == found || is_chinese(said) && is_chinese(found);
    let mislabelled = said.filter(|said| !same(said)).map(Encoding::name);
    let broken = share_broken(&text) > BROKEN;
    Decoded { text, encoding: if is_chinese(found) { "GB18030" } else { found.name() }, mislabelled, broken }
}

fn is_chinese(encoding: &'static Encoding) -> bool {
    encoding == GB18030 || encoding == encoding_rs::GBK
}

fn without_mark(bytes: &[u8], said: Option<&'static Encoding>) -> &'static Encoding {
    if let Some(wide) = wide(bytes) {
        return wide;
    }
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT)];
    if is_utf8(looked_at) {
        return UTF_8;
    }
    // Most of it is UTF-8 and a few bytes are spoilt: still UTF-8.
    let (text, _) = UTF_8.decode_without_bom_handling(looked_at);
    if share_broken(&text) < BROKEN {
        return UTF_8;
    }
    let fits = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(looked_at);
        share_broken(&text) < BROKEN
    };
    if let Some(said) = said.filter(|said| *said != UTF_8 && !said.is_single_byte() && fits(said)) {
        return said;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(looked_at, true);
    let guessed = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    if guessed == encoding_rs::GBK || !fits(guessed) && fits(GB18030) { GB18030 } else { guessed }
}

/// Knows UTF-16 without a mark by its zeros: spaces, digits and line ends have one.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let looked_at = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |odd: usize| looked_at.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = looked_at.len() / 200 + 1;
    match (even > enough, odd > enough) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// Tells whether bytes are UTF-8; a character that is cut at the end does not count.
fn is_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none() && bytes.len() - e.valid_up_to() < 4,
    }
}

/// Returns the encoding that a page says it has: `charset=gb2312` in its head.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let text: String = head.iter().map(|byte| (*byte as char).to_ascii_lowercase()).collect();
    let at = text.find("charset")? + "charset".len();
    let label = text[at..].trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c)).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

/// What UTF-8 looks like where it was read as another encoding: 锟斤拷, 鐨勪釜浜轰俊, ä¸ª.
const MOJIBAKE: [&str; 10] = ["锟斤拷", "鐨勪", "涓汉", "淇℃伅", "鎴戜滑", "闅愮", "ä¸", "çš„", "æˆ‘", "ï¼Œ"];

/// Returns the share of characters that are no text, or that come of a wrong encoding.
fn share_broken(text: &str) -> f64 {
    let all = text.chars().filter(|c| !c.is_whitespace()).count().max(1);
    let control = |c: &char| {
        *c == '\u{fffd}' || c.is_control() && !c.is_whitespace() || ('\u{e000}'..='\u{f8ff}').contains(c)
    };
    let bad = text.chars().filter(control).count();
    let mojibake: usize = MOJIBAKE.iter().map(|mark| text.matches(mark).count() * 3).sum();
    (bad + mojibake) as f64 / all as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "隐私政策\n我们收集您的手机号码，用于登录。生效日期：2026年1月1日\n";

    #[test]
    fn encodings_are_known_with_and_without_a_mark() {
        let (gbk, _, _) = encoding_rs::GBK.encode(TEXT);
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&[0xff, 0xfe], little.as_slice()].concat();
        for (bytes, encoding) in [
            (TEXT.as_bytes(), "UTF-8"),
            (&gbk, "GB18030"),
            (&little, "UTF-16LE"),
            (&big, "UTF-16BE"),
            (&marked, "UTF-16LE"),
        ] {
            let decoded = decode(bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (TEXT, encoding));
            assert!(!decoded.broken);
        }
    }

    #[test]
    fn what_a_page_says_of_itself_counts_only_where_it_is_so() {
        let page = format!("<meta charset=\"gb2312\"><p>{TEXT}");
        let decoded = decode(page.as_bytes());
        assert_eq!((decoded.encoding, decoded.mislabelled), ("UTF-8", Some("GBK")));
        let page = format!("<meta http-equiv=Content-Type content='text/html; charset=utf-8'><p>{TEXT}");
        let (gbk, _, _) = encoding_rs::GBK.encode(&page);
        let decoded = decode(&gbk);
        assert!(decoded.text.contains("手机号码"), "{decoded:?}");
        assert_eq!((decoded.encoding, decoded.mislabelled), ("GB18030", Some("UTF-8")));
    }

    #[test]
    fn a_text_that_was_spoilt_says_so() {
        let (once, _, _) = encoding_rs::GBK.decode(TEXT.as_bytes());
        assert!(decode(once.as_bytes()).broken, "{once}");
        assert!(decode(&[0xff; 300]).broken);
        assert!(!decode(b"").broken);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }
    }
}
