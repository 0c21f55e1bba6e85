//! Lines that belong together: what one of them tells of all, and how far apart they are.

use super::distance;
use super::line::Line;
use crate::text::script::is_ideograph;

/// Lines whose sizes differ by more than this do not follow one another in a text (share; ours).
const ALIKE: f32 = 0.2;
/// A stretched line is at most this much wider than its letters ask for: one letter in a dozen that did not fit (share; ours).
const STRETCHED: f32 = 0.08;
/// Letters that stand further apart than their height by this much may be stretched (share; ours: fonts but Kai, whose
/// letters are low, differ by less).
const SHOWS: f32 = 0.015;
/// The height of a few letters may say this much less than their size: Kai letters are lower than others, and 一 is low
/// (share; measured on AR PL UKai).
const LOW: f32 = 0.18;
/// Ink of one colour, for all that anti-aliasing does to thin strokes (0–255 a channel; ours).
const ONE_COLOUR: u8 = 24;
/// Lines further apart than this are of two blocks (em; ours).
const APART: f32 = 2.5;
/// Margin of a size that is measured over many ideographs (share).
const MARGIN: f32 = 0.03;

/// Settles what only the lines around tell: the size of short and of stretched lines, and the distance to the next line.
pub fn settle(lines: &mut [Line], density: f32) {
    let next: Vec<Option<(usize, f32)>> = (0..lines.len()).map(|at| find_next(lines, at, density)).collect();
    let mut block: Vec<usize> = (0..lines.len()).collect();
    for (at, next) in next.iter().enumerate() {
        if let Some((other, _)) = next
            && distance(lines[at].ink, lines[*other].ink) <= ONE_COLOUR
            && fits(&lines[at], lines[*other].size.value)
            && fits(&lines[*other], lines[at].size.value)
        {
            block[*other] = block[at];
        }
    }
    // A justified line is stretched, the last one of its paragraph is not: the smallest rhythm is the font size.
    let mut rhythms: Vec<Option<f32>> = vec![None; lines.len()];
    for (line, &block) in lines.iter().zip(&block) {
        if let Some(rhythm) = line.rhythm {
            let pitch = rhythm.pitch;
            rhythms[block] = Some(rhythms[block].map_or(pitch, |least| least.min(pitch)));
        }
    }
    let sizes: Vec<Option<f32>> = rhythms
        .iter()
        .enumerate()
        .map(|(of, rhythm)| rhythm.map(|r| find_block_size(lines, &block, of, r)))
        .collect();
    for (line, &block) in lines.iter_mut().zip(&block) {
        if let Some(size) = sizes[block]
            && fits(line, size)
            && line.text.contains(is_ideograph)
        {
            line.size.value = size;
            line.size.low = line.size.low.min(size * (1.0 - MARGIN));
            let widest = rhythms[block].unwrap_or(size).max(size * (1.0 + MARGIN));
            line.size.high = line.size.high.max(widest);
        }
    }
    for (line, next) in lines.iter_mut().zip(next) {
        line.spacing = next.map(|(_, distance)| distance / (line.size.value * density).max(1.0));
    }
}

/// The font size of a block in which ideographs stand `rhythm` dp apart: where all of its whole lines are stretched
/// alike, the last one, too short to repeat itself, tells by its width.
fn find_block_size(lines: &[Line], block: &[usize], of: usize, rhythm: f32) -> f32 {
    let members = || lines.iter().zip(block).filter(|(_, block)| **block == of).map(|(line, _)| line);
    let widest = members().fold(0.0, |widest, line| f32::max(widest, line.rect.width));
    let last = members().next_back().filter(|last| last.rect.width < 0.9 * widest && last.rhythm.is_none());
    let stretched = |line: &Line| line.rhythm.is_some_and(|r| r.pitch > (1.0 + SHOWS) * r.by_height);
    let tells = |last: &&Line| {
        members().any(stretched)
            && last.text.chars().filter(|&c| is_ideograph(c)).count() >= 3
            && !last.text.contains(|c: char| c.is_ascii_alphanumeric())
            && (1.0 + MARGIN..1.0 + STRETCHED + MARGIN).contains(&(rhythm / last.size.value))
    };
    last.filter(tells).map_or(rhythm, |last| last.size.value)
}

