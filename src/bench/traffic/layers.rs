//! Data put into what requests carry it in: forms, JSON, binary formats, compression.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::chance::Chance;
use crate::text::spellings::percent;

/// Puts data into a layer. What cannot hold bytes gets them as base64.
pub fn wrap(data: &[u8], layer: &str, chance: &mut Chance) -> Vec<u8> {
    let text = || match std::str::from_utf8(data) {
        Ok(text) => text.to_owned(),
        Err(_) => STANDARD.encode(data),
    };
    match layer {
        "form" => format!(
            "{}={}&{}={}&v=3",
            chance.word(),
            percent(&chance.word()),
            chance.word(),
            percent(&text())
        )
        .into_bytes(),
        "JSON" => serde_json::json!({chance.word(): chance.below(1000), chance.word(): text()})
            .to_string()
            .into_bytes(),
        "JSON in JSON" => {
            let inner = serde_json::json!({chance.word(): text()}).to_string();
            serde_json::json!({chance.word(): inner}).to_string().into_bytes()
        }
        "multipart" => {
            let mut bytes =
                format!("--{0}\r\nContent-Disposition: form-data; name=\"{0}\"\r\n\r\n", chance.word())
                    .into_bytes();
            bytes.extend(data);
            bytes.extend(b"\r\n--end--\r\n");
            bytes
        }
        "protobuf" => {
            let mut bytes = vec![0x08, 0x96, 0x01, 0x12];
            let mut length = data.len();
            while length >= 0x80 {
                bytes.push((length & 0x7f) as u8 | 0x80);
                length >>= 7;
            }
            bytes.push(length as u8);
            bytes.extend(data);
            bytes.extend([0x18, 0x01]);
            bytes
        }
        "msgpack" => {
            let key = chance.word();
            let mut bytes = vec![0x82, 0xa0 | key.len() as u8];
            bytes.extend(key.as_bytes());
            bytes.push(0xc6);
            bytes.extend((data.len() as u32).to_be_bytes());
            bytes.extend(data);
            bytes.extend([0xa1, b'n', 0xcd, 0x03, 0xe8]);
            bytes
        }
        "gzip" => {
            let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            let _ = to.write_all(&padded(data, chance));
            to.finish().unwrap_or_default()
        }
        "deflate" => {
            let mut to = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
            let _ = to.write_all(&padded(data, chance));
            to.finish().unwrap_or_default()
        }
        "raw deflate" => {
            let mut to = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
            let _ = to.write_all(&padded(data, chance));
            to.finish().unwrap_or_default()
        }
        "br" => store_brotli(&padded(data, chance)),
        "zstd" => ruzstd::encoding::compress_to_vec(
            &padded(data, chance)[..],
            ruzstd::encoding::CompressionLevel::Fastest,
        ),
        "base64" => STANDARD.encode(data).into_bytes(),
        _ => hex::encode(data).into_bytes(),
    }
}

/// Data with words before and behind it, so that compressing does something.
fn padded(data: &[u8], chance: &mut Chance) -> Vec<u8> {
    // Whoever compresses bytes compresses nothing else with them.
    if std::str::from_utf8(data).is_err() {
        return data.to_vec();
    }
    let mut bytes = format!("v=2;{};", chance.word().repeat(3)).into_bytes();
    bytes.extend(data);
    bytes.extend(format!(";{}", chance.word().repeat(3)).into_bytes());
    bytes
}

/// Brotli of stored blocks (RFC 7932, 9.2): valid, and nothing is made smaller. Real compression is tested by a unit test.
fn store_brotli(data: &[u8]) -> Vec<u8> {
    let mut out = Bits::default();
    // A window of 16 bits.
    out.push(0, 1);
    for block in data.chunks(1 << 16) {
        // Not the last; four nibbles of length less one; stored.
        out.push(0, 1);
        out.push(0, 2);
        out.push(block.len() as u64 - 1, 16);
        out.push(1, 1);
        out.align();
        out.bytes.extend(block);
    }
    // The last block, and empty.
    out.push(0b11, 2);
    out.align();
    out.bytes
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    open: u64,
    count: u32,
}

impl Bits {
    fn push(&mut self, value: u64, count: u32) {
        self.open |= value << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.open as u8);
            self.open >>= 8;
            self.count -= 8;
        }
    }
    fn align(&mut self) {
        if self.count > 0 {
            self.bytes.push(self.open as u8);
            (self.open, self.count) = (0, 0);
        }
    }
}
