//! Everything that the eye reads on one picture: its lines of text with their size, contrast, spacing and sharpness.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use image::{GrayImage, RgbImage};

use super::block;
use super::contrast::{self, LineContrast};
use super::engine::{Engine, EngineError, SIMPLIFIED, TRADITIONAL, Word};
use super::ink::Ink;
pub use super::line::Known;
use super::line::{Line, Sight};
use super::lines::{self, Row};
use super::missed;
use super::size::{self, Measured, Rhythm};
use crate::screen::{Rect, Screen};
use crate::text::script::{self, Script, is_ideograph};

/// The texts of a screen's tree that are in sight.
pub fn known_of(screen: &Screen) -> Vec<Known> {
    let texts = screen.elements.iter().filter(|e| e.seen && !e.text.trim().is_empty() && e.rect.area() > 0.0);
    texts.map(|e| Known { rect: e.rect, text: e.text.clone() }).collect()
}

/// A reading is given up below this confidence: noise read as text (0–1; ours, see the benchmark).
const LEAST_CONFIDENCE: f32 = 0.35;
/// A word below this confidence is left out of its line (0–1; ours).
const LEAST_WORD: f32 = 0.15;
/// A line that the tree knows is read all the same where it seems smaller (dp) or paler (ratio) than this: an
/// accusation rests on what was seen, not on the tree.
const READ_BELOW: (f32, f32) = (13.0, 5.0);

/// Reads a picture with `density` px per dp on `threads` threads. `known` may be empty: then every line is read.
///
/// # Errors
/// When Tesseract's language files are missing.
pub fn read(picture: &RgbImage, density: f32, known: &[Known], threads: usize) -> Result<Sight, EngineError> {
    let (lines, script) = read_lines(picture, density, known, threads)?;
    let mut lines = missed::complete(lines, picture, density, known, &|part, known| {
        Ok(read_lines(part, density, std::slice::from_ref(known), 1)?.0)
    })?;
    block::settle(&mut lines, density);
    let area = (picture.width() as f32 * picture.height() as f32).max(1.0);
    let covered = lines.iter().fold(0.0, |sum, line| sum + line.rect.area()) / area;
    let (width, height) = picture.dimensions();
    Ok(Sight { width, height, density, lines, covered: covered.min(1.0), script })
}

/// The lines that are seen on a picture as a whole, without their spacing, and their script.
fn read_lines(
    picture: &RgbImage,
    density: f32,
    known: &[Known],
    threads: usize,
) -> Result<(Vec<Line>, Option<Script>), EngineError> {
    let ink = Ink::of(picture, density);
    let rows = lines::find(&ink.strength, density);
    let told = told(&rows, known);
    let (mut found, left) = by_the_tree(picture, &ink, &rows, &told, density);
    let line_of = |row: usize, words: Vec<Word>| {
        seen(&words, told[row].is_some()).map(|(text, confidence)| Line {
            confidence,
            read: true,
            ..measured(picture, &ink, &rows[row], &text, density)
        })
    };
    let read = read_rows(SIMPLIFIED, &ink.strength, &rows, &left, threads, line_of)?;
    for (at, line) in left.into_iter().zip(read) {
        found[at] = line.flatten();
    }
    let script = script_of(&ink.strength, &rows, &found, known.is_empty(), threads);
    Ok((found.into_iter().flatten().collect(), script))
}

/// The lines that the tree tells well enough, each at its row's place, and the rows that are left to be read.
fn by_the_tree(
    picture: &RgbImage,
    ink: &Ink,
    rows: &[Row],
    told: &[Option<String>],
    density: f32,
) -> (Vec<Option<Line>>, Vec<usize>) {
    let known = |(row, told): (&Row, &Option<String>)| {
        let line = measured(picture, ink, row, told.as_deref()?, density);
        let offends = line.size.low < READ_BELOW.0 || line.contrast.is_some_and(|c| c.low < READ_BELOW.1);
        (!offends).then_some(line)
    };
    let found: Vec<Option<Line>> = rows.iter().zip(told).map(known).collect();
    let left = (0..rows.len()).filter(|&at| found[at].is_none()).collect();
    (found, left)
}

/// Lines that are read a second time to tell the script.
const COMPARED: usize = 4;
/// Ideographs that such a line has at least.
const LONG: usize = 6;
/// So much surer must the engine for traditional Chinese be of its reading (0–1). Measured on 27 screens at 8 to 24 px:
/// traditional 0.02 to 0.05 surer, simplified 0.08 less sure to 0.004 surer.
const SURER: f32 = 0.012;

