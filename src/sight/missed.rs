//! A second look at words that the tree tells of and that were not found on the whole picture: beside large areas of colour,
//! such as the buttons of a sheet, an area can be taken for a letter. By itself each is seen well.

use image::RgbImage;

use super::engine::EngineError;
use super::line::{Known, Line};
use crate::screen::Rect;

/// Around the words so much is looked at (dp; ours: the padding of a button).
const AROUND: f32 = 9.0;
/// What is this much higher than the words is not their line (ratio; ours).
const HIGHER: f32 = 2.0;
/// A line covers so much of the words' rectangle (share; ours).
const COVERED: f32 = 0.4;
/// Words of this height at most stand on one line (dp; ours).
const ONE_LINE: f32 = 40.0;
/// So many words are looked at again at most (ours).
const MOST: usize = 24;

/// Reads a part of the picture, of which the tree knows these words.
pub type Read<'a> = &'a dyn Fn(&RgbImage, &Known) -> Result<Vec<Line>, EngineError>;

/// Adds the lines of words that the tree knows and that were not found, and takes away what was seen in their place.
///
/// # Errors
/// When Tesseract's language files are missing.
pub fn complete(
    mut lines: Vec<Line>,
    picture: &RgbImage,
    density: f32,
    known: &[Known],
    read: Read<'_>,
) -> Result<Vec<Line>, EngineError> {
    let missed: Vec<&Known> =
        known.iter().filter(|known| is_missed(known, &lines, density)).take(MOST).collect();
    for known in missed {
        let found = look_again(picture, density, known, read)?;
        if found.is_empty() {
            continue;
        }
        lines.retain(|line| !stands_in_place_of(line, known));
        lines.extend(found);
    }
    lines.sort_by(|a, b| a.rect.y.total_cmp(&b.rect.y).then(a.rect.x.total_cmp(&b.rect.x)));
    Ok(lines)
}

/// Whether no line that was found is that of these words.
fn is_missed(known: &Known, lines: &[Line], density: f32) -> bool {
    let letters = known.text.chars().filter(|c| c.is_alphanumeric()).count();
    letters >= 2
        && known.rect.height <= ONE_LINE * density
        && known.rect.width >= known.rect.height
        && !lines.iter().any(|line| {
            let shared = line.rect.intersection(&known.rect).map_or(0.0, |shared| shared.width);
            line.rect.height <= HIGHER * known.rect.height && shared >= COVERED * known.rect.width
        })
}

/// Whether a line is so much larger than the words that it lies upon that it cannot be theirs.
fn stands_in_place_of(line: &Line, known: &Known) -> bool {
    line.rect.height > HIGHER * known.rect.height
        && line.rect.intersection(&known.rect).is_some_and(|shared| shared.area() > 0.8 * known.rect.area())
}

fn look_again(
    picture: &RgbImage,
    density: f32,
    known: &Known,
    read: Read<'_>,
) -> Result<Vec<Line>, EngineError> {
    let around = AROUND * density;
    let (left, top) = ((known.rect.x - around).max(0.0), (known.rect.y - around).max(0.0));
    let right = (known.rect.right() + around).min(picture.width() as f32);
    let bottom = (known.rect.bottom() + around).min(picture.height() as f32);
    if right - left < 4.0 || bottom - top < 4.0 {
        return Ok(Vec::new());
    }
    let (x, y) = (left as u32, top as u32);
    let part =
        image::imageops::crop_imm(picture, x, y, (right - left) as u32, (bottom - top) as u32).to_image();
    let shift = |rect: Rect, by: f32| {
        Rect::new(rect.x + by * x as f32, rect.y + by * y as f32, rect.width, rect.height)
    };
    let here = Known { rect: shift(known.rect, -1.0), text: known.text.clone() };
    let lines = read(&part, &here)?;
    let theirs = |line: &Line| {
        line.rect.height <= HIGHER * here.rect.height
            && line.rect.intersection(&here.rect).is_some_and(|shared| shared.area() > 0.5 * line.rect.area())
    };
    let lines = lines.into_iter().filter(theirs);
    Ok(lines.map(|line| Line { rect: shift(line.rect, 1.0), ..line }).collect())
}