/// Whether a line may be of a size for all that was measured of it.
fn fits(line: &Line, size: f32) -> bool {
    let allowed = if line.rhythm.is_some() { STRETCHED } else { LOW };
    (size / line.size.value - 1.0).abs() < allowed
}

/// The next line below one of its block, and how far it is (px).
fn find_next(lines: &[Line], at: usize, density: f32) -> Option<(usize, f32)> {
    let line = &lines[at];
    let em = line.size.value * density;
    let below = |(_, next): &(usize, &Line)| {
        let shared = line.rect.right().min(next.rect.right()) - line.rect.x.max(next.rect.x);
        shared > 0.5 * line.rect.width.min(next.rect.width)
            && (next.size.value / line.size.value - 1.0).abs() < ALIKE
            && next.rect.center().1 > line.rect.center().1 + 0.5 * em
    };
    // Ink without an ascender begins lower, without a descender it ends higher: the widest of the three distances
    // calls no lines tight that are not.
    let distance = |(at, next): (usize, &Line)| {
        let (a, b) = (line.rect, next.rect);
        (at, (b.y - a.y).max(b.bottom() - a.bottom()).max(b.center().1 - a.center().1))
    };
    let after = lines.iter().enumerate().skip(at + 1).filter(below).map(distance);
    after.min_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, distance)| *distance < APART * em)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::Rect;
    use crate::sight::size::{Measured, Rhythm};

    fn line(y: f32, text: &str, size: f32, pitch: Option<f32>) -> Line {
        Line {
            rect: Rect::new(20.0, y, 600.0, 2.0 * size),
            text: text.to_owned(),
            confidence: 0.9,
            read: true,
            size: Measured { value: size, low: size * 0.9, high: size * 1.1 },
            rhythm: pitch.map(|pitch| Rhythm { pitch, by_height: 0.97 * pitch }),
            contrast: None,
            ink: [0; 3],
            ground: [255; 3],
            spacing: None,
            blur: 0.03,
        }
    }

    #[test]
    fn the_line_that_is_not_stretched_tells_the_size_of_its_paragraph() {
        let mut lines = vec![
            line(0.0, "两端对齐的一行", 16.4, Some(16.4)),
            line(50.0, "段落的最后一行", 16.0, Some(16.0)),
            line(100.0, "短行", 15.0, None),
            // A heading's size is its own, and so is that of Latin letters.
            line(150.0, "标题", 24.0, None),
            line(230.0, "Latin", 15.5, None),
        ];
        settle(&mut lines, 2.0);
        let sizes: Vec<f32> = lines.iter().map(|line| line.size.value).collect();
        assert_eq!(sizes, [16.0, 16.0, 16.0, 24.0, 15.5]);
        assert!(
            lines.iter().all(|line| line.size.low <= line.size.value && line.size.value <= line.size.high)
        );
        let spacings: Vec<Option<f32>> = lines.iter().map(|line| line.spacing).collect();
        // 50 px at 16 dp and 2 px per dp, between the middles or the lower edges.
        assert!(spacings[0].is_some_and(|em| (1.5..1.62).contains(&em)), "{spacings:?}");
        assert_eq!(spacings[3..], [None, None]);
    }

    #[test]
    fn a_short_last_line_tells_by_its_width_where_all_others_are_stretched() {
        let settled = |last: &str, size: f32| {
            let mut short = line(100.0, last, size, None);
            short.rect.width = 100.0;
            let mut lines = vec![
                line(0.0, "两端对齐的一行", 16.8, Some(16.8)),
                line(50.0, "两端对齐的又一行", 16.8, Some(16.8)),
                short,
            ];
            settle(&mut lines, 2.0);
            assert!(lines[..2].iter().all(|line| line.size.high >= 16.8));
            lines[0].size.value
        };
        assert_eq!(settled("再读取", 16.0), 16.0);
        // Two letters tell too little, and what is as wide as the others or far smaller is no part of this.
        assert_eq!(settled("读取", 16.0), 16.8);
        assert_eq!(settled("再读取", 16.6), 16.8);
        assert_eq!(settled("再读取", 12.0), 16.8);
    }
}
