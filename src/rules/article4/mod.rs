//! Article 4: collecting what is not necessary, and pressing for it.

pub mod bundled;
pub mod forced_for_improvement;
pub mod refuses_service;
