//! How what stands in the way is passed: what is said to which asks, and how long is waited.

use std::time::Duration;

/// How the app's asks are answered on the way. The system's own asks are always refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Manner {
    /// Yes to whatever stands in the way.
    #[default]
    Agreeing,
    /// Yes to the documents, no to every other ask.
    RefusingAsks,
    /// No to everything.
    Refusing,
}

/// How screens that stand in the way are passed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Course {
    pub manner: Manner,
    /// How long to wait on the last screen for something that comes late.
    pub watch: Duration,
    /// How long to wait on the first screen that asks for consent, before consenting: what is done meanwhile is done
    /// without consent.
    pub before_consent: Duration,
    /// In the middle of the app: nothing is waited for, and of dialogs that ask nothing only closing is tapped.
    pub inside: bool,
}
