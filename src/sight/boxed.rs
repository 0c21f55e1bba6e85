//! A picture with its lines of text boxed and their figures beside them, as one SVG that any browser shows.

use base64::Engine as _;
use maud::{PreEscaped, html};

use super::line::{Line, Sight};
use crate::text::clean;

/// Width of the margin in which the figures stand, in dp.
const MARGIN: f32 = 116.0;
/// Height of the figures' letters, in dp.
const LETTER: f32 = 10.0;

/// Draws the boxes over a PNG: red where `offends` says so, green elsewhere. The size (dp) and contrast of each line
/// stand in a margin at its right, at its height; its text is in the box's tooltip.
pub fn svg(png: &[u8], sight: &Sight, offends: impl Fn(&Line) -> bool) -> String {
    let (width, height) = (sight.width as f32, sight.height as f32);
    let (dp, letter) = (sight.density, LETTER * sight.density);
    let data = base64::engine::general_purpose::STANDARD.encode(png);
    let mut free = 0.0;
    // Lines that stand beside one another would have their figures on top of one another.
    let mut place = |line: &Line| {
        let y = f32::max(line.rect.center().1 + letter / 3.0, free);
        free = y + letter * 1.15;
        y
    };
    let page = width + MARGIN * dp;
    let picture = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {page} {height}")) width=(page) height=(height) {
            rect width=(page) height=(height) fill="#ffffff" {}
            image href=(format!("data:image/png;base64,{data}")) width=(width) height=(height) {}
            @for line in &sight.lines {
                @let (colour, y) = (if offends(line) { "#c40000" } else { "#006e32" }, place(line));
                g {
                    title { (clean(&line.text)) }
                    rect x=(line.rect.x - dp) y=(line.rect.y - dp) width=(line.rect.width + 2.0 * dp) height=(line.rect.height + 2.0 * dp)
                        fill="none" stroke=(colour) stroke-width=(dp) {}
                    text x=(width + 4.0 * dp) y=(y) font-size=(letter) font-family="sans-serif" fill=(colour) { (figures(line)) }
                }
            }
        }
    };
    picture.into_string()
}

/// Size and contrast of a line: `11.2 dp · 3.1:1`.
pub fn figures(line: &Line) -> String {
    let contrast = line.contrast.map_or_else(|| "?".to_owned(), |contrast| format!("{:.1}", contrast.value));
    format!("{:.1} dp · {contrast}:1", line.size.value)
}
