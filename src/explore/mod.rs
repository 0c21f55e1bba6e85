//! Exploring an app from its main screen: the fewest operations to a goal, and the proof that no
//! shorter way exists.
//!
//! Breadth first, level by level: every way of every screen that is `n` operations from the main screen is
//! tried before any screen at `n + 1`. So the first sighting of the goal is a shortest path. Promising ways go
//! first *within* a level, which makes it fast and never wrong.

pub mod goal;
mod walk;
mod ways;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use async_trait::async_trait;

use self::goal::Goal;
pub use self::ways::labels_of;
use self::ways::{Way, ways_from};
use crate::app::{App, AppError};
use crate::probes::asks;
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

/// What a search ended with.
#[derive(Debug)]
pub enum Answer {
    Reached(GoalReached),
    RuledOut(GoalRuledOut),
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
        }
    }

    /// Searches for the goal.
    ///
    /// # Errors
    /// When the driver or the disk fails; what was recorded until then is whole.
    pub async fn search(mut self, goal: &dyn Goal) -> Result<Answer, Broken> {
        let main = self.home.go(self.app, self.recorder).await?;
        let number = self.recorder.last_screen();
        if goal.reached(&main, None) {
            return Ok(self.reached(goal, Vec::new(), number));
        }
        self.add(main, number, Vec::new(), goal);
        self.trail = vec![(0, None)];
        let mut level = vec![0];
        for depth in 0..self.limits.depth {
            let mut todo: Vec<(usize, Way)> = level
                .iter()
                .flat_map(|&place| {
                    std::mem::take(&mut self.places[place].ways).into_iter().map(move |way| (place, way))
                })
                .collect();
            // Stable, and in few classes: ways of one class stay together by screen, which saves returning.
            todo.sort_by_key(|(_, way)| match way.promise {
                0 => 0,
                promise if promise < goal::NO_PROMISE - 1 => 1,
                _ => 2,
            });
            let first_new = self.places.len();
            for (done, (place, way)) in todo.iter().enumerate() {
                (self.progress)(&format!(
                    "{depth} operations deep: way {} of {}, {} screens known",
                    done + 1,
                    todo.len(),
                    self.places.len()
                ));
                if let Some(why) = self.exhausted() {
                    return Ok(self.ruled_out(goal, depth, Some(why)));
                }
                if let Some(answer) = self.try_way(*place, way, goal).await? {
                    return Ok(answer);
                }
            }
            self.breadth.screens += level.len();
            level = (first_new..self.places.len()).collect();
            if level.is_empty() {
                let why = self.gap.clone();
                // Nothing new anywhere: the app is known whole, whatever the depth asked for.
                return Ok(self.ruled_out(goal, self.limits.depth, why));
            }
        }
        let why = self.gap.clone();
        let depth = self.limits.depth;
        Ok(self.ruled_out(goal, depth, why))
    }

    fn exhausted(&self) -> Option<String> {
        if self.breadth.operations >= self.limits.operations {
            return Some(format!("the limit of {} operations was used up", self.limits.operations));
        }
        (self.begun.elapsed() >= self.limits.time)
            .then(|| format!("the limit of {} s was used up", self.limits.time.as_secs()))
    }

    /// Goes one way from a known place; an answer when it led to the goal.
    async fn try_way(&mut self, place: usize, way: &Way, goal: &dyn Goal) -> Result<Option<Answer>, Broken> {
        if !self.return_to(place).await? {
            return Ok(None);
        }
        let from = self.places[place].number;
        if !self.perform(from, &way.operation).await? {
            self.trail.clear();
            return Ok(None);
        }
        let screen = asks::look_past(self.app, self.recorder).await?;
        let identity = screen.identity();
        let label = way.label.as_deref();
        let reached = goal.reached(&screen, label);
        if !reached {
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
                return Ok(None);
            }
        }
        let picture = self.app.picture().await?;
        let observation = Observation { screen, picture, accesses: self.app.accesses() };
        let number = self.recorder.see(&observation)?.screen;
        let mut path = self.places[place].path.clone();
        path.push(Step { on: from, operation: way.operation.clone(), led_to: number });
        if reached {
            return Ok(Some(self.reached(goal, path, number)));
        }
        self.trail.push((self.places.len(), Some(way.operation.clone())));
        self.add(observation.screen, number, path, goal);
        Ok(None)
    }

    /// Does and records an operation; false where the app refused it (the control had gone).
    async fn perform(&mut self, on: u32, operation: &Operation) -> Result<bool, Broken> {
        self.breadth.operations += 1;
        self.recorder.note(self.app.accesses())?;
        self.recorder.append(Event::OperationDone { screen: on, operation: operation.clone() })?;
        match self.app.perform(operation).await {
            Ok(()) => Ok(true),
            Err(e) if e.is_fatal() => Err(e.into()),
            Err(e) => {
                self.recorder.append(Event::Trouble { what: e.to_string() })?;
                Ok(false)
            }
        }
    }

    fn add(&mut self, screen: Screen, number: u32, path: Vec<Step>, goal: &dyn Goal) {
        let identity = screen.identity();
        let alike = self.places.iter().filter(|known| known.identity.alike(&identity)).count();
        let own = screen.address.is_empty() || self.app.is_own(&screen.address);
        let ways = if !own {
            Vec::new()
        } else if alike >= ALIKE_SCREENS {
            self.breadth.alike_skipped += 1;
            Vec::new()
        } else {
            let found = ways_from(&screen, goal);
            self.breadth.alike_skipped += found.alike_skipped;
            self.breadth.dangerous_skipped += found.dangerous_skipped;
            let mut ways = found.ways;
            if self.limits.promising_only {
                ways.retain(|way| way.promise < goal::NO_PROMISE - 1);
            }
            // Links with one address lead to one place: one try answers for all of them.
            ways.retain(|way| {
                way.promise == 0 || way.link.as_ref().is_none_or(|link| self.links.insert(link.clone()))
            });
            ways
        };
        self.places.push(Place { number, screen, identity, path, ways });
    }

    fn reached(&mut self, goal: &dyn Goal, path: Vec<Step>, screen: u32) -> Answer {
        // A gap on the way here might have hidden a shorter way.
        let shortest = self.gap.is_none();
        Answer::Reached(GoalReached {
            goal: goal.name().to_owned(),
            path,
            screen,
            shortest,
            breadth: self.breadth.clone(),
        })
    }

    fn ruled_out(&mut self, goal: &dyn Goal, depth: usize, stopped: Option<String>) -> Answer {
        let breadth = Breadth {
            screens: self.places.iter().filter(|place| !place.screen.elements.is_empty()).count(),
            ..self.breadth.clone()
        };
        Answer::RuledOut(GoalRuledOut { goal: goal.name().to_owned(), depth, stopped, breadth })
    }
}
