//! What a search of a request came to: what it carries, where, and what could not be read.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::how::How;

/// Where in a request something was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Address,
    Header(String),
    Cookie(String),
    Body,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Address => f.write_str("address"),
            Place::Header(name) => write!(f, "header {name}"),
            Place::Cookie(name) => write!(f, "cookie {name}"),
            Place::Body => f.write_str("body"),
        }
    }
}

/// One thing that a request carries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The word of its kind: `phone`, `location`, `android_id`, …
    pub kind: String,
    /// The name of the planted value; absent where nothing was planted and the field's name and shape tell.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<String>,
    pub place: Place,
    /// The field that holds it, where one can be told.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub field: String,
    /// How it was written, the outermost step first; empty where it stood in the clear.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub how: Vec<How>,
    /// It tells whose it is, or which device: not a number of an installation, not a coarse place.
    pub definite: bool,
}

/// A part of a request that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    pub place: Place,
    /// Bytes; absent where they are not known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub size: Option<u64>,
    /// `encrypted or of an unknown format`, `compressed and cut short`, …
    pub why: String,
}

/// What a search of one request came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Searched {
    pub found: Vec<Found>,
    pub unread: Vec<Unread>,
}
