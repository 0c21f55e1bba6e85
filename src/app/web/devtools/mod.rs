//! The side line to the browser's own DevTools endpoint: it tells what happens in every tab, frame and worker while the
//! driver is busy with a command, and holds requests back.
//!
//! # Architecture
//! [`find`] looks up the endpoint, [`wire`] runs the socket in a task of its own, [`targets`] keeps what is attached
//! and sets up what is new, [`hold`] decides on requests, [`sent`] keeps what was sent until it is recorded. [`Line`] is what the driver holds: it sends commands and sets
//! the guard; [`time`] and [`clock`] add to it what gives pages their virtual time. One socket serves all: each target
//! has a session on it.
//! Nothing here ends a run: where there is no line, or it ends, what needs it is left out, and said.

mod budget;
mod clock;
mod find;
mod hold;
mod line;
pub mod load;
mod nudge;
mod requests;
mod sent;
mod standing;
mod targets;
pub mod time;
mod wire;

pub use line::Line;
