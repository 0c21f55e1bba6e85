//! Article 2: purpose, means and scope not stated.

pub mod no_purpose;
