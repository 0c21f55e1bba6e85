//! What words mean: the lexicon, controls found by meaning, and the reading of a policy.

pub mod answers;
pub mod asking;
pub(crate) mod boxes;
pub mod channel;
pub mod controls;
pub mod danger;
pub mod days;
mod documents;
pub mod explain;
pub mod lexicon;
pub mod notice;
pub mod permission;
pub mod policy;
pub mod purpose;
pub mod reading;
pub mod request;
pub mod rights;
pub mod sentences;
pub mod signs;
