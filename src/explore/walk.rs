//! Getting from one known place of an app to another.

use super::explorer::Explorer;
use crate::app::careful::Hand;
use crate::language::danger::Place as Within;
use crate::recording::Step;
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::session::Broken;

/// Steps back before starting the app again is the quicker way (ours).
const MOST_BACK: usize = 4;

impl Explorer<'_> {
    /// Goes to the main screen with a guided hand, and walks on from there.
    pub(super) async fn go_home(&mut self) -> Result<Screen, Broken> {
        self.driven.app.set_hand(Hand::Guided).await?;
        let main = self.home.go(&mut self.driven).await?;
        let place = if self.breadth.signed_in { Within::Account } else { Within::Guest };
        let works = self.driven.app.set_hand(Hand::Walking(place)).await?;
        let guard = self.driven.app.guard();
        self.driven.recorder.guarding(guard, works)?;
        Ok(main)
    }

    /// Does and records an operation; false where it was refused: the control had gone, or may do harm.
    pub(super) async fn perform(&mut self, on: u32, operation: &Operation) -> Result<bool, Broken> {
        self.breadth.operations += 1;
        self.driven.perform(on, operation).await
    }

    /// Stands on a known place again: back along the trail and forward from where both ways part; where that
    /// does not work, from the app's start.
    pub(super) async fn return_to(&mut self, place: usize) -> Result<bool, Broken> {
        if self.walk_to(place).await? {
            return Ok(true);
        }
        for _ in 0..2 {
            self.go_home().await?;
            self.trail = vec![(0, None)];
            if self.walk_to(place).await? {
                return Ok(true);
            }
        }
        self.trail.clear();
        self.gap.get_or_insert_with(|| {
            format!(
                "screen {} could not be reached a second time, so its ways were not all tried",
                self.places[place].number
            )
        });
        Ok(false)
    }

    /// Goes back while the place that we stand on is not on the path to `place`, then forward.
    async fn walk_to(&mut self, place: usize) -> Result<bool, Broken> {
        for _ in 0..=MOST_BACK {
            let Some((here, came_by)) = self.trail.last().cloned() else { return Ok(false) };
            if here == place {
                return Ok(true);
            }
            let (way, path) = (self.path_of(here), self.path_of(place));
            if path.len() >= way.len() && path[..way.len()].iter().eq(&way) {
                return self.walk_forward(place, &path[way.len()..]).await;
            }
            let (Some(operation), [.., (before, _), _]) = (came_by, &self.trail[..]) else {
                return Ok(false);
            };
            let (before, undo) = (*before, operation.undone());
            self.trail.pop();
            let from = self.places[here].number;
            if !self.perform(from, &undo).await? || !self.stands_on(before).await? {
                self.trail.clear();
                return Ok(false);
            }
        }
        Ok(false)
    }

    /// Does these last steps of the way to `place`.
    async fn walk_forward(&mut self, place: usize, steps: &[Step]) -> Result<bool, Broken> {
        for (at, step) in steps.iter().enumerate() {
            if !self.perform(step.on, &step.operation).await? {
                self.trail.clear();
                return Ok(false);
            }
            if at + 1 < steps.len() {
                self.driven.look_past_asks().await?;
                if let Some(through) = self.places.iter().position(|known| known.number == step.led_to) {
                    self.trail.push((through, Some(step.operation.clone())));
                }
            }
        }
        let stands = self.stands_on(place).await?;
        match (stands, steps.last()) {
            (true, Some(last)) => self.trail.push((place, Some(last.operation.clone()))),
            (true, None) => {}
            (false, _) => self.trail.clear(),
        }
        Ok(stands)
    }

    async fn stands_on(&mut self, place: usize) -> Result<bool, Broken> {
        let identity = self.driven.look_past_asks().await?.identity();
        let known = &self.places[place];
        let scrolled =
            known.came.as_ref().is_some_and(|(_, step)| matches!(step.operation, Operation::Swipe { .. }));
        Ok(if scrolled {
            known.identity.same_position(&identity)
        } else {
            known.identity.same_screen(&identity)
        })
    }
}
