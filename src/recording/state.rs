//! The state that an app is in at each moment of a timeline: what the person has said, who is logged in, which start it is,
//! what was seen and done last. One fold over the entries, which the recorder, the rules and the reports share.
//!
//! Look here when something depends on what came before it: do not fold the entries again by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::entries::{
    AppStarted, ClockMoved, OperationDone, PermissionAnswered, PermissionsSet, ProbeStarted, SessionChanged,
    SessionLooked,
};
use super::event::{Entry, Event};
use crate::language::rights::Answered;
use crate::screen::operation::Operation;
use crate::world::access::Standing;
use crate::world::{Start, Version};

/// What the person last said to the app's documents, since the app was newly installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Consent {
    #[default]
    NotGiven,
    Given,
    Refused,
    Withdrawn,
}

/// An operation that was done, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Sequence number of its entry.
    pub seq: u64,
    pub time: Timestamp,
    /// A screen was seen after it.
    pub seen_after: bool,
}

/// The state that the driven app is in, by everything recorded so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    /// The probe that is running.
    pub probe: Option<Arc<str>>,
    /// The session that is driven; empty for the first, before any other was named.
    pub session: Arc<str>,
    /// The version that is driven, where there are two.
    pub version: Option<Version>,
    /// Hours by which the app's clock is ahead of the real time.
    pub clock: u32,
    /// How the app was started last; `None` before its first start.
    pub start: Option<Start>,
    /// Which start this is, counted over the whole timeline: two moments with the same number are of one start.
    pub on_start: u32,
    pub consent: Consent,
    /// The person agreed to something since the app was newly installed, whatever they said later.
    pub agreed: bool,
    /// The same, on this start.
    pub agreed_on_start: bool,
    /// Permissions that the person refused in the system's dialogs since the app was newly installed.
    pub refused: Arc<BTreeSet<String>>,
    /// Permissions that were set without asking the person.
    pub permissions: Arc<BTreeMap<String, Standing>>,
    /// Whether the app is in an account; `None` where that is not known.
    pub logged_in: Option<bool>,
    /// Number of the screen that was seen last, on whatever start; 0 before the first.
    pub screen: u32,
    /// Sequence number of the entry that saw it, on this start.
    pub sighting: Option<u64>,
    /// The main screen was reached on this start.
    pub main: bool,
    /// The operation that was done last on this start.
    pub operation: Option<Done>,
    /// Sequence number of the entry that saw the screen which that operation was done on.
    pub operated_on: Option<u64>,
    /// How many operations were done on this start.
    pub operations: u32,
    /// The label that was tapped last on this start.
    pub tapped: Option<Arc<str>>,
    /// The label that was tapped first after the main screen was reached on this start: the function that is used.
    pub wish: Option<Arc<str>>,
    /// Starts so far, in all sessions.
    starts: u32,
    /// What the clock is set to from the next start on (hours).
    clock_set: u32,
    /// Sessions that are not driven now, as they were left.
    parked: Arc<BTreeMap<Arc<str>, State>>,
}

impl State {
    /// Turns the state by one entry. Returns whether it could be another than before.
    pub fn turn(&mut self, seq: u64, time: Timestamp, event: &Event) -> bool {
        match event {
            Event::ProbeStarted(ProbeStarted { probe }) => self.probe = Some(Arc::from(probe.as_str())),
            Event::ProbeEnded(_) => self.probe = None,
            Event::SessionChanged(SessionChanged { session }) => self.change_session(session),
            Event::ClockMoved(ClockMoved { hours }) => self.clock_set = *hours,
            Event::AppStarted(AppStarted { how }) => self.start_app(*how),
            Event::ScreenSeen(seen) => {
                (self.screen, self.sighting) = (seen.screen, Some(seq));
                if let Some(done) = &mut self.operation {
                    done.seen_after = true;
                }
            }
            Event::OperationDone(OperationDone { operation, .. }) => self.operate(seq, time, operation),
            Event::ConsentGiven(_) => {
                self.consent = Consent::Given;
                (self.agreed, self.agreed_on_start) = (true, true);
            }
            Event::ConsentRefused(_) => self.consent = Consent::Refused,
            Event::ConsentWithdrawn(_) => self.consent = Consent::Withdrawn,
            Event::PermissionAnswered(PermissionAnswered { permission, answer, .. }) if answer.refuses() => {
                Arc::make_mut(&mut self.refused).insert(permission.clone());
            }
            Event::PermissionsSet(PermissionsSet { standings }) => {
                Arc::make_mut(&mut self.permissions)
                    .extend(standings.iter().map(|(name, standing)| (name.clone(), *standing)));
            }
            Event::AccountEntered(entered) if entered.answered == Answered::Accepted => {
                self.logged_in = Some(true);
            }
            Event::SessionLooked(SessionLooked { signed_in, .. }) => self.logged_in = *signed_in,
            Event::VersionUsed(used) => self.version = Some(used.version),
            Event::MainReached(_) => self.main = true,
            _ => return false,
        }
        true
    }