/// The script of the lines. Read with the files for simplified Chinese, traditional characters come out as their
/// simplified counterparts; so where no tree tells the text, the longest lines are read with those for traditional
/// Chinese as well, and the surer reading tells.
fn script_of(
    strength: &GrayImage,
    rows: &[Row],
    found: &[Option<Line>],
    unknown: bool,
    threads: usize,
) -> Option<Script> {
    let text: String = found.iter().flatten().map(|line| line.text.as_str()).collect();
    let script = script::of(&text);
    if !unknown || script != Some(Script::Simplified) {
        return script;
    }
    let ideographs = |at: usize| {
        let text = found[at].as_ref().map_or("", |line| line.text.as_str());
        text.chars().filter(|&c| is_ideograph(c)).count()
    };
    let mut long: Vec<usize> = (0..rows.len()).filter(|&at| ideographs(at) >= LONG).collect();
    long.sort_by_key(|&at| std::cmp::Reverse(ideographs(at)));
    long.truncate(COMPARED);
    // Without the files for traditional Chinese, or without a line to compare, the question stays open.
    let again = read_rows(TRADITIONAL, strength, rows, &long, threads, |_, words| words)
        .ok()
        .filter(|_| !long.is_empty())?;
    let difference = |(&at, words): (&usize, &Option<Vec<Word>>)| {
        let confidence = words.as_deref().and_then(|words| seen(words, false)).map_or(0.0, |(_, sure)| sure);
        confidence - found[at].as_ref().map_or(0.0, |line| line.confidence)
    };
    let surer = long.iter().zip(&again).map(difference).sum::<f32>() / long.len() as f32;
    match surer {
        surer if surer > SURER => Some(Script::Traditional),
        surer if surer < 0.0 => Some(Script::Simplified),
        _ => None,
    }
}

/// What the tree says of each row: its part of the smallest text whose rectangle holds nearly all of it.
fn told(rows: &[Row], known: &[Known]) -> Vec<Option<String>> {
    let holder = |row: &Row| {
        let rect = row.rect();
        let holds = |known: &Known| {
            known.rect.intersection(&rect).is_some_and(|shared| shared.area() > 0.85 * rect.area())
        };
        let holding = known.iter().enumerate().filter(|(_, known)| holds(known));
        holding.min_by(|(_, a), (_, b)| a.rect.area().total_cmp(&b.rect.area())).map(|(at, _)| at)
    };
    let holders: Vec<Option<usize>> = rows.iter().map(holder).collect();
    let parts = rows.iter().zip(&holders).map(|(row, held)| {
        let text = &known[(*held)?];
        let beside: Vec<Rect> =
            rows.iter().zip(&holders).filter(|(_, by)| *by == held).map(|(row, _)| row.rect()).collect();
        Some(part(text, row, &beside))
    });
    parts.collect()
}

/// The part of a text that stands on one of its lines, about: by how far down its rectangle the line is. Of a line that
/// seems small or pale the pixels tell the text.
fn part(known: &Known, row: &Row, beside: &[Rect]) -> String {
    let pitch = pitch(beside);
    if known.rect.height < 1.7 * pitch {
        return known.text.clone();
    }
    let rect = row.rect();
    let letters: Vec<char> = known.text.chars().collect();
    let share = |length: f32| length / known.rect.height * letters.len() as f32;
    let first = share(rect.center().1 - pitch / 2.0 - known.rect.y).max(0.0) as usize;
    let usual = beside.iter().map(|line| line.width).sum::<f32>() / beside.len().max(1) as f32;
    let count = share(pitch) * rect.width / usual.max(1.0);
    letters.iter().skip(first).take((count.round() as usize).max(1)).collect()
}

/// Distance of the lines of one text (px); of a line alone what is usual for its height.
fn pitch(lines: &[Rect]) -> f32 {
    let middles = || lines.iter().map(|line| line.center().1);
    let (first, last) = (middles().fold(f32::INFINITY, f32::min), middles().fold(0.0, f32::max));
    match lines.len() {
        0 | 1 => 1.6 * lines.first().map_or(0.0, |line| line.height),
        more => (last - first) / (more - 1) as f32,
    }
}

