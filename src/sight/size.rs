//! How large text is set, from the shapes of a line and what it says.
//!
//! The result is the font size, the em: what a style sheet calls `font-size`, in px of the picture. No single
//! measure serves every script: ideographs stand one em apart, Latin letters tell by their height.

use image::GrayImage;
use serde::{Deserialize, Serialize};

use super::lines::{Bounds, Row};
use crate::text::script::is_ideograph;

/// What a line's pixels offer for telling its size; lengths in px.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Features {
    /// Width of the ink, from the first letter to the last.
    pub width: f32,
    /// Height of most whole letters: the 80th percentile.
    pub tall: f32,
    /// Height of the low letters, which in Latin text is the x-height.
    pub low: f32,
    /// Distance at which the ink repeats itself, where it does.
    pub pitch: Option<f32>,
    /// How well it repeats, 0–1.
    pub regular: f32,
}

/// Measures a line of which `ideographs` characters are ideographs.
pub fn features(strength: &GrayImage, row: &Row, ideographs: usize) -> Features {
    let letters = letters(row);
    let mut heights: Vec<f32> = letters.iter().map(|letter| height(strength, letter)).collect();
    heights.sort_by(f32::total_cmp);
    let at = |share: f32| {
        heights.get(((heights.len().max(1) - 1) as f32 * share).round() as usize).copied().unwrap_or(0.0)
    };
    // Ideographs are the tallest of a line; where they are few, the middle one of them is nearer to the top.
    let few = 1.0 - 0.5 * ideographs as f32 / heights.len().max(1) as f32;
    let tall = at(if ideographs > 0 { few.max(0.8) } else { 0.8 });
    // Commas, dots and dashes are no letters; of letters the low ones tell the x-height.
    let letters: Vec<f32> = heights.iter().copied().filter(|height| *height > 0.55 * tall).collect();
    let low = letters.get(letters.len() * 3 / 10).copied().unwrap_or(tall);
    let guess = tall / 0.9;
    let (pitch, regular) = if ideographs >= 4 { pitch(strength, &row.bounds, guess) } else { (None, 0.0) };
    Features { width: row.bounds.width(), tall, low, pitch, regular }
}

/// Height of a letter's ink in parts of a px: a row that it covers in part is as pale as that part is small.
fn height(strength: &GrayImage, letter: &Bounds) -> f32 {
    let most = |rows: std::ops::Range<u32>| {
        let rows = rows.start..rows.end.min(strength.height());
        let pixels = rows.flat_map(|y| (letter.left..letter.right).map(move |x| (x, y)));
        pixels.map(|(x, y)| strength.get_pixel(x, y).0[0]).max().unwrap_or(0)
    };
    // What an edge's two rows, the last within the bounds and the first without, have of what the stroke has there.
    let edge = |inner: u32, outer: Option<u32>, stroke: std::ops::Range<u32>| {
        let whole = f32::from(most(stroke)).max(1.0);
        let part = |row: u32| (f32::from(most(row..row + 1)) / whole).min(1.0);
        part(inner) + outer.map_or(0.0, part)
    };
    let (top, bottom) = (letter.top, letter.bottom);
    if bottom < top + 4 {
        return letter.height();
    }
    let upper = edge(top, top.checked_sub(1), top..top + 3);
    let lower = edge(bottom - 1, Some(bottom), bottom - 3..bottom);
    letter.height() - 2.0 + upper + lower
}

/// Shapes of one letter joined: those that stand above one another.
fn letters(row: &Row) -> Vec<Bounds> {
    let mut shapes = row.shapes.clone();
    shapes.sort_by_key(|shape| shape.left);
    let mut letters: Vec<Bounds> = Vec::new();
    for shape in shapes {
        match letters.last_mut() {
            Some(last)
                if (last.right.min(shape.right) as f32 - shape.left as f32)
                    > 0.4 * shape.width().min(last.width()) =>
            {
                *last = last.join(&shape);
            }
            _ => letters.push(shape),
        }
    }
    letters
}

/// The distance, near the guess, at which the columns of ink repeat best, and how well (0–1).
fn pitch(strength: &GrayImage, bounds: &Bounds, guess: f32) -> (Option<f32>, f32) {
    let columns: Vec<f32> = (bounds.left..bounds.right)
        .map(|x| (bounds.top..bounds.bottom).map(|y| f32::from(strength.get_pixel(x, y).0[0])).sum())
        .collect();
    // Blank columns between letters matter, not how much ink a stroke has.
    let most = columns.iter().copied().fold(1.0, f32::max);
    let ink: Vec<f32> = columns.iter().map(|c| (c / most * 6.0).min(1.0)).collect();
    let mean = ink.iter().sum::<f32>() / ink.len().max(1) as f32;
    let alike = |lag: usize| -> f32 {
        let pairs = ink.len().saturating_sub(lag);
        if pairs < lag {
            return -1.0;
        }
        (0..pairs).map(|at| (ink[at] - mean) * (ink[at + lag] - mean)).sum::<f32>() / pairs as f32
    };
    let own = alike(0).max(1e-6);
    let (low, high) = ((guess * 0.82) as usize, (guess * 1.35).ceil() as usize);
    let Some(best) = (low.max(3)..=high).max_by(|&a, &b| alike(a).total_cmp(&alike(b))) else {
        return (None, 0.0);
    };
    // Over several letters the same rhythm is measured more exactly.
    let mut lag = best as f32;
    for turns in [2usize, 4, 8, 16] {
        let near = (lag * turns as f32).round() as usize;
        let span = (turns / 2).max(2);
        if near + span + best > ink.len() {
            break;
        }
        let Some(peak) =
            (near.saturating_sub(span)..=near + span).max_by(|&a, &b| alike(a).total_cmp(&alike(b)))
        else {
            break;
        };
        if alike(peak) < 0.3 * own {
            break;
        }
        lag = peak as f32 / turns as f32;
    }
    (Some(lag), (alike(best) / own).clamp(0.0, 1.0))
}

