use super::*;
use crate::screen::Rect;
use crate::sight::size::Measured;

const HEIGHT: u32 = 1000;

/// A line of a page, its ink 30 px high, cut to what lies between `top` and `bottom`.
fn line(text: &str, y: f32, width: f32, [top, bottom]: [f32; 2]) -> Option<Line> {
    let (from, to) = (y.max(top), (y + 30.0).min(bottom));
    (to - from > 4.0).then(|| Line {
        rect: Rect::new(40.0, from, width, to - from),
        text: text.to_owned(),
        confidence: 0.9,
        read: true,
        size: Measured { value: (to - from) / 2.0, low: 0.0, high: 99.0 },
        rhythm: None,
        contrast: None,
        ink: [0; 3],
        ground: [255; 3],
        spacing: None,
        blur: 0.03,
    })
}

/// A page of 60 lines, 50 px apart, scrolled down by `offset` below a bar of 100 px with a title.
fn screen(offset: f32) -> Sight {
    let widths = [700.0, 655.0, 690.0, 420.0, 688.0, 610.0, 530.0];
    let inside = [100.0, HEIGHT as f32];
    let page = (0..60).filter_map(|at| {
        let y = 120.0 + 50.0 * at as f32 - offset;
        line(&format!("第{at}行"), y, widths[at % 7] + at as f32 * 4.0, inside)
    });
    let title = line("隐私政策", 40.0, 160.0, [0.0, 100.0]);
    let (width, height) = (800, HEIGHT);
    Sight {
        width,
        height,
        density: 2.0,
        lines: title.into_iter().chain(page).collect(),
        covered: 0.5,
        script: None,
    }
}

fn texts(seen: &[Seen<'_>]) -> Vec<String> {
    seen.iter().map(|seen| seen.line.text.clone()).collect()
}

#[test]
fn a_scrolled_page_is_joined_and_every_line_is_whole() {
    for step in [540.0, 333.0, 517.5] {
        let mut sights = Vec::new();
        let mut offset = 0.0;
        while offset < 2170.0 {
            sights.push(screen(offset));
            offset += step;
        }
        sights.push(screen(2170.0));
        let all: Vec<&Sight> = sights.iter().collect();
        let seen = once(&all);
        let expected: Vec<String> =
            std::iter::once("隐私政策".to_owned()).chain((0..60).map(|at| format!("第{at}行"))).collect();
        assert_eq!(texts(&seen), expected, "{step} px a step");
        assert!(seen.iter().all(|seen| seen.line.rect.height == 30.0), "{step} px a step");
    }
}

#[test]
fn screens_that_have_nothing_in_common_are_counted_whole() {
    let (first, other) = (screen(0.0), screen(1500.0));
    assert_eq!(once(&[&first, &first]).len(), once(&[&first]).len(), "a screen seen twice");
    let apart = once(&[&first, &other]);
    // The line that the picture's lower edge cuts off is left out of both.
    let whole = |sight: &Sight| sight.lines.iter().filter(|line| line.rect.bottom() < 998.0).count();
    assert_eq!(apart.len(), whole(&first) + whole(&other));
}

#[test]
fn no_screens_have_no_lines() {
    assert_eq!(once(&[]), []);
}
