//! The pictures of screens that may be seen again.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use crate::screen::Screen;

/// Pictures that are kept to be used again (ours; about 0.3 MB each).
const KEPT: usize = 48;
/// The pictures of screens that may be seen again, by the hash of their trees.
#[derive(Debug, Default)]
pub(super) struct Album {
    pub shots: HashMap<[u8; 32], Shot>,
    /// The tree that was looked at last; none where something was done since.
    pub tree: Option<[u8; 32]>,
}

/// A picture that was taken.
#[derive(Debug)]
pub(super) struct Shot {
    pub png: Vec<u8>,
    /// The same, small, as base64; taken when the tree was seen a second time.
    pub small: Option<String>,
}

impl Album {
    /// Keeps a picture; where there are too many, the others go.
    pub fn keep(&mut self, tree: [u8; 32], shot: Shot) {
        if self.shots.len() >= KEPT {
            self.shots.clear();
        }
        self.shots.insert(tree, shot);
    }

    /// Notes what was looked at; the page's own scrolling is in its tree.
    pub fn note_tree(&mut self, screen: &Screen) {
        self.tree = match (&screen.alert, serde_json::to_vec(screen)) {
            (None, Ok(tree)) => Some(Sha256::digest(&tree).into()),
            _ => None,
        };
    }
}
