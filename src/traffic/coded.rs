//! Texts inside of texts: percent-encoding, escapes, base64, hexadecimal and quoted-printable, taken back.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::how::How;

/// Characters of base64 from which on a run is opened alone; shorter ones are searched together (ours).
pub const RUN: usize = 24;
/// Shortest run that is opened at all: six bytes, a name of two ideographs.
const SHORT: usize = 8;
/// A run is also opened from behind each of its first separators: a path or a word may stand before it.
const STARTS: usize = 8;
/// Hexadecimal digits from which on a run is opened.
const HEX: usize = 8;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What comes out of one run.
#[derive(Debug)]
pub struct Opened {
    pub how: How,
    pub bytes: Vec<u8>,
    /// Where the whole run begins.
    pub at: usize,
}

/// Undoes percent-encoding; `None` where there is none.
pub fn percent(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut from = memchr::memchr(b'%', bytes)?;
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(&bytes[..from]);
    let mut changed = false;
    while from < bytes.len() {
        let byte = bytes[from];
        let pair =
            bytes.get(from + 1..from + 3).and_then(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?));
        match pair {
            Some(decoded) if byte == b'%' => {
                out.push(decoded);
                changed = true;
                from += 3;
            }
            _ => {
                out.push(byte);
                from += 1;
            }
        }
    }
    changed.then_some(out)
}

/// Undoes the escapes of JSON and JavaScript (`\"`, `\u5f20`, `\x5f`) and numbered ones of HTML; `None` where there are none.
pub fn unescape(bytes: &[u8]) -> Option<Vec<u8>> {
    let numbered = memchr::memmem::find(bytes, b"&#").is_some();
    if memchr::memchr(b'\\', bytes).is_none() && !numbered {
        return None;
    }
    let mut out = Vec::with_capacity(bytes.len());
    let (mut at, mut changed) = (0, false);
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (length, decoded) = match rest {
            [b'\\', b'u', ..] => unicode(rest),
            [b'\\', b'x', high, low, ..] => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => (4, vec![high << 4 | low]),
                _ => (0, Vec::new()),
            },
            [b'\\', b'n', ..] => (2, vec![b'\n']),
            [b'\\', b'r', ..] => (2, vec![b'\r']),
            [b'\\', b't', ..] => (2, vec![b'\t']),
            [b'\\', c @ (b'"' | b'\\' | b'/' | b'\''), ..] => (2, vec![*c]),
            [b'&', b'#', ..] if numbered => entity(rest),
            _ => (0, Vec::new()),
        };
        if length == 0 {
            out.push(bytes[at]);
            at += 1;
        } else {
            out.extend(decoded);
            (at, changed) = (at + length, true);
        }
    }
    changed.then_some(out)
}

/// `\u5f20`, or two of them that are one character together.
fn unicode(rest: &[u8]) -> (usize, Vec<u8>) {
    let unit = |from: usize| {
        let digits = rest.get(from..from + 4)?;
        digits.iter().try_fold(0u16, |value, byte| Some(value << 4 | u16::from(digit(*byte)?)))
    };
    let Some(first) = unit(2) else { return (0, Vec::new()) };
    let second = rest.get(6..8).filter(|mark| *mark == b"\\u").and_then(|_| unit(8));
    let pair = second.filter(|_| (0xd800..0xdc00).contains(&first));
    let units: Vec<u16> = std::iter::once(first).chain(pair).collect();
    let text = String::from_utf16_lossy(&units);
    (6 * units.len(), text.into_bytes())
}

/// `&#x5f20;` or `&#24352;`.
fn entity(rest: &[u8]) -> (usize, Vec<u8>) {
    let end = rest.iter().take(12).position(|byte| *byte == b';').unwrap_or(0);
    let digits = rest.get(2..end).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default();
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    };
    match number.and_then(char::from_u32) {
        Some(c) => (end + 1, c.to_string().into_bytes()),
        None => (0, Vec::new()),
    }
}

/// Undoes quoted-printable; `None` where nothing is quoted.
pub fn quoted_printable(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut at, mut changed) = (0, false);
    while at < bytes.len() {
        match &bytes[at..] {
            [b'=', high, low, ..] if digit(*high).is_some() && digit(*low).is_some() => {
                out.push(digit(*high).unwrap_or(0) << 4 | digit(*low).unwrap_or(0));
                (at, changed) = (at + 3, true);
            }
            [b'=', b'\r', b'\n', ..] => at += 3,
            [b'=', b'\n', ..] => at += 2,
            [byte, ..] => {
                out.push(*byte);
                at += 1;
            }
            [] => break,
        }
    }
    changed.then_some(out)
}

