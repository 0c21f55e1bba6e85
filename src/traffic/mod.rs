//! What leaves the device: planted values found in requests, whose hosts they went to, and HAR files read and written.
//!
//! # Architecture
//! [`plant`] says what is looked for and [`forms`] in which forms it can stand; [`finder`] searches one request layer by
//! layer ([`layers`], [`inflate`]), [`shapes`] and [`place`] know what was not planted; [`party`] says whose a host is, by
//! data ([`company`]); [`har`] reads and writes HAR files. Nothing here drives an app or judges it: requests come in, facts go out.

mod budget;
mod coded;
pub mod company;
mod field;
pub mod finder;
mod forms;
pub mod found;
pub mod har;
pub mod how;
mod inflate;
pub mod kinds;
mod layers;
mod numbers;
pub mod party;
mod pieces;
mod place;
pub mod plant;
mod shapes;

pub use finder::Finder;
pub use found::{Found, Place, Searched, Unread};
pub use how::How;
pub use kinds::{Kind, kind, kind_of_name};
pub use plant::Plant;
