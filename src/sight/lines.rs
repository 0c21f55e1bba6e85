//! Where lines of text are, from the ink alone.

use image::{GrayImage, Luma};
use imageproc::region_labelling::{Connectivity, connected_components};

use crate::screen::Rect;

/// Ink from this strength on makes a shape (0–255; ours: half of the strongest).
const SHAPE: u8 = 115;
/// Shapes higher than this are pictures, not letters (dp; ours).
const TALLEST: f32 = 56.0;

/// Bounds of a shape in px; the last two are exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    pub left: u32,
    pub top: u32,
    pub right: u32,
    pub bottom: u32,
    /// Pixels of ink.
    pub ink: u32,
}

impl Bounds {
    pub fn width(&self) -> f32 {
        (self.right - self.left) as f32
    }
    pub fn height(&self) -> f32 {
        (self.bottom - self.top) as f32
    }
    pub(super) fn join(&self, other: &Bounds) -> Bounds {
        Bounds {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
            ink: self.ink + other.ink,
        }
    }
    /// Height in px that both share.
    fn shared_height(&self, other: &Bounds) -> f32 {
        self.bottom.min(other.bottom) as f32 - self.top.max(other.top) as f32
    }
    /// Width in px that both share; below zero it is the gap between them.
    fn shared_width(&self, other: &Bounds) -> f32 {
        self.right.min(other.right) as f32 - self.left.max(other.left) as f32
    }
}

/// A line of shapes that belong together.
#[derive(Debug, Clone)]
pub struct Row {
    pub bounds: Bounds,
    pub shapes: Vec<Bounds>,
}

impl Row {
    fn of(shapes: Vec<Bounds>) -> Option<Row> {
        let bounds = shapes.iter().copied().reduce(|a, b| a.join(&b))?;
        Some(Row { bounds, shapes })
    }
    /// Its bounds as a rectangle of the picture.
    pub fn rect(&self) -> Rect {
        Rect::new(self.bounds.left as f32, self.bounds.top as f32, self.bounds.width(), self.bounds.height())
    }
    /// The height that most of its ink has (px): the 80th percentile of its shapes' heights.
    fn letter(&self) -> f32 {
        let mut heights: Vec<f32> = self.shapes.iter().map(Bounds::height).collect();
        heights.sort_by(f32::total_cmp);
        heights[(heights.len() - 1) * 4 / 5]
    }
}

/// The connected shapes of ink.
pub fn shapes(strength: &GrayImage) -> Vec<Bounds> {
    let inked = GrayImage::from_fn(strength.width(), strength.height(), |x, y| {
        Luma([u8::from(strength.get_pixel(x, y).0[0] >= SHAPE) * 255])
    });
    let labels = connected_components(&inked, Connectivity::Eight, Luma([0]));
    let mut found: Vec<Option<Bounds>> = Vec::new();
    for (x, y, label) in labels.enumerate_pixels().filter(|(_, _, label)| label.0[0] != 0) {
        let at = label.0[0] as usize;
        if found.len() <= at {
            found.resize(at + 1, None);
        }
        let here = Bounds { left: x, top: y, right: x + 1, bottom: y + 1, ink: 1 };
        found[at] = Some(found[at].map_or(here, |bounds| bounds.join(&here)));
    }
    found.into_iter().flatten().collect()
}

/// Shapes that may be parts of letters: no rules, frames, pictures or filled areas.
fn may_be_text(shape: &Bounds, density: f32) -> bool {
    let (width, height) = (shape.width() / density, shape.height() / density);
    let filled = shape.ink as f32 / (shape.width() * shape.height());
    let rule = (width > 30.0 && height < 3.0) || (height > 30.0 && width < 3.0);
    let solid = filled > 0.9 && width > 7.0 && height > 7.0;
    let frame = filled < 0.12 && width > 40.0 && height > 16.0;
    height <= TALLEST && width <= 4.0 * TALLEST && !rule && !solid && !frame
}

