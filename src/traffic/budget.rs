//! How much of one request is unpacked at most, so that a small body cannot become a large one without end.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// Layers inside of each other that are opened at most (ours: two are asked for, and a transfer has some of its own).
pub const DEEPEST: usize = 7;
/// Bytes that all layers of one request have together at most (ours) ...
const LEAST: usize = 24 << 20;
/// ... and this many times what was sent besides.
const TIMES: usize = 3;
/// Layers of one request at most: many small pieces cost more than their bytes (ours).
const PIECES: usize = 20_000;

/// What is left for one request.
#[derive(Debug)]
pub struct Budget {
    bytes: usize,
    pieces: usize,
    seen: HashSet<u64>,
    /// Something was left unopened because the budget was used up.
    pub exceeded: bool,
}

impl Budget {
    /// A budget for a request of `size` bytes.
    pub fn for_size(size: usize) -> Budget {
        let bytes = LEAST.saturating_add(size.saturating_mul(TIMES));
        Budget { bytes, pieces: PIECES, seen: HashSet::new(), exceeded: false }
    }

    /// Returns how many bytes may still come out of a layer.
    pub fn left(&self) -> usize {
        self.bytes
    }

    /// Takes a layer out of the budget; false where it was searched before, or there is nothing left for it.
    pub fn take(&mut self, layer: &[u8]) -> bool {
        let mut hasher = DefaultHasher::new();
        layer.hash(&mut hasher);
        if !self.seen.insert(hasher.finish()) {
            return false;
        }
        if layer.len() > self.bytes || self.pieces == 0 {
            self.exceeded = true;
            return false;
        }
        self.bytes -= layer.len();
        self.pieces -= 1;
        true
    }
}
