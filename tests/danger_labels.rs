//! What is dangerous to tap, held against real labels and controls: none of the danger may be missed, and little of
//! what is harmless may be left alone. The tables are `data/labels.tsv` and `data/controls.tsv`.

use candor::language::danger::{self, Place};
use candor::screen::{Element, Rect, Role, Screen, Tappable};

/// Share of the harmless ones that may be left alone.
const LEFT_AT_MOST: f64 = 0.05;

/// The rows of a table, each by the names in its first line.
struct Table {
    names: Vec<&'static str>,
    rows: Vec<Vec<&'static str>>,
}

impl Table {
    fn read(text: &'static str) -> Table {
        let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        Table { names: lines.next().expect("names"), rows: lines.collect() }
    }

    fn field(&self, row: &[&'static str], name: &str) -> &'static str {
        let at = self.names.iter().position(|each| *each == name).expect("a column");
        row.get(at).copied().unwrap_or_default()
    }
}

/// Asserts a table's verdicts: what is dangerous and was missed, what is harmless and was left.
fn assert_told_apart(judged: impl Iterator<Item = (String, bool, bool)>) {
    let (mut missed, mut left, mut harmless) = (Vec::new(), Vec::new(), 0usize);
    for (what, dangerous, told) in judged {
        harmless += usize::from(!dangerous);
        match (dangerous, told) {
            (true, false) => missed.push(what),
            (false, true) => left.push(what),
            _ => {}
        }
    }
    let share = left.len() as f64 / harmless as f64;
    assert!(
        missed.is_empty() && share < LEFT_AT_MOST,
        "{} dangerous ones were missed: {missed:#?}\n{} of {harmless} harmless ones were left: {left:#?}",
        missed.len(),
        left.len()
    );
}

#[test]
fn labels_of_real_apps_are_told_apart() {
    let table = Table::read(include_str!("data/labels.tsv"));
    assert!(table.rows.len() >= 400, "{}", table.rows.len());
    assert_told_apart(table.rows.iter().map(|row| {
        let (label, kind) = (table.field(row, "label"), table.field(row, "kind"));
        let told = danger::of_control(&draw_label(label), 0, Place::Guest);
        (format!("{label} ({kind})"), kind != "harmless", told.is_some())
    }));
}

#[test]
fn every_label_is_there_once_and_no_longer_than_a_screen_shows() {
    let table = Table::read(include_str!("data/labels.tsv"));
    let mut labels: Vec<&str> = table.rows.iter().map(|row| table.field(row, "label")).collect();
    assert!(labels.iter().all(|label| (1..=60).contains(&label.chars().count())));
    labels.sort_unstable();
    let count = labels.len();
    labels.dedup();
    assert_eq!(labels.len(), count);
}

/// A screen with nothing on it but a button with this label.
fn draw_label(label: &str) -> Screen {
    let mut control = Element::new(Role::Button, "button", Rect::new(10.0, 400.0, 120.0, 44.0));
    control.text = label.to_owned();
    control.tappable = Some(Tappable::Native);
    control.tap_at = Some((70.0, 422.0));
    Screen { width: 412.0, height: 900.0, density: 1.0, elements: vec![control], ..Screen::default() }
}

/// A screen with one control on it: the row or dialog that it stands in comes before it.
fn draw_control(table: &Table, row: &[&'static str]) -> (Screen, usize) {
    let field = |name: &str| table.field(row, name);
    let mut screen = Screen { width: 412.0, height: 900.0, density: 1.0, ..Screen::default() };
    let mut outer = None;
    let whole = Rect::new(0.0, 300.0, 412.0, 200.0);
    for (name, role, words) in
        [("row", Role::ListItem, field("row")), ("dialog", Role::Dialog, field("dialog"))]
    {
        if words.is_empty() {
            continue;
        }
        let mut around = Element::new(role, "div", whole);
        around.overlay = name == "dialog";
        screen.elements.push(around);
        outer = Some(screen.elements.len() - 1);
        let mut text = Element::new(Role::Text, "span", Rect::new(10.0, 310.0, 300.0, 20.0));
        text.parent = outer;
        text.text = words.to_owned();
        screen.elements.push(text);
    }
    let link = !field("href").is_empty();
    let mut control = Element::new(
        if link { Role::Link } else { Role::Button },
        if link { "a" } else { "button" },
        Rect::new(10.0, 400.0, 120.0, 44.0),
    );
    control.parent = outer;
    control.text = field("words").to_owned();
    control.name = field("name").to_owned();
    control.id = field("id").to_owned();
    control.href = field("href").to_owned();
    control.tappable = Some(Tappable::Native);
    control.tap_at = Some((70.0, 422.0));
    describe_marks(&mut control, table, row);
    screen.elements.push(control);
    let at = screen.elements.len() - 1;
    (screen, at)
}

/// What the tree tells beside words, id and address: title, class and icon names, the form's method and action. The
/// fields of [`Element`] that hold them are named here and nowhere else.
fn describe_marks(control: &mut Element, table: &Table, row: &[&'static str]) {
    let field = |name: &str| table.field(row, name).to_owned();
    control.hints = [field("classes"), field("icon")].join(" ").trim().to_owned();
    if !field("title").is_empty() {
        control.hints.push_str(&format!("\u{1f}{}", field("title")));
    }
    if !field("form_method").is_empty() || !field("form_action").is_empty() {
        let method = Some(field("form_method").to_lowercase()).filter(|method| !method.is_empty());
        control.form = format!("{} {}", method.as_deref().unwrap_or("get"), field("form_action"));
    }
}

#[test]
fn controls_are_told_apart_by_all_that_is_known_of_them() {
    let table = Table::read(include_str!("data/controls.tsv"));
    assert!(table.rows.len() >= 60, "{}", table.rows.len());
    assert_told_apart(table.rows.iter().map(|row| {
        let (screen, at) = draw_control(&table, row);
        let told = danger::of_control(&screen, at, Place::Guest).is_some();
        let kind = table.field(row, "kind");
        (format!("{kind}: {}", row.join(" ").trim()), kind != "harmless", told)
    }));
}

/// A guest may open a control without words only where something says that it is harmless; in an account nobody may.
#[test]
fn nothing_without_words_is_tapped_in_an_account() {
    let draw = |id: &str| {
        let mut control = Element::new(Role::Button, "button", Rect::new(10.0, 400.0, 44.0, 44.0));
        control.id = id.to_owned();
        control.tappable = Some(Tappable::Native);
        control.tap_at = Some((32.0, 422.0));
        Screen { width: 412.0, height: 900.0, density: 1.0, elements: vec![control], ..Screen::default() }
    };
    for (id, guest, inside) in [("", true, true), ("iv_7", true, true), ("btn_menu", false, true)] {
        let screen = draw(id);
        assert_eq!(danger::of_control(&screen, 0, Place::Guest).is_some(), guest, "“{id}” for a guest");
        assert_eq!(danger::of_control(&screen, 0, Place::Account).is_some(), inside, "“{id}” in an account");
    }
}
