//! Exploring an app from its main screen: the fewest operations to a goal, and the proof that no
//! shorter way exists.
//!
//! Breadth first, level by level: every way of every screen that is `n` operations from the main screen is
//! tried before any screen at `n + 1`. So the first sighting of a goal is a shortest path. Promising ways go
//! first *within* a level, which makes it fast and never wrong. One walk answers many goals: a screen that shows
//! one of them is gone on from for the others.

mod answers;
pub mod goal;
mod walk;
mod ways;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use async_trait::async_trait;

use self::answers::{Open, take, take_reached};
use self::goal::Goal;
use self::ways::Way;
pub use self::ways::{Ways, ways_from};
use crate::app::careful::Hand;
use crate::app::{App, AppError};
use crate::language::danger::Place as Within;
use crate::language::policy;
use crate::probes::{asks, main_screen};
use crate::recording::{Breadth, Event, GoalReached, GoalRuledOut, Observation, Recorder, Step, WriteError};
use crate::screen::operation::Operation;
use crate::screen::{Identity, Screen};

/// What ends an exploration from inside: the driver or the disk.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error(transparent)]
    App(#[from] AppError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("stopped by the user")]
    Cancelled,
}

/// How far to go.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Operations from the main screen.
    pub depth: usize,
    /// Operations in all, those for returning included.
    pub operations: usize,
    pub time: Duration,
    /// Go only where a label speaks for it. Quick, and no proof that there is no other way.
    pub promising_only: bool,
}

/// How to come back to the app's main screen.
#[async_trait]
pub trait Home: Send {
    async fn go(&mut self, app: &mut dyn App, recorder: &mut Recorder) -> Result<Screen, Broken>;
}

/// What a search ended with for one goal.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Reached(GoalReached),
    RuledOut(GoalRuledOut),
}

impl Answer {
    /// The goal's name.
    pub fn goal(&self) -> &str {
        match self {
            Answer::Reached(reached) => &reached.goal,
            Answer::RuledOut(ruled_out) => &ruled_out.goal,
        }
    }
}

/// Screens of one structure that are expanded; more of them only differ in their words (ours).
const ALIKE_SCREENS: usize = 6;

/// A screen that the search knows.
struct Place {
    number: u32,
    screen: Screen,
    identity: Identity,
    path: Vec<Step>,
    ways: Vec<Way>,
}

/// One search.
pub struct Explorer<'a> {
    pub app: &'a mut dyn App,
    pub recorder: &'a mut Recorder,
    pub home: &'a mut dyn Home,
    pub progress: &'a (dyn Fn(&str) + Send + Sync),
    pub limits: Limits,
    places: Vec<Place>,
    /// Where we are and how we came here: known places, each with the operation that led to it.
    trail: Vec<(usize, Option<Operation>)>,
    breadth: Breadth,
    begun: Instant,
    gap: Option<String>,
    /// Addresses of links that are tried or will be.
    links: HashSet<String>,
    /// Ways that no label speaks for were passed over, as only quick goals were left.
    promising_only: bool,
}

impl<'a> Explorer<'a> {
    pub fn new(
        app: &'a mut dyn App,
        recorder: &'a mut Recorder,
        home: &'a mut dyn Home,
        progress: &'a (dyn Fn(&str) + Send + Sync),
        limits: Limits,
    ) -> Self {
        Explorer {
            app,
            recorder,
            home,
            progress,
            limits,
            places: Vec::new(),
            trail: Vec::new(),
            breadth: Breadth::default(),
            begun: Instant::now(),
            gap: None,
            links: HashSet::new(),
            promising_only: false,
        }
    }

