//! Who is told: a page, JUnit, JSON, SARIF, CSV, the terminal; a summary over many recordings.

pub mod compare;
pub mod csv;
pub mod follow_ups;
pub mod form;
pub mod html;
pub mod json;
pub mod junit;
mod junit_facts;
pub mod sarif;
pub mod summary;
pub mod terminal;
pub mod traffic;

use self::form::Form;

/// The reports of a recording, in the order in which they are written.
pub static FORMS: &[Form] = &[json::FORM, html::FORM, junit::FORM, sarif::FORM, csv::FORM];

#[cfg(test)]
mod attested_tests;
#[cfg(test)]
mod tests;
