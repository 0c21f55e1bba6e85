//! How much a control catches the eye: the size and contrast of its words, and its area.

use serde::{Deserialize, Serialize};

use super::line::{Line, Sight};
use super::size::Measured;
use crate::screen::Rect;

/// What is measured of a control.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Prominence {
    /// Size of its words in dp.
    pub size: Measured,
    /// Contrast of its words, 1–21; `None` where it could not be measured.
    pub contrast: Option<Measured>,
    /// What can be tapped, in dp².
    pub area: f32,
}

/// Measures the control in `rect` (px of the picture); `None` where no words were seen in it.
pub fn of(rect: Rect, sight: &Sight) -> Option<Prominence> {
    let inside = |line: &&Line| {
        line.rect.intersection(&rect).is_some_and(|shared| shared.area() > 0.7 * line.rect.area())
    };
    // The widest line is the label; what else lies in the rectangle is an icon or a badge.
    let line = sight.lines.iter().filter(inside).max_by(|a, b| a.rect.width.total_cmp(&b.rect.width))?;
    let density = sight.density.max(0.1);
    Some(Prominence { size: line.size, contrast: line.contrast, area: rect.area() / (density * density) })
}

/// How the words of one control stand out beside another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Alike,
    /// Smaller, paler or narrower by far: whether it is kept out of sight is for a person.
    Weaker,
    /// Hardly to be seen at all.
    Hidden,
}

/// Words this much smaller than the other's are far smaller (share; ours).
const FAR_SMALLER: f32 = 0.75;
/// WCAG 2.x asks for 3:1 even of large text and of a control's outline: below it words are hard to see …
const PALE: f32 = 3.0;
/// … and below this they are hardly seen (ratio; ours).
const HARDLY_SEEN: f32 = 1.5;
/// A control with less than this share of the other's area is far harder to hit (ours).
const FAR_NARROWER: f32 = 0.2;

/// Compares a control with the one that it should be as visible as. Only what is beyond the margins of measurement counts.
pub fn beside(control: &Prominence, other: &Prominence) -> Standing {
    let paler = |limit: f32| {
        control.contrast.is_some_and(|own| own.high < limit)
            && other.contrast.is_none_or(|contrast| contrast.low >= limit)
    };
    let smaller = control.size.high < FAR_SMALLER * other.size.low;
    match () {
        () if paler(HARDLY_SEEN) => Standing::Hidden,
        () if paler(PALE) || smaller || control.area < FAR_NARROWER * other.area => Standing::Weaker,
        () => Standing::Alike,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn control(size: f32, contrast: f32, area: f32) -> Prominence {
        let measured = |value: f32| Measured { value, low: value * 0.95, high: value * 1.05 };
        Prominence { size: measured(size), contrast: Some(measured(contrast)), area }
    }

    #[test]
    fn a_plain_link_beside_a_button_is_no_offence() {
        let agree = control(16.0, 4.6, 300.0 * 44.0);
        assert_eq!(beside(&control(16.0, 5.0, 300.0 * 44.0), &agree), Standing::Alike);
        assert_eq!(beside(&control(14.0, 5.7, 120.0 * 30.0), &agree), Standing::Alike);
    }

    #[test]
    fn far_smaller_paler_or_narrower_is_noticed() {
        let agree = control(16.0, 4.6, 300.0 * 44.0);
        assert_eq!(beside(&control(10.0, 7.0, 120.0 * 30.0), &agree), Standing::Weaker);
        assert_eq!(beside(&control(16.0, 2.2, 300.0 * 44.0), &agree), Standing::Weaker);
        assert_eq!(beside(&control(16.0, 7.0, 40.0 * 20.0), &agree), Standing::Weaker);
        assert_eq!(beside(&control(16.0, 1.2, 300.0 * 44.0), &agree), Standing::Hidden);
    }

    #[test]
    fn an_app_that_is_pale_all_over_hides_nothing() {
        assert_eq!(beside(&control(16.0, 1.3, 400.0), &control(16.0, 1.4, 400.0)), Standing::Alike);
    }
}
