//! What makes a line of text hard to read, by the limits of item 1.4, and whether its measurement leaves a doubt about it.

use serde::{Deserialize, Serialize};

use crate::sight::line::Line;
use crate::thresholds::Thresholds;

/// A way of being hard to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Small,
    Pale,
    Tight,
    Blurred,
}

/// A fault of a line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    pub kind: Kind,
    /// Past the limit by more than the margin of the measurement.
    pub sure: bool,
    /// How far past it: the limit as a multiple of the figure, or the figure of the limit; 1 is just at it.
    pub worse: f32,
}

/// A figure this near to the limit is the limit as far as one line tells (share; half of the lines at the limit would
/// otherwise be in doubt).
const SAME_SIZE: f32 = 0.03;
/// An edge this narrow is what drawing letters leaves, however small they are (px). Letters drawn by a browser have 1.0
/// to 1.2 at every size (measured over 664 lines of the benchmark's pages).
const SHARP: f32 = 1.8;
/// Margin of an edge's width (share; from text drawn with known blur, see the tests).
const BLUR_MARGIN: f32 = 0.15;
/// Letters from this size on may be large text, which may be paler, if they are bold: 14 pt (dp; WCAG 2.x). Pixels
/// do not tell bold from light for sure.
const LARGE_IF_BOLD: f32 = 18.66;

/// The faults of a line on a picture with `density` px per dp.
pub fn of(line: &Line, density: f32, limits: &Thresholds) -> Vec<Fault> {
    [small(line, limits), pale(line, limits), tight(line, limits), blurred(line, density, limits)]
        .into_iter()
        .flatten()
        .collect()
}

/// Whether the line has a fault that its measurement leaves no doubt of.
pub fn certain(line: &Line, density: f32, limits: &Thresholds) -> bool {
    of(line, density, limits).iter().any(|fault| fault.sure)
}

fn limit(limits: &Thresholds, name: &str) -> f32 {
    limits.get(name) as f32
}

fn small(line: &Line, limits: &Thresholds) -> Option<Fault> {
    let least = limit(limits, "min_text_size");
    let seems = line.size.high < least || line.size.value < (1.0 - SAME_SIZE) * least;
    seems.then(|| Fault {
        kind: Kind::Small,
        sure: line.size.high < least,
        worse: least / line.size.value.max(0.1),
    })
}

fn pale(line: &Line, limits: &Thresholds) -> Option<Fault> {
    let contrast = line.contrast?;
    let (least, large) = (limit(limits, "min_contrast"), limit(limits, "min_contrast_large"));
    // A letter's size decides on its limit; where either may be meant, only what fails both is sure.
    let (asked, lenient) = match line.size {
        size if size.low >= limit(limits, "large_text_size") => (large, large),
        size if size.high >= LARGE_IF_BOLD => (least, large),
        _ => (least, least),
    };
    (contrast.value < asked).then(|| Fault {
        kind: Kind::Pale,
        sure: contrast.high < lenient,
        worse: asked / contrast.value.max(1.0),
    })
}

fn tight(line: &Line, limits: &Thresholds) -> Option<Fault> {
    let (spacing, least) = (line.spacing?, limit(limits, "min_line_spacing"));
    let widest = spacing * line.size.value / line.size.low.max(0.1);
    (spacing < least).then(|| Fault {
        kind: Kind::Tight,
        sure: widest < least,
        worse: least / spacing.max(0.1),
    })
}

fn blurred(line: &Line, density: f32, limits: &Thresholds) -> Option<Fault> {
    let most = limit(limits, "max_blur");
    let width = line.blur * line.size.value * density;
    (line.blur > most && width >= SHARP).then(|| Fault {
        kind: Kind::Blurred,
        sure: line.blur * (1.0 - BLUR_MARGIN) > most,
        worse: line.blur / most.max(0.01),
    })
}

#[cfg(test)]
#[path = "fault_tests.rs"]
mod tests;
