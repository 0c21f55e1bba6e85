//! Which way is tried next, and how far each known place is from the main screen.

use std::collections::VecDeque;

use super::explorer::{Edge, Explorer, Found};
use super::goal::{Goal, NO_PROMISE};
use super::open::Open;
use super::ways::Way;
use crate::recording::Step;

/// A promise from here on is none: nothing speaks for the way, or it only scrolls.
const UNPROMISING: usize = NO_PROMISE - 1;
/// How much nearer to the front of its list a word must stand to be followed one operation deeper (ours).
const PER_OPERATION: usize = 2;

/// How soon a way is tried, the least first: the class of its promise, its promise or distance, whether one must walk to
/// it, its place on its screen.
type Rank = (usize, usize, bool, usize);

impl Explorer<'_> {
    /// Keeps a way that the driver refused for one more try. Refused again it is a gap: what it leads to is not known, so
    /// nothing is proven to be nowhere.
    pub(super) fn keep_refused(&mut self, place: usize, way: &Way) {
        if !self.keep_once_more(place, way) {
            let number = self.places[place].number;
            self.gap.get_or_insert_with(|| {
                format!(
                    "the driver did not do “{}” on screen {number}, so what it leads to is not known",
                    way.operation
                )
            });
        }
    }

    /// Puts a way back for a second try; false where it had that already.
    pub(super) fn keep_once_more(&mut self, place: usize, way: &Way) -> bool {
        let first = self.tried_again.insert((place, way.operation.to_string()));
        if first {
            self.places[place].ways.push(way.clone());
        }
        first
    }

    /// Takes the next way to try: one that promises most for an open goal, wherever it is; where none promises anything, one
    /// that is nearest to the main screen.
    pub(super) fn next_way(&mut self, open: &Open<'_>, found: &[Found<'_>]) -> Option<(usize, Way)> {
        let here = self.trail.last().map(|(place, _)| *place);
        let mut best: Option<(Rank, usize, usize)> = None;
        for (place, at) in self.places.iter().enumerate() {
            let mut goals = self.goals_at(at.distance, open);
            let open_goals = goals.len();
            goals.extend(
                found.iter().filter(|found| at.distance < self.proof_depth(found)).map(|found| found.goal),
            );
            let proving = goals.len() > open_goals;
            if goals.is_empty() && !proving || at.distance >= self.limits.depth {
                continue;
            }
            let thorough = goals.iter().any(|goal| !goal.quick()) && !self.limits.promising_only;
            for (index, way) in at.ways.iter().enumerate() {
                if way.is_idle(&goals) {
                    continue;
                }
                let promise = way.promise_for(&goals);
                let key = match promise {
                    0 => (0, at.distance, here != Some(place), index),
                    promise if promise < UNPROMISING => {
                        (1, promise + PER_OPERATION * at.distance, here != Some(place), index)
                    }
                    _ if thorough || proving => (2 + at.distance, 0, here != Some(place), index),
                    _ => continue,
                };
                if best.as_ref().is_none_or(|(known, ..)| key < *known) {
                    best = Some((key, place, index));
                }
            }
        }
        let (_, place, index) = best?;
        Some((place, self.places[place].ways.remove(index)))
    }

    /// The open goals that are looked for on screens behind a place at this distance.
    fn goals_at<'g>(&self, distance: usize, open: &Open<'g>) -> Vec<&'g dyn Goal> {
        open.iter().map(|(_, goal)| *goal).filter(|goal| goal.deepest() > distance).collect()
    }

    /// Whether a way is left that could lead to a goal.
    pub(super) fn is_worth_a_walk(&self, goal: &dyn Goal) -> bool {
        let depth = goal.deepest().min(self.limits.depth);
        let goals = [goal];
        let only_promising = goal.quick() || self.limits.promising_only;
        self.places.iter().filter(|place| place.distance < depth).any(|place| {
            let mut ways = place.ways.iter().filter(|way| !way.is_idle(&goals));
            ways.any(|way| !only_promising || way.promise_for(&goals) < UNPROMISING)
        })
    }

    /// Whether ways that a goal may hang behind were passed over, as no label speaks for it.
    pub(super) fn passed_over(&self, goal: &dyn Goal) -> bool {
        let depth = goal.deepest().min(self.limits.depth);
        (goal.quick() || self.limits.promising_only)
            && self.places.iter().any(|place| place.distance < depth && !place.ways.is_empty())
    }

    /// Every way of at most this many operations that could lead to the goal was tried, of those that are tried at all.
    pub(super) fn tried_within(&self, goal: &dyn Goal) -> usize {
        let untried = self.places.iter().filter(|place| place.ways.iter().any(|way| !way.is_idle(&[goal])));
        untried.map(|place| place.distance).min().unwrap_or(usize::MAX)
    }

    /// Ways from places nearer than this must be tried before a found goal is answered.
    pub(super) fn proof_depth(&self, found: &Found<'_>) -> usize {
        let length = self.places[found.place].distance + usize::from(found.last.is_some());
        match self.limits.enough {
            _ if !found.goal.counts_operations() || self.limits.promising_only => 0,
            enough if length <= enough => 0,
            0 => length.saturating_sub(1),
            enough => enough.min(length.saturating_sub(1)),
        }
    }

    /// The operations of the shortest known way to a place.
    pub(super) fn path_of(&self, place: usize) -> Vec<Step> {
        let mut path: Vec<Step> = Vec::new();
        let mut at = place;
        while let Some((before, step)) = &self.places[at].came {
            path.push(step.clone());
            at = *before;
            if path.len() > self.places.len() {
                // A circle cannot be: distances fall by one with each step.
                break;
            }
        }
        path.reverse();
        path
    }

    /// Keeps that an operation leads from one place to another, and what a link's address leads to.
    pub(super) fn connect(&mut self, from: usize, step: Step, to: usize, link: Option<&str>) {
        let shorter = self.places[from].distance + 1 < self.places[to].distance;
        self.edges.push(Edge { from, step, to });
        if let Some(link) = link
            && let Some(leads) = self.links.get_mut(link)
        {
            leads.get_or_insert(to);
        }
        if shorter {
            self.measure_distances();
        }
        self.connect_same_links();
    }

    /// Whether no other way has this one's link; one that is left out for that is kept, to know where it leads.
    pub(super) fn is_first_of_its_link(&mut self, place: usize, way: &Way) -> bool {
        let Some(link) = &way.link else { return true };
        if !self.links.contains_key(link) {
            self.links.insert(link.clone(), None);
            return true;
        }
        self.same_links.push((place, link.clone(), way.operation.clone()));
        false
    }

    /// Connects the links that were left out with where their address is known to lead.
    pub(super) fn connect_same_links(&mut self) {
        let mut shorter = false;
        let (known, open): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.same_links).into_iter().partition(|(place, link, _)| {
                *place < self.places.len() && self.links.get(link).copied().flatten().is_some()
            });
        self.same_links = open;
        for (from, link, operation) in known {
            let Some(to) = self.links.get(&link).copied().flatten() else { continue };
            let step = Step { on: self.places[from].number, operation, led_to: self.places[to].number };
            shorter |= self.places[from].distance + 1 < self.places[to].distance;
            self.edges.push(Edge { from, step, to });
        }
        if shorter {
            self.measure_distances();
        }
    }

    /// Measures every place's distance anew, over all that is known to lead anywhere.
    fn measure_distances(&mut self) {
        let mut ways: Vec<Vec<usize>> = vec![Vec::new(); self.places.len()];
        for (at, edge) in self.edges.iter().enumerate() {
            ways[edge.from].push(at);
        }
        let mut reached = vec![false; self.places.len()];
        let mut queue = VecDeque::from([0]);
        reached[0] = true;
        while let Some(from) = queue.pop_front() {
            for &at in &ways[from] {
                let Edge { step, to, .. } = &self.edges[at];
                if !reached[*to] {
                    reached[*to] = true;
                    self.places[*to].distance = self.places[from].distance + 1;
                    self.places[*to].came = Some((from, step.clone()));
                    queue.push_back(*to);
                }
            }
        }
    }
}
