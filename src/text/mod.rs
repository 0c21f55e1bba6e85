//! Text as such, whoever wrote it: made fit to be shown, in two languages, in one script or another.

mod bilingual;
mod clean;
pub mod script;
pub mod spellings;
mod words;

pub(crate) use bilingual::said;
pub use bilingual::{Bilingual, InBoth, both, join, plural};
pub use clean::{clean, is_plain, shown};
pub use words::has_word;
