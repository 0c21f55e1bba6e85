//! The stretches of a timeline that one run of a probe recorded.

use crate::recording::entries::{AppStarted, ProbeEnded, ProbeStarted};
use crate::recording::{Entry, Event, Outcome};
use crate::world::Start;

/// What one run of a probe recorded.
#[derive(Debug, Clone, Copy)]
pub struct Span<'a> {
    pub entries: &'a [Entry],
    /// Where the first of them is in the timeline.
    pub begins: usize,
    /// `None` where the recording was cut off inside it.
    pub outcome: Option<&'a Outcome>,
}

impl<'a> Span<'a> {
    /// Finds every run of a probe, in order.
    pub fn all_of(entries: &'a [Entry], probe: &str) -> Vec<Span<'a>> {
        let started = |entry: &Entry| matches!(&entry.event, Event::ProbeStarted(ProbeStarted { probe: name }) if name == probe);
        let mut spans = Vec::new();
        let mut from = 0;
        while let Some(at) = entries[from..].iter().position(started) {
            let begins = from + at;
            let rest = &entries[begins..];
            // A run that was cut off ends where the probe starts once more.
            let ends = rest.iter().skip(1).position(|entry| {
                started(entry)
                    || matches!(&entry.event, Event::ProbeEnded(ProbeEnded { probe: name, .. }) if name == probe)
            });
            let ended = ends.map(|at| at + 1);
            let outcome = ended.and_then(|at| match &rest[at].event {
                Event::ProbeEnded(ProbeEnded { outcome, .. }) => Some(outcome),
                _ => None,
            });
            let length = match (ended, outcome) {
                (Some(at), Some(_)) => at + 1,
                (Some(at), None) => at,
                (None, _) => rest.len(),
            };
            spans.push(Span { entries: &rest[..length], begins, outcome });
            from = begins + length;
        }
        spans
    }

    /// Tells whether it ran to its end.
    pub fn is_complete(&self) -> bool {
        matches!(self.outcome, Some(Outcome::Complete))
    }

    /// Takes the entries from `from` up to `to` of this span as a span of their own.
    fn part(&self, from: usize, to: usize) -> Span<'a> {
        Span { entries: &self.entries[from..to], begins: self.begins + from, outcome: self.outcome }
    }

    /// Of the probe that refuses permissions, the part in which all are refused: after what it first did with all granted,
    /// if it did that itself, and before they are refused in turn.
    pub fn refused_together(&self) -> Span<'a> {
        let granted =
            |entry: &Entry| matches!(&entry.event, Event::FunctionTried(tried) if tried.refused.is_empty());
        let fresh =
            |entry: &Entry| matches!(entry.event, Event::AppStarted(AppStarted { how: Start::Fresh }));
        let set = |entry: &Entry| matches!(entry.event, Event::PermissionsSet(_));
        let begins = match self.entries.iter().rposition(granted) {
            Some(last) => last + self.entries[last..].iter().position(fresh).unwrap_or(0),
            None => 0,
        };
        let rest = &self.entries[begins..];
        self.part(begins, begins + rest.iter().position(set).unwrap_or(rest.len()))
    }
}
