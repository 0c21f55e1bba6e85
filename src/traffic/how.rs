//! In which forms a value can stand, and through which layers it was found.

use serde::{Deserialize, Serialize};

use crate::text::{Bilingual, both};

/// One step from what was sent to the value that was planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Layers, which can be undone.
    Gzip,
    Deflate,
    Brotli,
    Zstd,
    Percent,
    Escaped,
    Base64,
    Hex,
    QuotedPrintable,
    /// Written in another set of characters.
    Utf16,
    Gbk,
    /// As a number of some bytes, as in protobuf and msgpack.
    Number,
    Reversed,
    /// Hashes, which cannot be undone and tell the same value all the same.
    Md5,
    /// The middle 16 digits of an MD5, as is usual in China.
    Md5Half,
    Sha1,
    Sha256,
    Sha512,
    Sm3,
    /// Another system of coordinates than the one that was planted.
    Gcj02,
    Bd09,
    Geohash,
}

impl How {
    /// Returns its name as it is commonly written.
    pub fn name(self) -> &'static str {
        match self {
            How::Gzip => "gzip",
            How::Deflate => "deflate",
            How::Brotli => "br",
            How::Zstd => "zstd",
            How::Percent => "percent",
            How::Escaped => "escaped",
            How::Base64 => "base64",
            How::Hex => "hex",
            How::QuotedPrintable => "quoted-printable",
            How::Utf16 => "UTF-16",
            How::Gbk => "GBK",
            How::Number => "binary number",
            How::Reversed => "reversed",
            How::Md5 => "MD5",
            How::Md5Half => "MD5 (16 digits)",
            How::Sha1 => "SHA-1",
            How::Sha256 => "SHA-256",
            How::Sha512 => "SHA-512",
            How::Sm3 => "SM3",
            How::Gcj02 => "GCJ-02",
            How::Bd09 => "BD-09",
            How::Geohash => "geohash",
        }
    }

    /// Tells whether it cannot be undone.
    pub fn is_hash(self) -> bool {
        matches!(self, How::Md5 | How::Md5Half | How::Sha1 | How::Sha256 | How::Sha512 | How::Sm3)
    }
}

/// Says a chain of steps in words: `gzip › base64 › MD5`, or that it stood there as it is.
pub fn say_how(how: &[How]) -> Bilingual {
    if how.is_empty() {
        return both("in the clear", "明文");
    }
    let names: Vec<&str> = how.iter().map(|step| step.name()).collect();
    let chain = names.join(" › ");
    both(chain.clone(), chain)
}
