//! How a line of text stands out from what is behind it, by its pixels.

use image::RgbImage;

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

/// WCAG 2.x contrast ratio of two sRGB colours, 1–21.
pub fn ratio(a: [u8; 3], b: [u8; 3]) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance of an sRGB colour as WCAG 2.x defines it, 0–1.
fn luminance(colour: [u8; 3]) -> f32 {
    let [r, g, b] = colour.map(|channel| {
        let value = f32::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
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
