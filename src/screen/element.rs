//! A node of a screen's tree: what it is to a person, its state, and where a tap lands on it.

use serde::{Deserialize, Serialize};

use super::Rect;

/// What an element is to a person. Readers map their platform's kinds to these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Alert,
    Button,
    Canvas,
    Checkbox,
    Dialog,
    Document,
    Frame,
    Group,
    Heading,
    Image,
    Label,
    Link,
    List,
    ListItem,
    Radio,
    SearchField,
    Switch,
    Tab,
    Text,
    TextField,
}

impl Role {
    /// Whether the role has an on and an off state.
    pub fn is_tickable(self) -> bool {
        matches!(self, Role::Checkbox | Role::Radio | Role::Switch)
    }
    /// Whether a person types into it.
    pub fn is_field(self) -> bool {
        matches!(self, Role::TextField | Role::SearchField)
    }
}

/// The state of a tickable control as the *tree* tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Checked {
    On,
    Off,
    Mixed,
}

/// How the reader knows that an element can be tapped. Ordered from sure to guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tappable {
    /// A native control: `<button>`, `<a href>`, `clickable="true"`.
    Native,
    /// A role that promises it (ARIA).
    Role,
    /// A listener for taps was seen on it.
    Listener,
    /// Only its looks say so (a hand cursor).
    Looks,
}

/// A node of the screen's tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Element {
    /// Index of the parent in [`Screen::elements`]; parents come before their children.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub parent: Option<usize>,
    pub role: Role,
    /// The platform's own kind: a tag name or a class such as `android.widget.Button`.
    pub kind: String,
    /// Text that the element itself shows, white space folded.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub text: String,
    /// A name given for assistive technology, a placeholder, or a picture's alternative text.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub name: String,
    /// `id`, resource id or accessibility id.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub id: String,
    pub rect: Rect,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub checked: Option<Checked>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tappable: Option<Tappable>,
    /// Where a tap lands on this element and on no other control, px of the picture.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tap_at: Option<(f32, f32)>,
    /// Some part of it lies on the screen and nothing covers it.
    #[serde(skip_serializing_if = "is_false", default)]
    pub seen: bool,
    #[serde(skip_serializing_if = "is_false", default)]
    pub disabled: bool,
    /// There, but transparent or clipped away: a native input behind a drawn tick.
    #[serde(skip_serializing_if = "is_false", default)]
    pub invisible: bool,
    /// It is drawn by decoration (background picture, generated content, border), not by text.
    #[serde(skip_serializing_if = "is_false", default)]
    pub drawn: bool,
    /// It lies over the rest of the screen (dialog, sheet, fixed layer).
    #[serde(skip_serializing_if = "is_false", default)]
    pub overlay: bool,
    /// How far it can still be scrolled right and down, px; zero where it cannot.
    #[serde(skip_serializing_if = "is_still", default)]
    pub scroll_left: (f32, f32),
    /// Where a link leads, as the tree tells it.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub href: String,
    /// Names that the app's code gives it, separated by spaces: classes, icons, handlers. Words that no reader shows, such
    /// as a title beside a name, follow, each behind U+001F.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub hints: String,
    /// The form that it sends: `post /order/create`; empty where it sends none.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub form: String,
    /// Font size in px of the picture where the tree tells it; never enough for a verdict by itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub font: Option<f32>,
    /// The control that this label names, by the tree's own word (`for`, `labelFor`).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub labels: Option<usize>,
    /// A field whose text the platform hides, such as one for a password.
    #[serde(skip_serializing_if = "is_false", default)]
    pub secret: bool,
    /// What a field holds, where that is not its text, secrets too: kept in memory to know what must be masked and what
    /// came of typing, never written.
    #[serde(skip)]
    pub value: String,
}

fn is_false(value: &bool) -> bool {
    !*value
}
fn is_still(value: &(f32, f32)) -> bool {
    value.0 <= 0.0 && value.1 <= 0.0
}

impl Element {
    /// An element of `role` at `rect` with nothing else known; readers and tests fill in the rest.
    pub fn new(role: Role, kind: &str, rect: Rect) -> Self {
        Element {
            parent: None,
            role,
            kind: kind.to_owned(),
            text: String::new(),
            name: String::new(),
            id: String::new(),
            rect,
            checked: None,
            tappable: None,
            tap_at: None,
            seen: true,
            disabled: false,
            invisible: false,
            drawn: false,
            overlay: false,
            scroll_left: (0.0, 0.0),
            href: String::new(),
            hints: String::new(),
            form: String::new(),
            font: None,
            labels: None,
            secret: false,
            value: String::new(),
        }
    }
}
