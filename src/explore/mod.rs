//! Exploring an app from its main screen: ways to goals, and the proof of how far there is none.
//!
//! Promising ways go first, across all levels: most goals are found so in a few operations. What an answer needs decides how
//! far the walk goes on: one way is enough for most goals; for one whose operations are counted, a way that is short enough,
//! or else the proof that no way is ([`Limits::enough`]). Where a goal is not found, and for that proof, the walk goes level by
//! level: every way of every screen that is `n` operations from the main screen before any at `n + 1`. One walk answers
//! many goals: a screen that shows one of them is gone on from for the others.

mod answers;
mod explorer;
mod frontier;
pub mod goal;
mod open;
mod places;
mod search;
mod walk;
mod ways;

pub use explorer::{Answer, Explorer, Limits};
pub use ways::{Ways, ways_from};

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