/// Finds the lines of text of a picture with `density` px per dp, from top to bottom.
pub fn find(strength: &GrayImage, density: f32) -> Vec<Row> {
    let mut all: Vec<Bounds> = shapes(strength).into_iter().filter(|s| may_be_text(s, density)).collect();
    all.sort_by_key(|s| (s.left, s.top));
    // Large shapes make the lines; dots, commas and specks join them afterwards.
    let (letters, specks): (Vec<Bounds>, Vec<Bounds>) =
        all.into_iter().partition(|s| s.height() >= 3.0 * density && s.ink as f32 >= 3.0 * density);
    let mut rows = chain(&letters);
    let usual = usual(&rows);
    rows = rows.into_iter().flat_map(|row| split(row, strength, usual)).collect();
    join_halves(&mut rows, usual);
    join_pieces(&mut rows);
    attach(&mut rows, specks);
    join_pieces(&mut rows);
    rows.retain(|row| row.bounds.height() >= 4.0 * density && row.letter() >= 3.5 * density.min(2.0));
    rows.sort_by_key(|row| (row.bounds.top, row.bounds.left));
    rows
}

/// Chains each shape to its right-hand neighbours of the same line.
fn chain(shapes: &[Bounds]) -> Vec<Row> {
    let mut parent: Vec<usize> = (0..shapes.len()).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for (at, shape) in shapes.iter().enumerate() {
        let mut nearest = f32::MAX;
        for (other_at, other) in shapes.iter().enumerate().skip(at + 1) {
            let tall = shape.height().max(other.height());
            let gap = -shape.shared_width(other);
            if gap > 1.2 * shape.height().max(tall.min(2.0 * shape.height())) || gap > nearest {
                if other.left as f32 > shape.right as f32 + 2.4 * shape.height() {
                    break;
                }
                continue;
            }
            let low = shape.height().min(other.height());
            let alike = low / tall;
            let shared = shape.shared_height(other);
            // Of two of one height the middles agree; a low one (a dash, a comma) lies within the tall one.
            let level = if alike > 0.6 { shared > 0.6 * low } else { shared > 0.85 * low && alike > 0.15 };
            if level {
                let (a, b) = (root(&mut parent, at), root(&mut parent, other_at));
                parent[b.max(a)] = a.min(b);
                if gap > 0.0 {
                    nearest = nearest.min(gap + tall);
                }
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<Bounds>> = std::collections::BTreeMap::new();
    for (at, shape) in shapes.iter().enumerate() {
        let top = root(&mut parent, at);
        groups.entry(top).or_default().push(*shape);
    }
    groups.into_values().filter_map(Row::of).collect()
}

/// Splits what grew over two lines (letters of tight lines that touch) where the ink between them is thinnest.
fn split(row: Row, strength: &GrayImage, usual: f32) -> Vec<Row> {
    let letter = row.letter();
    // Two or three ideographs by themselves are mostly small pieces: their height tells little about the letters'.
    let few = row.shapes.len() < 12 && row.bounds.height() < 1.35 * usual;
    if row.bounds.height() < 1.7 * letter || few {
        return vec![row];
    }
    let bounds = row.bounds;
    let profile: Vec<u32> = (bounds.top..bounds.bottom)
        .map(|y| (bounds.left..bounds.right).map(|x| u32::from(strength.get_pixel(x, y).0[0])).sum())
        .collect();
    let from = (0.35 * letter) as usize;
    let Some(cut) = (from..profile.len().saturating_sub(from)).min_by_key(|&y| profile[y]) else {
        return vec![row];
    };
    let mean = profile.iter().sum::<u32>() / profile.len().max(1) as u32;
    if profile[cut] * 2 > mean {
        return vec![row];
    }
    let cut = bounds.top + cut as u32;
    let (mut above, mut below) = (Vec::new(), Vec::new());
    let least = (0.2 * letter) as u32;
    for shape in row.shapes.iter().copied() {
        if shape.top + least < cut && cut + least < shape.bottom {
            // Letters of both lines that touch.
            above.push(Bounds { bottom: cut, ink: shape.ink / 2, ..shape });
            below.push(Bounds { top: cut, ink: shape.ink / 2, ..shape });
        } else if (shape.top + shape.bottom) / 2 < cut {
            above.push(shape);
        } else {
            below.push(shape);
        }
    }
    match (Row::of(above), Row::of(below)) {
        (Some(a), Some(b)) => [split(a, strength, usual), split(b, strength, usual)].concat(),
        _ => vec![row],
    }
}

/// The height of most letters of a picture (px): the median of its rows' heights, each counted by its shapes.
fn usual(rows: &[Row]) -> f32 {
    let mut heights: Vec<(f32, usize)> =
        rows.iter().map(|row| (row.bounds.height(), row.shapes.len())).collect();
    heights.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = heights.iter().map(|(_, count)| count).sum::<usize>() / 2;
    let mut before = 0;
    let middle = heights.iter().find(|(_, count)| {
        before += count;
        before > half
    });
    middle.map_or(0.0, |(height, _)| *height)
}

/// Joins the upper and the lower half of one or two ideographs that stand by themselves, such as 量 with 旦 over 里.
fn join_halves(rows: &mut Vec<Row>, usual: f32) {
    let halves = |a: &Row, b: &Row| {
        let (a, b) = (&a.bounds, &b.bounds);
        let narrow = a.width().min(b.width());
        a.join(b).height() < 1.1 * usual
            && narrow < 2.2 * usual
            && a.shared_width(b) > 0.8 * narrow
            && -a.shared_height(b) < 0.15 * usual
    };
    let mut at = 0;
    while at < rows.len() {
        match (at + 1..rows.len()).find(|&other| halves(&rows[at], &rows[other])) {
            Some(other) => {
                let other = rows.swap_remove(other);
                rows[at].bounds = rows[at].bounds.join(&other.bounds);
                rows[at].shapes.extend(other.shapes);
            }
            None => at += 1,
        }
    }
}

/// Joins pieces of one line that chaining left apart: a gap after a full-width comma, a line of dashes.
fn join_pieces(rows: &mut Vec<Row>) {
    loop {
        rows.sort_by_key(|row| (row.bounds.left, row.bounds.top));
        let mut joined = None;
        'search: for a in 0..rows.len() {
            for b in 0..rows.len() {
                if a != b && same_line(&rows[a], &rows[b]) {
                    joined = Some((a.min(b), a.max(b)));
                    break 'search;
                }
            }
        }
        let Some((a, b)) = joined else { return };
        let other = rows.swap_remove(b);
        rows[a].bounds = rows[a].bounds.join(&other.bounds);
        rows[a].shapes.extend(other.shapes);
    }
}

fn same_line(a: &Row, b: &Row) -> bool {
    let (big, small) = if a.bounds.height() >= b.bounds.height() { (a, b) } else { (b, a) };
    let shared = big.bounds.shared_height(&small.bounds);
    let gap = -big.bounds.shared_width(&small.bounds);
    let em = big.letter().max(small.letter());
    let alike = small.bounds.height() / big.bounds.height();
    (shared > 0.75 * small.bounds.height() && gap < 1.3 * em && (alike > 0.55 || gap < 0.7 * em))
        || (gap < 0.0 && shared > 0.5 * small.bounds.height())
}

/// Gives dots, commas and accents to the line that they belong to; specks that belong to none are dropped.
fn attach(rows: &mut [Row], specks: Vec<Bounds>) {
    // Measured from the letters alone: specks of noise would lead on to one another.
    let bare: Vec<(Bounds, f32)> = rows.iter().map(|row| (row.bounds, row.letter())).collect();
    for speck in specks {
        let home = bare.iter().position(|(bounds, em)| {
            let em = *em;
            let middle = (speck.top + speck.bottom) as f32 / 2.0;
            middle > bounds.top as f32 - 0.15 * em
                && middle < bounds.bottom as f32 + 0.15 * em
                && -bounds.shared_width(&speck) < 0.8 * em
        });
        if let Some(row) = home.and_then(|at| rows.get_mut(at)) {
            row.bounds = row.bounds.join(&speck);
            row.shapes.push(speck);
        }
    }
}
