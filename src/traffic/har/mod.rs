//! HAR files (1.2): read one entry at a time, however large the file is, and written so that what is there is always whole.

mod read;
mod write;

pub use read::{HarError, read_har};
pub use write::HarWriter;

#[cfg(test)]
mod tests;
