//! Boxes, circles and switches, native, by role or drawn, and the words that belong to them.

use super::documents::{mentions_document, windows};
use super::lexicon::{Meaning, fold, folded_means, means};
use super::reading::{LabelRelation, TickBox};
use crate::screen::{Checked, Element, Rect, Role, Screen, Tappable};

/// Every box, circle and switch of the screen, native, by role, or drawn.
pub(super) fn find_boxes(screen: &Screen, scope: &[usize]) -> Vec<TickBox> {
    let mut found: Vec<TickBox> = Vec::new();
    for &at in scope.iter().filter(|&&at| screen.elements[at].checked.is_some()) {
        let element = &screen.elements[at];
        let (label, relation, row) = find_label(screen, at);
        let mut tick = TickBox {
            element: at,
            role: element.role,
            consent: is_consent(&label),
            label,
            relation,
            by_tree: element.checked,
            rect: element.rect,
            tap_at: element.tap_at,
            hidden_native: element.invisible,
            ornament: false,
        };
        if element.invisible {
            let Some(stand_in) = row.and_then(|row| find_stand_in(screen, at, row)) else {
                continue;
            };
            tick.rect = stand_in.rect;
            tick.tap_at = stand_in.tap_at;
        } else if !element.seen {
            continue;
        } else if !has_box_size(screen, element)
            && let Some(inner) = find_drawn_inside(screen, at)
        {
            // A role on a whole row: the box that a person sees is the drawn part of it.
            tick.rect = inner.rect;
        }
        // Something else of the same row may lie over the box and pass the tap on: a tap on its words ticks it too.
        let by_label =
            || screen.elements.iter().find(|e| e.labels == Some(at)).and_then(|label| label.tap_at);
        tick.tap_at = tick.tap_at.or_else(by_label);
        found.push(tick);
    }
    for &at in scope {
        let element = &screen.elements[at];
        let symbol = read_symbol(&element.text);
        if !element.seen || !(symbol.is_some() || looks_like_box(screen, element)) {
            continue;
        }
        if found.iter().any(|tick| {
            tick.element == at
                || screen.is_within(at, tick.element)
                || tick.rect.intersection(&element.rect).is_some()
        }) {
            continue;
        }
        let (label, relation, _) = find_label(screen, at);
        // Any icon is small and drawn: without a sentence of consent beside it, it is no box to us.
        let Some(press) = find_press(screen, at).filter(|_| is_consent(&label)) else {
            continue;
        };
        // A bullet or a tick before a sentence is none either, unless a tap on it is taken.
        if symbol.is_some() && !is_square(&element.text) && press != Press::Ticks {
            continue;
        }
        found.push(TickBox {
            element: at,
            role: Role::Checkbox,
            label,
            relation,
            by_tree: symbol,
            rect: element.rect,
            tap_at: element.tap_at.or_else(|| Some(element.rect.center())),
            hidden_native: false,
            consent: true,
            ornament: symbol.is_none() && press != Press::Ticks,
        });
    }
    found
}

/// Whether a tap on the element only changes a box: it has a state itself, is a box's label, or is the row of one.
pub(crate) fn only_ticks(screen: &Screen, at: usize) -> bool {
    let element = &screen.elements[at];
    let label = element.role == Role::Label && element.labels.is_some();
    // A row holds its box and the words, a dialog much more.
    let row = || {
        screen.descendants(at).take(8).any(|inner| screen.elements[inner].checked.is_some())
            && screen.descendants(at).take(9).count() <= 8
    };
    element.role.is_tickable()
        || label
        || (element.tappable.is_some() && element.role != Role::Button && row())
}

/// What a tap on something drawn does, as far as the tree tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Press {
    /// It or its row takes the tap for itself.
    Ticks,
    /// It is an icon on a button.
    Button,
    /// Nothing listens: it may be an ornament beside the words.
    Nothing,
}

/// `None` for an icon of a link: that leads elsewhere and is no box.
fn find_press(screen: &Screen, at: usize) -> Option<Press> {
    let near = std::iter::once(at).chain(screen.ancestors(at).take(4));
    for holder in near {
        let element = &screen.elements[holder];
        if holder != at && screen.text_within(holder).chars().count() > 200 {
            break;
        }
        if element.tappable.is_some() {
            return match element.role {
                Role::Link if holder != at => None,
                Role::Button if holder != at => Some(Press::Button),
                _ => Some(Press::Ticks),
            };
        }
    }
    Some(Press::Nothing)
}

/// Ticking it says yes to a policy, an agreement or the use of personal information.
pub(super) fn is_consent(label: &str) -> bool {
    let folded = fold(label);
    let wording = windows(&folded).any(|window| folded_means(window, Meaning::ConsentWording));
    let document = mentions_document(label);
    let information = folded.contains("个人信息") || folded.contains("personal information");
    wording && (document || (information && !means(label, Meaning::NotConsent)))
}

/// ☐ and ☑ written as characters.
pub(super) fn read_symbol(text: &str) -> Option<Checked> {
    match text.trim() {
        "☐" | "□" | "○" | "◯" | "◻" => Some(Checked::Off),
        "☑" | "☒" | "✓" | "✔" | "●" | "◉" | "✅" | "■" => Some(Checked::On),
        _ => None,
    }
}

/// An empty or a ticked square: nobody writes one before the sentences of a list.
fn is_square(text: &str) -> bool {
    matches!(text.trim(), "☐" | "□" | "◻" | "☑" | "☒" | "✅")
}

/// Of a box's or a switch's size and shape.
fn has_box_size(screen: &Screen, element: &Element) -> bool {
    let (width, height) = (screen.dp(element.rect.width), screen.dp(element.rect.height));
    let small = (10.0..=36.0).contains(&height) && (10.0..=64.0).contains(&width);
    small && (0.7..=2.4).contains(&(width / height.max(1.0)))
}