/// A figure with the margin of its measurement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    pub value: f32,
    /// The true figure lies between these.
    pub low: f32,
    pub high: f32,
}

impl Measured {
    /// A figure and what others say of it; the margin reaches over them all and over `least` (a share of it).
    fn over(value: f32, others: &[f32], least: f32) -> Measured {
        let reach = |start: f32, choose: fn(f32, f32) -> f32| others.iter().copied().fold(start, choose);
        Measured {
            value,
            low: reach(value * (1.0 - least), f32::min),
            high: reach(value * (1.0 + least), f32::max),
        }
    }

    /// The figure in another unit.
    pub fn scaled(self, by: f32) -> Measured {
        Measured { value: self.value * by, low: self.low * by, high: self.high * by }
    }
}

/// Height of an ideograph's ink in em: the middle of Noto Sans and Serif CJK and WenQuanYi (measured; `candor bench sight`).
const IDEOGRAPH: f32 = 0.912;
/// x-height in em: the middle of Noto, Roboto and DejaVu (measured; `candor bench sight`).
const X_HEIGHT: f32 = 0.559;
/// From this on the ink of even a few ideographs repeats beyond doubt (0–1; measured; `candor bench sight`).
const CLEAR: f32 = 0.5;
/// Letters this much wider than their height lets expect are cut (ratio; ours: no font is that wide).
const FLAT: f32 = 1.4;
/// The least margin of a size, as a share of it: fonts differ by that much (measured; `candor bench sight`).
const IDEOGRAPH_MARGIN: f32 = 0.05;
const LATIN_MARGIN: f32 = 0.08;

/// The font size of a line in px, by its shapes and its text.
pub fn of(features: &Features, text: &str) -> Measured {
    let ideographs = text.chars().filter(|&c| is_ideograph(c)).count();
    let others = latin(text);
    // A pixel more or less on either edge of a letter.
    let edge = |margin: f32, height: f32| margin + 1.0 / height.max(4.0);
    let by_width = features.width / em_widths(text).max(0.5);
    // Letters much wider than high are halves of letters, of a line that was cut along its middle: their true height
    // may be what the width says.
    let halves = |by_height: f32| if by_width > FLAT * by_height { by_width } else { by_height };
    if ideographs == 0 {
        let by_height = features.low / X_HEIGHT;
        return Measured::over(by_height, &[halves(by_height)], edge(LATIN_MARGIN, features.low));
    }
    let by_height = features.tall / IDEOGRAPH;
    let margin = edge(IDEOGRAPH_MARGIN, features.tall);
    let fits = (by_width / by_height - 1.0).abs() < 0.09;
    match rhythm(features, text) {
        Some(rhythm) if ideographs >= 8 || features.regular >= CLEAR => {
            Measured::over(rhythm.pitch, &[by_height], margin / 2.0)
        }
        _ if fits && ideographs >= 3 && others == 0 => Measured::over(by_width, &[by_height], margin),
        _ if fits => Measured::over(by_height, &[by_width], margin),
        _ => Measured::over(by_height, &[halves(by_height)], margin),
    }
}

/// How a line's ideographs stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rhythm {
    /// Distance at which they repeat (px or dp); never less than the font size.
    pub pitch: f32,
    /// Font size by their height alone (px or dp).
    pub by_height: f32,
}

/// How a line's ideographs stand (px), where there are enough of them and they repeat.
pub fn rhythm(features: &Features, text: &str) -> Option<Rhythm> {
    let ideographs = text.chars().filter(|&c| is_ideograph(c)).count();
    let pitch = features.pitch.filter(|pitch| *pitch < 1.32 * features.tall / IDEOGRAPH)?;
    // Few ideographs may seem to repeat by chance.
    let repeats = features.regular >= if ideographs >= 6 { 0.3 } else { CLEAR };
    (repeats && ideographs >= 4 && latin(text) * 10 < ideographs * 3)
        .then_some(Rhythm { pitch, by_height: features.tall / IDEOGRAPH })
}

/// Latin letters and digits of a text.
fn latin(text: &str) -> usize {
    text.chars().filter(char::is_ascii_alphanumeric).count()
}

/// Width of a text's ink in em: ideographs and full-width marks take one, Latin letters the mean of common fonts.
fn em_widths(text: &str) -> f32 {
    let one = |c: char| match c {
        c if u32::from(c) >= 0x2e80 => 1.0,
        ' ' => 0.0,
        'i' | 'l' | 'j' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.27,
        'f' | 'r' | 't' | '(' | ')' | '-' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' => 0.87,
        c if c.is_ascii_uppercase() => 0.66,
        _ => 0.55,
    };
    let trailing = if text.ends_with(['，', '。', '、', '；', '：']) { 0.5 } else { 0.0 };
    text.chars().map(one).sum::<f32>() - 0.08 - trailing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_letters_may_be_as_large_as_their_width_says() {
        let of = |text: &str, tall: f32, width: f32| {
            of(&Features { width, tall, low: 0.8 * tall, ..Features::default() }, text)
        };
        // The upper halves of five ideographs 40 px wide: nobody is accused of 20 px.
        assert!(of("全部条款。", 18.0, 190.0).high > 38.0);
        assert!(of("orders and reviews", 9.0, 300.0).high > 28.0);
        // Whole letters, and letters that a wide font or a few px between them hold apart, keep their margin.
        assert!(of("全部条款的", 18.0, 100.0).high < 23.0);
        assert!(of("全部条款的", 18.0, 120.0).high < 23.0);
    }
}
