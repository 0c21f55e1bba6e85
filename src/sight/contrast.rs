//! How a line of text stands out from what is behind it, by its pixels.

use image::RgbImage;

use super::ink::Ink;
use super::lines::Bounds;
use super::size::Measured;
use super::{commonest, distance, pixels};
use crate::screen::Rect;

/// Contrast ratio (1–21) of the text in a rectangle, or `None` where the rectangle shows no text.
///
/// The background is the commonest colour; the ink is the colour of the pixels farthest from it (the
/// top 2 %), because the edges of thin strokes are mixed with the background and would pale the answer.
pub fn of_text(picture: &RgbImage, rect: Rect) -> Option<f32> {
    let (left, top, right, bottom) = pixels(picture, rect)?;
    let colours = || {
        (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y))).map(|(x, y)| picture.get_pixel(x, y).0)
    };
    let (background, _) = commonest(colours())?;
    let mut inks: Vec<[u8; 3]> = colours().filter(|&colour| distance(colour, background) > 8).collect();
    if inks.is_empty() {
        return None;
    }
    inks.sort_by_key(|&colour| std::cmp::Reverse(distance(colour, background)));
    let core = (inks.len() / 50).min(inks.len() - 1);
    Some(ratio(inks[core], background))
}

/// The contrast of a line of text, and the colours that it was taken from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineContrast {
    /// WCAG 2.x ratio, 1–21.
    pub ratio: Measured,
    pub ink: [u8; 3],
    pub ground: [u8; 3],
}

/// Ink from this strength on is stroke, below [`BARE`] it is ground (0–255; ours).
const STROKE: u8 = 128;
const BARE: u8 = 24;

/// Contrast of the text of a line to what is really behind it, pixel by pixel.
///
/// The ink is the colour of the strokes' core: of the tenth of the stroke's pixels that stand out most, the middle.
/// Where strokes are so thin that they have no core, the true ink may be stronger than any pixel: the margin
/// then reaches up, as a pale measure must not accuse a thin font. Behind the text are the pixels between its
/// letters; where they differ, the ratio is the middle one and the margin spans their quarters.
pub fn of_line(picture: &RgbImage, ink: &Ink, line: &Bounds) -> Option<LineContrast> {
    let (mut strokes, mut bare) = (Vec::new(), Vec::new());
    for y in line.top..line.bottom.min(picture.height()) {
        for x in line.left..line.right.min(picture.width()) {
            let colour = picture.get_pixel(x, y).0;
            match ink.strength.get_pixel(x, y).0[0] {
                STROKE.. => strokes.push((distance(colour, ink.behind(x, y)), colour)),
                0..BARE => bare.push(colour),
                _ => {}
            }
        }
    }
    if strokes.is_empty() || bare.is_empty() {
        return None;
    }
    let of_strongest = |&(strength, colour): &(u8, [u8; 3])| (std::cmp::Reverse(strength), colour);
    let core = (strokes.len() / 10).max(1);
    let third = strokes.len() / 3;
    // The tenth that is strongest comes first, then the rest of the strongest third.
    strokes.select_nth_unstable_by_key(third, of_strongest);
    let third = strokes[third].0;
    strokes.select_nth_unstable_by_key(core - 1, of_strongest);
    let core = &mut strokes[..core];
    let colour = middle(core.iter().map(|(_, colour)| *colour));
    let ground = middle(bare.iter().copied());
    let own = luminance(colour);
    let mut ratios: Vec<f32> = bare.iter().map(|&behind| of_luminances(own, luminance(behind))).collect();
    let mut at = |share: f32| {
        let place = ((ratios.len() - 1) as f32 * share) as usize;
        *ratios.select_nth_unstable_by(place, f32::total_cmp).1
    };
    let (lower, value, upper) = (at(0.25), at(0.5), at(0.75));
    // A core is there where the strongest tenth and the strongest third of the strokes are equally strong.
    let middle = core.len() / 2;
    let strength = core.select_nth_unstable_by_key(middle, of_strongest).1.0;
    let flat = f32::from(third) / f32::from(strength).max(1.0);
    let above = 1.02 + 1.2 * (0.96 - flat).max(0.0);
    // A ratio grows from 1, not from 0.
    let high = 1.0 + (upper - 1.0) * above;
    let low = 1.0 + (lower - 1.0) * 0.98;
    Some(LineContrast { ratio: Measured { value, low, high }, ink: colour, ground })
}

/// The middle value of each channel.
fn middle(colours: impl Iterator<Item = [u8; 3]> + Clone) -> [u8; 3] {
    std::array::from_fn(|channel| {
        let mut values: Vec<u8> = colours.clone().map(|colour| colour[channel]).collect();
        let middle = values.len() / 2;
        if values.is_empty() { 0 } else { *values.select_nth_unstable(middle).1 }
    })
}

/// WCAG 2.x contrast ratio of two sRGB colours, 1–21.
pub fn ratio(a: [u8; 3], b: [u8; 3]) -> f32 {
    of_luminances(luminance(a), luminance(b))
}

fn of_luminances(a: f32, b: f32) -> f32 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance of an sRGB colour as WCAG 2.x defines it, 0–1.
fn luminance(colour: [u8; 3]) -> f32 {
    // Every pixel behind a line asks for three of these.
    static LINEAR: std::sync::LazyLock<[f32; 256]> = std::sync::LazyLock::new(|| {
        std::array::from_fn(|value| {
            let value = value as f32 / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    });
    let [r, g, b] = colour.map(|channel| LINEAR[usize::from(channel)]);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_is_wcags() {
        assert!((ratio([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 0.01);
        assert!((ratio([0x76, 0x76, 0x76], [255, 255, 255]) - 4.54).abs() < 0.01);
    }

    #[test]
    fn edges_of_strokes_do_not_pale_the_answer() {
        let mut picture = RgbImage::from_pixel(60, 20, image::Rgb([255, 255, 255]));
        for y in 4..16 {
            picture.put_pixel(20, y, image::Rgb([150, 150, 150]));
            picture.put_pixel(21, y, image::Rgb([0x33, 0x33, 0x33]));
            picture.put_pixel(22, y, image::Rgb([190, 190, 190]));
        }
        let seen = of_text(&picture, Rect::new(0.0, 0.0, 60.0, 20.0)).unwrap_or_default();
        assert!((seen - ratio([0x33, 0x33, 0x33], [255, 255, 255])).abs() < 0.1, "{seen}");
        assert_eq!(of_text(&picture, Rect::new(30.0, 0.0, 20.0, 20.0)), None);
    }
}
