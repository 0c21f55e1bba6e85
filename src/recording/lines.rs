//! The timeline's lines, one at a time: a recording of any length takes the memory of its longest entry.

use std::io::{BufRead, Read as _};

/// An entry that is longer is none of ours, and would use up the memory (bytes).
const LONGEST: u64 = 256 << 20;

/// A line of the timeline, without its end.
pub struct Line {
    pub bytes: Vec<u8>,
    /// It has its end: the write of it was not cut off.
    pub ended: bool,
}

/// Reads lines from a reader.
pub struct Lines<R>(pub R);

impl<R: BufRead> Iterator for Lines<R> {
    type Item = std::io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        match self.0.by_ref().take(LONGEST).read_until(b'\n', &mut bytes) {
            Err(e) => Some(Err(e)),
            Ok(0) => None,
            Ok(_) => {
                let ended = bytes.last() == Some(&b'\n');
                if ended {
                    bytes.pop();
                }
                Some(Ok(Line { bytes, ended }))
            }
        }
    }
}
