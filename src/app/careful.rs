//! The hand that does no harm: between the probes and the driver, and the only way to it. What may be tapped follows from
//! what candor is doing; see [`Hand`].

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

pub use super::hand::Hand;
use super::{App, AppError};
use crate::language::danger::{self, Danger, Place, Surroundings, Wish};
use crate::language::lexicon::fold;
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::world::access::{Access, Standing, Watch};
use crate::world::guard::{Guard, HeldBack};
use crate::world::request::Request;
use crate::world::{Observation, Start};

/// What the auditor says of controls, and how strict the guard is.
#[derive(Debug, Clone, Default)]
pub struct Care {
    /// Never tapped.
    pub never: Vec<Wish>,
    /// Tapped although candor would leave it alone.
    pub may: Vec<Wish>,
    /// How requests of a walk are held back.
    pub guard: Guard,
}

/// An app that is touched with care.
pub struct Careful {
    inner: Box<dyn App>,
    care: Arc<Care>,
    hand: Hand,
    /// What was looked at last.
    screen: Screen,
    /// The label of what was tapped last.
    tapped: String,
    /// Labels of controls whose request was held back, folded.
    held: BTreeSet<String>,
    /// The guard is down for the operation before, as the auditor allows its control.
    lifted: bool,
}

impl Careful {
    /// Puts the hand before an app.
    pub fn before(inner: Box<dyn App>, care: Arc<Care>) -> Careful {
        Careful {
            inner,
            care,
            hand: Hand::Guided,
            screen: Screen::default(),
            tapped: String::new(),
            held: BTreeSet::new(),
            lifted: false,
        }
    }

    /// Whether the auditor allows the control at a point.
    fn is_allowed(&self, x: f32, y: f32, label: &str) -> bool {
        let at = self.control_at(x, y, label);
        self.care
            .may
            .iter()
            .any(|wish| wish.means_label(label) || at.is_some_and(|at| wish.means(&self.screen, at)))
    }

    /// The control that a tap at a point is meant for: the one with that label, else the innermost.
    fn control_at(&self, x: f32, y: f32, label: &str) -> Option<usize> {
        let meant = |at: &usize| {
            let element = &self.screen.elements[*at];
            element.tap_at.is_some_and(|(at_x, at_y)| (at_x - x).abs() < 1.0 && (at_y - y).abs() < 1.0)
        };
        let here: Vec<usize> = (0..self.screen.elements.len()).rev().filter(meant).collect();
        // A drawing inside of a button lies at the same point, and has no words.
        let said = |at: &&usize| self.screen.label(**at).chars().take(60).eq(label.chars().take(60));
        here.iter().find(said).or(here.first()).copied()
    }

    /// Lets what follows a control that the auditor allows through the guard, and brings it up again for the next.
    async fn lift_guard(&mut self, operation: &Operation) -> Result<(), AppError> {
        let guarded = matches!(self.hand, Hand::Walking(_) | Hand::Trying) && self.care.guard != Guard::Off;
        let allowed = match operation {
            Operation::Tap { x, y, label } => guarded && self.is_allowed(*x, *y, label),
            _ => false,
        };
        if allowed != self.lifted && guarded {
            self.inner.set_guard(if allowed { Guard::Off } else { self.care.guard }).await?;
            self.lifted = allowed;
        }
        Ok(())
    }

    fn keep(&mut self, screen: &Screen) {
        self.screen = screen.clone();
    }

    /// What a tap would do that this hand must not.
    fn refused_tap(&self, x: f32, y: f32, label: &str) -> Option<Danger> {
        if let Some(wish) = self.care.never.iter().find(|wish| wish.means_label(label)) {
            return Some(Danger::new("never", format!("`never: {wish}`")));
        }
        let at = self.control_at(x, y, label);
        match (self.hand, at) {
            (_, Some(at)) if self.care.never.iter().any(|wish| wish.means(&self.screen, at)) => {
                Some(Danger::new("never", "the scenario's `never`"))
            }
            (Hand::WithLeave, _) => None,
            (Hand::Walking(_), Some(at)) => self.danger_of(&Surroundings::of(&self.screen), at),
            (Hand::Walking(_), None) => {
                let may = self.care.may.iter().any(|wish| wish.means_label(label));
                danger::of_label(label).filter(|_| !may)
            }
            (Hand::Guided | Hand::Trying, _) => {
                let may = self.care.may.iter().any(|wish| wish.means_label(label));
                danger::of_label(label).filter(|danger| !may && danger.is_grave_on(label))
            }
        }
    }
}

