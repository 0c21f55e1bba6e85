//! Everything a person could do on a screen, less what an explorer must never do.

use std::collections::HashMap;

use super::goal::{Goal, NO_PROMISE};
use crate::language::danger::{self, Danger, Surroundings};
use crate::recording::ControlLeft;
use crate::screen::operation::{Direction, Operation};
use crate::screen::{Role, Screen};

/// One thing that can be done on a screen.
#[derive(Debug, Clone)]
pub struct Way {
    pub operation: Operation,
    /// What a tap is on.
    pub label: Option<String>,
    /// Address of a plain link.
    pub link: Option<String>,
    /// What it promises for each goal, by the goal's name: 0 promises most.
    pub promises: Vec<(&'static str, usize)>,
}

/// The ways of one screen and what was left out.
#[derive(Debug, Default)]
pub struct Ways {
    pub ways: Vec<Way>,
    pub alike_skipped: usize,
    /// Controls that may do harm, and why.
    pub left: Vec<ControlLeft>,
}

/// Of so many entries of one kind and more, only a few are opened (ours).
const ALIKE_MANY: usize = 4;
const ALIKE_OPENED: usize = 2;

/// What a control would do that a walk must not; `None` where it only shows something.
pub type DangerOf<'a> = &'a dyn Fn(&Surroundings<'_>, usize) -> Option<Danger>;

/// Labels are kept this long (characters).
const LABEL: usize = 60;

impl Way {
    /// What it promises for these goals, as some of those that it was listed for may have been answered.
    pub fn promise_for(&self, goals: &[&dyn Goal]) -> usize {
        if matches!(self.operation, Operation::Answer { .. }) {
            return 0;
        }
        let wanted = |name: &str| goals.iter().any(|goal| goal.name() == name);
        let promises = self.promises.iter().filter(|(name, _)| wanted(name)).map(|(_, promise)| *promise);
        let unlabelled = match self.operation {
            Operation::Swipe { .. } => NO_PROMISE - 1,
            _ => NO_PROMISE,
        };
        promises.min().unwrap_or(unlabelled)
    }

    /// Says why it is tried for these goals, in a line.
    pub fn reason(&self, goals: &[&dyn Goal]) -> String {
        let promise = self.promise_for(goals);
        let by = self
            .promises
            .iter()
            .filter(|(name, of)| *of == promise && goals.iter().any(|goal| goal.name() == *name));
        let names: Vec<&str> = by.map(|(name, _)| *name).collect();
        match self.operation {
            Operation::Swipe { .. } => "more of the screen may come into sight".to_owned(),
            Operation::Type { .. } => format!("the app's own search is asked for {}", names.join(", ")),
            Operation::Answer { .. } => "the alert is in the way".to_owned(),
            _ if promise >= NO_PROMISE - 1 => "no label promises more, and it was not tried yet".to_owned(),
            _ => format!("its words promise {} (rank {promise}, 0 is the best)", names.join(", ")),
        }
    }

    /// A search in the app for something that none of these goals asks for.
    pub fn is_idle(&self, goals: &[&dyn Goal]) -> bool {
        match &self.operation {
            Operation::Type { text, .. } => !goals.iter().any(|goal| goal.query() == Some(text.as_str())),
            _ => false,
        }
    }
}

/// Lists the ways from a screen, for any of the goals. What asks is never confirmed: of an alert only dismissing is a way,
/// of a dialog that asks for a deed only what closes it.
pub fn ways_from(screen: &Screen, goals: &[&dyn Goal], danger_of: DangerOf<'_>) -> Ways {
    let mut found = Ways::default();
    if screen.alert.is_some() {
        let operation = Operation::Answer { accept: false };
        found.ways.push(Way { operation, label: None, link: None, promises: Vec::new() });
        return found;
    }
    let around = Surroundings::of(screen);
    let mut kinds: HashMap<(Role, String, u32, u32), usize> = HashMap::new();
    let many = alike_counts(screen);
    for (at, element) in screen.elements.iter().enumerate() {
        let Some((x, y)) = element.tap_at else { continue };
        if !element.seen || element.disabled {
            continue;
        }
        let label = screen.label(at);
        if element.role.is_field() {
            if element.role == Role::SearchField
                && let Some(danger) = danger::of_field(screen, at)
            {
                found.leave(&label, &element.id, danger);
                continue;
            }
            let mut queries: Vec<&str> = match element.role {
                Role::SearchField => goals.iter().filter_map(|goal| goal.query()).collect(),
                _ => Vec::new(),
            };
            queries.sort_unstable();
            queries.dedup();
            found.ways.extend(queries.into_iter().map(|query| Way {
                operation: Operation::Type {
                    x,
                    y,
                    label: label.clone(),
                    text: query.to_owned(),
                    submit: true,
                },
                label: None,
                link: None,
                promises: Vec::new(),
            }));
            continue;
        }
        // A box would only be ticked, and its label ticks it too: nothing is reached by that.
        let ticks = element.role.is_tickable() || (element.role == Role::Label && element.labels.is_some());
        if element.tappable.is_none() || ticks || holds_same(screen, at, &label) {
            continue;
        }
        if let Some(danger) = danger_of(&around, at) {
            found.leave(&label, &element.id, danger);
            continue;
        }
        let promises: Vec<(&'static str, usize)> =
            goals.iter().map(|goal| (goal.name(), goal.promise(&label))).collect();
        let unpromising = promises.iter().all(|(_, promise)| *promise == NO_PROMISE);
        let kind = kind_of(screen, at);
        if unpromising && is_content(&label) && many.get(&kind).is_some_and(|&count| count >= ALIKE_MANY) {
            let opened = kinds.entry(kind).or_insert(0);
            *opened += 1;
            if *opened > ALIKE_OPENED {
                found.alike_skipped += 1;
                continue;
            }
        }
        let short: String = label.chars().take(LABEL).collect();
        found.ways.push(Way {
            operation: Operation::Tap { x, y, label: short.clone() },
            label: Some(short),
            link: plain_link(&element.href),
            promises,
        });
    }
    found.ways.extend(swipes(screen));
    found
}

impl Ways {
    /// Keeps what was left alone, each label once for each deed.
    fn leave(&mut self, label: &str, id: &str, danger: Danger) {
        let words = if label.is_empty() { id } else { label };
        let left = ControlLeft { label: words.chars().take(LABEL).collect(), danger };
        if !self.left.contains(&left) {
            self.left.push(left);
        }
    }

    /// Labels of what can be tapped without harm, as the screen has them: the functions that a person sees.
    pub fn labels(&self) -> Vec<String> {
        let labels = self.ways.iter().filter_map(|way| way.label.clone());
        labels.filter(|label| !label.is_empty()).collect()
    }
}

/// A link's address where it names a place: not a script, not a mere `#`.
fn plain_link(href: &str) -> Option<String> {
    let names =
        !href.is_empty() && !href.ends_with('#') && !href.to_ascii_lowercase().starts_with("javascript:");
    names.then(|| href.to_owned())
}

/// Labels that change from entry to entry: long, or with numbers in them. A menu's words are short.
fn is_content(label: &str) -> bool {
    label.chars().count() > 10 || label.chars().any(char::is_numeric)
}

fn kind_of(screen: &Screen, at: usize) -> (Role, String, u32, u32) {
    let element = &screen.elements[at];
    let size = |px: f32| (screen.dp(px) / 12.0).round() as u32;
    (element.role, element.kind.clone(), size(element.rect.width), size(element.rect.height))
}

fn alike_counts(screen: &Screen) -> HashMap<(Role, String, u32, u32), usize> {
    let mut counts = HashMap::new();
    for (at, element) in screen.elements.iter().enumerate() {
        if element.seen && element.tappable.is_some() {
            *counts.entry(kind_of(screen, at)).or_insert(0) += 1;
        }
    }
    counts
}

/// A control around another one with the same words: the inner one is the control.
fn holds_same(screen: &Screen, at: usize, label: &str) -> bool {
    screen.descendants(at).any(|inner| {
        let element = &screen.elements[inner];
        element.tappable.is_some() && element.tap_at.is_some() && screen.label(inner) == label
    })
}

/// A swipe for whatever can still be scrolled: the two largest areas downwards, the largest one sideways.
fn swipes(screen: &Screen) -> Vec<Way> {
    let mut areas: Vec<_> =
        screen.elements.iter().enumerate().filter(|(at, e)| e.seen || *at == 0).map(|(_, e)| e).collect();
    areas.sort_by(|a, b| b.rect.area().total_cmp(&a.rect.area()));
    let limit = crate::screen::Rect::new(0.0, 0.0, screen.width, screen.height);
    let way = |direction, element: &crate::screen::Element| {
        let shown = element.rect.intersection(&limit)?;
        let (x, y) = shown.center();
        let reach = 0.6 * if direction == Direction::Down { shown.height } else { shown.width };
        Some(Way {
            operation: Operation::Swipe { direction, x, y, reach },
            label: None,
            link: None,
            promises: Vec::new(),
        })
    };
    let down = areas.iter().filter(|e| e.scroll_left.1 > 4.0).take(2).filter_map(|e| way(Direction::Down, e));
    // What is swiped sideways may be a row that deletes: where a deed is written in it, it is left.
    let right = sideways(screen).into_iter().take(1).filter_map(|e| way(Direction::Right, e));
    down.chain(right).collect()
}

/// The areas that can be swiped sideways and hold no deed, the largest first.
fn sideways(screen: &Screen) -> Vec<&crate::screen::Element> {
    let mut areas: Vec<usize> = (0..screen.elements.len())
        .filter(|&at| {
            let element = &screen.elements[at];
            (element.seen || at == 0)
                && element.scroll_left.0 > 24.0 * screen.density
                && danger::of_label(&screen.text_within(at)).is_none()
        })
        .collect();
    let area = |at: usize| screen.elements[at].rect.area();
    areas.sort_by(|a, b| area(*b).total_cmp(&area(*a)));
    areas.into_iter().map(|at| &screen.elements[at]).collect()
}

#[cfg(test)]
#[path = "ways_tests.rs"]
mod tests;