    /// When an event at `time` was brought about: by the last operation, where no screen was seen since, else when it was
    /// recorded.
    pub fn brought_about(&self, time: Timestamp) -> Timestamp {
        match self.operation {
            Some(done) if !done.seen_after => done.time,
            _ => time,
        }
    }

    fn start_app(&mut self, how: Start) {
        self.starts += 1;
        (self.start, self.on_start, self.clock) = (Some(how), self.starts, self.clock_set);
        (self.main, self.agreed_on_start, self.operations) = (false, false, 0);
        (self.operation, self.operated_on) = (None, None);
        (self.tapped, self.wish, self.sighting) = (None, None, None);
        if how == Start::Fresh {
            (self.consent, self.agreed, self.logged_in) = (Consent::NotGiven, false, Some(false));
            self.refused = Arc::default();
        }
    }

    fn operate(&mut self, seq: u64, time: Timestamp, operation: &Operation) {
        (self.operation, self.operated_on) = (Some(Done { seq, time, seen_after: false }), self.sighting);
        self.operations += 1;
        if let Operation::Tap { label, .. } = operation {
            let label: Arc<str> = Arc::from(label.as_str());
            if self.main && self.wish.is_none() {
                self.wish = Some(label.clone());
            }
            self.tapped = Some(label);
        }
    }

    /// Leaves one session as it stands and takes up another where it was left. The first one has no name until a timeline
    /// goes back to it.
    fn change_session(&mut self, session: &str) {
        let to: Arc<str> = if session == FIRST { Arc::default() } else { Arc::from(session) };
        if to == self.session {
            return;
        }
        let mut parked = std::mem::take(&mut self.parked);
        let left = State { parked: Arc::default(), ..self.clone() };
        let all = Arc::make_mut(&mut parked);
        all.insert(self.session.clone(), left);
        let back = all.remove(&to).unwrap_or_default();
        *self = State {
            probe: self.probe.take(),
            session: to,
            clock: self.clock,
            clock_set: self.clock_set,
            starts: self.starts,
            screen: self.screen,
            parked,
            ..back
        };
    }
}

/// The name of the session that a run begins with.
const FIRST: &str = "first";

/// The states before and after each entry of a timeline.
#[derive(Debug, Default)]
pub struct States {
    /// Every state that there was, in order.
    all: Vec<State>,
    /// Where in `all` the state before each entry is, and last the state at the end.
    at: Vec<usize>,
}

impl States {
    /// Folds a timeline.
    pub fn of(entries: &[Entry]) -> States {
        let mut states = States { all: vec![State::default()], at: vec![0] };
        let mut state = State::default();
        for entry in entries {
            if state.turn(entry.seq, entry.time, &entry.event) {
                states.all.push(state.clone());
            }
            states.at.push(states.all.len() - 1);
        }
        states
    }

    /// Returns the state before the entry at `index`; the last state where there are fewer entries.
    pub fn before(&self, index: usize) -> &State {
        let at = self.at.get(index).or(self.at.last()).copied().unwrap_or(0);
        &self.all[at]
    }

    /// Returns the state after the entry at `index`.
    pub fn after(&self, index: usize) -> &State {
        self.before(index + 1)
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
