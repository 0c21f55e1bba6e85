//! Article 3: collected or used without consent.

pub mod consent_by_default;
pub mod misleading;
