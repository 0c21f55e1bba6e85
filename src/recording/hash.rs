//! Hashes of bytes and files, and the names that every reader and writer of a timeline needs.

use sha2::{Digest, Sha256};

/// The timeline's file name inside a recording's folder.
pub const TIMELINE: &str = "timeline.jsonl";
/// What the first line names as the line before it.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// SHA-256 of a file, read in pieces.
///
/// # Errors
/// When it cannot be read.
pub fn sha256_of(path: &std::path::Path) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    std::io::copy(&mut std::fs::File::open(path)?, &mut hash)?;
    Ok(hex::encode(hash.finalize()))
}
