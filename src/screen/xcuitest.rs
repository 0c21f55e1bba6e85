//! Reads an XCUITest page source (iOS) into the common tree.
//!
//! Lengths in the source are pt; the tree holds px of the picture, so they are multiplied by the screen's scale.

use std::collections::HashMap;

use roxmltree::{Node, NodeId};

use super::xml::{self, SourceError, fold, word, yes};
use super::{Checked, Element, Rect, Role, Screen, Tappable, kinds};

/// Reads a source; `scale` is px per pt.
///
/// # Errors
/// Where it is not XML or holds no application: line, column and what was expected.
pub fn read(source: &str, scale: f32) -> Result<Screen, SourceError> {
    let document = xml::parse(source)?;
    let root = document.root_element();
    let Some(application) = root.descendants().find(|node| is(*node, "Application")) else {
        let at = document.text_pos_at(root.range().start);
        let why = format!("expected an XCUIElementTypeApplication, found <{}>", root.tag_name().name());
        return Err(SourceError { line: at.row, column: at.col, why });
    };
    let whole = place(application, scale);
    let mut screen = Screen {
        width: whole.width,
        height: whole.height,
        density: scale,
        address: ["bundleId", "name"].map(|name| word(application, name)).concat_first(),
        settled: true,
        ..Screen::default()
    };
    let mut index: HashMap<NodeId, usize> = HashMap::new();
    for node in application.descendants().filter(Node::is_element) {
        let parent = node.parent().and_then(|parent| index.get(&parent.id()).copied());
        index.insert(node.id(), screen.elements.len());
        let element = element(node, parent, scale, &whole);
        screen.elements.push(element);
    }
    // The application's and the windows' own names are on no screen.
    for element in
        screen.elements.iter_mut().filter(|e| e.kind.ends_with("Application") || e.kind.ends_with("Window"))
    {
        element.name.clear();
    }
    drop_repeated(&mut screen);
    xml::lift_names(&mut screen);
    xml::finish(&mut screen);
    Ok(screen)
}

trait FirstWord {
    fn concat_first(self) -> String;
}
impl<const N: usize> FirstWord for [&str; N] {
    fn concat_first(self) -> String {
        self.into_iter().find(|word| !word.is_empty()).unwrap_or_default().to_owned()
    }
}

fn kind_of<'a>(node: Node<'a, '_>) -> &'a str {
    let said = word(node, "type");
    if said.is_empty() { node.tag_name().name() } else { said }
}

fn is(node: Node<'_, '_>, kind: &str) -> bool {
    node.is_element() && kind_of(node).strip_prefix("XCUIElementType") == Some(kind)
}

fn place(node: Node<'_, '_>, scale: f32) -> Rect {
    let side =
        |name: &str| word(node, name).parse::<f32>().ok().filter(|n| n.is_finite()).unwrap_or(0.0) * scale;
    Rect::new(side("x"), side("y"), side("width").max(0.0), side("height").max(0.0))
}

fn element(node: Node<'_, '_>, parent: Option<usize>, scale: f32, whole: &Rect) -> Element {
    let kind = kind_of(node);
    let role = kinds::of_ios(kind).unwrap_or(Role::Group);
    let rect = place(node, scale);
    let mut element = Element::new(role, kind, rect);
    element.parent = parent;
    let (label, name, value) =
        (fold(word(node, "label")), fold(word(node, "name")), fold(word(node, "value")));
    element.id = word(node, "name").chars().take(200).collect();
    match role {
        Role::TextField | Role::SearchField => {
            let placeholder = fold(word(node, "placeholderValue"));
            element.name = [placeholder.as_str(), &label, &name].concat_first();
            // An empty field gives its placeholder as its value; a secure one gives dots.
            element.secret = kind.ends_with("SecureTextField");
            if value != element.name && !element.secret {
                element.text = value;
            }
        }
        Role::Text => element.text = if label.is_empty() { value } else { label },
        role if role.is_tickable() => {
            element.name = label;
            element.checked = match value.as_str() {
                "1" | "true" => Some(Checked::On),
                "0" | "false" => Some(Checked::Off),
                _ => None,
            };
        }
        _ => element.name = label,
    }
    element.disabled = yes(node, "enabled") == Some(false);
    element.seen = yes(node, "visible") != Some(false) && rect.intersection(whole).is_some();
    element.invisible = yes(node, "visible") == Some(false);
    let control =
        role.is_tickable() || matches!(role, Role::Button | Role::Link | Role::Tab | Role::ListItem);
    element.tappable = if control {
        Some(Tappable::Native)
    } else if yes(node, "accessible") == Some(true) && matches!(role, Role::Group | Role::Image) {
        Some(Tappable::Looks)
    } else {
        None
    };
    element.overlay = element.seen && role == Role::Dialog;
    if matches!(
        kind.strip_prefix("XCUIElementType"),
        Some("ScrollView" | "Table" | "CollectionView" | "WebView")
    ) {
        let sideways = rect.width > 2.0 * rect.height;
        element.scroll_left = if sideways { (rect.width, 0.0) } else { (0.0, rect.height) };
    }
    element
}

/// A button repeats its words as a text inside it: kept once, where a person would tap.
fn drop_repeated(screen: &mut Screen) {
    for at in 0..screen.elements.len() {
        let said = &screen.elements[at].text;
        if said.is_empty() {
            continue;
        }
        let repeats = screen.ancestors(at).any(|outer| {
            let outer = &screen.elements[outer];
            outer.tappable.is_some() && outer.name == *said
        });
        if repeats {
            let outer = screen.ancestors(at).find(|&outer| screen.elements[outer].tappable.is_some());
            if let Some(outer) = outer {
                screen.elements[outer].name.clear();
            }
        }
    }
}

#[cfg(test)]
#[path = "xcuitest_tests.rs"]
mod tests;
