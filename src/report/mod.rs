//! Who is told: a page, JUnit, JSON, the terminal; a summary over many recordings.

pub mod compare;
pub mod html;
pub mod json;
pub mod junit;
pub mod summary;
pub mod terminal;

#[cfg(test)]
mod attested_tests;
#[cfg(test)]
mod tests;
