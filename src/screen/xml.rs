//! What the readers of Android's and iOS's page sources share.

use roxmltree::{Document, Node, ParsingOptions};

use super::{Element, Rect, Role, Screen};

/// Elements that one screen may have: a source with more is not of this world.
const MOST_NODES: u32 = 200_000;
/// Levels of a tree; deeper ones cannot be laid out by any phone.
const MOST_LEVELS: usize = 2_000;

/// A page source that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column} of the page source: {why}")]
pub struct SourceError {
    pub line: u32,
    pub column: u32,
    pub why: String,
}

/// Parses a page source.
///
/// # Errors
/// Where it is not XML, or holds no screen.
pub fn parse(source: &str) -> Result<Document<'_>, SourceError> {
    let error = |at: roxmltree::TextPos, why: String| SourceError { line: at.row, column: at.col, why };
    check_depth(source)?;
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(source, options).map_err(|e| error(e.pos(), e.to_string()))
}

/// A parser may go down one call per level: what nests without end is refused before it is parsed.
fn check_depth(source: &str) -> Result<(), SourceError> {
    let (mut depth, mut line, mut begun) = (0usize, 1u32, 0usize);
    let bytes = source.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' => (line, begun) = (line + 1, at),
            b'<' => match bytes.get(at + 1) {
                Some(b'/') => depth = depth.saturating_sub(1),
                Some(b'!' | b'?') | None => {}
                Some(_) => depth += 1,
            },
            b'/' if bytes.get(at + 1) == Some(&b'>') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MOST_LEVELS {
            let column = u32::try_from(at - begun).unwrap_or(u32::MAX);
            let why = format!("elements nest more than {MOST_LEVELS} levels deep");
            return Err(SourceError { line, column, why });
        }
    }
    Ok(())
}

/// An attribute, or nothing where it is missing or the word `null`.
pub fn word<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    match node.attribute(name) {
        Some("null") | None => "",
        Some(value) => value,
    }
}

/// An attribute that says yes or no; `None` where it says neither.
pub fn yes(node: Node<'_, '_>, name: &str) -> Option<bool> {
    match node.attribute(name) {
        Some("true" | "1") => Some(true),
        Some("false" | "0") => Some(false),
        _ => None,
    }
}

/// White space folded to one space.
pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Flutter and Compose put what a person reads into `content-desc`, and an iOS link has its words as its label:
/// they are text where nothing else shows any. A button's or picture's name may be for assistive technology only.
pub fn lift_names(screen: &mut Screen) {
    let mut has_text = vec![false; screen.elements.len()];
    for at in (0..screen.elements.len()).rev() {
        has_text[at] |= !screen.elements[at].text.is_empty();
        if let (true, Some(parent)) = (has_text[at], screen.elements[at].parent) {
            has_text[parent] = true;
        }
    }
    for (element, has_text) in screen.elements.iter_mut().zip(has_text) {
        let picture =
            matches!(element.role, Role::Image | Role::Button | Role::Tab) || element.role.is_field();
        if !has_text && !picture && !element.role.is_tickable() && !element.name.is_empty() {
            element.text = std::mem::take(&mut element.name);
            if element.role == Role::Group {
                element.role = Role::Text;
            }
        }
    }
}

/// Settles what can be known only of the whole tree: where taps land, and what is drawn.
pub fn finish(screen: &mut Screen) {
    let mut inner = vec![false; screen.elements.len()];
    for element in &screen.elements {
        if let Some(parent) = element.parent {
            inner[parent] = true;
        }
    }
    let tappable: Vec<usize> = (0..screen.elements.len())
        .filter(|&at| screen.elements[at].tappable.is_some() && screen.elements[at].seen)
        .collect();
    for (at, inner) in inner.into_iter().enumerate() {
        let leaf = !inner;
        let element = &screen.elements[at];
        let drawn = leaf && element.seen && is_drawn(screen, element);
        let place =
            (element.seen && !element.disabled && (element.tappable.is_some() || element.role.is_field()))
                .then(|| tap_point(screen, at, &tappable))
                .flatten();
        let element = &mut screen.elements[at];
        element.tap_at = place;
        element.drawn = drawn;
    }
}

/// A small thing without text of its own: a box, a circle, an icon.
fn is_drawn(screen: &Screen, element: &Element) -> bool {
    let (width, height) = (screen.dp(element.rect.width), screen.dp(element.rect.height));
    element.text.is_empty()
        && !element.role.is_field()
        && (6.0..=80.0).contains(&width)
        && (6.0..=60.0).contains(&height)
}

/// A point where a tap lands on this control and on no other one that lies inside or over it.
fn tap_point(screen: &Screen, at: usize, tappable: &[usize]) -> Option<(f32, f32)> {
    let whole = Rect::new(0.0, 0.0, screen.width, screen.height);
    let shown = screen.elements[at].rect.intersection(&whole)?;
    // What comes later in the source is drawn above.
    let above: Vec<Rect> =
        tappable.iter().filter(|&&other| other > at).map(|&other| screen.elements[other].rect).collect();
    let places = [(0.5, 0.5), (0.25, 0.5), (0.75, 0.5), (0.1, 0.5), (0.9, 0.5), (0.5, 0.2), (0.5, 0.8)];
    places.into_iter().map(|(fx, fy)| (shown.x + shown.width * fx, shown.y + shown.height * fy)).find(
        |&(x, y)| {
            !above.iter().any(|rect| x >= rect.x && x < rect.right() && y >= rect.y && y < rect.bottom())
        },
    )
}
