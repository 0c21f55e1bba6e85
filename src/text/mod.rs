//! Text as such, whoever wrote it: made fit to be shown, in two languages, in one script or another.

mod bilingual;
mod clean;
pub mod script;

pub use bilingual::{Bilingual, both};
pub use clean::{clean, is_plain, shown};
