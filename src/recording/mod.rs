//! The ordered record of a run: a hash-chained timeline with its pictures and trees on disk.

pub mod adding;
mod chain;
pub mod entries;
pub mod event;
mod faults;
mod file;
mod hash;
mod kind;
mod lines;
pub mod mask;
mod paint;
mod reader;
mod requests;
pub mod seal;
pub mod sign;
pub mod state;
pub mod tokens;
pub mod verify;
mod writer;

pub use entries::{account, consent, follow_up, version, *};
pub use event::*;
pub use faults::{Difference, ReadError};
pub use file::FileRef;
pub(crate) use hash::GENESIS;
pub use hash::{TIMELINE, sha256, sha256_of};
pub use kind::Lane;
pub use reader::Recording;
pub use requests::HAR;
pub use writer::{Read, Recorder, WriteError};

/// Reads bytes as a timeline, for whoever throws anything at the reader: it ends with entries or an error, never in panic;
/// the chain tells of every difference that stopped the reader.
pub fn read_anything(bytes: &[u8]) {
    let read = Recording::parse(bytes, TIMELINE, std::path::Path::new("nowhere"));
    let chain = chain::Chain::of(bytes).differences(None);
    let forged = chain::Chain::of(bytes).differences(Some((3, GENESIS)));
    assert!(bytes.is_empty() || !forged.is_empty() || !bytes.ends_with(b"\n"), "no line has a hash of zeros");
    if matches!(read, Err(ReadError::Line { .. })) {
        assert!(!chain.is_empty(), "a line that cannot be read is a difference");
    }
}

#[cfg(test)]
mod tests;
