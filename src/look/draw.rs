//! The picture of a look: the screenshot with a numbered box around everything that was read, and a margin that says what
//! each number is. One SVG that any browser shows. Without a screenshot the tree's words are drawn where they stand.

use base64::Engine as _;
use maud::{Markup, PreEscaped, html};

use super::model::Look;
use super::table::role_word;
use crate::screen::{Rect, Screen};
use crate::text::shown;

/// Width of the margin with the words, in dp.
const MARGIN: f32 = 300.0;
/// Height of letters in it, in dp.
const LETTER: f32 = 11.0;
/// Characters of a label in it.
const LABEL: usize = 22;

/// Colours of boxes: a control with a meaning, one without, a danger, a box, a field, a place that names the policy, the
/// layer that asks.
const MEANT: &str = "#0057b8";
const PLAIN: &str = "#777777";
const DANGER: &str = "#c40000";
const BOX: &str = "#8a2be2";
const FIELD: &str = "#00707a";
const MENTION: &str = "#006e32";
const LAYER: &str = "#d97000";

/// A box with its number and its line in the margin.
struct Mark {
    number: usize,
    rect: Rect,
    colour: &'static str,
    words: String,
}

/// Draws a look over its picture (PNG), or over the words of its tree.
pub fn draw(look: &Look, screen: &Screen, picture: Option<&[u8]>) -> String {
    let dp = if look.density > 0.0 { look.density } else { 1.0 };
    let (width, letter) = (look.width, LETTER * dp);
    let marks = marks(look);
    let mut free = letter;
    let lines: Vec<(f32, &Mark)> = in_order(&marks)
        .into_iter()
        .map(|mark| {
            let y = f32::max(mark.rect.center().1 + letter / 3.0, free);
            free = y + letter * 1.5;
            (y, mark)
        })
        .collect();
    let height = look.height.max(free);
    let page = width + MARGIN * dp;
    html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {page} {height}")) width=(page / dp) height=(height / dp) font-family="sans-serif" {
            rect width=(page) height=(height) fill="#ffffff" {}
            @match picture {
                Some(png) => image href=(embedded(png)) width=(width) height=(look.height) preserveAspectRatio="none" {},
                None => (words_of(screen, dp)),
            }
            @if let Some(rect) = look.asks.rect {
                (outline(rect, LAYER, dp * 2.0, Some(dp * 6.0)))
            }
            @for mention in &look.mentions { (outline(mention.rect, MENTION, dp, Some(dp * 2.0))) }
            @for mark in &marks { (outline(mark.rect, mark.colour, dp * 1.5, None)) (tag(mark, dp)) }
            @for (y, mark) in &lines {
                text x=(width + 8.0 * dp) y=(y) font-size=(letter) fill=(mark.colour) {
                    tspan font-weight="bold" { (mark.number) } " " (mark.words)
                }
            }
        }
    }
    .into_string()
}

fn embedded(png: &[u8]) -> String {
    format!("data:image/png;base64,{}", base64::engine::general_purpose::STANDARD.encode(png))
}

fn marks(look: &Look) -> Vec<Mark> {
    let mut marks = Vec::new();
    for control in &look.controls {
        let names: Vec<String> = control.meanings.iter().map(|meaning| meaning.name()).collect();
        let (colour, taken) = match (&control.danger, names.is_empty()) {
            (Some(danger), true) => (DANGER, format!("danger {}", danger.deed)),
            (Some(danger), false) => (DANGER, format!("danger {}, {}", danger.deed, names.join(", "))),
            (None, false) => (MEANT, names.join(", ")),
            (None, true) => (PLAIN, role_word(control.role)),
        };
        let words = format!("{taken} · {}", shown(&control.label, LABEL));
        marks.push(Mark { number: control.number, rect: control.rect, colour, words });
    }
    for tick in &look.boxes {
        let kind = if tick.consent { "box of consent" } else { "box" };
        let state = tick.by_pixels.map_or_else(String::new, |state| format!(" {state:?}").to_lowercase());
        let words = format!("{kind}{state} · {}", shown(&tick.label, LABEL));
        marks.push(Mark { number: tick.number, rect: tick.rect, colour: BOX, words });
    }
    for field in &look.fields {
        let words = format!("field {} · {}", field.kind, shown(&field.label, LABEL));
        marks.push(Mark { number: field.number, rect: field.rect, colour: FIELD, words });
    }
    marks
}

/// From the top down, so that the margin's lines stand beside what they are about.
fn in_order(marks: &[Mark]) -> Vec<&Mark> {
    let mut sorted: Vec<&Mark> = marks.iter().collect();
    sorted.sort_by(|a, b| a.rect.center().1.total_cmp(&b.rect.center().1));
    sorted
}

fn outline(rect: Rect, colour: &str, stroke: f32, dashes: Option<f32>) -> Markup {
    html! {
        rect x=(rect.x) y=(rect.y) width=(rect.width.max(0.0)) height=(rect.height.max(0.0))
            fill="none" stroke=(colour) stroke-width=(stroke) stroke-dasharray=[dashes] {}
    }
}

/// A box's number at its upper left corner.
fn tag(mark: &Mark, dp: f32) -> Markup {
    let digits = mark.number.to_string().len() as f32;
    let (wide, high) = ((digits * 6.0 + 5.0) * dp, 12.0 * dp);
    let (x, y) = (mark.rect.x.max(0.0), (mark.rect.y - high / 2.0).max(0.0));
    html! {
        rect x=(x) y=(y) width=(wide) height=(high) fill=(mark.colour) {}
        text x=(x + 2.5 * dp) y=(y + 9.5 * dp) font-size=(10.0 * dp) font-weight="bold" fill="#ffffff" { (mark.number) }
    }
}

/// The tree's words where they stand, for a screen without a picture.
fn words_of(screen: &Screen, dp: f32) -> Markup {
    html! {
        @for element in screen.elements.iter().filter(|element| element.seen && !element.text.is_empty()) {
            @let size = (element.rect.height * 0.7).min(element.font.unwrap_or(14.0 * dp)).max(6.0 * dp);
            rect x=(element.rect.x) y=(element.rect.y) width=(element.rect.width.max(0.0)) height=(element.rect.height.max(0.0)) fill="#f4f4f4" stroke="#dddddd" {}
            text x=(element.rect.x + 2.0 * dp) y=(element.rect.y + size) font-size=(size) fill="#333333" { (shown(&element.text, 80)) }
        }
    }
}
