use super::*;
use crate::screen::Rect;
use crate::sight::size::Measured;

fn measured(value: f32, margin: f32) -> Measured {
    Measured { value, low: value - margin, high: value + margin }
}

fn line(size: Measured, contrast: Measured) -> Line {
    Line {
        rect: Rect::new(0.0, 0.0, 300.0, 16.0),
        text: "我们收集您的手机号码".to_owned(),
        confidence: 0.9,
        read: true,
        size,
        rhythm: None,
        contrast: Some(contrast),
        ink: [0; 3],
        ground: [255; 3],
        spacing: Some(1.6),
        blur: 0.04,
    }
}

fn kinds(line: &Line) -> Vec<(Kind, bool)> {
    of(line, 2.0, &Thresholds::default()).iter().map(|fault| (fault.kind, fault.sure)).collect()
}

#[test]
fn a_line_that_keeps_the_limits_has_no_fault() {
    assert_eq!(kinds(&line(measured(12.0, 1.0), measured(4.5, 0.1))), []);
}

#[test]
fn a_size_is_sure_only_beyond_its_margin() {
    assert_eq!(kinds(&line(measured(11.5, 1.0), measured(7.0, 0.1))), [(Kind::Small, false)]);
    assert_eq!(kinds(&line(measured(9.0, 1.0), measured(7.0, 0.1))), [(Kind::Small, true)]);
}

#[test]
fn large_letters_may_be_paler_and_those_that_may_be_bold_are_doubtful() {
    let pale = |size: f32, ratio: f32| kinds(&line(measured(size, 0.5), measured(ratio, 0.1)));
    assert_eq!(pale(14.0, 3.5), [(Kind::Pale, true)]);
    assert_eq!(pale(20.0, 3.5), [(Kind::Pale, false)]);
    assert_eq!(pale(20.0, 2.5), [(Kind::Pale, true)]);
    assert_eq!(pale(25.0, 3.5), []);
    assert_eq!(pale(25.0, 2.5), [(Kind::Pale, true)]);
}

#[test]
fn tight_lines_and_wide_edges_are_faults() {
    let mut tight = line(measured(14.0, 0.5), measured(7.0, 0.1));
    tight.spacing = Some(1.0);
    assert_eq!(kinds(&tight), [(Kind::Tight, true)]);
    tight.spacing = Some(1.08);
    assert_eq!(kinds(&tight), [(Kind::Tight, false)]);
    let mut soft = line(measured(14.0, 0.5), measured(7.0, 0.1));
    soft.blur = 0.2;
    assert_eq!(kinds(&soft), [(Kind::Blurred, true)]);
    // A px and a half of an edge is what drawing a small letter leaves.
    soft.size = measured(12.0, 0.5);
    soft.blur = 0.125;
    assert_eq!(of(&soft, 1.0, &Thresholds::default()), []);
}
