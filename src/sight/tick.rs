//! Whether a box, circle or switch is on, by its pixels: what a person sees, whatever the tree says.

use image::{GrayImage, Luma, RgbImage};
use imageproc::region_labelling::{Connectivity, connected_components};
use serde::{Deserialize, Serialize};

use super::{commonest, distance, pixels};
use crate::screen::Rect;

/// The state of a tickable control as its pixels show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tick {
    On,
    Off,
    /// The pixels could be either; never enough for a verdict.
    Unsure,
}

/// Two colours closer than this look the same in a picture of this size (0–255, largest channel; ours).
const SAME: u8 = 36;
/// Share of the box's inside that a mark covers, at least: less is noise of anti-aliasing (ours).
const MARK: f32 = 0.05;
/// From this saturation on (0–1) a fill is a colour and not a grey (ours).
const COLOURFUL: f32 = 0.3;

/// Looks at the control that lies in `rect` (px of the picture; `density` px per dp).
pub fn look(picture: &RgbImage, rect: Rect, density: f32) -> Tick {
    let margin = 2.0 * density.max(1.0);
    let around =
        Rect::new(rect.x - margin, rect.y - margin, rect.width + 2.0 * margin, rect.height + 2.0 * margin);
    let Some((left, top, right, bottom)) = pixels(picture, around) else {
        return Tick::Unsure;
    };
    if right - left < 8 || bottom - top < 8 {
        return Tick::Unsure;
    }
    let rim = (left..right)
        .flat_map(|x| [(x, top), (x, bottom - 1)])
        .chain((top..bottom).flat_map(|y| [(left, y), (right - 1, y)]));
    let Some((outside, _)) = commonest(rim.map(|(x, y)| picture.get_pixel(x, y).0)) else {
        return Tick::Unsure;
    };
    let Some(frame) = outline(picture, (left, top, right, bottom), outside, density) else {
        return Tick::Unsure;
    };
    let (width, height) = ((frame.2 - frame.0) as f32, (frame.3 - frame.1) as f32);
    if width / height >= 1.35 { switch(picture, frame) } else { mark(picture, frame, outside) }
}

/// The bounds of the thing that is drawn on the background: the largest connected part of a box's or a switch's shape.
fn outline(
    picture: &RgbImage,
    area: (u32, u32, u32, u32),
    outside: [u8; 3],
    density: f32,
) -> Option<(u32, u32, u32, u32)> {
    let (left, top, right, bottom) = area;
    let differs = GrayImage::from_fn(right - left, bottom - top, |x, y| {
        Luma([u8::from(distance(picture.get_pixel(left + x, top + y).0, outside) > SAME / 2) * 255])
    });
    let parts = connected_components(&differs, Connectivity::Eight, Luma([0]));
    let mut bounds: std::collections::BTreeMap<u32, (u32, u32, u32, u32)> = std::collections::BTreeMap::new();
    for (x, y, part) in parts.enumerate_pixels().filter(|(_, _, part)| part.0[0] != 0) {
        let bound = bounds.entry(part.0[0]).or_insert((x, y, x + 1, y + 1));
        *bound = (bound.0.min(x), bound.1.min(y), bound.2.max(x + 1), bound.3.max(y + 1));
    }
    let least = 8.0 * density.max(1.0);
    bounds
        .into_values()
        .filter(|b| {
            let (width, height) = ((b.2 - b.0) as f32, (b.3 - b.1) as f32);
            height >= least && (0.75..=2.6).contains(&(width / height))
        })
        .max_by_key(|b| (b.2 - b.0) * (b.3 - b.1))
        .map(|b| (left + b.0, top + b.1, left + b.2, top + b.3))
}

/// A box or a circle: is there a mark inside its frame?
fn mark(picture: &RgbImage, frame: (u32, u32, u32, u32), outside: [u8; 3]) -> Tick {
    let inset = |low: u32, high: u32| {
        let by = ((high - low) as f32 * 0.24).round() as u32;
        (low + by, high - by)
    };
    let ((left, right), (top, bottom)) = (inset(frame.0, frame.2), inset(frame.1, frame.3));
    let colours = || {
        (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y))).map(|(x, y)| picture.get_pixel(x, y).0)
    };
    let Some((ground, _)) = commonest(colours()) else {
        return Tick::Unsure;
    };
    let all = colours().count() as f32;
    let marked = colours().filter(|&colour| distance(colour, ground) > SAME).count() as f32 / all;
    if marked >= MARK {
        return Tick::On;
    }
    if marked < MARK / 2.0 {
        if distance(ground, outside) <= SAME || saturation(ground) < COLOURFUL / 2.0 && light(ground) {
            return Tick::Off;
        }
        // Filled with a colour and nothing on it: a chosen circle as some kits draw it.
        if saturation(ground) >= COLOURFUL {
            return Tick::On;
        }
    }
    Tick::Unsure
}

/// A switch: a coloured track with the knob on the right is on, a grey one with the knob on the left is off.
fn switch(picture: &RgbImage, frame: (u32, u32, u32, u32)) -> Tick {
    let (left, top, right, bottom) = frame;
    let band = top + (bottom - top) * 2 / 5..top + (bottom - top) * 3 / 5;
    let points: Vec<(u32, [u8; 3])> = band
        .flat_map(|y| (left..right).map(move |x| (x, y)))
        .map(|(x, y)| (x, picture.get_pixel(x, y).0))
        .collect();
    // Half of the band at either end: the knob fills one, the track the other.
    let quarter = (right - left) / 4;
    let end = |range: std::ops::Range<u32>| {
        commonest(points.iter().filter(|(x, _)| range.contains(x)).map(|(_, c)| *c))
    };
    let (Some((first, _)), Some((last, _))) =
        (end(left + quarter / 2..left + quarter * 3 / 2), end(right - quarter * 3 / 2..right - quarter / 2))
    else {
        return Tick::Unsure;
    };
    if saturation(first) >= COLOURFUL && distance(first, last) > SAME {
        return Tick::On;
    }
    if saturation(first) < COLOURFUL / 2.0 && saturation(last) < COLOURFUL / 2.0 {
        return Tick::Off;
    }
    Tick::Unsure
}

/// Saturation as in HSV, 0–1.
fn saturation(colour: [u8; 3]) -> f32 {
    let (most, least) =
        (colour.iter().max().copied().unwrap_or(0), colour.iter().min().copied().unwrap_or(0));
    if most == 0 { 0.0 } else { f32::from(most - least) / f32::from(most) }
}

fn light(colour: [u8; 3]) -> bool {
    colour.iter().all(|&channel| channel > 200)
}

#[cfg(test)]
#[path = "tick_tests.rs"]
mod tests;
