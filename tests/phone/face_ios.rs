//! The sample app as iOS shows it: the page's tree as an XCUITest page source, lengths in pt.

use candor::screen::{Checked, Element, Rect, Role, Screen};

use super::BUNDLE;
use super::face::{Node, Source, escape, extent, layer};

/// The page source of a screen. `opaque` leaves the inside of web views out, as a view that hides it does.
pub fn ios(screen: &Screen, opaque: bool) -> Source {
    let mut source = Source { xml: String::new(), nodes: Vec::new() };
    let whole = Rect::new(0.0, 0.0, screen.width, screen.height);
    source.xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<AppiumAUT>\n");
    let application = format!(" bundleId=\"{BUNDLE}\"");
    open(&mut source, screen, "Application", "小满集市", "", whole, &application);
    open(&mut source, screen, "Window", "", "", whole, "");
    if let Some(text) = &screen.alert {
        alert(&mut source, screen, text, &whole);
    } else if let Some(at) = layer(screen) {
        let frame = extent(screen, at).unwrap_or(whole);
        open(&mut source, screen, "Alert", "", "", frame, "");
        emit(&mut source, screen, at, &whole, opaque);
        close(&mut source, "Alert");
    } else {
        for at in (0..screen.elements.len()).filter(|&at| screen.elements[at].parent.is_none()) {
            emit(&mut source, screen, at, &whole, opaque);
        }
    }
    close(&mut source, "Window");
    close(&mut source, "Application");
    source.xml.push_str("</AppiumAUT>");
    source
}

fn emit(source: &mut Source, screen: &Screen, at: usize, whole: &Rect, opaque: bool) {
    let element = &screen.elements[at];
    let children: Vec<usize> =
        screen.descendants(at).filter(|&inner| screen.elements[inner].parent == Some(at)).collect();
    let shown = element.rect.intersection(whole).filter(|_| element.seen && !element.invisible);
    let Some(rect) = shown else {
        for child in children {
            emit(source, screen, child, whole, opaque);
        }
        return;
    };
    let kind = kind_of(element);
    let words = if element.text.is_empty() { &element.name } else { &element.text };
    let flags = match element.role {
        role if role.is_field() => {
            let value = if element.text.is_empty() { &element.name } else { &element.text };
            format!(" value=\"{}\" placeholderValue=\"{}\"", escape(value), escape(&element.name))
        }
        role if role.is_tickable() => {
            format!(" value=\"{}\"", u8::from(element.checked == Some(Checked::On)))
        }
        _ if kind == "Other" && element.tappable.is_some() => " accessible=\"true\"".to_owned(),
        _ => String::new(),
    };
    let words = if element.role.is_field() { "" } else { words.as_str() };
    open(source, screen, kind, words, &element.id, rect, &flags);
    if !(opaque && kind == "WebView") {
        for child in children {
            emit(source, screen, child, whole, opaque);
        }
    }
    close(source, kind);
}

fn kind_of(element: &Element) -> &'static str {
    match element.role {
        Role::Button | Role::Tab => "Button",
        Role::Link => "Link",
        Role::Checkbox | Role::Radio | Role::Switch => "Switch",
        Role::TextField => "TextField",
        Role::SearchField => "SearchField",
        Role::Image => "Image",
        Role::Document | Role::Frame => "WebView",
        // What can be tapped and holds words is a button to iOS's accessibility.
        _ if element.tappable.is_some() && !element.text.is_empty() => "Button",
        _ if element.scroll_left.1 > 4.0 => "ScrollView",
        Role::Text | Role::Label | Role::Heading => "StaticText",
        _ if !element.text.is_empty() => "StaticText",
        _ => "Other",
    }
}

fn open(
    source: &mut Source,
    screen: &Screen,
    kind: &'static str,
    words: &str,
    id: &str,
    rect: Rect,
    flags: &str,
) {
    let pt = |px: f32| (px / screen.density).round();
    let name = if id.is_empty() { words } else { id };
    source.xml.push_str(&format!(
        "<XCUIElementType{kind} type=\"XCUIElementType{kind}\" name=\"{}\" label=\"{}\" enabled=\"true\" visible=\"true\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{flags}>\n",
        escape(name),
        escape(words),
        pt(rect.x),
        pt(rect.y),
        pt(rect.width),
        pt(rect.height),
    ));
    source.nodes.push(Node {
        class: kind,
        text: words.to_owned(),
        description: name.to_owned(),
        id: name.to_owned(),
        rect,
    });
}

fn close(source: &mut Source, kind: &str) {
    source.xml.push_str(&format!("</XCUIElementType{kind}>\n"));
}

/// A native alert with its two buttons.
fn alert(source: &mut Source, screen: &Screen, text: &str, whole: &Rect) {
    let frame = Rect::new(whole.width * 0.1, whole.height * 0.4, whole.width * 0.8, whole.height * 0.2);
    let row = |share: f32, x: f32| {
        Rect::new(frame.x + x, frame.y + frame.height * share, frame.width * 0.4, frame.height * 0.3)
    };
    open(source, screen, "Alert", "", "", frame, "");
    for (kind, words, rect) in [
        ("StaticText", text, row(0.0, 0.0)),
        ("Button", "取消", row(0.6, 0.0)),
        ("Button", "好", row(0.6, frame.width * 0.5)),
    ] {
        open(source, screen, kind, words, "", rect, "");
        close(source, kind);
    }
    close(source, "Alert");
}
