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
/// A mark in a box stands out at least so far (0–255): the grey tick of a box that cannot be changed does (ours).
const FAINT: u8 = 20;
/// A grey mark in a frame that is not filled says "on" only where it stands out so far: some apps show an empty circle
/// with a pale tick in it (ours).
const CLEAR: u8 = 100;
/// Share of the box's inside that a mark covers, at least: less is noise of anti-aliasing (ours).
const MARK: f32 = 0.05;
/// How far the two halves of a frame may differ, as a share of its width: boxes and circles are even, shields, locks
/// and bells are not (ours).
const UNEVEN: f32 = 0.12;
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
    let Some((frame, part)) = outline(picture, (left, top, right, bottom), outside, density) else {
        return Tick::Unsure;
    };
    let (width, height) = ((frame.2 - frame.0) as f32, (frame.3 - frame.1) as f32);
    if is_tick(&part) {
        // A tick alone: kits that draw nothing while nothing is chosen.
        return Tick::On;
    }
    match width / height {
        shape if shape >= 1.35 => switch(picture, frame, outside),
        _ if is_even(&part) => mark(picture, frame, outside),
        _ => Tick::Unsure,
    }
}

type Bounds = (u32, u32, u32, u32);

/// The bounds of the thing that is drawn on the background, and its own pixels: the largest connected part of a box's
/// or a switch's shape.
fn outline(picture: &RgbImage, area: Bounds, outside: [u8; 3], density: f32) -> Option<(Bounds, GrayImage)> {
    let (left, top, right, bottom) = area;
    let differs = GrayImage::from_fn(right - left, bottom - top, |x, y| {
        Luma([u8::from(distance(picture.get_pixel(left + x, top + y).0, outside) > SAME / 2) * 255])
    });
    let parts = connected_components(&differs, Connectivity::Eight, Luma([0]));
    let mut bounds: std::collections::BTreeMap<u32, Bounds> = std::collections::BTreeMap::new();
    for (x, y, part) in parts.enumerate_pixels().filter(|(_, _, part)| part.0[0] != 0) {
        let bound = bounds.entry(part.0[0]).or_insert((x, y, x + 1, y + 1));
        *bound = (bound.0.min(x), bound.1.min(y), bound.2.max(x + 1), bound.3.max(y + 1));
    }
    let least = 8.0 * density.max(1.0);
    let (part, b) = bounds
        .into_iter()
        .filter(|(_, b)| {
            let (width, height) = ((b.2 - b.0) as f32, (b.3 - b.1) as f32);
            height >= least && (0.75..=2.6).contains(&(width / height))
        })
        .max_by_key(|(_, b)| (b.2 - b.0) * (b.3 - b.1))?;
    let own = GrayImage::from_fn(b.2 - b.0, b.3 - b.1, |x, y| {
        Luma([u8::from(parts.get_pixel(b.0 + x, b.1 + y).0[0] == part) * 255])
    });
    Some(((left + b.0, top + b.1, left + b.2, top + b.3), own))
}

/// Whether a part is a tick: one thin stroke that goes down to about a third of its width and then up to its right end.
fn is_tick(part: &GrayImage) -> bool {
    let (width, height) = (part.width() as f32, part.height() as f32);
    // The middle of the stroke in a column and the column's share of it, both as shares of the height.
    let stroke = |x: u32| {
        let ys: Vec<u32> = (0..part.height()).filter(|&y| part.get_pixel(x, y).0[0] != 0).collect();
        let middle = ys.iter().sum::<u32>() as f32 / ys.len().max(1) as f32 / height;
        (!ys.is_empty()).then_some((middle, ys.len() as f32 / height))
    };
    let Some(columns) = (0..part.width()).map(stroke).collect::<Option<Vec<_>>>() else { return false };
    let thin = columns.iter().filter(|column| column.1 < 0.5).count() as f32 >= 0.9 * width;
    let lowest = columns.iter().enumerate().max_by(|a, b| a.1.0.total_cmp(&b.1.0)).map_or(0, |(x, _)| x);
    let at = |share: f32| columns[((width - 1.0) * share) as usize].0;
    let (start, low, end) = (at(0.03), columns[lowest].0, at(0.97));
    let turns = (0.2..=0.5).contains(&(lowest as f32 / width));
    // Up from the turn on, and straight: half-way it is half as high.
    let half = columns[(lowest + part.width() as usize - 1) / 2].0;
    let straight = (half - (low + end) / 2.0).abs() < 0.12;
    thin && turns && (0.3..0.75).contains(&start) && low > 0.7 && end < 0.25 && straight
}

