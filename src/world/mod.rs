//! What an app does and shows, as data: how it starts, what is observed of it, what it calls for, what it sends. Nothing here
//! knows how that is had (`app`) or where it is kept (`recording`).

pub mod access;
pub mod guard;
mod observation;
pub mod request;
mod start;
mod version;

pub use observation::Observation;
pub use start::Start;
pub use version::Version;
