//! An app that is being driven, and recorded meanwhile: started, looked at, operated, and brought past what stands in the
//! way. Explorer and probes stand on [`Driven`].

mod asks;
mod broken;
mod course;
mod driven;
mod eyes;
mod find;
mod home;
mod main_screen;
mod measuring;
pub mod pass;
mod unsecret;
mod walk;

pub use asks::SAME_ASKS;
pub use broken::Broken;
pub use course::{Course, Manner};
pub use driven::Driven;
pub use eyes::{Eyes, read_screen};
pub use find::Sought;
pub use home::Home;
pub use main_screen::MainScreen;
pub use unsecret::unsecret;
pub use walk::{OnTheWay, Walked, text_with_values};
