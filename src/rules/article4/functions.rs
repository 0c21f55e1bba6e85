//! The app's functions while permissions are refused: which were asked for, which functions were tried without them, and
//! which cannot do without (4.2, 4.6).

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Case, calls};
use crate::language::purpose;
use crate::language::signs::SIGNS;
use crate::recording::entries::AskAnswered;
use crate::recording::{Entry, Event, FunctionTried};
use crate::text::{Bilingual, both};
use crate::world::access::AccessKind;

/// Returns the permissions that the app asked for, by the system's prompt or by its own.
pub fn asked_for(entries: &[Entry]) -> BTreeSet<&str> {
    let own = entries.iter().filter_map(|entry| match &entry.event {
        Event::AskAnswered(AskAnswered { permissions, .. }) => Some(permissions.iter().map(String::as_str)),
        _ => None,
    });
    let system = calls(entries).filter(|call| call.kind == AccessKind::Ask).map(|call| call.what);
    own.flatten().chain(system).collect()
}

/// Returns the functions that were tried, by the permissions that were refused meanwhile, with their entries.
pub fn passes(entries: &[Entry]) -> BTreeMap<Vec<&str>, Vec<(u64, &FunctionTried)>> {
    let mut passes: BTreeMap<Vec<&str>, Vec<(u64, &FunctionTried)>> = BTreeMap::new();
    for entry in entries {
        if let Event::FunctionTried(tried) = &entry.event
            && !tried.refused.is_empty()
        {
            passes
                .entry(tried.refused.iter().map(String::as_str).collect())
                .or_default()
                .push((entry.seq, tried));
        }
    }
    passes
}

/// Tells whether a function needs one of these permissions: as the scenario says, else where its name speaks for one.
pub fn cannot_do_without(tried: &FunctionTried, refused: &[&str]) -> bool {
    match &tried.needs {
        Some(needs) => refused.iter().any(|refused| needs.iter().any(|need| need == refused)),
        None => refused.iter().any(|refused| purpose::speaks_for(&tried.name, refused)),
    }
}

/// Tells whether a function showed, with everything granted, only that a permission is missing: what it shows without it is no
/// proof then that it works.
pub fn was_closed_before(case: &Case<'_>, tried: &FunctionTried, refused: &[&str]) -> bool {
    let before = case.entries.iter().find_map(|entry| match &entry.event {
        Event::FunctionTried(first) if first.refused.is_empty() && first.name == tried.name => {
            case.tree(first.screen)
        }
        _ => None,
    });
    let Some(screen) = before else { return false };
    let text = screen.seen_text();
    let named = purpose::permissions_in(&text);
    text.chars().count() < LITTLE
        && refused.iter().any(|refused| named.contains(refused))
        && SIGNS.wants_permission.iter().any(|word| text.to_lowercase().contains(word.as_str()))
}

/// A page with less text than this shows nothing but why it is closed (characters; ours).
const LITTLE: usize = 200;

/// Lists permissions: `location, camera`.
pub fn names_of(permissions: &[&str]) -> Bilingual {
    if permissions.is_empty() {
        return both("permissions", "权限");
    }
    let zh: Vec<&str> = permissions.iter().map(|name| purpose::chinese(name)).collect();
    both(permissions.join(", "), zh.join("、"))
}
