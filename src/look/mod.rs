//! How candor sees one screen, and why: `candor look`. For those who write scenarios and those who mend the word lists.
//!
//! [`source`] makes an observation of a page source and a screenshot, [`recorded`] takes one out of a recording; [`read_look`]
//! reads it with the readers that a run uses, [`model`] is what comes of it, [`draw`] and [`table`] show it.

mod draw;
mod model;
mod read;
mod recorded;
mod source;
mod table;

pub use self::draw::draw;
pub use self::model::{BoxSeen, ControlSeen, FieldSeen, Look};
pub use self::read::read_look;
pub use self::recorded::{Recorded, list_screens, open_screen, screens_table};
pub use self::source::{SourceOptions, Taken, UnreadableSource, observe_source};
pub use self::table::table;

#[cfg(test)]
mod tests;
