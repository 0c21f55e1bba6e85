//! A web app in a browser, driven over WebDriver as on a phone.
//!
//! [`browser`] is the browser and what is known of it, [`driving`] the app that it plays. The rest is what they do, one
//! thing a file: [`opening`], [`seeing`], [`aim`] and [`gestures`], [`tabs`]; [`giving`] and [`virtual_time`] for pages whose
//! time is ours to give, over [`devtools`]; [`bidi`] for what pages call for.

mod aim;
mod album;
mod arrival;
mod bidi;
mod browser;
pub(crate) mod capabilities;
pub(crate) mod chromedriver;
mod clock;
mod devtools;
mod driving;
mod gestures;
mod giving;
mod opening;
mod picturing;
pub mod print;
mod seeing;
mod tabs;
mod traffic;
mod virtual_time;

pub use browser::{Viewport, Web, WebTarget};