#[async_trait]
impl App for Careful {
    async fn start(&mut self, how: Start) -> Result<(), AppError> {
        self.screen = Screen::default();
        if self.care.guard == Guard::Strict {
            // From the first start on it learns what the app asks for by itself.
            self.inner.set_guard(Guard::Strict).await?;
            let walking = matches!(self.hand, Hand::Walking(_) | Hand::Trying);
            self.inner.set_guard(if walking { Guard::Strict } else { Guard::Off }).await?;
        }
        self.inner.start(how).await
    }
    async fn look(&mut self) -> Result<Screen, AppError> {
        let screen = self.inner.look().await?;
        self.keep(&screen);
        Ok(screen)
    }
    async fn observe(&mut self) -> Result<Observation, AppError> {
        let observation = self.inner.observe().await?;
        self.keep(&observation.screen);
        Ok(observation)
    }
    fn accesses(&mut self) -> Vec<Access> {
        self.inner.accesses()
    }
    fn requests(&mut self, all: bool) -> Vec<Request> {
        self.inner.requests(all)
    }
    fn watch(&self) -> Watch {
        self.inner.watch()
    }
    async fn picture(&mut self) -> Result<Option<Vec<u8>>, AppError> {
        self.inner.picture().await
    }
    async fn perform(&mut self, operation: &Operation) -> Result<(), AppError> {
        if let Some(danger) = self.refuses(operation) {
            let why = format!("candor leaves this alone ({danger})");
            return Err(AppError::Refused { command: operation.to_string(), why });
        }
        if let Operation::Tap { label, .. } | Operation::Type { label, .. } = operation {
            self.tapped.clone_from(label);
        }
        self.lift_guard(operation).await?;
        self.inner.perform(operation).await
    }
    async fn changed(&mut self, than: &Screen, limit: Duration) -> Result<Option<Screen>, AppError> {
        let changed = self.inner.changed(than, limit).await?;
        if let Some(screen) = &changed {
            self.keep(screen);
        }
        Ok(changed)
    }
    async fn pass_time(&mut self, time: Duration) -> Result<(), AppError> {
        self.inner.pass_time(time).await
    }
    fn now(&self) -> Duration {
        self.inner.now()
    }
    async fn document_text(&mut self) -> Result<Option<String>, AppError> {
        self.inner.document_text().await
    }
    fn is_own(&self, address: &str) -> bool {
        self.inner.is_own(address)
    }
    fn shows_only_what_is_in_sight(&self) -> bool {
        self.inner.shows_only_what_is_in_sight()
    }
    async fn listen(&mut self) -> Result<(), AppError> {
        self.inner.listen().await
    }
    async fn heard(&mut self) -> Result<Vec<String>, AppError> {
        self.inner.heard().await
    }
    async fn permissions(&mut self) -> Result<Option<std::collections::BTreeMap<String, bool>>, AppError> {
        self.inner.permissions().await
    }
    async fn set_permission(&mut self, name: &str, standing: Standing) -> Result<bool, AppError> {
        self.inner.set_permission(name, standing).await
    }
    fn settable_permissions(&self) -> Vec<&'static str> {
        self.inner.settable_permissions()
    }
    async fn move_clock(&mut self, hours: u32) -> Result<bool, AppError> {
        self.inner.move_clock(hours).await
    }
    async fn set_guard(&mut self, guard: Guard) -> Result<bool, AppError> {
        self.inner.set_guard(guard).await
    }
    fn held_back(&mut self) -> Vec<HeldBack> {
        let held = self.inner.held_back();
        if !held.is_empty() && !self.tapped.is_empty() {
            self.held.insert(fold(&self.tapped));
        }
        held
    }
    async fn set_hand(&mut self, hand: Hand) -> Result<Option<bool>, AppError> {
        (self.hand, self.lifted) = (hand, false);
        let walking = matches!(hand, Hand::Walking(_) | Hand::Trying);
        let guard = if walking { self.care.guard } else { Guard::Off };
        let works = self.inner.set_guard(guard).await?;
        Ok((walking && guard != Guard::Off).then_some(works))
    }
    fn hand(&self) -> Hand {
        self.hand
    }
    fn guard(&self) -> Guard {
        self.care.guard
    }
    fn danger_of(&self, around: &Surroundings<'_>, at: usize) -> Option<Danger> {
        let screen = around.screen();
        if let Some(wish) = self.care.never.iter().find(|wish| wish.means(screen, at)) {
            return Some(Danger::new("never", format!("`never: {wish}`")));
        }
        let short: String = screen.label(at).chars().take(60).collect();
        if self.held.contains(&fold(&short)) {
            return Some(Danger::new("held_back", "a request that followed it was held back"));
        }
        if self.care.may.iter().any(|wish| wish.means(screen, at)) {
            return None;
        }
        let place = match self.hand {
            Hand::Walking(place) => place,
            _ => Place::Guest,
        };
        around.danger_of(at, place)
    }
    fn refuses(&self, operation: &Operation) -> Option<Danger> {
        match operation {
            Operation::Tap { x, y, label } => self.refused_tap(*x, *y, label),
            Operation::Answer { accept: true } if matches!(self.hand, Hand::Walking(_)) => {
                Some(Danger::new("answer", "a walk confirms nothing"))
            }
            Operation::Answer { accept: true } if matches!(self.hand, Hand::Guided | Hand::Trying) => {
                danger::in_question(&self.screen).filter(Danger::is_grave)
            }
            _ => None,
        }
    }
    async fn background(&mut self, time: Duration) -> Result<(), AppError> {
        self.inner.background(time).await
    }
    async fn upgrade(&mut self, file: &str) -> Result<(), AppError> {
        self.inner.upgrade(file).await
    }
    async fn use_version(&mut self, version: Option<&str>, over: bool) -> Result<(), AppError> {
        self.inner.use_version(version, over).await
    }
    fn driver_time(&self) -> (u64, Duration) {
        self.inner.driver_time()
    }
    async fn stop(&mut self) {
        self.inner.stop().await;
    }
}

#[cfg(test)]
#[path = "careful_tests.rs"]
mod tests;
