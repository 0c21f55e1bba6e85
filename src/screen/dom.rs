//! Reads what `app/web/snapshot.js` returns into the common tree.

use serde::Deserialize;

use super::{Checked, Document, Element, Rect, Role, Screen, Tappable};

/// The script's answer for one document.
#[derive(Debug, Deserialize)]
pub struct Snapshot {
    width: f32,
    height: f32,
    /// Device px per CSS px.
    pub density: f32,
    address: String,
    title: String,
    #[serde(rename = "type")]
    content_type: String,
    omitted: usize,
    nodes: Vec<Node>,
    /// Frames of another origin, which only the driver can enter.
    pub foreign: Vec<ForeignFrame>,
    /// How far the page itself can still be scrolled down, px.
    down: f32,
    /// How long the page has been as it is, ms of its own time.
    #[serde(default)]
    pub rest: Option<f64>,
    /// What the page asked of its storage so far.
    #[serde(default)]
    pub calls: f64,
    /// How many of these calls have no answer yet.
    #[serde(default)]
    pub unanswered: f64,
    /// Whether the page waits for a frame, to move something on.
    #[serde(default)]
    pub moves: bool,
    /// Where it wanted to lead to another app since the last look: not followed.
    #[serde(default)]
    pub led: Vec<String>,
}

/// A frame whose inside the page's own script may not read.
#[derive(Debug, Clone, Deserialize)]
pub struct ForeignFrame {
    /// Its place in `window.frames`, which is how WebDriver switches to it.
    pub index: u16,
    /// The frame's element in the outer snapshot.
    pub parent: usize,
    /// Where its content begins, CSS px of the outer viewport.
    pub ox: f32,
    pub oy: f32,
    /// The part of it that is in view, CSS px of its own viewport.
    pub clip: Clip,
}

/// A clipping rectangle, CSS px.
#[derive(Debug, Clone, Deserialize, serde::Serialize)]
pub struct Clip {
    pub l: f32,
    pub t: f32,
    pub r: f32,
    pub b: f32,
}

#[derive(Debug, Deserialize)]
struct Node {
    p: Option<usize>,
    r: Role,
    k: String,
    b: (f32, f32, f32, f32),
    #[serde(default)]
    t: String,
    #[serde(default)]
    n: String,
    #[serde(default)]
    i: String,
    c: Option<Checked>,
    a: Option<Tappable>,
    o: Option<(f32, f32)>,
    #[serde(default)]
    s: u8,
    #[serde(default)]
    d: u8,
    #[serde(default)]
    h: u8,
    #[serde(default)]
    w: u8,
    #[serde(default)]
    l: u8,
    m: Option<(f32, f32)>,
    #[serde(default)]
    u: String,
    /// Names in the page's code.
    #[serde(default)]
    g: String,
    /// Method and address of the form that it sends.
    #[serde(default)]
    y: String,
    f: Option<f32>,
    z: Option<usize>,
    /// 1 for a field that hides its text.
    #[serde(default)]
    x: u8,
    /// What a field holds.
    #[serde(default)]
    v: String,
}

impl Snapshot {
    /// Reads the script's answer.
    ///
    /// # Errors
    /// When the page answered with something else: it may have replaced the functions the script stands on.
    pub fn parse(value: serde_json::Value) -> Result<Snapshot, serde_json::Error> {
        serde_json::from_value(value)
    }

    /// Puts the elements of a foreign frame below the frame's own element.
    pub fn graft(&mut self, frame: &ForeignFrame, inner: Snapshot) {
        let base = self.nodes.len();
        for mut node in inner.nodes {
            node.p = Some(node.p.map_or(frame.parent, |parent| parent + base));
            node.z = node.z.map(|labelled| labelled + base);
            self.nodes.push(node);
        }
        self.omitted += inner.omitted;
    }

    /// The common tree. Indexes that point nowhere are dropped rather than believed.
    pub fn into_screen(self) -> Screen {
        let count = self.nodes.len();
        let mut elements: Vec<Element> = Vec::with_capacity(count + 1);
        for (at, node) in self.nodes.into_iter().enumerate() {
            let (x, y, width, height) = node.b;
            let mut element = Element::new(node.r, &node.k, Rect::new(x, y, width, height));
            element.parent = node.p.filter(|&parent| parent < at);
            element.text = node.t;
            element.name = node.n;
            element.id = node.i;
            element.checked = node.c;
            element.tappable = node.a;
            element.tap_at = node.o;
            element.seen = node.s == 1;
            element.disabled = node.d == 1;
            element.invisible = node.h == 1;
            element.drawn = node.w == 1;
            element.overlay = node.l == 1;
            element.scroll_left = node.m.unwrap_or_default();
            element.href = node.u;
            element.hints = node.g;
            element.form = node.y;
            element.font = node.f;
            element.secret = node.x == 1;
            element.value = node.v;
            element.labels = node.z.filter(|&labelled| labelled < count);
            elements.push(element);
        }
        let document = match self.content_type.as_str() {
            "application/pdf" => Document::Pdf,
            kind if kind.starts_with("image/") => Document::Picture,
            _ => Document::Page,
        };
        if self.down > 4.0
            && let Some(root) = elements.first_mut()
        {
            root.scroll_left.1 = root.scroll_left.1.max(self.down);
        }
        Screen {
            width: self.width,
            height: self.height,
            density: self.density,
            address: self.address,
            title: self.title,
            document,
            settled: true,
            alert: None,
            omitted: self.omitted,
            elements,
        }
    }
}

#[cfg(test)]
#[path = "dom_tests.rs"]
mod tests;
