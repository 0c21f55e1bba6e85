//! Taking in a new place: the screen, which ways lead on from it, and which of them are left out.

use super::explorer::{Explorer, Place};
use super::goal::{Goal, NO_PROMISE};
use super::ways::ways_from;
use crate::language::policy;
use crate::recording::entries::ControlsLeft;
use crate::recording::{Event, Step};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::session::Broken;

/// Screens of one structure that are expanded; more of them only differ in their words (ours).
const ALIKE_SCREENS: usize = 6;

impl Explorer<'_> {
    /// Adds a place and the ways from it; `came` is the way that led there, `way` the words of its control.
    pub(super) fn add_place(
        &mut self,
        screen: Screen,
        number: u32,
        came: Option<(usize, Step)>,
        way: Option<&str>,
        goals: &[&dyn Goal],
    ) -> Result<(), Broken> {
        let identity = screen.identity();
        let alike = self.places.iter().filter(|known| known.identity.alike(&identity)).count();
        let own = screen.address.is_empty() || self.driven.app.is_own(&screen.address);
        if !own && came.is_none() {
            self.gap.get_or_insert_with(|| {
                format!("the app opens on another site ({}), whose ways were not tried", screen.address)
            });
        }
        let ways = if !own || goals.is_empty() {
            Vec::new()
        } else if alike >= ALIKE_SCREENS {
            self.breadth.alike_skipped += 1;
            Vec::new()
        } else {
            let app = &*self.driven.app;
            let found = ways_from(&screen, goals, &|around, at| app.danger_of(around, at));
            self.breadth.alike_skipped += found.alike_skipped;
            self.breadth.dangerous_skipped += found.left.len();
            if !found.left.is_empty() {
                self.driven.recorder.append(Event::ControlsLeft(ControlsLeft {
                    screen: number,
                    controls: found.left.clone(),
                }))?;
            }
            let mut ways = found.ways;
            if self.limits.promising_only {
                ways.retain(|way| way.promise_for(goals) < NO_PROMISE - 1);
            }
            // Scrolling through a document of which the tree holds everything shows no control that is not known.
            if self.is_whole_document(&screen, way) {
                ways.retain(|way| !matches!(way.operation, Operation::Swipe { .. }));
            }
            // Links with one address lead to one place: one try answers for all of them.
            let here = self.places.len();
            ways.retain(|way| self.is_first_of_its_link(here, way));
            ways
        };
        let distance = came.as_ref().map_or(0, |(before, _)| self.places[*before].distance + 1);
        self.places.push(Place { number, screen, identity, came, distance, ways });
        self.connect_same_links();
        Ok(())
    }

    /// The policy's text, with nothing out of sight that could be tapped.
    fn is_whole_document(&self, screen: &Screen, way: Option<&str>) -> bool {
        !self.driven.app.shows_only_what_is_in_sight()
            && policy::on_screen(screen, way).is_some()
            && !screen.elements.iter().any(|element| !element.seen && element.tappable.is_some())
    }
}