/// Returns what the runs of hexadecimal digits come to.
pub fn hex_runs(bytes: &[u8]) -> Vec<Opened> {
    let mut all = Vec::new();
    for (at, run) in runs(bytes, |byte| byte.is_ascii_hexdigit()) {
        if run.len() < HEX {
            continue;
        }
        let even = &run[..run.len() & !1];
        let decoded =
            even.chunks(2).map(|pair| digit(pair[0]).unwrap_or(0) << 4 | digit(pair[1]).unwrap_or(0));
        all.push(Opened { how: How::Hex, bytes: decoded.collect(), at });
    }
    all
}

/// Returns what the runs of base64 come to, in either alphabet, lines joined.
pub fn base64_runs(bytes: &[u8]) -> Vec<Opened> {
    let mut all = Vec::new();
    let joined = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte);
    let mut begin = 0;
    while begin < bytes.len() {
        if !joined(bytes[begin]) {
            begin += 1;
            continue;
        }
        let mut run = Vec::new();
        let (mut at, mut line) = (begin, 0);
        while at < bytes.len() {
            let byte = bytes[at];
            if joined(byte) {
                run.push(byte);
                (at, line) = (at + 1, line + 1);
            } else if line >= 60 && (byte == b'\n' || byte == b'\r') {
                // Mail breaks base64 into lines of 64 or 76 characters.
                while at < bytes.len() && (bytes[at] == b'\n' || bytes[at] == b'\r') {
                    at += 1;
                }
                line = 0;
            } else {
                break;
            }
        }
        if run.len() >= SHORT {
            open_base64(&run, begin, &mut all);
        }
        begin = at.max(begin + 1);
    }
    all
}

fn open_base64(run: &[u8], at: usize, all: &mut Vec<Opened>) {
    let separators = run.iter().enumerate().filter(|(_, byte)| b"/-_+".contains(byte));
    let starts: Vec<usize> =
        std::iter::once(0).chain(separators.take(STARTS).map(|(separator, _)| separator + 1)).collect();
    // A path may go on behind it as well.
    let pieces = starts.iter().map(|start| &run[*start..]);
    let pieces =
        pieces.chain(run.split(|byte| *byte == b'/').take(STARTS).filter(|piece| piece.len() < run.len()));
    for piece in pieces {
        let mut part: Vec<u8> = piece
            .iter()
            .map(|byte| match byte {
                b'-' => b'+',
                b'_' => b'/',
                byte => *byte,
            })
            .collect();
        if part.len() % 4 == 1 {
            part.pop();
        }
        if part.len() < SHORT {
            continue;
        }
        if let Ok(bytes) = LENIENT.decode(&part) {
            all.push(Opened { how: How::Base64, bytes, at });
        }
    }
}

/// Tells whether the base64 around a place comes to something that holds these bytes, wherever its groups begin.
pub fn base64_holds(bytes: &[u8], start: usize, end: usize, form: &[u8]) -> bool {
    let signs = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte);
    let before = bytes[..start].iter().rev().take(4).take_while(|byte| signs(byte)).count();
    let after = bytes[end..].iter().take(4).take_while(|byte| signs(byte)).count();
    let mut all = Vec::new();
    for skip in 0..=before {
        open_base64(&bytes[start - before + skip..end + after], 0, &mut all);
    }
    all.iter().any(|opened| opened.bytes.windows(form.len()).any(|window| window.eq_ignore_ascii_case(form)))
}

/// Tells whether words can be read in a body: as it is, or in what its base64 comes to where it is nothing else.
pub fn shows_words(bytes: &[u8]) -> bool {
    let has_run = |bytes: &[u8]| {
        runs(bytes, |byte| (0x20..0x7f).contains(&byte) || byte >= 0xc2).iter().any(|(_, run)| run.len() >= 5)
    };
    match LENIENT.decode(bytes.trim_ascii()) {
        Ok(decoded) if bytes.len() >= SHORT => has_run(&decoded),
        _ => has_run(bytes),
    }
}

/// Returns the longest runs of bytes that fit, each with its place.
fn runs(bytes: &[u8], fits: impl Fn(u8) -> bool) -> Vec<(usize, &[u8])> {
    let mut all = Vec::new();
    let mut begin = None;
    for (at, byte) in bytes.iter().enumerate() {
        match (fits(*byte), begin) {
            (true, None) => begin = Some(at),
            (false, Some(from)) => {
                all.push((from, &bytes[from..at]));
                begin = None;
            }
            _ => {}
        }
    }
    all.extend(begin.map(|from| (from, &bytes[from..])));
    all
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}
