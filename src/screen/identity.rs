//! Telling screens apart by structure, not by text that changes.
//!
//! Two screens are the same when the controls a person could tap are (nearly) the same. Numbers in
//! labels are masked, so that a countdown or a badge makes no new screen; one rotating advert among
//! ten controls makes none either. Splitting one screen in two costs time; merging two screens could
//! hide the shortest path and accuse an app falsely, so doubt splits.

use std::collections::{BTreeMap, hash_map::DefaultHasher};
use std::hash::{Hash, Hasher};

use super::{Role, Screen};

/// What makes a screen itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    /// Seen controls by role and masked label, with how often each occurs.
    controls: BTreeMap<(String, String), usize>,
    /// Seen text that is not a control's, masked; tells scrolled positions apart.
    texts: BTreeMap<String, usize>,
    /// Address without numbers: `#/product/#`.
    address: String,
    /// Hash of the roles and kinds alone.
    shape: u64,
}

/// Share of controls that two sightings of one screen have in common, at least.
const SAME_CONTROLS: f32 = 0.75;
/// The same where structure and address are equal too: then only labels changed.
const SAME_CONTROLS_ALIKE: f32 = 0.45;
/// With fewer controls, one other label is another screen where the text beside it is another too: a menu of one entry beside
/// the same tabs (ours).
const MANY_CONTROLS: usize = 8;
/// Share of text that two sightings of one *position* have in common, at least.
const SAME_TEXTS: f32 = 0.7;

impl Identity {
    pub(super) fn of(screen: &Screen) -> Identity {
        let mut controls = BTreeMap::new();
        let mut texts = BTreeMap::new();
        let mut shape = DefaultHasher::new();
        for (index, element) in screen.elements.iter().enumerate() {
            if !element.seen {
                continue;
            }
            if element.tappable.is_some() || element.role.is_field() || element.role == Role::Heading {
                let label: String = mask(&screen.label(index)).chars().take(40).collect();
                *controls.entry((format!("{:?}", element.role), label)).or_insert(0) += 1;
                (format!("{:?}", element.role), &element.kind).hash(&mut shape);
            } else if !element.text.is_empty() {
                *texts.entry(mask(&element.text)).or_insert(0) += 1;
            }
        }
        if let Some(alert) = &screen.alert {
            controls.insert(("Alert".to_owned(), mask(alert)), 1);
        }
        Identity { controls, texts, address: mask(&screen.address), shape: shape.finish() }
    }

    /// Whether both are one screen, whatever its counters and adverts say now.
    pub fn same_screen(&self, other: &Identity) -> bool {
        if self.address != other.address {
            return false;
        }
        let share = share(&self.controls, &other.controls);
        let many = self.controls.values().sum::<usize>() >= MANY_CONTROLS
            || self::share(&self.texts, &other.texts) >= SAME_TEXTS;
        share >= SAME_CONTROLS || (many && self.shape == other.shape && share >= SAME_CONTROLS_ALIKE)
    }

    /// Whether both are one screen at one scroll position.
    pub fn same_position(&self, other: &Identity) -> bool {
        self.same_screen(other) && share(&self.texts, &other.texts) >= SAME_TEXTS
    }

    /// The same screen of an app that is served from another address: as it would be told apart there.
    pub fn served_from(mut self, before: &str, now: &str) -> Identity {
        if let Some(rest) = self.address.strip_prefix(&mask(before)) {
            self.address = format!("{}{rest}", mask(now));
        }
        self
    }

    /// Same structure, other labels: two products of one shop.
    pub fn alike(&self, other: &Identity) -> bool {
        self.shape == other.shape && self.address == other.address
    }
}

/// Digits as `#` (runs folded), so that prices, dates and counters do not tell screens apart.
fn mask(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_numeric() {
            masked.push(c);
        } else if !masked.ends_with('#') {
            masked.push('#');
        }
    }
    masked
}

/// Size of the intersection over size of the union of two multisets; 1 where both are empty.
fn share<K: Ord>(a: &BTreeMap<K, usize>, b: &BTreeMap<K, usize>) -> f32 {
    let (mut both, mut either) = (0usize, 0usize);
    for (key, &count) in a {
        let other = b.get(key).copied().unwrap_or(0);
        both += count.min(other);
        either += count.max(other);
    }
    either += b.iter().filter(|(key, _)| !a.contains_key(key)).map(|(_, &count)| count).sum::<usize>();
    if either == 0 { 1.0 } else { both as f32 / either as f32 }
}

#[cfg(test)]
#[path = "identity_tests.rs"]
mod tests;