/// Drawn, of a box's size, and empty of text.
fn looks_like_box(screen: &Screen, element: &Element) -> bool {
    element.drawn && element.text.is_empty() && has_box_size(screen, element)
}

fn find_drawn_inside(screen: &Screen, at: usize) -> Option<&Element> {
    screen.descendants(at).map(|inner| &screen.elements[inner]).find(|inner| looks_like_box(screen, inner))
}

/// What is drawn where a native control is hidden: the box-like thing in its row, nearest to the control, else the
/// row's left or right end that words leave free.
fn find_stand_in(screen: &Screen, at: usize, row: usize) -> Option<Element> {
    let over = screen.elements[at].rect;
    let native = over.center();
    // A transparent native control covers what is drawn below it.
    let below = |rect: &Rect| {
        let (x, y) = rect.center();
        (over.x..over.right()).contains(&x) && (over.y..over.bottom()).contains(&y)
    };
    let away = |rect: &Rect| (rect.center().0 - native.0).abs() + (rect.center().1 - native.1).abs();
    let inside = screen
        .descendants(row)
        .map(|at| &screen.elements[at])
        .filter(|e| (e.seen || below(&e.rect)) && looks_like_box(screen, e))
        .min_by(|a, b| away(&a.rect).total_cmp(&away(&b.rect)));
    if let Some(drawn) = inside {
        let mut drawn = drawn.clone();
        drawn.tap_at = drawn.tap_at.or_else(|| Some(drawn.rect.center()));
        return Some(drawn);
    }
    let holder = &screen.elements[row];
    if !holder.seen && !screen.descendants(row).any(|at| screen.elements[at].seen) {
        return None;
    }
    let side = (28.0 * screen.density).min(holder.rect.height);
    let top = holder.rect.y + (holder.rect.height - side) / 2.0;
    let ends = [holder.rect.x, holder.rect.right() - side].map(|x| Rect::new(x, top, side, side));
    let free = |rect: &Rect| {
        let words = |at: usize| !screen.elements[at].text.is_empty() && screen.elements[at].seen;
        let covers = |at: usize| {
            screen.elements[at]
                .rect
                .intersection(rect)
                .is_some_and(|shared| shared.area() > 0.15 * rect.area())
        };
        !screen.descendants(row).any(|at| words(at) && covers(at))
    };
    let mut end = holder.clone();
    // Words everywhere: nothing is drawn, and what a tap on the words does is known.
    end.rect = ends.into_iter().find(free).unwrap_or_default();
    end.tap_at = holder.tap_at.or_else(|| Some(holder.rect.center()));
    Some(end)
}

/// The words that belong to a box, how they belong, and the element that holds both.
fn find_label(screen: &Screen, at: usize) -> (String, LabelRelation, Option<usize>) {
    let element = &screen.elements[at];
    let by_tree = screen.elements.iter().position(|e| e.labels == Some(at));
    if let Some(label) = by_tree {
        let wraps = screen.is_within(at, label);
        let row = if wraps { Some(label) } else { screen.elements[label].parent.or(Some(label)) };
        let relation = if wraps { LabelRelation::Wraps } else { LabelRelation::Linked };
        return (screen.text_within(label), relation, row);
    }
    let inside = screen.text_within(at);
    if !inside.is_empty() && read_symbol(&inside).is_none() {
        return (inside, LabelRelation::Wraps, Some(at));
    }
    let named = (element.name.clone(), LabelRelation::Linked, element.parent);
    // A kit may name its controls by their kind ("switch"): then the words of the row say what it is about.
    if !named.0.is_empty() && (is_consent(&named.0) || means(&named.0, Meaning::NotConsent)) {
        return named;
    }
    let (words, relation, row) = find_label_around(screen, at);
    if named.0.is_empty() || is_consent(&words) { (words, relation, row) } else { named }
}

/// The words around a box that has none of its own.
fn find_label_around(screen: &Screen, at: usize) -> (String, LabelRelation, Option<usize>) {
    for ancestor in screen.ancestors(at).take(4) {
        let text = screen.text_within(ancestor).replace(['☐', '□', '☑'], "");
        let crowded =
            screen.descendants(ancestor).filter(|&e| screen.elements[e].role.is_tickable()).count() > 1;
        if crowded || text.chars().count() > 200 {
            break;
        }
        if !text.is_empty() {
            let tapped = matches!(
                screen.elements[ancestor].tappable,
                Some(Tappable::Native | Tappable::Role | Tappable::Listener)
            );
            let relation = if tapped { LabelRelation::Wraps } else { LabelRelation::Follows };
            return (text, relation, Some(ancestor));
        }
    }
    (find_words_beside(screen, at), LabelRelation::Beside, screen.elements[at].parent)
}

/// The text on the same line, right of the box (or left of a switch), within 48 dp.
fn find_words_beside(screen: &Screen, at: usize) -> String {
    let rect = screen.elements[at].rect;
    let reach = 48.0 * screen.density;
    let near = screen.elements.iter().enumerate().filter(|(_, e)| {
        let overlap = rect.bottom().min(e.rect.bottom()) - rect.y.max(e.rect.y);
        let gap = (e.rect.x - rect.right()).max(rect.x - e.rect.right());
        e.seen && !e.text.is_empty() && overlap > 0.4 * rect.height.min(e.rect.height) && gap < reach
    });
    let mut parts: Vec<(f32, &str)> = near.map(|(_, e)| (e.rect.x, e.text.as_str())).collect();
    parts.sort_by(|a, b| a.0.total_cmp(&b.0));
    parts.into_iter().map(|(_, text)| text).collect()
}

#[cfg(test)]
#[path = "boxes_tests.rs"]
mod tests;
