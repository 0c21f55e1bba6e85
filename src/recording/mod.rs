//! The ordered record of a run: a hash-chained timeline with its pictures and trees on disk.

pub mod access;
pub mod account;
pub mod consent;
pub mod event;
pub mod mask;
mod measuring;
mod reader;
pub mod seal;
pub mod sign;
mod writer;

pub use event::*;
pub use reader::{Difference, ReadError, Recording};
pub use writer::{Observation, Recorder, WriteError};

use sha2::{Digest, Sha256};

/// The timeline's file name inside a recording's folder.
pub const TIMELINE: &str = "timeline.jsonl";
/// What the first line names as the line before it.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[cfg(test)]
mod tests;
