//! The lines of a long text that was scrolled through, each counted once.

use super::line::{Line, Sight};

/// A line of a long text and the screen, by its place in the list, on which it is seen best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen<'a> {
    pub on: usize,
    pub line: &'a Line,
    /// Its middle, from the top of the first screen (px).
    middle: f32,
}

/// Lines lie on one another up to this distance (px).
const NEAR: f32 = 3.0;

/// The lines of screens that follow one another while a text is scrolled down. A line that is on two of them is given
/// once, as the screen shows it on which no edge cuts it off; what stays in its place, such as a title bar, is given
/// with the first screen; what the picture's edge may have cut is left out.
pub fn once<'a>(sights: &[&'a Sight]) -> Vec<Seen<'a>> {
    let mut lines: Vec<Seen<'a>> = Vec::new();
    let mut offset = 0.0;
    for (on, now) in sights.iter().enumerate() {
        let before = on.checked_sub(1).and_then(|at| sights.get(at));
        let shift = before.and_then(|before| shift(before, now));
        // Where nothing tells how far the text moved, no line of one screen can be one of another.
        offset += shift.or(before.map(|before| 2.0 * before.height as f32)).unwrap_or(0.0);
        for line in &now.lines {
            if shift.is_some() && before.is_some_and(|before| before.lines.iter().any(|b| stayed(b, line))) {
                continue;
            }
            let seen = Seen { on, line, middle: line.rect.center().1 + offset };
            match lines.iter_mut().rev().take(400).find(|other| overlap(other, &seen)) {
                // The taller one is whole; the other was cut off by an edge.
                Some(other) if line.rect.height > 1.04 * other.line.rect.height || at_edge(sights, other) => {
                    *other = seen;
                }
                Some(_) => {}
                None => lines.push(seen),
            }
        }
    }
    lines.retain(|seen| !at_edge(sights, seen));
    lines
}

/// The line touches the picture's upper or lower edge.
fn at_edge(sights: &[&Sight], seen: &Seen<'_>) -> bool {
    let (rect, height) = (seen.line.rect, sights[seen.on].height as f32);
    rect.y < 1.5 || rect.bottom() > height - 1.5
}

/// How far the text moved up from one screen to the next (px): the distance that most lines agree on.
fn shift(before: &Sight, now: &Sight) -> Option<f32> {
    let distances = |now: &Line| -> Vec<f32> {
        let alike = before.lines.iter().filter(|line| alike(line, now));
        alike
            .map(|line| line.rect.center().1 - now.rect.center().1)
            .filter(|distance| *distance > NEAR)
            .collect()
    };
    let all: Vec<Vec<f32>> = now.lines.iter().map(distances).collect();
    let votes = |distance: f32| {
        all.iter().filter(|line| line.iter().any(|other| (other - distance).abs() <= NEAR)).count()
    };
    let best = all.iter().flatten().copied().max_by_key(|&distance| votes(distance))?;
    // One line alone may look like another by chance.
    (votes(best) >= 2).then_some(best)
}

/// The two may be the same line by their place across the screen and their size.
fn alike(a: &Line, b: &Line) -> bool {
    (a.rect.x - b.rect.x).abs() <= NEAR
        && (a.rect.width - b.rect.width).abs() <= NEAR
        && (a.rect.height - b.rect.height).abs() <= NEAR
}

/// The line did not move when the text was scrolled: it is not part of it.
fn stayed(before: &Line, now: &Line) -> bool {
    let same_text = strsim::normalized_levenshtein(&before.text, &now.text) > 0.6;
    alike(before, now) && (before.rect.y - now.rect.y).abs() <= NEAR && same_text
}

/// The two are the same line, one of them perhaps cut off: then of some letters only the upper or lower ends are left.
fn overlap(a: &Seen<'_>, b: &Seen<'_>) -> bool {
    let (left, right) = (a.line.rect, b.line.rect);
    let across = left.right().min(right.right()) - left.x.max(right.x);
    let (a_top, b_top) = (a.middle - left.height / 2.0, b.middle - right.height / 2.0);
    let down = (a_top + left.height).min(b_top + right.height) - a_top.max(b_top);
    a.on != b.on && across > 0.8 * left.width.min(right.width) && down > 0.5 * left.height.min(right.height)
}

#[cfg(test)]
#[path = "joined_tests.rs"]
mod tests;
