//! The sample app as Android shows it: the page's tree as a UiAutomator page source.

use candor::screen::{Checked, Element, Rect, Role, Screen};

use super::PACKAGE;

/// An element of the source.
#[derive(Debug, Clone)]
pub struct Node {
    pub class: &'static str,
    pub text: String,
    pub description: String,
    pub id: String,
    pub rect: Rect,
}

/// A screen's source, with its nodes in order.
pub struct Source {
    pub xml: String,
    pub nodes: Vec<Node>,
}

/// The page source of a screen. A dialog is a window of its own, and only the top window is in the source.
pub fn android(screen: &Screen) -> Source {
    let mut source = Source { xml: String::new(), nodes: Vec::new() };
    let (width, height) = (screen.width.round(), screen.height.round());
    source.xml.push_str(&format!(
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<hierarchy index=\"0\" class=\"hierarchy\" rotation=\"0\" width=\"{width}\" height=\"{height}\">\n"
    ));
    let whole = Rect::new(0.0, 0.0, width, height);
    if let Some(text) = &screen.alert {
        alert(&mut source, text, &whole);
    } else {
        let layer = layer(screen);
        let frame = layer.map_or(whole, |at| extent(screen, at).unwrap_or(whole));
        let package = layer.map_or(PACKAGE, |at| package_of(screen, at));
        open(&mut source, &plain("android.widget.FrameLayout", "", "", frame), package, "");
        let roots = match layer {
            Some(at) => vec![at],
            None => (0..screen.elements.len()).filter(|&at| screen.elements[at].parent.is_none()).collect(),
        };
        for at in roots {
            emit(&mut source, screen, at, package, &whole);
        }
        source.xml.push_str("</android.widget.FrameLayout>\n");
    }
    source.xml.push_str("</hierarchy>");
    source
}

pub fn layer(screen: &Screen) -> Option<usize> {
    let has_control = |at: usize| {
        screen
            .descendants(at)
            .any(|inner| screen.elements[inner].tappable.is_some() && screen.elements[inner].seen)
    };
    let last = (0..screen.elements.len())
        .rfind(|&at| screen.elements[at].overlay && screen.elements[at].seen && has_control(at))?;
    Some(screen.ancestors(last).filter(|&outer| screen.elements[outer].overlay).last().unwrap_or(last))
}

/// The system draws its own dialogs: their ids say so.
fn package_of(screen: &Screen, layer: usize) -> &'static str {
    let system = screen.descendants(layer).any(|at| screen.elements[at].id.contains("permission_"));
    if system { "com.android.permissioncontroller" } else { PACKAGE }
}

/// What the content of a layer covers, without its dimmed backdrop.
pub fn extent(screen: &Screen, layer: usize) -> Option<Rect> {
    let inner = screen.descendants(layer).map(|at| &screen.elements[at]);
    inner
        .filter(|element| element.seen && (!element.text.is_empty() || element.tappable.is_some()))
        .map(|element| element.rect)
        .reduce(|a, b| {
            let (x, y) = (a.x.min(b.x), a.y.min(b.y));
            Rect::new(x, y, a.right().max(b.right()) - x, a.bottom().max(b.bottom()) - y)
        })
}

fn plain(class: &'static str, text: &str, id: &str, rect: Rect) -> Node {
    Node { class, text: text.to_owned(), description: String::new(), id: id.to_owned(), rect }
}

