//! A request opened layer by layer: what was compressed, encoded or escaped is taken back, and every layer searched.

use memchr::memmem;

use super::budget::{Budget, DEEPEST};
use super::coded::{self, Opened, RUN};
use super::how::How;
use super::inflate::{self, is_text};
use super::pieces::pieces;

/// Places in a binary layer at which something compressed is looked for (ours).
const STARTS: usize = 64;
/// Bytes that a piece must have at least to be called unreadable: less is a number or a hash (ours).
const OPAQUE: usize = 97;
/// Share of printable characters from which on a binary format shows its texts (ours).
const PRINTABLE: f64 = 0.35;
/// Bytes that must come out of what has no mark of its own: fewer come out of anything (ours).
const LEAST: usize = 12;
/// Bits per byte from which on bytes tell nothing: compressed or encrypted (ours).
const DENSE: f64 = 0.8;

/// One layer: its bytes and how they come from what was sent.
#[derive(Debug, Clone, Copy)]
pub struct Layer<'a> {
    pub bytes: &'a [u8],
    /// Steps that were undone, the outermost first.
    pub how: &'a [How],
    pub text: bool,
}

/// What could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// Neither text nor a format that is known: encrypted, most likely.
    Opaque,
    /// Compressed, and cut short or spoiled.
    Torn,
    /// A picture, a sound, a film, a document of pages: what it shows was not looked at.
    Media,
    /// More came out than is looked at.
    TooLarge,
}

/// Opens what was sent and hands every layer to `search`. Returns what could not be opened, with its bytes.
pub fn open(
    bytes: &[u8],
    encodings: &[How],
    budget: &mut Budget,
    search: &mut dyn FnMut(Layer<'_>),
) -> Vec<(Shut, usize)> {
    let mut opener = Opener { budget, search, shut: Vec::new(), inside: 0 };
    opener.begin(bytes, encodings);
    let mut shut = opener.shut;
    if budget.exceeded && !shut.iter().any(|(shut, _)| *shut == Shut::TooLarge) {
        shut.push((Shut::TooLarge, bytes.len()));
    }
    shut
}

struct Opener<'a> {
    budget: &'a mut Budget,
    search: &'a mut dyn FnMut(Layer<'_>),
    shut: Vec<(Shut, usize)>,
    /// Binary formats that the layer is inside of: their pieces are no step of their own.
    inside: usize,
}

impl Opener<'_> {
    /// Undoes the encodings that the request itself names, one by one; what is not encoded although it says so is taken as
    /// it is.
    fn begin(&mut self, bytes: &[u8], encodings: &[How]) {
        let Some((first, rest)) = encodings.split_first() else { return self.layer(bytes, &[]) };
        if is_text(bytes) {
            return self.layer(bytes, &[]);
        }
        match inflate::inflate(*first, bytes, self.budget.left()) {
            Some(inflated) => {
                self.note_torn(&inflated, bytes.len());
                match rest.split_first() {
                    None => self.layer(&inflated.bytes, &[*first]),
                    Some((second, _)) => {
                        let inner = inflate::inflate(*second, &inflated.bytes, self.budget.left());
                        match inner {
                            Some(inner) => self.layer(&inner.bytes, &[*first, *second]),
                            None => self.layer(&inflated.bytes, &[*first]),
                        }
                    }
                }
            }
            None => self.layer(bytes, &[]),
        }
    }

    fn note_torn(&mut self, inflated: &inflate::Inflated, size: usize) {
        if !inflated.whole {
            let full = inflated.bytes.len() >= self.budget.left();
            self.shut.push((if full { Shut::TooLarge } else { Shut::Torn }, size));
        }
    }

    fn layer(&mut self, bytes: &[u8], how: &[How]) {
        if bytes.is_empty() || !self.budget.take(bytes) {
            return;
        }
        let text = is_text(bytes);
        (self.search)(Layer { bytes, how, text });
        if how.len() >= DEEPEST {
            return;
        }
        let unpacked = !text && self.unpack(bytes, how);
        if !text && !unpacked && self.inside < DEEPEST {
            let before = self.shut.len();
            self.inside += 1;
            pieces(bytes).into_iter().for_each(|piece| self.layer(piece, how));
            self.inside -= 1;
            // Of a format that is not known, whose pieces are guesses: the whole says what could not be read.
            self.shut.truncate(before);
        }
        if !text && !unpacked {
            if is_media(bytes) {
                self.shut.push((Shut::Media, bytes.len()));
                return;
            }
            if is_opaque(bytes) {
                self.shut.push((Shut::Opaque, bytes.len()));
                return;
            }
        }
        let mut with = |step: How, inner: &[u8]| {
            let how: Vec<How> = how.iter().copied().chain([step]).collect();
            self.layer(inner, &how);
        };
        if let Some(inner) = coded::percent(bytes) {
            with(How::Percent, &inner);
        }
        if let Some(inner) = coded::unescape(bytes) {
            with(How::Escaped, &inner);
        }
        if memmem::find(bytes, b"quoted-printable").is_some()
            && let Some(inner) = coded::quoted_printable(bytes)
        {
            with(How::QuotedPrintable, &inner);
        }
        self.runs(bytes, how, coded::base64_runs(bytes));
        self.runs(bytes, how, coded::hex_runs(bytes));
    }

    /// Searches what runs of base64 or hexadecimal come to: long ones as layers of their own, short ones together.
    fn runs(&mut self, around: &[u8], how: &[How], runs: Vec<Opened>) {
        let Some(step) = runs.first().map(|run| run.how) else { return };
        let inner: Vec<How> = how.iter().copied().chain([step]).collect();
        let mut short = Vec::new();
        for run in runs {
            if run.bytes.len() * 4 / 3 < RUN {
                short.extend_from_slice(&run.bytes);
                short.push(0);
            } else if is_signature(around, run.at) {
                continue;
            } else {
                let before = self.shut.len();
                self.layer(&run.bytes, &inner);
                // A number of a few bytes inside of a text is no secret message.
                if run.bytes.len() < OPAQUE {
                    self.shut.truncate(before);
                }
            }
        }
        if !short.is_empty() && self.budget.take(&short) {
            (self.search)(Layer { bytes: &short, how: &inner, text: false });
        }
    }

    /// Unpacks what is compressed in a binary layer, at its beginning or inside of it; true where something came out.
    fn unpack(&mut self, bytes: &[u8], how: &[How]) -> bool {
        let mut opened = false;
        for (at, step) in starts(bytes) {
            let Some(inflated) = inflate::inflate(step, &bytes[at..], self.budget.left()) else { continue };
            let sound = inflated.whole || at == 0 || is_text(&inflated.bytes);
            if !sound || (step == How::Deflate && at > 0 && !(inflated.whole && inflated.bytes.len() > 8)) {
                continue;
            }
            if at == 0 && step != How::Deflate {
                self.note_torn(&inflated, bytes.len());
            }
            let inner: Vec<How> = how.iter().copied().chain([step]).collect();
            self.layer(&inflated.bytes, &inner);
            opened = true;
            if at == 0 {
                return true;
            }
        }
        if opened {
            return true;
        }
        // Formats without a mark of their own: only what comes out whole.
        let limit = self.budget.left().min(bytes.len().saturating_mul(60));
        let raw = inflate::inflate_whole(bytes, limit).map(|bytes| (How::Deflate, bytes));
        let unmarked = raw.or_else(|| {
            let inflated = inflate::inflate(How::Brotli, bytes, limit)?;
            inflated.whole.then_some((How::Brotli, inflated.bytes))
        });
        match unmarked {
            Some((step, inner)) if inner.len() >= LEAST => {
                let how: Vec<How> = how.iter().copied().chain([step]).collect();
                self.layer(&inner, &how);
                true
            }
            _ => false,
        }
    }
}

