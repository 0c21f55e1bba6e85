//! How well planted values are found in requests, and how fast (`candor bench traffic`): requests are generated with every
//! form, layer and place, and as many that only look so.

mod chance;
mod generate;
mod layers;
mod score;

pub use score::{Options, run};
