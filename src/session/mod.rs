//! An app that is being driven, and recorded meanwhile: started, looked at, operated, and brought past what stands in the
//! way. Explorer and probes stand on this.

pub mod asks;
mod broken;
mod course;
pub mod hand;
mod home;
pub mod main_screen;
pub mod pass;

pub use broken::Broken;
pub use course::{Course, Manner};
pub use home::Home;
