//! What is searched for, and which labels promise a way to it.

use crate::language::controls;
use crate::language::lexicon::{Meaning, means, rank};
use crate::language::{channel, policy, purpose};
use crate::screen::Screen;

/// Promise of a way that nothing speaks for.
pub const NO_PROMISE: usize = 1000;

/// A goal of a search.
pub trait Goal: Send + Sync {
    /// Its name in the timeline.
    fn name(&self) -> &'static str;
    /// Whether this screen shows it; `way` is the label that was tapped to come here.
    fn reached(&self, screen: &Screen, way: Option<&str>) -> bool;
    /// How much a label promises to lead to it: 0 most, [`NO_PROMISE`] not at all.
    fn promise(&self, label: &str) -> usize;
    /// What a person would look for with the app's own search.
    fn query(&self) -> Option<&'static str> {
        None
    }
    /// Operations from the main screen beyond which it is not looked for.
    fn deepest(&self) -> usize {
        usize::MAX
    }
    /// It is looked for only where a label speaks for it: quick, and no proof that it is nowhere.
    fn quick(&self) -> bool {
        false
    }
    /// How many operations it takes counts: a way is enough only where it is short enough.
    fn counts_operations(&self) -> bool {
        false
    }
    /// It may be there for who is logged in alone: what a guest does not find is looked for once more in the account.
    fn behind_log_in(&self) -> bool {
        false
    }
}

/// The privacy policy's text.
#[derive(Debug)]
pub struct PolicyText;

impl Goal for PolicyText {
    fn name(&self) -> &'static str {
        "policy"
    }
    fn reached(&self, screen: &Screen, way: Option<&str>) -> bool {
        policy::on_screen(screen, way).is_some()
    }
    fn promise(&self, label: &str) -> usize {
        if rank(label, Meaning::Policy).is_some() {
            return 0;
        }
        rank(label, Meaning::PolicyWay).map_or(NO_PROMISE, |rank| rank + 1)
    }
    fn query(&self) -> Option<&'static str> {
        Some("隐私政策")
    }
    fn behind_log_in(&self) -> bool {
        true
    }
    fn counts_operations(&self) -> bool {
        true
    }
}

/// A log-in or registration form, where consent boxes live.
#[derive(Debug)]
pub struct SignInForm;

impl Goal for SignInForm {
    fn name(&self) -> &'static str {
        "sign_in_form"
    }
    fn reached(&self, screen: &Screen, _: Option<&str>) -> bool {
        let reading = controls::read(screen);
        reading.fields > 0 && reading.control(Meaning::SignIn).is_some()
    }
    fn promise(&self, label: &str) -> usize {
        if rank(label, Meaning::SignIn).is_some() || rank(label, Meaning::SignInWay).is_some() {
            return 0;
        }
        ["我的", "个人中心", "账户", "me", "account", "profile"]
            .iter()
            .position(|&word| crate::language::lexicon::fold(label) == word)
            .map_or(NO_PROMISE, |rank| rank + 1)
    }
    /// Deep enough for any log-in: a person who wants to log in is led there.
    fn deepest(&self) -> usize {
        3
    }
    fn quick(&self) -> bool {
        true
    }
}

/// A field for sensitive information, such as an identity card's number.
#[derive(Debug)]
pub struct SensitiveField;

impl Goal for SensitiveField {
    fn name(&self) -> &'static str {
        "sensitive_field"
    }
    fn reached(&self, screen: &Screen, _: Option<&str>) -> bool {
        !purpose::sensitive_fields(screen).is_empty()
    }
    fn promise(&self, label: &str) -> usize {
        purpose::way_to_sensitive(label).unwrap_or(NO_PROMISE)
    }
}

/// A control that takes consent back.
#[derive(Debug)]
pub struct WithdrawalEntry;

impl Goal for WithdrawalEntry {
    fn name(&self) -> &'static str {
        "withdraw_consent"
    }
    fn reached(&self, screen: &Screen, _: Option<&str>) -> bool {
        withdrawal_control(screen).is_some()
    }
    fn promise(&self, label: &str) -> usize {
        rank(label, Meaning::WithdrawWay).unwrap_or(NO_PROMISE)
    }
    fn behind_log_in(&self) -> bool {
        true
    }
}

/// The control that takes consent back, if one is in sight: its element and its words.
pub fn withdrawal_control(screen: &Screen) -> Option<(usize, String)> {
    // The innermost: a row around it says the same.
    (0..screen.elements.len()).rev().find_map(|at| {
        let element = &screen.elements[at];
        let label = screen.label(at);
        let usable =
            element.seen && !element.disabled && element.tappable.is_some() && element.tap_at.is_some();
        (usable && !element.role.is_field() && means(&label, Meaning::Withdraws)).then_some((at, label))
    })
}

/// A switch for content or adverts chosen for one person.
#[derive(Debug)]
pub struct TargetedSwitch;

impl Goal for TargetedSwitch {
    fn name(&self) -> &'static str {
        "targeted_switch"
    }
    fn reached(&self, screen: &Screen, _: Option<&str>) -> bool {
        controls::read(screen).boxes.iter().any(|tick| means(&tick.label, Meaning::Personalised))
    }
    fn promise(&self, label: &str) -> usize {
        rank(label, Meaning::PersonalisedWay).unwrap_or(NO_PROMISE)
    }
    fn behind_log_in(&self) -> bool {
        true
    }
}

/// A channel for complaints in the app itself, not in the policy's text.
#[derive(Debug)]
pub struct ComplaintChannel;

impl Goal for ComplaintChannel {
    fn name(&self) -> &'static str {
        "complaint_channel"
    }
    fn reached(&self, screen: &Screen, way: Option<&str>) -> bool {
        policy::on_screen(screen, way).is_none()
            && channel::on_screen(screen).iter().any(|found| found.purpose == channel::For::Complaints)
    }
    fn promise(&self, label: &str) -> usize {
        rank(label, Meaning::ComplaintWay).unwrap_or(NO_PROMISE)
    }
    fn behind_log_in(&self) -> bool {
        true
    }
}
