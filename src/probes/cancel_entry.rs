//! Where an account is cancelled, as a goal of a search.

use crate::explore::goal::{Goal, NO_PROMISE};
use crate::language::lexicon::{Meaning, rank};
use crate::language::rights::{self, Found};
use crate::screen::{Identity, Screen};

/// A control that cancels the account.
#[derive(Debug, Default)]
pub struct CancelEntry {
    /// Controls that were followed and are none.
    pub wrong: Vec<(String, Identity)>,
}

impl CancelEntry {
    /// The entry on a screen.
    pub fn entry(&self, screen: &Screen) -> Option<Found> {
        let here = screen.identity();
        rights::controls(screen, Meaning::CancelAccount).into_iter().find(|found| {
            !self.wrong.iter().any(|(label, on)| *label == found.label && on.same_screen(&here))
        })
    }
}

impl Goal for CancelEntry {
    fn name(&self) -> &'static str {
        "cancel_account"
    }
    fn reached(&self, screen: &Screen, _: Option<&str>) -> bool {
        self.entry(screen).is_some()
    }
    fn promise(&self, label: &str) -> usize {
        rank(label, Meaning::CancelWay).unwrap_or(NO_PROMISE)
    }
}

/// Such a control, where a walk for other goals comes by it: the walk goes level by level, so the way to it is a shortest
/// one, and the probe has not to search for itself.
#[derive(Debug)]
pub struct SeenOnTheWay;

impl Goal for SeenOnTheWay {
    fn name(&self) -> &'static str {
        CancelEntry::default().name()
    }
    fn reached(&self, screen: &Screen, way: Option<&str>) -> bool {
        CancelEntry::default().reached(screen, way)
    }
    fn promise(&self, label: &str) -> usize {
        CancelEntry::default().promise(label)
    }
    fn deepest(&self) -> usize {
        5
    }
    fn quick(&self) -> bool {
        true
    }
    fn behind_log_in(&self) -> bool {
        true
    }
}
