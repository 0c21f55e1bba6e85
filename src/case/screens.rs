//! The screens of a recording: sightings, trees, readings and measurements, each made once.

use std::collections::HashSet;
use std::rc::Rc;

use super::base::{Case, Readings};
use super::evidence::Evidence;
use super::readings::Read;
use crate::language::lexicon::{Meaning, means};
use crate::recording::entries::ConsentGiven;
use crate::recording::{Entry, Event, ScreenSeen};
use crate::screen::Screen;
use crate::sight::line::Sight;
use crate::text::{Bilingual, both};

/// Elements of parsed trees that are kept at once; beyond that a tree is parsed again when it is asked for (ours).
const KEPT_ELEMENTS: usize = 600_000;

impl<'a> Case<'a> {
    /// Returns the sightings of screens in some entries, each with its entry's number.
    pub fn sightings(entries: &'a [Entry]) -> impl DoubleEndedIterator<Item = (u64, &'a ScreenSeen)> {
        entries.iter().filter_map(|entry| match &entry.event {
            Event::ScreenSeen(seen) => Some((entry.seq, &**seen)),
            _ => None,
        })
    }

    /// Returns each screen that was seen, once, at its first sighting; screens of the version before are left out, which is not
    /// the one that is judged.
    pub fn distinct_screens(&self) -> impl Iterator<Item = (u64, &'a ScreenSeen)> {
        let mut known = HashSet::new();
        Self::sightings(self.entries)
            .filter(move |(seq, seen)| !self.is_of_version_before(*seq) && known.insert(seen.screen))
    }

    /// Returns the first sighting of a screen by its number.
    pub fn screen(&self, number: u32) -> Option<(u64, &'a ScreenSeen)> {
        self.screens.get(&number).map(|looked| (looked.entry, looked.seen))
    }

    /// Returns the tree of a screen; `None` where it cannot be read.
    pub fn tree(&self, number: u32) -> Option<Rc<Screen>> {
        if let Some(known) = self.kept.borrow().trees.get(&number) {
            return known.clone();
        }
        let looked = self.screens.get(&number)?;
        let text = self.text(&looked.seen.tree);
        let tree: Option<Rc<Screen>> = text.and_then(|text| serde_json::from_str(&text).ok()).map(Rc::new);
        let mut kept = self.kept.borrow_mut();
        let size = tree.as_ref().map_or(1, |tree| tree.elements.len());
        if kept.elements + size <= KEPT_ELEMENTS {
            kept.elements += size;
            kept.trees.insert(number, tree.clone());
        }
        tree
    }

    /// Returns what a sighted screen shows, read again from its tree once; as the run read it where there is no tree.
    pub fn read(&self, seen: &'a ScreenSeen) -> &Read {
        self.asked.borrow_mut().insert(seen.screen);
        let Some(looked) = self.screens.get(&seen.screen) else {
            // Every sighting of the recording is in the map.
            static NOTHING: std::sync::LazyLock<Read> = std::sync::LazyLock::new(Read::default);
            return &NOTHING;
        };
        looked.read.get_or_init(|| match self.readings {
            Readings::AsRecorded => Read::as_recorded(looked.seen),
            Readings::Again => match self.tree(seen.screen) {
                Some(tree) => Read::again(looked.seen, &tree),
                None => Read::as_recorded(looked.seen),
            },
        })
    }

    /// Begins to note which screens a rule asks for.
    pub fn begin_asking(&self) {
        self.asked.borrow_mut().clear();
    }

    /// Returns where this candor reads the screens that were asked for otherwise than the run did, with their entries.
    pub fn differences(&self) -> Vec<(u64, &'a ScreenSeen, &[Bilingual])> {
        let asked = self.asked.borrow();
        let differing = asked.iter().filter_map(|number| {
            let looked = self.screens.get(number)?;
            let read = looked.read.get()?;
            (!read.differs.is_empty()).then_some((looked.entry, looked.seen, &read.differs[..]))
        });
        differing.collect()
    }

    /// Returns what was measured on a screen's picture: the entry that says so, and the lines.
    ///
    /// # Errors
    /// Why it was not measured, where that is known.
    pub fn sight(&self, screen: u32) -> Result<(u64, Rc<Sight>), Option<&'a str>> {
        let looked = self.screens.get(&screen).ok_or(None)?;
        let (seq, file) =
            looked.measured.unwrap_or(Err("")).map_err(|why| (!why.is_empty()).then_some(why))?;
        let sight = looked.sight.get_or_init(|| {
            let text = self.text(file)?;
            serde_json::from_str(&text).ok().map(Rc::new)
        });
        sight.clone().map(|sight| (seq, sight)).ok_or(None)
    }

    /// Tells whether a consent was said: "agree", a ticked box, an alert's OK. "Got it" and "next" alone only say that the
    /// person has read.
    pub fn is_express(&self, given: &ConsentGiven) -> bool {
        if means(&given.by, Meaning::Agree) || !means(&given.by, Meaning::Next) {
            return true;
        }
        let asked = self.screen(given.screen).map(|(_, seen)| self.read(seen));
        asked.is_some_and(|read| read.reading.consent_boxes().next().is_some())
    }

    /// Makes evidence of a screen.
    pub fn shown(&self, number: u32, shows: Bilingual) -> Option<Evidence> {
        let (entry, seen) = self.screen(number)?;
        Some(Evidence::of_screen(entry, seen, shows))
    }
}

/// Says why a screen's text was not measured, for the error of [`Case::sight`].
pub fn say_not_measured(why: Option<&str>) -> Bilingual {
    match why {
        Some(why) => both(why, why),
        None => both(
            "the recording, of an older candor, holds no measurements",
            "录制来自较早的版本，没有测量结果",
        ),
    }
}
