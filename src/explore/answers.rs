//! The goals of a walk: which are open, and how each is answered and recorded.

use std::time::Duration;

use tracing::info;

use super::explorer::{Answer, Explorer, Found, Place};
use super::open::Open;
use super::ways::Way;
use crate::recording::{Breadth, Budget, Event, GoalReached, GoalRuledOut, Step};
use crate::screen::operation::Operation;
use crate::session::Broken;

impl Explorer<'_> {
    /// Keeps goals that a place shows until enough is known of the way to them.
    pub(super) fn keep_found<'g>(
        &self,
        goals: Open<'g>,
        (place, last): (usize, Option<Step>),
        screen: u32,
        found: &mut Vec<Found<'g>>,
    ) {
        let keep = |(at, goal)| Found { at, goal, place, last: last.clone(), screen };
        found.extend(goals.into_iter().map(keep));
    }

    /// Answers the goals of which enough is known: the way is short enough, or the shorter ones were tried.
    pub(super) fn answer_found<'g>(
        &mut self,
        found: &mut Vec<Found<'g>>,
        answers: &mut Vec<(usize, Answer)>,
    ) -> Result<(), Broken> {
        let (known, left): (Vec<Found<'g>>, Vec<Found<'g>>) = std::mem::take(found)
            .into_iter()
            .partition(|found| self.proof_depth(found) <= self.tried_within(found.goal));
        *found = left;
        known.iter().try_for_each(|found| self.answer_reached(found, answers))
    }

    /// Answers the goals that were found although shorter ways to them were not all tried.
    pub(super) fn give_up_proof(
        &mut self,
        found: &mut Vec<Found<'_>>,
        answers: &mut Vec<(usize, Answer)>,
    ) -> Result<(), Broken> {
        std::mem::take(found).iter().try_for_each(|found| self.answer_reached(found, answers))
    }

    fn answer_reached(
        &mut self,
        found: &Found<'_>,
        answers: &mut Vec<(usize, Answer)>,
    ) -> Result<(), Broken> {
        let mut path = self.path_of(found.place);
        path.extend(found.last.clone());
        // A gap on the way here might have hidden a shorter way.
        let proves = self.gap.is_none() && !self.limits.promising_only;
        let none_within =
            if proves { self.tried_within(found.goal).min(path.len().saturating_sub(1)) } else { 0 };
        let reached = GoalReached {
            goal: found.goal.name().to_owned(),
            screen: found.screen,
            shortest: proves && none_within + 1 >= path.len(),
            none_within,
            path,
            breadth: self.breadth_now(),
        };
        info!(
            "{} is reached on screen {} in {} operations",
            reached.goal,
            reached.screen,
            reached.path.len()
        );
        self.driven.recorder.append(Event::GoalReached(reached.clone()))?;
        answers.push((found.at, Answer::Reached(reached)));
        Ok(())
    }

    /// Rules goals out as deep as the walk went for them; `stopped` says why it went no deeper, where it could have.
    pub(super) fn answer_ruled_out(
        &mut self,
        goals: Open<'_>,
        stopped: Option<String>,
        answers: &mut Vec<(usize, Answer)>,
    ) -> Result<(), Broken> {
        for (at, goal) in goals {
            let screens = self.places.iter().filter(|place| !place.screen.elements.is_empty()).count();
            let deepest = goal.deepest().min(self.limits.depth);
            let ruled_out = GoalRuledOut {
                goal: goal.name().to_owned(),
                depth: if stopped.is_some() { deepest.min(self.tried_within(goal)) } else { deepest },
                stopped: stopped.clone(),
                promising_only: self.passed_over(goal) || self.limits.promising_only,
                breadth: Breadth { screens, ..self.breadth_now() },
            };
            let stopped = ruled_out.stopped.as_deref().unwrap_or("every way was tried");
            info!("{} is not found within {} operations: {stopped}", ruled_out.goal, ruled_out.depth);
            self.driven.recorder.append(Event::GoalRuledOut(ruled_out.clone()))?;
            answers.push((at, Answer::RuledOut(ruled_out)));
        }
        Ok(())
    }

    fn breadth_now(&self) -> Breadth {
        let seconds = |time: Duration| (time.as_secs_f64() * 10.0).round() / 10.0;
        // A search in the app is a way for the goals alone that ask for it.
        let search = |way: &Way| matches!(way.operation, Operation::Type { .. });
        let tried = |place: &&Place| place.ways.iter().all(search) && !place.screen.elements.is_empty();
        Breadth {
            screens: self.places.iter().filter(tried).count(),
            seconds: seconds(self.begun.elapsed()),
            budget: Some(Budget { operations: self.limits.operations, seconds: seconds(self.limits.time) }),
            ..self.breadth.clone()
        }
    }
}
