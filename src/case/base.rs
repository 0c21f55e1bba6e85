//! What rules are given: [`Case`], with states, runs of probes, goals, the policy and screens.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::readings::Read;
use super::sent::Known;
use super::span::Span;
use crate::policy::Policy;
use crate::recording::entries::{TextMeasured, TextNotMeasured};
use crate::recording::state::{State, States};
use crate::recording::{
    Entry, Event, FileRef, GoalReached, GoalRuledOut, PolicyRead, Recording, RunStarted, ScreenSeen,
};
use crate::screen::Screen;
use crate::sight::line::Sight;
use crate::text::{Bilingual, both, said};
use crate::thresholds::Thresholds;
use crate::working_days::{counted_by, day_in_china};
use crate::world::Version;

/// Whose reading of the screens rules are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readings {
    /// This candor's, made again from the recorded trees.
    Again,
    /// The run's own, as it was recorded.
    AsRecorded,
}

/// What rules are given.
#[derive(Debug)]
pub struct Case<'a> {
    recording: &'a Recording,
    pub entries: &'a [Entry],
    pub thresholds: &'a Thresholds,
    pub(super) states: States,
    pub(super) readings: Readings,
    pub(super) screens: HashMap<u32, Looked<'a>>,
    pub(super) kept: RefCell<Kept>,
    policy: OnceCell<Option<String>>,
    pub(super) sent: OnceCell<Vec<Known>>,
    statements: OnceCell<Option<Policy>>,
    /// Screens whose readings were asked for since [`Case::begin_asking`].
    pub(super) asked: RefCell<BTreeSet<u32>>,
}

/// A screen with all that was made of it.
#[derive(Debug)]
pub(super) struct Looked<'a> {
    /// The entry that saw it first.
    pub(super) entry: u64,
    pub(super) seen: &'a ScreenSeen,
    pub(super) read: OnceCell<Read>,
    pub(super) sight: OnceCell<Option<Rc<Sight>>>,
    pub(super) measured: Option<Result<(u64, &'a FileRef), &'a str>>,
}

/// Trees that were parsed.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub(super) trees: HashMap<u32, Option<Rc<Screen>>>,
    pub(super) elements: usize,
}