/// Places at which something compressed may begin, the beginning first.
fn starts(bytes: &[u8]) -> Vec<(usize, How)> {
    let mut all: Vec<(usize, How)> = inflate::by_magic(bytes).map(|how| (0, how)).into_iter().collect();
    if all.is_empty() {
        let marks: [(&[u8], How); 5] = [
            (&[0x1f, 0x8b, 0x08], How::Gzip),
            (&[0x28, 0xb5, 0x2f, 0xfd], How::Zstd),
            (&[0x78, 0x9c], How::Deflate),
            (&[0x78, 0xda], How::Deflate),
            (&[0x78, 0x01], How::Deflate),
        ];
        for (mark, how) in marks {
            all.extend(memmem::find_iter(bytes, mark).take(STARTS).filter(|at| *at > 0).map(|at| (at, how)));
        }
        all.truncate(STARTS);
    }
    all
}

/// The third part of a signed token, which no one can read: its bytes are a signature.
fn is_signature(around: &[u8], at: usize) -> bool {
    at > 0
        && around[at - 1] == b'.'
        && memmem::rfind(&around[at.saturating_sub(4096)..at], b"eyJ").is_some()
        && !around[at..].starts_with(b"eyJ")
        && around[at.saturating_sub(4096)..at].iter().filter(|byte| **byte == b'.').count() >= 2
}

/// A picture, a sound, a film, a font or a document of pages.
fn is_media(bytes: &[u8]) -> bool {
    let begins: [&[u8]; 10] = [
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"RIFF",
        b"OggS",
        b"ID3",
        b"%PDF",
        b"wOF2",
        b"wOFF",
        b"\x1aE\xdf\xa3",
    ];
    begins.iter().any(|begin| bytes.starts_with(begin)) || bytes.get(4..8) == Some(b"ftyp".as_slice())
}

/// Bytes that tell nothing: hardly any printable run, and as even as chance.
fn is_opaque(bytes: &[u8]) -> bool {
    if bytes.len() < OPAQUE {
        return false;
    }
    let head = &bytes[..bytes.len().min(64 << 10)];
    let mut printable = 0;
    let mut run = 0;
    let mut counts = [0u32; 256];
    for byte in head {
        counts[usize::from(*byte)] += 1;
        if (0x20..0x7f).contains(byte) {
            run += 1;
        } else {
            printable += if run >= 5 { run } else { 0 };
            run = 0;
        }
    }
    printable += if run >= 5 { run } else { 0 };
    let length = head.len() as f64;
    let entropy: f64 = counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f64::from(*count) / length)
        .map(|share| -share * share.log2())
        .sum();
    let most = length.log2().min(8.0);
    f64::from(printable) / length < PRINTABLE && entropy / most > DENSE
}
