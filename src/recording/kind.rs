//! What every kind of entry says of itself.

use super::file::FileRef;
use crate::text::Bilingual;

/// Where an entry is drawn in the report's timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    Consent,
    Refusal,
    Withdrawal,
    /// A permission was asked for.
    Asked,
    /// A sensor or what tells devices apart was read.
    Accessed,
    /// Something personal was sent.
    Sent,
    Operation,
    Screen,
    Trouble,
    /// In the list of all entries only.
    Listed,
}

/// A kind of entry: its words, its lane and its files. One implementation beside each kind's fields.
pub trait Kind {
    /// Says it in words.
    fn words(&self) -> Bilingual;
    /// Returns where it is drawn.
    fn lane(&self) -> Lane {
        Lane::Listed
    }
    /// Returns the files that it names.
    fn files(&self) -> Vec<&FileRef> {
        Vec::new()
    }
}

impl<K: Kind> Kind for Box<K> {
    fn words(&self) -> Bilingual {
        (**self).words()
    }
    fn lane(&self) -> Lane {
        (**self).lane()
    }
    fn files(&self) -> Vec<&FileRef> {
        (**self).files()
    }
}
