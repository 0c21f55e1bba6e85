//! A policy with all that is told of it, and which of its statements.

use clap::ValueEnum;

use super::input::Read;
use crate::policy::differences::Difference;
use crate::policy::gaps::Gap;
use crate::policy::{Policy, Statement};

/// Languages of what candor says of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    En,
    Zh,
}

/// A policy with all that is told of it.
pub struct Told {
    pub read: Read,
    pub gaps: Vec<Gap>,
    pub differences: Option<Vec<Difference>>,
}

/// The names of the kinds of statements, in the order of the table.
pub const KINDS: [&str; 13] = [
    "operator",
    "date",
    "version",
    "collects",
    "permission",
    "receiver",
    "retention",
    "storage",
    "right",
    "condition",
    "channel",
    "limit",
    "denial",
];

/// Returns the statements of these kinds, in the order of the table and then of their places.
pub fn chosen<'p>(policy: &'p Policy, only: &[String]) -> Vec<&'p Statement> {
    let rank = |statement: &Statement| KINDS.iter().position(|kind| *kind == statement.fact.name());
    let wanted =
        |statement: &&Statement| only.is_empty() || only.iter().any(|name| name == statement.fact.name());
    let mut all: Vec<&Statement> = policy.statements.iter().filter(wanted).collect();
    all.sort_by_key(|statement| (rank(statement), statement.at));
    all
}