/// The text of a line that was read and how sure it is, or `None` where it is noise.
fn seen(words: &[Word], told: bool) -> Option<(String, f32)> {
    let mut text = String::new();
    let (mut sure, mut letters) = (0.0, 0.0);
    for word in words.iter().filter(|word| word.confidence >= LEAST_WORD) {
        let count = word.text.chars().count() as f32;
        let wide = |c: Option<char>| c.is_none_or(|c| u32::from(c) >= 0x2e80);
        if !wide(text.chars().last()) && !wide(word.text.chars().next()) {
            text.push(' ');
        }
        text.push_str(&word.text);
        sure += word.confidence * count;
        letters += count;
    }
    let confidence = sure / f32::max(letters, 1.0);
    let words = text.chars().filter(|c| c.is_alphanumeric()).count();
    // A character by itself is as likely a scratch: it must be read for sure, or the tree must know of it.
    let least = if words < 2 && !told { 0.75 } else { LEAST_CONFIDENCE };
    (words > 0 && confidence >= least).then_some((text, confidence))
}

/// The line without what reading it adds.
fn measured(picture: &RgbImage, ink: &Ink, row: &Row, text: &str, density: f32) -> Line {
    let ideographs = text.chars().filter(|&c| is_ideograph(c)).count();
    let features = size::features(&ink.strength, row, ideographs);
    let em = size::of(&features, text);
    let contrast = contrast::of_line(picture, ink, &row.bounds);
    let LineContrast { ratio, ink: colour, ground } = contrast.unwrap_or(LineContrast {
        ratio: Measured { value: 1.0, low: 1.0, high: 21.0 },
        ink: [0; 3],
        ground: [0; 3],
    });
    Line {
        rect: row.rect(),
        text: text.to_owned(),
        confidence: 1.0,
        read: false,
        size: em.scaled(1.0 / density),
        rhythm: size::rhythm(&features, text)
            .map(|r| Rhythm { pitch: r.pitch / density, by_height: r.by_height / density }),
        contrast: contrast.map(|_| ratio),
        ink: colour,
        ground,
        spacing: None,
        blur: edge(&ink.strength, row) / em.value.max(1.0),
    }
}

/// Width in px of the steepest edges of a row's strokes: one over the step from pixel to pixel that only one in
/// fifty of the edge's pixels exceeds.
fn edge(strength: &GrayImage, row: &Row) -> f32 {
    let bounds = &row.bounds;
    let mut steps = Vec::new();
    for y in bounds.top..bounds.bottom {
        for x in bounds.left + 1..bounds.right {
            let step = strength.get_pixel(x, y).0[0].abs_diff(strength.get_pixel(x - 1, y).0[0]);
            if step > 12 {
                steps.push(step);
            }
        }
    }
    steps.sort_unstable();
    match steps.get((steps.len() * 49 / 50).min(steps.len().saturating_sub(1))) {
        Some(&step) => 255.0 / f32::from(step),
        None => 0.0,
    }
}

/// Reads the rows that are asked for, each thread with an engine of its own, and makes of each row's words what
/// `made` does; `None` where a thread came to grief.
fn read_rows<T: Send>(
    languages: &'static str,
    strength: &GrayImage,
    rows: &[Row],
    asked: &[usize],
    threads: usize,
    made: impl Fn(usize, Vec<Word>) -> T + Sync,
) -> Result<Vec<Option<T>>, EngineError> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(std::iter::repeat_with(|| None).take(asked.len()).collect::<Vec<Option<T>>>());
    let work = || -> Result<(), EngineError> {
        let mut engine = Engine::borrow(languages)?;
        while let Some((at, row)) = take(&next, asked) {
            let words = engine.read(strength, &rows[row].bounds)?;
            let made = made(row, words);
            if let Ok(mut done) = done.lock() {
                done[at] = Some(made);
            }
        }
        engine.give_back();
        Ok(())
    };
    let threads = threads.clamp(1, asked.len().max(1));
    if !asked.is_empty() {
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let own = work();
            let others = others.into_iter().map(|other| other.join().unwrap_or(Ok(())));
            others.chain([own]).collect::<Result<Vec<()>, _>>()
        })?;
    }
    Ok(done.into_inner().unwrap_or_default())
}

/// The next of the rows asked for: its place among them and its number.
fn take(next: &AtomicUsize, asked: &[usize]) -> Option<(usize, usize)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    asked.get(at).map(|&row| (at, row))
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
