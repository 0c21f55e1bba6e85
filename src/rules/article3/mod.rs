//! Article 3: collecting and using without the person's consent.

mod after_refusal;
mod before_consent;
mod beyond;
mod consent_by_default;
mod default_box;
mod disguise;
mod misleading;
mod no_withdrawal;
mod own_rules;
mod promises;
mod settings_kept;
mod targeted;

use super::rule::Rule;

/// The article's rules, in the notice's order.
pub const RULES: &[&dyn Rule] = &[
    &before_consent::BeforeConsent,
    &after_refusal::AfterRefusal,
    &beyond::Beyond,
    &consent_by_default::ConsentByDefault,
    &settings_kept::SettingsKept,
    &targeted::Targeted,
    &misleading::Misleading,
    &no_withdrawal::NoWithdrawal,
    &own_rules::OwnRules,
];
