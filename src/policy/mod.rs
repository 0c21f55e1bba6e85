//! A privacy policy as something that can be asked: a [`Document`] of headings, paragraphs, list entries and table rows, and
//! the [`Statement`]s that are read from it, each with its words and its place.
//!
//! Open this room when a policy is misread. What is read stands in data files: `kinds.yaml` (kinds of information),
//! `words.yaml` (everything else), `topics.yaml` (what a single sentence is about). One file reads one subject
//! (`collecting.rs`, `receivers.rs`, …) from the same marked sentences ([`marks`]). A statement of which the reading is not
//! sure says so (`sure: false`), and no violation may rest on it.

mod channels;
mod clauses;
mod collecting;
pub mod decode;
mod denials;
pub mod differences;
pub mod document;
pub mod figures;
mod folding;
pub mod gaps;
mod html;
mod identity;
mod keeping;
pub mod kinds;
mod limits;
pub mod marks;
pub mod named;
mod outline;
mod plain;
mod receivers;
mod rights;
mod sdk_names;
pub mod statement;
pub mod topics;
mod words;

pub use document::{Block, BlockKind, Document};
pub use statement::{Fact, Statement};

use marks::Marked;

/// Reads the statements on one subject.
type Reader = fn(&Document, &[Marked<'_>], &mut Vec<Statement>);

/// A policy that was read.
#[derive(Debug, Clone)]
pub struct Policy {
    pub document: Document,
    /// In the order of their places.
    pub statements: Vec<Statement>,
}

impl Policy {
    /// Reads a policy from a text as a screen or a file gives it, a line per paragraph.
    pub fn of_text(text: &str) -> Policy {
        Policy::of(plain::read(text))
    }

    /// Reads a policy from the source of a page.
    pub fn of_html(source: &str) -> Policy {
        Policy::of(html::read(source))
    }

    /// Reads what a document says.
    pub fn of(document: Document) -> Policy {
        let marked = Marked::all_of(&document);
        let mut statements: Vec<Statement> = Vec::new();
        let readers: [Reader; 8] = [
            collecting::read,
            receivers::read,
            denials::read,
            keeping::read,
            rights::read,
            channels::read,
            limits::read,
            identity::read,
        ];
        for read in readers {
            read(&document, &marked, &mut statements);
        }
        statements.sort_by_key(|statement| statement.at);
        Policy { document, statements }
    }
}

#[cfg(test)]
mod labelled_tests;
#[cfg(test)]
#[path = "policy_tests.rs"]
mod tests;
