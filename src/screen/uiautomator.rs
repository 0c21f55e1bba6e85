//! Reads a UiAutomator page source (Android) into the common tree.
//!
//! Lengths in the source are px of the picture already. The source holds what is on the screen now: what must
//! be scrolled to is not in it, and how far can be scrolled is not known, so an area that can be scrolled is
//! given its own size as the distance left.

use std::collections::HashMap;

use roxmltree::{Node, NodeId};

use super::xml::{self, SourceError, fold, word, yes};
use super::{Checked, Element, Rect, Role, Screen, Tappable, kinds};

/// Share of the screen's area below which a window of its own is a dialog.
const DIALOG_SHARE: f32 = 0.9;

/// Reads a source; `density` is px per dp.
///
/// # Errors
/// Where it is not XML or not a UiAutomator source: line, column and what was expected.
pub fn read(source: &str, density: f32) -> Result<Screen, SourceError> {
    let document = xml::parse(source)?;
    let root = document.root_element();
    let windows: Vec<Node<'_, '_>> = if root.has_tag_name("hierarchy") {
        root.children().filter(Node::is_element).collect()
    } else {
        vec![root]
    };
    if !root.has_tag_name("hierarchy") && root.attribute("bounds").is_none() {
        let at = document.text_pos_at(root.range().start);
        let why =
            format!("expected <hierarchy> or an element with bounds, found <{}>", root.tag_name().name());
        return Err(SourceError { line: at.row, column: at.col, why });
    }
    let far = windows
        .iter()
        .map(|&window| bounds(window))
        .fold((0.0f32, 0.0f32), |far, rect| (far.0.max(rect.right()), far.1.max(rect.bottom())));
    let size = |name: &str, other: f32| {
        root.attribute(name).and_then(|n| n.parse().ok()).filter(|&n: &f32| n > 0.0).unwrap_or(other)
    };
    let mut screen = Screen {
        width: size("width", far.0),
        height: size("height", far.1),
        density,
        settled: true,
        ..Screen::default()
    };
    let mut index: HashMap<NodeId, usize> = HashMap::new();
    for window in windows {
        for node in window.descendants().filter(Node::is_element) {
            let parent = node.parent().and_then(|parent| index.get(&parent.id()).copied());
            index.insert(node.id(), screen.elements.len());
            let element = element(node, parent, &screen);
            screen.elements.push(element);
        }
        if let Some(package) = Some(word(window, "package")).filter(|package| !package.is_empty()) {
            screen.address = package.to_owned();
        }
    }
    xml::lift_names(&mut screen);
    xml::finish(&mut screen);
    Ok(screen)
}

/// `[left,top][right,bottom]` in px; nothing where it is missing or no rectangle.
fn bounds(node: Node<'_, '_>) -> Rect {
    let numbers: Vec<f32> = word(node, "bounds")
        .split(|c: char| !(c.is_ascii_digit() || c == '-'))
        .filter_map(|number| number.parse().ok())
        .collect();
    match numbers[..] {
        [left, top, right, bottom] if right > left && bottom > top => {
            Rect::new(left, top, right - left, bottom - top)
        }
        _ => Rect::default(),
    }
}

fn element(node: Node<'_, '_>, parent: Option<usize>, screen: &Screen) -> Element {
    let class = Some(word(node, "class")).filter(|class| !class.is_empty()).unwrap_or(node.tag_name().name());
    let rect = bounds(node);
    let kind = kinds::of_android(class);
    let mut role = kind.unwrap_or(Role::Group);
    // Compose and hand-made controls: a bare view that says it can be ticked.
    let checkable = yes(node, "checkable") == Some(true);
    if checkable && !role.is_tickable() {
        role = Role::Checkbox;
    }
    if yes(node, "heading") == Some(true) {
        role = Role::Heading;
    }
    let mut element = Element::new(role, class, rect);
    element.parent = parent;
    element.id = word(node, "resource-id").chars().take(200).collect();
    element.text = fold(word(node, "text"));
    element.name = fold(word(node, "content-desc"));
    element.secret = yes(node, "password") == Some(true);
    if element.role.is_field() {
        let hint = fold(word(node, "hint"));
        if yes(node, "showing-hint") == Some(true)
            || element.text == hint
            || yes(node, "password") == Some(true)
        {
            if element.name.is_empty() && yes(node, "showing-hint") == Some(true) && hint.is_empty() {
                element.name = std::mem::take(&mut element.text);
            }
            element.text.clear();
        }
        if element.name.is_empty() {
            element.name = hint;
        }
        if element.role == Role::TextField && is_search(&element) {
            element.role = Role::SearchField;
        }
    }
    if checkable || element.role.is_tickable() {
        element.checked = yes(node, "checked").map(|on| if on { Checked::On } else { Checked::Off });
    }
    element.disabled = yes(node, "enabled") == Some(false);
    element.tappable = (yes(node, "clickable") == Some(true)).then_some(Tappable::Native);
    let whole = Rect::new(0.0, 0.0, screen.width, screen.height);
    element.seen = yes(node, "displayed") != Some(false) && rect.intersection(&whole).is_some();
    element.invisible = yes(node, "displayed") == Some(false);
    if yes(node, "scrollable") == Some(true) {
        element.scroll_left = if is_sideways(class, &rect) { (rect.width, 0.0) } else { (0.0, rect.height) };
    }
    let own_window = parent.is_none();
    let dialog =
        own_window && element.seen && rect.area() < DIALOG_SHARE * whole.area() && !is_system_bar(node);
    element.overlay =
        element.seen && (dialog || role == Role::Dialog || kinds::is_android_layer(&element.id));
    element
}

fn is_search(element: &Element) -> bool {
    let said = format!("{} {}", element.id, element.name).to_lowercase();
    said.contains("search") || said.contains("搜索")
}

/// The status bar and the keyboard have windows of their own, and ask nothing.
fn is_system_bar(node: Node<'_, '_>) -> bool {
    word(node, "package") == "com.android.systemui" || word(node, "package").contains("inputmethod")
}

/// The source does not say in which direction an area scrolls: by its class, else by its shape.
fn is_sideways(class: &str, rect: &Rect) -> bool {
    class.contains("Horizontal") || class.contains("ViewPager") || rect.width > 2.0 * rect.height
}

#[cfg(test)]
#[path = "uiautomator_tests.rs"]
mod tests;
