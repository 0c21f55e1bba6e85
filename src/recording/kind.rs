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

/// What an entry says of itself that was added to a sealed recording after the run.
#[derive(Debug, Clone, PartialEq)]
pub struct Addition<'e> {
    /// What it is on: `item 5.2`.
    pub about: String,
    /// Who states it.
    pub by: &'e str,
    /// The seal that it was added to, with its signature and the findings that it covered.
    pub seal: &'e [FileRef],
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
    /// Returns what it was added to, where it is of a kind that is added after the run.
    fn addition(&self) -> Option<Addition<'_>> {
        None
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
    fn addition(&self) -> Option<Addition<'_>> {
        (**self).addition()
    }
}
