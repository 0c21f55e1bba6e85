//! What one screen of a cancellation shows: whether it is still about that, what it asks for, and what is tapped next.

use crate::language::lexicon::{Meaning, means};
use crate::language::rights::{self, Condition, FormField, Found};
use crate::screen::{Identity, Screen};

/// The screen is still about cancelling.
pub fn is_about_cancelling(screen: &Screen) -> bool {
    let text = screen.seen_text().to_lowercase();
    let layer = screen.elements.iter().any(|element| element.overlay && element.seen);
    let form = !rights::fields(screen).is_empty();
    let named = ["注销", "註銷", "close my account", "close account", "delete account", "delete my account"]
        .iter()
        .any(|word| text.contains(word));
    screen.alert.is_some() || (named && (layer || form || !find_finals(screen).is_empty()))
}

/// What a screen asks for: by its words, and by its fields.
pub fn find_conditions(screen: &Screen, text: &str, fields: &[FormField]) -> Vec<Condition> {
    let mut conditions = rights::conditions(text);
    // A phone number beside a form is help, not a condition.
    if !fields.is_empty() || !find_finals(screen).is_empty() {
        conditions.retain(|condition| !is_outside(&condition.kind));
    }
    conditions.extend(fields.iter().map(|field| Condition {
        kind: field.kind.clone(),
        says: field.label.clone(),
        days: None,
        working: false,
        required: field.required,
    }));
    conditions
}

/// Something to be done outside of the app.
pub fn is_outside(kind: &str) -> bool {
    matches!(kind, "phone_call" | "mail" | "paper_form")
}

/// The layer that lies over the rest of the screen.
pub fn find_layer(screen: &Screen) -> Option<usize> {
    let over = |(at, element): &(usize, &crate::screen::Element)| {
        element.overlay && element.seen && !screen.text_within(*at).is_empty()
    };
    let tappable = |at: usize| {
        screen
            .descendants(at)
            .any(|inner| screen.elements[inner].tappable.is_some() && screen.elements[inner].seen)
    };
    screen.elements.iter().enumerate().filter(over).map(|(at, _)| at).find(|&at| tappable(at))
}

fn keep_in_layer(screen: &Screen, found: Vec<Found>) -> Vec<Found> {
    match find_layer(screen) {
        Some(layer) => found.into_iter().filter(|found| screen.is_within(found.element, layer)).collect(),
        None => found,
    }
}

/// Controls that end the account.
pub fn find_finals(screen: &Screen) -> Vec<Found> {
    let mut found = rights::controls(screen, Meaning::ConfirmCancel);
    for more in rights::controls(screen, Meaning::CancelAccount) {
        if !found.iter().any(|known| known.element == more.element) {
            found.push(more);
        }
    }
    found.retain(|found| !rights::keeps(&found.label) && !means(&found.label, Meaning::SendsCode));
    keep_in_layer(screen, found)
}

/// The next control to tap, and whether it is a last word.
pub fn find_next(screen: &Screen, tried: &[(Identity, String)]) -> Option<(Found, bool)> {
    let here = screen.identity();
    let fresh =
        |found: &Found| !tried.iter().any(|(on, label)| *label == found.label && on.same_position(&here));
    // What only leads on comes first where both are there: a last word asks for what stands before it.
    if let Some(found) = find_finals(screen).into_iter().find(fresh) {
        return Some((found, true));
    }
    let next = keep_in_layer(screen, rights::controls(screen, Meaning::Next));
    next.into_iter().filter(|found| !rights::keeps(&found.label)).find(fresh).map(|found| (found, false))
}
