//! One search and what it knows: its limits, the places and the operations between them, and what it answers.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use super::goal::Goal;
use super::ways::Way;
use crate::recording::{Breadth, GoalReached, GoalRuledOut, Step};
use crate::screen::operation::Operation;
use crate::screen::{Identity, Screen};
use crate::session::{Driven, Home};

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

/// A screen that the search knows.
pub(super) struct Place {
    pub(super) number: u32,
    pub(super) screen: Screen,
    pub(super) identity: Identity,
    /// The place before it on the shortest known way, and the operation there; `None` for the main screen.
    pub(super) came: Option<(usize, Step)>,
    /// Operations from the main screen on the shortest known way.
    pub(super) distance: usize,
    /// Ways that were not tried yet.
    pub(super) ways: Vec<Way>,
}

/// One operation that leads from a known place to another.
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) step: Step,
    pub(super) to: usize,
}

/// A goal that was found, while no short enough way to it is known and shorter ones are still to be ruled out.
pub(super) struct Found<'g> {
    pub(super) at: usize,
    pub(super) goal: &'g dyn Goal,
    /// The place that shows it, or the one before the last operation.
    pub(super) place: usize,
    /// That operation, where the place that it led to was known and shows the goal only now.
    pub(super) last: Option<Step>,
    /// The screen that shows it.
    pub(super) screen: u32,
}

/// One search: what drives it, how far it goes, and what it knows by now.
pub struct Explorer<'a> {
    pub driven: Driven<'a>,
    pub home: &'a mut dyn Home,
    pub progress: &'a (dyn Fn(&str) + Send + Sync),
    pub limits: Limits,
    pub(super) places: Vec<Place>,
    /// Where we are and how we came here: known places, each with the operation that led to it.
    pub(super) trail: Vec<(usize, Option<Operation>)>,
    pub(super) breadth: Breadth,
    pub(super) begun: Instant,
    pub(super) gap: Option<String>,
    pub(super) edges: Vec<Edge>,
    /// Addresses of links that are tried or will be, and where they lead once that is known.
    pub(super) links: HashMap<String, Option<usize>>,
    /// Ways that get a second try, as the driver refused them or nothing came of them: the place, and the operation in words.
    pub(super) tried_again: HashSet<(usize, String)>,
    /// Links that were not tried, as another one with their address is: where they stand and what would be done.
    pub(super) same_links: Vec<(usize, String, Operation)>,
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
}
