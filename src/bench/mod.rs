//! Benchmarks that a user can run: `candor bench`.

pub mod pages;
pub mod policy;
pub mod recording;
pub mod report;
pub mod score;
pub mod sight;
pub mod traffic;
