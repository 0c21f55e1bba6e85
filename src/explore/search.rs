//! The walk for all goals of a search: which way is gone next, what came of it, and when it ends.

use tracing::{Instrument as _, debug, info, info_span};

use super::explorer::{Answer, Explorer, Found};
use super::goal::{Goal, NO_PROMISE};
use super::open::{Open, take, take_reached};
use super::ways::Way;
use crate::app::careful::Hand;
use crate::recording::Step;
use crate::screen::operation::Operation;
use crate::session::Broken;

impl Explorer<'_> {
    /// Searches for one goal.
    ///
    /// # Errors
    /// When the driver or the disk fails; what was recorded until then is whole.
    pub async fn search(self, goal: &dyn Goal) -> Result<Answer, Broken> {
        let answers = self.search_all(&[goal]).await?;
        answers.into_iter().next().ok_or(Broken::Cancelled)
    }

    /// Searches for all goals in one walk: each is answered by a shortest path to it, or ruled out as deep as the walk
    /// went for it. Every answer is in the timeline as soon as it is known; they are given back in the goals' order.
    ///
    /// # Errors
    /// When the driver or the disk fails; what was recorded until then is whole.
    pub async fn search_all(mut self, goals: &[&dyn Goal]) -> Result<Vec<Answer>, Broken> {
        let names: Vec<&str> = goals.iter().map(|goal| goal.name()).collect();
        let span = info_span!("walk", goals = names.join(","));
        let answers = self.walk_for(goals).instrument(span).await;
        // A walk that broke off must not leave its guard behind for what comes next.
        let put_back = self.driven.app.set_hand(Hand::Guided).await;
        let answers = answers?;
        put_back?;
        Ok(answers)
    }

    /// Walks until every goal is answered or a limit is used up.
    async fn walk_for(&mut self, goals: &[&dyn Goal]) -> Result<Vec<Answer>, Broken> {
        self.limits.promising_only |= goals.iter().all(|goal| goal.quick());
        let mut open: Open<'_> = goals.iter().copied().enumerate().collect();
        let mut found: Vec<Found<'_>> = Vec::new();
        let mut answers: Vec<(usize, Answer)> = Vec::new();
        let main = self.go_home().await?;
        let number = self.driven.recorder.last_screen();
        let reached = take_reached(&mut open, &main, None);
        self.keep_found(reached, (0, None), number, &mut found);
        self.add_place(main, number, None, None, &goals_of(&open, &found))?;
        self.trail = vec![(0, None)];
        let mut stopped = None;
        loop {
            self.answer_found(&mut found, &mut answers)?;
            let searched_out = take(&mut open, |goal| !self.is_worth_a_walk(goal));
            self.answer_ruled_out(searched_out, self.gap.clone(), &mut answers)?;
            let Some((place, way)) = self.next_way(&open, &found) else { break };
            let wanted = goals_of(&open, &found);
            let at = &self.places[place];
            info!(
                "tries {} on screen {}, {} operations deep: {}",
                way.operation,
                at.number,
                at.distance,
                way.reason(&wanted)
            );
            (self.progress)(&format!(
                "{} operations deep: {} ways left, {} screens known, {} of {} goals open",
                self.places[place].distance,
                self.places.iter().map(|place| place.ways.len()).sum::<usize>() + 1,
                self.places.len(),
                open.len() + found.len(),
                goals.len()
            ));
            if let Some(why) = self.find_limit_reached() {
                self.places[place].ways.push(way);
                stopped = Some(why);
                break;
            }
            self.try_way(place, &way, &mut open, &mut found).await?;
        }
        self.give_up_proof(&mut found, &mut answers)?;
        let why = stopped.or_else(|| self.gap.clone());
        self.answer_ruled_out(open, why, &mut answers)?;
        answers.sort_by_key(|(at, _)| *at);
        Ok(answers.into_iter().map(|(_, answer)| answer).collect())
    }

    /// Which limit is used up, in words.
    fn find_limit_reached(&self) -> Option<String> {
        if self.breadth.operations >= self.limits.operations {
            return Some(format!("the limit of {} operations was used up", self.limits.operations));
        }
        (self.begun.elapsed() >= self.limits.time)
            .then(|| format!("the limit of {} s was used up", self.limits.time.as_secs()))
    }

    /// Goes one way from a known place, and keeps the goals that it led to.
    async fn try_way<'g>(
        &mut self,
        place: usize,
        way: &Way,
        open: &mut Open<'g>,
        found: &mut Vec<Found<'g>>,
    ) -> Result<(), Broken> {
        if !self.return_to(place).await? {
            return Ok(());
        }
        let from = self.places[place].number;
        let left_alone = self.driven.app.refuses(&way.operation).is_some();
        if !self.perform(from, &way.operation).await? {
            self.trail.clear();
            if !left_alone {
                self.keep_refused(place, way);
            }
            return Ok(());
        }
        let screen = self.driven.look_past_asks().await?;
        self.driven.note_held_back(from, &way.operation)?;
        let identity = screen.identity();
        let label = way.label.as_deref();
        let reached = take_reached(open, &screen, label);
        let swiped = matches!(way.operation, Operation::Swipe { .. });
        let known = self.places.iter().position(|known| {
            if swiped {
                known.identity.same_position(&identity)
            } else {
                known.identity.same_screen(&identity)
            }
        });
        let step = |led_to| Step { on: from, operation: way.operation.clone(), led_to };
        match known {
            Some(known) => debug!("it leads to screen {}, which is known", self.places[known].number),
            None => debug!("it leads to a new screen"),
        }
        if let Some(known) = known {
            let before = self.trail.len().checked_sub(2).map(|at| self.trail[at].0);
            if before == Some(known) {
                // The app's own way back: what it led from is behind us no more.
                self.trail.pop();
            } else if known != place {
                self.trail.push((known, Some(way.operation.clone())));
            }
            // A tap can be lost: of a way that promises something, nothing is believed that was seen once.
            let promises = way.promise_for(&goals_of(open, found)) < NO_PROMISE - 1;
            if known == place && reached.is_empty() && promises && !swiped && self.keep_once_more(place, way)
            {
                debug!("nothing came of it: it is tried once more");
                return Ok(());
            }
            self.connect(place, step(self.places[known].number), known, way.link.as_deref());
            if reached.is_empty() {
                return Ok(());
            }
        }
        let (screen, seen) = self.driven.record_screen(screen).await?;
        let number = seen.screen;
        if known.is_some() {
            self.keep_found(reached, (place, Some(step(number))), number, found);
            return Ok(());
        }
        let new = self.places.len();
        self.keep_found(reached, (new, None), number, found);
        self.trail.push((new, Some(way.operation.clone())));
        let goals = goals_of(open, found);
        self.add_place(screen, number, Some((place, step(number))), label, &goals)?;
        self.connect(place, step(number), new, way.link.as_deref());
        Ok(())
    }
}

/// What ways are still wanted for.
fn goals_of<'g>(open: &Open<'g>, found: &[Found<'g>]) -> Vec<&'g dyn Goal> {
    open.iter().map(|(_, goal)| *goal).chain(found.iter().map(|found| found.goal)).collect()
}
