//! The goals of a walk: which are open, and how each is answered and recorded.

use std::time::Duration;

use super::goal::Goal;
use super::{Answer, Broken, Explorer};
use crate::recording::{Breadth, Budget, Event, GoalReached, GoalRuledOut, Step};
use crate::screen::Screen;

/// Goals that have no answer yet, each with its place in the list of all.
pub(super) type Open<'g> = Vec<(usize, &'g dyn Goal)>;

/// Takes the goals for which `is` holds out of the open ones.
pub(super) fn take<'g>(open: &mut Open<'g>, is: impl Fn(&dyn Goal) -> bool) -> Open<'g> {
    let (taken, left) = std::mem::take(open).into_iter().partition(|(_, goal)| is(*goal));
    *open = left;
    taken
}

pub(super) fn take_reached<'g>(open: &mut Open<'g>, screen: &Screen, way: Option<&str>) -> Open<'g> {
    take(open, |goal| goal.reached(screen, way))
}

impl Explorer<'_> {
    pub(super) fn answer_reached(
        &mut self,
        goals: Open<'_>,
        path: &[Step],
        screen: u32,
        answers: &mut Vec<(usize, Answer)>,
    ) -> Result<(), Broken> {
        for (at, goal) in goals {
            let reached = GoalReached {
                goal: goal.name().to_owned(),
                path: path.to_vec(),
                screen,
                // A gap on the way here might have hidden a shorter way.
                shortest: self.gap.is_none() && !self.promising_only && !self.limits.promising_only,
                breadth: self.breadth_now(),
            };
            self.recorder.append(Event::GoalReached(reached.clone()))?;
            answers.push((at, Answer::Reached(reached)));
        }
        Ok(())
    }

    pub(super) fn answer_ruled_out(
        &mut self,
        goals: Open<'_>,
        depth: usize,
        stopped: Option<String>,
        answers: &mut Vec<(usize, Answer)>,
    ) -> Result<(), Broken> {
        for (at, goal) in goals {
            let screens = self.places.iter().filter(|place| !place.screen.elements.is_empty()).count();
            let ruled_out = GoalRuledOut {
                goal: goal.name().to_owned(),
                depth: depth.min(goal.deepest()),
                stopped: stopped.clone(),
                promising_only: self.promising_only || self.limits.promising_only,
                breadth: Breadth { screens, ..self.breadth_now() },
            };
            self.recorder.append(Event::GoalRuledOut(ruled_out.clone()))?;
            answers.push((at, Answer::RuledOut(ruled_out)));
        }
        Ok(())
    }

    fn breadth_now(&self) -> Breadth {
        let seconds = |time: Duration| (time.as_secs_f64() * 10.0).round() / 10.0;
        Breadth {
            seconds: seconds(self.begun.elapsed()),
            budget: Some(Budget { operations: self.limits.operations, seconds: seconds(self.limits.time) }),
            ..self.breadth.clone()
        }
    }
}
