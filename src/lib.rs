//! candor drives an app the way a person would, records what it does with personal information, and
//! judges the recording against the 31 items of notice 191. See `docs/architecture.md`.

pub mod acceptance;
pub mod app;
pub mod app_types;
pub mod bench;
pub mod case;
pub mod cli;
pub mod explore;
pub mod item;
pub mod language;
pub mod look;
pub mod policy;
pub mod probes;
pub mod recording;
pub mod report;
#[cfg(test)]
mod rooms;
pub mod rules;
pub mod runner;
pub mod sample;
pub mod scenario;
pub mod screen;
pub mod session;
pub mod sight;
pub mod text;
pub mod thresholds;
pub mod traffic;
pub mod verdict;
pub mod working_days;
pub mod world;
