//! Compressed layers: gzip, zlib, raw deflate, Brotli and Zstandard, each unpacked up to a limit.

use std::io::Read;

use super::how::How;

/// What became of a layer.
#[derive(Debug)]
pub struct Inflated {
    pub bytes: Vec<u8>,
    /// It ended as its format says; what was cut short, or ran into the limit, is not whole.
    pub whole: bool,
}

/// Returns the compression that a layer begins with, by its first bytes.
pub fn by_magic(bytes: &[u8]) -> Option<How> {
    match bytes {
        [0x1f, 0x8b, 0x08, flags, ..] if flags & 0xe0 == 0 => Some(How::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(How::Zstd),
        [first, second, ..]
            if first & 0x0f == 8
                && first >> 4 <= 7
                && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0 =>
        {
            Some(How::Deflate)
        }
        _ => None,
    }
}

/// Unpacks a layer, at most `limit` bytes; `None` where nothing comes out.
pub fn inflate(how: How, bytes: &[u8], limit: usize) -> Option<Inflated> {
    match how {
        How::Gzip => read(flate2::read::MultiGzDecoder::new(bytes), limit),
        How::Deflate if by_magic(bytes) == Some(How::Deflate) => {
            read(flate2::read::ZlibDecoder::new(bytes), limit)
                .or_else(|| read(flate2::read::DeflateDecoder::new(bytes), limit))
        }
        How::Deflate => read(flate2::read::DeflateDecoder::new(bytes), limit),
        How::Brotli => read(brotli_decompressor::Decompressor::new(bytes, 16 << 10), limit),
        How::Zstd => read(ruzstd::decoding::StreamingDecoder::new(bytes).ok()?, limit),
        _ => None,
    }
}

/// Unpacks raw deflate that fills all of these bytes; `None` where it ends before them, or not at all.
pub fn inflate_whole(bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut decoder = flate2::bufread::DeflateDecoder::new(bytes);
    let inflated = read(&mut decoder, limit)?;
    (inflated.whole && decoder.total_in() == bytes.len() as u64).then_some(inflated.bytes)
}

/// Reads until the end, the limit or a fault.
fn read(mut from: impl Read, limit: usize) -> Option<Inflated> {
    let mut bytes = Vec::new();
    let mut piece = vec![0; 16 << 10];
    let whole = loop {
        if bytes.len() >= limit {
            break false;
        }
        let most = piece.len().min(limit - bytes.len());
        match from.read(&mut piece[..most]) {
            Ok(0) => break true,
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
            Err(_) => break false,
        }
    };
    (!bytes.is_empty()).then_some(Inflated { bytes, whole })
}

/// Returns the compressions that a `Content-Encoding` names, the last one applied first.
pub fn named(header: &str) -> Vec<How> {
    let known = |name: &str| match name.trim().to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => Some(How::Gzip),
        "deflate" => Some(How::Deflate),
        "br" => Some(How::Brotli),
        "zstd" => Some(How::Zstd),
        _ => None,
    };
    header.split(',').rev().filter_map(known).collect()
}

/// Tells whether bytes are text as people and programs write it: UTF-8 with few control characters.
pub fn is_text(bytes: &[u8]) -> bool {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // A text that was cut in the middle of a character is one.
        Err(e) if e.error_len().is_none() && e.valid_up_to() > 0 => {
            std::str::from_utf8(&bytes[..e.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let odd = text.bytes().filter(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')).count();
    odd * 50 <= text.len()
}
