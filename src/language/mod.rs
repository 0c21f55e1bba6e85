//! What words mean: the lexicon, controls found by meaning, and the reading of a policy.

pub mod controls;
pub mod lexicon;
pub mod policy;
