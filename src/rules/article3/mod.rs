//! 3: collecting and using without the person's consent.

pub mod after_refusal;
pub mod before_consent;
pub mod consent_by_default;
mod disguise;
pub mod misleading;
pub mod no_withdrawal;
pub mod targeted;