    /// The app is in an account: what this search records says so.
    pub fn signed_in(mut self) -> Self {
        self.breadth.signed_in = true;
        self
    }

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
        let answers = self.walk_for(goals).await;
        // A walk that broke off must not leave its guard behind for what comes next.
        let put_back = self.app.set_hand(Hand::Guided).await;
        let answers = answers?;
        put_back?;
        Ok(answers)
    }

    async fn walk_for(&mut self, goals: &[&dyn Goal]) -> Result<Vec<Answer>, Broken> {
        self.limits.promising_only |= goals.iter().all(|goal| goal.quick());
        let mut open: Open<'_> = goals.iter().copied().enumerate().collect();
        let mut answers: Vec<(usize, Answer)> = Vec::new();
        let main = self.go_home().await?;
        let number = self.recorder.last_screen();
        let reached = take_reached(&mut open, &main, None);
        self.answer_reached(reached, &[], number, &mut answers)?;
        self.add(main, number, Vec::new(), None, &open)?;
        self.trail = vec![(0, None)];
        let mut level = vec![0];
        for depth in 0..self.limits.depth {
            let given_up = take(&mut open, |goal| goal.deepest() <= depth);
            self.answer_ruled_out(given_up, depth, self.gap.clone(), &mut answers)?;
            if open.is_empty() {
                break;
            }
            let first_new = self.places.len();
            if let Some(why) = self.try_level(&level, depth, &mut open, &mut answers).await? {
                self.answer_ruled_out(std::mem::take(&mut open), depth, Some(why), &mut answers)?;
                break;
            }
            self.breadth.screens += level.len();
            level = (first_new..self.places.len()).collect();
            if level.is_empty() {
                // Nothing new anywhere: the app is known whole, whatever the depth asked for.
                break;
            }
        }
        self.answer_ruled_out(open, self.limits.depth, self.gap.clone(), &mut answers)?;
        answers.sort_by_key(|(at, _)| *at);
        Ok(answers.into_iter().map(|(_, answer)| answer).collect())
    }

    /// Tries every way of the places of one level; why it was cut, where it was.
    async fn try_level(
        &mut self,
        level: &[usize],
        depth: usize,
        open: &mut Open<'_>,
        answers: &mut Vec<(usize, Answer)>,
    ) -> Result<Option<String>, Broken> {
        let goals: Vec<&dyn Goal> = open.iter().map(|(_, goal)| *goal).collect();
        let mut todo: Vec<(usize, Way)> = Vec::new();
        for &place in level {
            for mut way in std::mem::take(&mut self.places[place].ways) {
                way.promise = way.promise_for(&goals);
                if !way.is_idle(&goals) {
                    todo.push((place, way));
                }
            }
        }
        // Stable, and in few classes: ways of one class stay together by screen, which saves returning.
        todo.sort_by_key(|(_, way)| match way.promise {
            0 => 0,
            promise if promise < goal::NO_PROMISE - 1 => 1,
            _ => 2,
        });
        for (done, (place, way)) in todo.iter().enumerate() {
            if open.is_empty() {
                return Ok(None);
            }
            // What is left is looked for only where a label speaks for it.
            if open.iter().all(|(_, goal)| goal.quick()) && way.promise >= goal::NO_PROMISE - 1 {
                self.promising_only = true;
                continue;
            }
            (self.progress)(&format!(
                "{depth} operations deep: way {} of {}, {} screens known, {} of {} goals open",
                done + 1,
                todo.len(),
                self.places.len(),
                open.len(),
                open.len() + answers.len()
            ));
            if let Some(why) = self.exhausted() {
                return Ok(Some(why));
            }
            self.try_way(*place, way, open, answers).await?;
        }
        Ok(None)
    }

    fn exhausted(&self) -> Option<String> {
        if self.breadth.operations >= self.limits.operations {
            return Some(format!("the limit of {} operations was used up", self.limits.operations));
        }
        (self.begun.elapsed() >= self.limits.time)
            .then(|| format!("the limit of {} s was used up", self.limits.time.as_secs()))
    }

    /// Goes one way from a known place, and answers the goals that it led to.
    async fn try_way(
        &mut self,
        place: usize,
        way: &Way,
        open: &mut Open<'_>,
        answers: &mut Vec<(usize, Answer)>,
    ) -> Result<(), Broken> {
        if !self.return_to(place).await? {
            return Ok(());
        }
        let from = self.places[place].number;
        if !self.perform(from, &way.operation).await? {
            self.trail.clear();
            return Ok(());
        }
        let screen = asks::look_past(self.app, self.recorder).await?;
        main_screen::note_held_back(self.app, self.recorder, from, &way.operation)?;
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
        if let Some(known) = known {
            let before = self.trail.len().checked_sub(2).map(|at| self.trail[at].0);
            if before == Some(known) {
                // The app's own way back: what it led from is behind us no more.
                self.trail.pop();
            } else if known != place {
                self.trail.push((known, Some(way.operation.clone())));
            }
            if reached.is_empty() {
                return Ok(());
            }
        }
        let picture = self.app.picture().await?;
        let observation = Observation { screen, picture, accesses: self.app.accesses() };
        let number = self.recorder.see(&observation)?.screen;
        let mut path = self.places[place].path.clone();
        path.push(Step { on: from, operation: way.operation.clone(), led_to: number });
        self.answer_reached(reached, &path, number, answers)?;
        if known.is_none() {
            self.trail.push((self.places.len(), Some(way.operation.clone())));
            self.add(observation.screen, number, path, label, open)?;
        }
        Ok(())
    }

    /// Goes to the main screen with a guided hand, and walks on from there.
    async fn go_home(&mut self) -> Result<Screen, Broken> {
        self.app.set_hand(Hand::Guided).await?;
        let main = self.home.go(self.app, self.recorder).await?;
        let place = if self.breadth.signed_in { Within::Account } else { Within::Guest };
        let works = self.app.set_hand(Hand::Walking(place)).await?;
        let guard = self.app.guard();
        self.recorder.guarding(guard, works)?;
        Ok(main)
    }

    /// Does and records an operation; false where it was refused: the control had gone, or may do harm.
    async fn perform(&mut self, on: u32, operation: &Operation) -> Result<bool, Broken> {
        self.breadth.operations += 1;
        main_screen::perform(self.app, self.recorder, on, operation).await
    }

    fn add(
        &mut self,
        screen: Screen,
        number: u32,
        path: Vec<Step>,
        way: Option<&str>,
        open: &Open<'_>,
    ) -> Result<(), Broken> {
        let identity = screen.identity();
        let alike = self.places.iter().filter(|known| known.identity.alike(&identity)).count();
        let own = screen.address.is_empty() || self.app.is_own(&screen.address);
        let ways = if !own || open.is_empty() {
            Vec::new()
        } else if alike >= ALIKE_SCREENS {
            self.breadth.alike_skipped += 1;
            Vec::new()
        } else {
            let goals: Vec<&dyn Goal> = open.iter().map(|(_, goal)| *goal).collect();
            let app = &*self.app;
            let found = ways_from(&screen, &goals, &|around, at| app.danger_of(around, at));
            self.breadth.alike_skipped += found.alike_skipped;
            self.breadth.dangerous_skipped += found.left.len();
            if !found.left.is_empty() {
                self.recorder.append(Event::ControlsLeft { screen: number, controls: found.left.clone() })?;
            }
            let mut ways = found.ways;
            if self.limits.promising_only {
                ways.retain(|way| way.promise < goal::NO_PROMISE - 1);
            }
            // Scrolling through a document of which the tree holds everything shows no control that is not known.
            if self.is_whole_document(&screen, way) {
                ways.retain(|way| !matches!(way.operation, Operation::Swipe { .. }));
            }
            // Links with one address lead to one place: one try answers for all of them.
            ways.retain(|way| {
                way.promise == 0 || way.link.as_ref().is_none_or(|link| self.links.insert(link.clone()))
            });
            ways
        };
        self.places.push(Place { number, screen, identity, path, ways });
        Ok(())
    }

    /// The policy's text, with nothing out of sight that could be tapped.
    fn is_whole_document(&self, screen: &Screen, way: Option<&str>) -> bool {
        !self.app.shows_only_what_is_in_sight()
            && policy::on_screen(screen, way).is_some()
            && !screen.elements.iter().any(|element| !element.seen && element.tappable.is_some())
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