impl<'a> Case<'a> {
    pub fn new(recording: &'a Recording, thresholds: &'a Thresholds, readings: Readings) -> Case<'a> {
        let mut screens: HashMap<u32, Looked<'a>> = HashMap::new();
        let mut measured = HashMap::new();
        for entry in &recording.entries {
            match &entry.event {
                Event::ScreenSeen(seen) => {
                    screens.entry(seen.screen).or_insert_with(|| Looked {
                        entry: entry.seq,
                        seen,
                        read: OnceCell::new(),
                        sight: OnceCell::new(),
                        measured: None,
                    });
                }
                Event::TextMeasured(TextMeasured { screen, sight }) => {
                    measured.entry(*screen).or_insert(Ok((entry.seq, sight)));
                }
                Event::TextNotMeasured(TextNotMeasured { screen, why }) => {
                    measured.entry(*screen).or_insert(Err(why.as_str()));
                }
                _ => {}
            }
        }
        for (screen, told) in measured {
            if let Some(looked) = screens.get_mut(&screen) {
                looked.measured = Some(told);
            }
        }
        Case {
            recording,
            entries: &recording.entries,
            thresholds,
            states: States::of(&recording.entries),
            readings,
            screens,
            kept: RefCell::default(),
            policy: OnceCell::new(),
            sent: OnceCell::new(),
            statements: OnceCell::new(),
            asked: RefCell::default(),
        }
    }

    /// Returns the day of the run, in China; limits in days are counted from it.
    pub fn day(&self) -> Option<jiff::civil::Date> {
        self.entries.first().map(|entry| day_in_china(entry.time))
    }

    /// Says by which notice calendar days were compared with working days.
    pub fn counting_of_days(&self) -> Bilingual {
        match self.day().and_then(counted_by) {
            Some(notice) => said!(
                "Days were counted from the day of the run; holidays as in {notice}.",
                "天数自检测之日起算，节假日依据：{notice}。",
                notice
            ),
            None => both(
                "The holidays of the run's year are not known: what may fit is left to a person.",
                "没有检测当年的节假日安排：可能符合的由人工判断。",
            ),
        }
    }

    /// Returns what the run was started with; `None` where the recording does not say.
    pub fn start(&self) -> Option<&'a RunStarted> {
        self.recording.start()
    }

    // ---- moments -------------------------------------------------------------------------------------------------------

    /// Returns where in the timeline the entry with a number is, or would be.
    pub fn index_of(&self, seq: u64) -> usize {
        self.entries.partition_point(|entry| entry.seq < seq)
    }

    /// Returns the state before the entry with a number.
    pub fn state_before(&self, seq: u64) -> &State {
        self.states.before(self.index_of(seq))
    }

    /// Tells whether an entry is of the version before, which is driven to be upgraded and is not the one that is judged.
    pub fn is_of_version_before(&self, seq: u64) -> bool {
        self.state_before(seq).version == Some(Version::Before)
    }

    /// Returns each entry of a span with the state before it.
    pub fn with_states<'c>(
        &'c self,
        span: &Span<'a>,
    ) -> impl Iterator<Item = (&'a Entry, &'c State)> + use<'a, 'c> {
        let begins = span.begins;
        span.entries.iter().enumerate().map(move |(at, entry)| (entry, self.states.before(begins + at)))
    }

    // ---- probes --------------------------------------------------------------------------------------------------------

    /// Returns every run of a probe, in order.
    pub fn spans(&self, probe: &str) -> Vec<Span<'a>> {
        Span::all_of(self.entries, probe)
    }

    /// Returns the last run of a probe; `None` where it was not started.
    pub fn last_span(&self, probe: &str) -> Option<Span<'a>> {
        self.spans(probe).pop()
    }

    /// Tells whether a probe was run, and each of its runs came to its end.
    pub fn is_complete(&self, probe: &str) -> bool {
        let spans = self.spans(probe);
        !spans.is_empty() && spans.iter().all(Span::is_complete)
    }

    /// Returns how long these probes took in all (s).
    pub fn seconds(&self, probes: &[&str]) -> f64 {
        let milliseconds: i64 = probes
            .iter()
            .flat_map(|probe| self.spans(probe))
            .filter_map(|span| Some((span.entries.first()?, span.entries.last()?)))
            .map(|(first, last)| (last.time.as_millisecond() - first.time.as_millisecond()).max(0))
            .sum();
        milliseconds as f64 / 1000.0
    }

    // ---- goals and the policy ------------------------------------------------------------------------------------------

    /// Returns every answer for a goal, in order, each with its entry's number.
    pub(super) fn answers(
        &self,
        goal: &str,
    ) -> impl DoubleEndedIterator<Item = (u64, Result<&'a GoalReached, &'a GoalRuledOut>)> {
        self.entries.iter().filter_map(move |entry| match &entry.event {
            Event::GoalReached(reached) if reached.goal == goal => Some((entry.seq, Ok(reached))),
            Event::GoalRuledOut(ruled_out) if ruled_out.goal == goal => Some((entry.seq, Err(ruled_out))),
            _ => None,
        })
    }

    /// Returns the first answer for a goal: what a guest's walk came to.
    pub fn first_answer(&self, goal: &str) -> Option<(u64, Result<&'a GoalReached, &'a GoalRuledOut>)> {
        self.answers(goal).next()
    }

    /// Returns the last answer for a goal: where the app was walked in the account too, what that came to.
    pub fn last_answer(&self, goal: &str) -> Option<(u64, Result<&'a GoalReached, &'a GoalRuledOut>)> {
        self.answers(goal).next_back()
    }

    /// Returns the policy as it was read last, with its entry's number.
    pub fn policy(&self) -> Option<(u64, &'a PolicyRead)> {
        self.entries.iter().rev().find_map(|entry| match &entry.event {
            Event::PolicyRead(read) => Some((entry.seq, read)),
            _ => None,
        })
    }

    /// Returns the text of the policy as it was read last, with its entry's number.
    pub fn policy_text(&self) -> Option<(u64, &str)> {
        let (seq, read) = self.policy()?;
        let text = self.policy.get_or_init(|| self.text(read.text.as_ref()?));
        Some((seq, text.as_deref()?))
    }

    /// Returns what the policy says, piece by piece, as it is read now; `None` where its text was not read.
    pub fn policy_statements(&self) -> Option<&Policy> {
        self.statements.get_or_init(|| self.policy_text().map(|(_, text)| Policy::of_text(text))).as_ref()
    }

    /// Returns a text file of the recording; `None` where it is not there.
    pub fn text(&self, file: &FileRef) -> Option<String> {
        self.recording.text(file)
    }
}

#[cfg(test)]
#[path = "base_tests.rs"]
mod tests;
