//! Exploring an app from its main screen: ways to goals, and the proof of how far there is none.
//!
//! Promising ways go first, across all levels: most goals are found so in a few operations. What an answer needs decides how
//! far the walk goes on: one way is enough for most goals; for one whose operations are counted, a way that is short enough,
//! or else the proof that no way is ([`Limits::enough`]). Where a goal is not found, and for that proof, the walk goes level by
//! level: every way of every screen that is `n` operations from the main screen before any at `n + 1`. One walk answers
//! many goals: a screen that shows one of them is gone on from for the others.

mod answers;
mod frontier;
pub mod goal;
mod open;
mod walk;
mod ways;

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use tracing::{Instrument as _, debug, info, info_span};

use self::goal::Goal;
use self::open::{Open, take, take_reached};
use self::ways::Way;
pub use self::ways::{Ways, ways_from};
use crate::app::careful::Hand;
use crate::language::danger::Place as Within;
use crate::language::policy;
use crate::recording::entries::ControlsLeft;
use crate::recording::{Breadth, Event, GoalReached, GoalRuledOut, Step};
use crate::screen::operation::Operation;
use crate::screen::{Identity, Screen};
use crate::session::{Broken, Driven, Home};

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
    /// For a goal whose operations are counted: a way of at most this many is enough. For a longer one the walk goes on
    /// until every way of at most this many was tried; with 0, until the found one is proven to be the shortest.
    pub enough: usize,
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
    /// The place before it on the shortest known way, and the operation there; `None` for the main screen.
    came: Option<(usize, Step)>,
    /// Operations from the main screen on the shortest known way.
    distance: usize,
    /// Ways that were not tried yet.
    ways: Vec<Way>,
}

/// One operation that leads from a known place to another.
struct Edge {
    from: usize,
    step: Step,
    to: usize,
}

/// A goal that was found, while no short enough way to it is known and shorter ones are still to be ruled out.
struct Found<'g> {
    at: usize,
    goal: &'g dyn Goal,
    /// The place that shows it, or the one before the last operation.
    place: usize,
    /// That operation, where the place that it led to was known and shows the goal only now.
    last: Option<Step>,
    /// The screen that shows it.
    screen: u32,
}

/// One search.
pub struct Explorer<'a> {
    pub driven: Driven<'a>,
    pub home: &'a mut dyn Home,
    pub progress: &'a (dyn Fn(&str) + Send + Sync),
    pub limits: Limits,
    places: Vec<Place>,
    /// Where we are and how we came here: known places, each with the operation that led to it.
    trail: Vec<(usize, Option<Operation>)>,
    breadth: Breadth,
    begun: Instant,
    gap: Option<String>,
    edges: Vec<Edge>,
    /// Addresses of links that are tried or will be, and where they lead once that is known.
    links: HashMap<String, Option<usize>>,
    /// Ways that get a second try, as the driver refused them or nothing came of them: the place, and the operation in words.
    tried_again: HashSet<(usize, String)>,
    /// Links that were not tried, as another one with their address is: where they stand and what would be done.
    same_links: Vec<(usize, String, Operation)>,
}

impl<'a> Explorer<'a> {
    pub fn new(
        driven: Driven<'a>,
        home: &'a mut dyn Home,
        progress: &'a (dyn Fn(&str) + Send + Sync),
        limits: Limits,
    ) -> Self {
        Explorer {
            driven,
            home,
            progress,
            limits,
            places: Vec::new(),
            trail: Vec::new(),
            breadth: Breadth::default(),
            begun: Instant::now(),
            gap: None,
            edges: Vec::new(),
            links: HashMap::new(),
            tried_again: HashSet::new(),
            same_links: Vec::new(),
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
        let names: Vec<&str> = goals.iter().map(|goal| goal.name()).collect();
        let span = info_span!("walk", goals = names.join(","));
        let answers = self.walk_for(goals).instrument(span).await;
        // A walk that broke off must not leave its guard behind for what comes next.
        let put_back = self.driven.app.set_hand(Hand::Guided).await;
        let answers = answers?;
        put_back?;
        Ok(answers)
    }

    async fn walk_for(&mut self, goals: &[&dyn Goal]) -> Result<Vec<Answer>, Broken> {
        self.limits.promising_only |= goals.iter().all(|goal| goal.quick());
        let mut open: Open<'_> = goals.iter().copied().enumerate().collect();
        let mut found: Vec<Found<'_>> = Vec::new();
        let mut answers: Vec<(usize, Answer)> = Vec::new();
        let main = self.go_home().await?;
        let number = self.driven.recorder.last_screen();
        let reached = take_reached(&mut open, &main, None);
        self.keep_found(reached, (0, None), number, &mut found);
        self.add(main, number, None, None, &goals_of(&open, &found))?;
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
            if let Some(why) = self.exhausted() {
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

    fn exhausted(&self) -> Option<String> {
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
            let promises = way.promise_for(&goals_of(open, found)) < goal::NO_PROMISE - 1;
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
        self.add(screen, number, Some((place, step(number))), label, &goals)?;
        self.connect(place, step(number), new, way.link.as_deref());
        Ok(())
    }

    /// Goes to the main screen with a guided hand, and walks on from there.
    async fn go_home(&mut self) -> Result<Screen, Broken> {
        self.driven.app.set_hand(Hand::Guided).await?;
        let main = self.home.go(&mut self.driven).await?;
        let place = if self.breadth.signed_in { Within::Account } else { Within::Guest };
        let works = self.driven.app.set_hand(Hand::Walking(place)).await?;
        let guard = self.driven.app.guard();
        self.driven.recorder.guarding(guard, works)?;
        Ok(main)
    }

    /// Does and records an operation; false where it was refused: the control had gone, or may do harm.
    async fn perform(&mut self, on: u32, operation: &Operation) -> Result<bool, Broken> {
        self.breadth.operations += 1;
        self.driven.perform(on, operation).await
    }

    fn add(
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
                ways.retain(|way| way.promise_for(goals) < goal::NO_PROMISE - 1);
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

/// What ways are still wanted for.
fn goals_of<'g>(open: &Open<'g>, found: &[Found<'g>]) -> Vec<&'g dyn Goal> {
    open.iter().map(|(_, goal)| *goal).chain(found.iter().map(|found| found.goal)).collect()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