/// Whether a part's outline is as wide above as below and as far to the left as to the right.
fn is_even(part: &GrayImage) -> bool {
    let (width, height) = (part.width(), part.height());
    let row = |y: u32| {
        let filled = |x: &u32| part.get_pixel(*x, y).0[0] != 0;
        let (first, last) = ((0..width).find(filled), (0..width).rev().find(filled));
        first.zip(last).map_or((0.0, 0.0), |(first, last)| (first as f32, (width - 1 - last) as f32))
    };
    let rows: Vec<(f32, f32)> = (0..height).map(row).collect();
    let mean = |unlike: &dyn Fn(usize) -> f32| {
        (0..rows.len()).map(unlike).sum::<f32>() / height.max(1) as f32 / width.max(1) as f32
    };
    let sides = mean(&|y| (rows[y].0 - rows[y].1).abs());
    let halves = mean(&|y| {
        let mirrored = rows[rows.len() - 1 - y];
        (rows[y].0 - mirrored.0).abs().max((rows[y].1 - mirrored.1).abs())
    });
    sides <= UNEVEN && halves <= UNEVEN
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
    let marks = || colours().filter(|&colour| distance(colour, ground) > FAINT);
    let marked = marks().count() as f32 / all;
    let filled = distance(ground, outside) > SAME;
    if marked >= MARK {
        let clear = marks().filter(|&colour| {
            distance(colour, ground) >= CLEAR
                || saturation(colour) >= COLOURFUL && distance(colour, ground) > SAME
        });
        let coloured = saturation(ground) >= COLOURFUL && filled;
        let stands_out =
            if coloured { marks().filter(|&c| distance(c, ground) > SAME).count() } else { clear.count() };
        return if stands_out as f32 / all >= MARK * 0.6 { Tick::On } else { Tick::Unsure };
    }
    if marked < MARK / 2.0 {
        let pale = saturation(ground) < COLOURFUL / 2.0;
        // In a dark theme an empty box may be filled with a grey that is hardly lighter than what lies around it.
        if !filled || pale && (light(ground) || distance(ground, outside) < CLEAR / 2) {
            return Tick::Off;
        }
        // Filled with a colour and nothing on it: a chosen circle as some kits draw it.
        if saturation(ground) >= COLOURFUL {
            return Tick::On;
        }
    }
    Tick::Unsure
}

/// A switch: the knob is on the right where it is on, on the left where it is off. Where knob and track cannot be
/// told apart, a coloured track is on and a grey one off.
fn switch(picture: &RgbImage, frame: Bounds, outside: [u8; 3]) -> Tick {
    let (left, top, right, bottom) = frame;
    let (width, height) = (right - left, bottom - top);
    let colours = |columns: std::ops::Range<u32>, rows: std::ops::Range<u32>| {
        commonest(
            rows.flat_map(|y| columns.clone().map(move |x| (x, y))).map(|(x, y)| picture.get_pixel(x, y).0),
        )
        .map(|(colour, _)| colour)
    };
    let band = top + height * 2 / 5..top + height * 3 / 5;
    let eighth = width / 8;
    // A quarter of the width about the middle of either half: the knob fills one, the track the other.
    let first = colours(left + eighth..left + 3 * eighth, band.clone());
    let last = colours(right - 3 * eighth..right - eighth, band);
    // Between the knob's two places and near the upper edge there is nothing but track.
    let track = colours(
        left + width * 42 / 100..left + width * 58 / 100,
        top + height * 10 / 100..top + height * 16 / 100 + 1,
    );
    let (Some(first), Some(last), Some(track)) = (first, last, track) else {
        return Tick::Unsure;
    };
    if distance(track, outside) > FAINT {
        match (distance(first, track) > FAINT, distance(last, track) > FAINT) {
            (true, false) => return Tick::Off,
            (false, true) => return Tick::On,
            _ => {}
        }
    }
    if saturation(first) >= COLOURFUL && distance(first, last) > SAME {
        return Tick::On;
    }
    if saturation(first) < COLOURFUL / 2.0
        && saturation(last) < COLOURFUL / 2.0
        && distance(first, last) > FAINT
    {
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