fn emit(source: &mut Source, screen: &Screen, at: usize, package: &str, whole: &Rect) {
    let element = &screen.elements[at];
    let children: Vec<usize> =
        screen.descendants(at).filter(|&inner| screen.elements[inner].parent == Some(at)).collect();
    let shown = element.rect.intersection(whole).filter(|_| element.seen && !element.invisible);
    let Some(rect) = shown else {
        // What is not in sight is not in the source; what lies inside it may be.
        for child in children {
            emit(source, screen, child, package, whole);
        }
        return;
    };
    let node = Node {
        class: class_of(element),
        text: element.text.clone(),
        description: if element.role.is_field() { String::new() } else { element.name.clone() },
        id: if element.id.is_empty() { String::new() } else { format!("{package}:id/{}", element.id) },
        rect,
    };
    let checkable = element.checked.is_some();
    let flags = format!(
        " checkable=\"{checkable}\" checked=\"{}\" clickable=\"{}\" enabled=\"{}\" scrollable=\"{}\" password=\"{}\" hint=\"{}\" displayed=\"true\"",
        element.checked == Some(Checked::On),
        element.tappable.is_some(),
        !element.disabled,
        element.scroll_left.0 > 4.0 || element.scroll_left.1 > 4.0,
        element.secret,
        escape(if element.role.is_field() { &element.name } else { "" }),
    );
    let class = node.class;
    open(source, &node, package, &flags);
    for child in children {
        emit(source, screen, child, package, whole);
    }
    source.xml.push_str(&format!("</{class}>\n"));
}

fn class_of(element: &Element) -> &'static str {
    match element.role {
        Role::Button => "android.widget.Button",
        Role::Checkbox => "android.widget.CheckBox",
        Role::Radio => "android.widget.RadioButton",
        Role::Switch => "android.widget.Switch",
        Role::TextField | Role::SearchField => "android.widget.EditText",
        Role::Image => "android.widget.ImageView",
        Role::Link | Role::Text | Role::Label | Role::Heading => "android.widget.TextView",
        Role::Document | Role::Frame => "android.webkit.WebView",
        Role::List => "androidx.recyclerview.widget.RecyclerView",
        _ if !element.text.is_empty() => "android.widget.TextView",
        _ => "android.view.ViewGroup",
    }
}

fn open(source: &mut Source, node: &Node, package: &str, flags: &str) {
    let Rect { x, y, .. } = node.rect;
    source.xml.push_str(&format!(
        "<{0} index=\"0\" package=\"{package}\" class=\"{0}\" text=\"{1}\" content-desc=\"{2}\" resource-id=\"{3}\" bounds=\"[{4},{5}][{6},{7}]\"{flags}>\n",
        node.class,
        escape(&node.text),
        escape(&node.description),
        escape(&node.id),
        x.round(),
        y.round(),
        node.rect.right().round(),
        node.rect.bottom().round(),
    ));
    source.nodes.push(node.clone());
}

/// A native alert, as the framework's AlertDialog.
fn alert(source: &mut Source, text: &str, whole: &Rect) {
    let frame = Rect::new(whole.width * 0.1, whole.height * 0.4, whole.width * 0.8, whole.height * 0.2);
    open(source, &plain("android.widget.FrameLayout", "", "android:id/parentPanel", frame), PACKAGE, "");
    let row = |share: f32, x: f32| {
        Rect::new(frame.x + x, frame.y + frame.height * share, frame.width * 0.4, frame.height * 0.3)
    };
    for (class, words, id, rect) in [
        ("android.widget.TextView", text, "android:id/message", row(0.0, 0.0)),
        ("android.widget.Button", "取消", "android:id/button2", row(0.6, 0.0)),
        ("android.widget.Button", "确定", "android:id/button1", row(0.6, frame.width * 0.5)),
    ] {
        let flags =
            format!(" clickable=\"{}\" enabled=\"true\" displayed=\"true\"", class.ends_with("Button"));
        open(source, &plain(class, words, id, rect), PACKAGE, &flags);
        source.xml.push_str(&format!("</{class}>\n"));
    }
    source.xml.push_str("</android.widget.FrameLayout>\n");
}

/// XML's own characters, and those that XML cannot hold as Android's server drops them.
pub fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            c if (c as u32) < 0x20 || matches!(c as u32, 0xFFFE | 0xFFFF) => out.push('?'),
            c => out.push(c),
        }
    }
    out
}
