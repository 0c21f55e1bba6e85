//! A recording as rules look at it: spans of probes, screens, consent.

use super::catalogue::both;
use super::{Evidence, Judgement, Verdict};
use crate::recording::{Entry, Event, FileRef, Outcome, Recording, ScreenSeen};
use crate::sight::read::Sight;
use crate::thresholds::Thresholds;
use crate::working_days::{counted_by, day_in_china};

/// What rules are given.
#[derive(Debug)]
pub struct Case<'a> {
    recording: &'a Recording,
    pub entries: &'a [Entry],
    pub thresholds: &'a Thresholds,
}

/// What one probe recorded.
#[derive(Debug, Clone, Copy)]
pub struct Span<'a> {
    pub entries: &'a [Entry],
    /// `None` where the run was cut off inside it.
    pub outcome: Option<&'a Outcome>,
}

impl Span<'_> {
    /// It ran to its end.
    pub fn is_complete(&self) -> bool {
        matches!(self.outcome, Some(Outcome::Complete))
    }
}

impl<'a> Case<'a> {
    pub fn new(recording: &'a Recording, thresholds: &'a Thresholds) -> Case<'a> {
        Case { recording, entries: &recording.entries, thresholds }
    }

    /// The day of the run, in China; limits in days are counted from it.
    pub fn day(&self) -> Option<jiff::civil::Date> {
        self.entries.first().map(|entry| day_in_china(entry.time))
    }

    /// With the notice by which calendar days were compared with working days.
    pub fn counted(&self, judgement: Judgement) -> Judgement {
        match self.day().and_then(counted_by) {
            Some(notice) => judgement.note(
                format!("Days were counted from the day of the run; holidays as in {notice}."),
                format!("天数自检测之日起算，节假日依据：{notice}。"),
            ),
            None => judgement.note(
                "The holidays of the run's year are not known: what may fit is left to a person.",
                "没有检测当年的节假日安排：可能符合的由人工判断。",
            ),
        }
    }

    /// The first run of a probe; `None` where it was not started.
    pub fn span(&self, probe: &str) -> Option<Span<'a>> {
        let begins = self
            .entries
            .iter()
            .position(|entry| matches!(&entry.event, Event::ProbeStarted { probe: name } if name == probe))?;
        let rest = &self.entries[begins..];
        let end = rest
            .iter()
            .position(|entry| matches!(&entry.event, Event::ProbeEnded { probe: name, .. } if name == probe));
        let outcome = end.and_then(|at| match &rest[at].event {
            Event::ProbeEnded { outcome, .. } => Some(outcome),
            _ => None,
        });
        Some(Span { entries: &rest[..end.map_or(rest.len(), |at| at + 1)], outcome })
    }

    /// The judgement where none of the probes was started.
    pub fn not_started(&self, probes: &[&str]) -> Option<Judgement> {
        if probes.iter().any(|probe| self.span(probe).is_some()) {
            return None;
        }
        let names = probes.join(", ");
        Some(Judgement::new(
            Verdict::NotTested,
            format!("the probe {names} did not run"),
            format!("探测 {names} 没有运行"),
        ))
    }

    /// `not tested`, because a probe did not come to its end.
    pub fn unfinished(&self, probe: &str) -> Judgement {
        match self.span(probe).map(|span| span.outcome) {
            Some(Some(Outcome::Incomplete(why))) => Judgement::new(
                Verdict::NotTested,
                format!("the probe {probe} could not finish: {why}"),
                format!("探测 {probe} 未能完成：{why}"),
            ),
            Some(_) => Judgement::new(
                Verdict::NotTested,
                format!("the run was cut off before the probe {probe} ended"),
                format!("探测 {probe} 结束之前运行就中断了"),
            ),
            None => Judgement::new(
                Verdict::NotTested,
                format!("the probe {probe} did not run"),
                format!("探测 {probe} 没有运行"),
            ),
        }
    }

    /// How long these probes took in all (s).
    pub fn seconds(&self, probes: &[&str]) -> f64 {
        let milliseconds: i64 = probes
            .iter()
            .filter_map(|probe| self.span(probe))
            .filter_map(|span| Some((span.entries.first()?, span.entries.last()?)))
            .map(|(first, last)| (last.time.as_millisecond() - first.time.as_millisecond()).max(0))
            .sum();
        milliseconds as f64 / 1000.0
    }

    /// Screens that were seen in some entries, with their entry's number.
    pub fn screens(entries: &'a [Entry]) -> impl Iterator<Item = (u64, &'a ScreenSeen)> {
        entries.iter().filter_map(|entry| match &entry.event {
            Event::ScreenSeen(seen) => Some((entry.seq, &**seen)),
            _ => None,
        })
    }

    /// The first sighting of a screen by its number.
    pub fn screen(&self, number: u32) -> Option<(u64, &'a ScreenSeen)> {
        Self::screens(self.entries).find(|(_, seen)| seen.screen == number)
    }

    /// A text file of the recording; `None` where it is not there.
    pub fn text(&self, file: &FileRef) -> Option<String> {
        self.recording.text(file)
    }

    /// What was measured on a screen's picture: the entry that says so, and the lines.
    ///
    /// # Errors
    /// Why it was not measured, where that is known.
    pub fn sight(&self, screen: u32) -> Result<(u64, Sight), Option<&'a str>> {
        let told = self.entries.iter().find_map(|entry| match &entry.event {
            Event::TextMeasured { screen: of, sight } if *of == screen => Some(Ok((entry.seq, sight))),
            Event::TextNotMeasured { screen: of, why } if *of == screen => Some(Err(Some(why.as_str()))),
            _ => None,
        });
        let (seq, file) = told.unwrap_or(Err(None))?;
        let sight = self.text(file).and_then(|text| serde_json::from_str(&text).ok());
        sight.map(|sight| (seq, sight)).ok_or(None)
    }

    /// Evidence: a screen.
    pub fn shown(&self, number: u32, en: impl Into<String>, zh: impl Into<String>) -> Option<Evidence> {
        let (entry, seen) = self.screen(number)?;
        Some(at_screen(entry, seen, en, zh))
    }

    /// Whether the span's first screens are all of a fresh start before anyone agreed: entries up to the first consent.
    pub fn before_consent(entries: &'a [Entry]) -> &'a [Entry] {
        let end = entries.iter().position(|entry| matches!(entry.event, Event::ConsentGiven { .. }));
        &entries[..end.unwrap_or(entries.len())]
    }
}

/// Evidence: one sighting of a screen.
pub fn at_screen(entry: u64, seen: &ScreenSeen, en: impl Into<String>, zh: impl Into<String>) -> Evidence {
    let files = seen.picture.iter().chain([&seen.tree]).map(|file| file.file.clone()).collect();
    Evidence { entry, shows: both(en, zh), files, marks: None }
}

/// Why a screen's text was not measured, for [`Case::sight`]'s error.
pub fn not_measured(why: Option<&str>) -> (&str, &str) {
    match why {
        Some(why) => (why, why),
        None => {
            ("the recording, of an older candor, holds no measurements", "录制来自较早的版本，没有测量结果")
        }
    }
}
