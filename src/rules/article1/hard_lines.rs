//! The lines of a policy that are hard to read: what is wrong with each, in words, figures and boxes on its picture (1.4).

use std::rc::Rc;

use super::fault::{self, Fault, Kind};
use crate::case::{Case, Evidence, Mark, Marks};
use crate::sight::joined::Seen;
use crate::sight::line::{Line, Sight};
use crate::text::{Bilingual, both, join, plural, said};

/// Pictures that show the worst lines, and lines that are boxed on each.
const PICTURES: usize = 3;
const BOXED: usize = 12;
/// Lines that are quoted in words.
const QUOTED: usize = 4;
/// A line read with less than this confidence may be no text at all: it accuses nobody (0–1; ours).
const READABLE: f32 = 0.6;
/// Fewer letters do not tell their size: 一 and 二 are low, and a mark may be taken for a letter (ours).
const LETTERS: usize = 4;

/// A line with its faults.
pub struct Judged<'a> {
    pub seen: Seen<'a>,
    pub faults: Vec<Fault>,
    /// Letters, digits and ideographs on it.
    pub letters: usize,
}

impl Judged<'_> {
    /// A fault is beyond doubt.
    pub fn sure(&self) -> bool {
        self.faults.iter().any(|fault| fault.sure)
    }
    fn worst(&self) -> f32 {
        self.faults
            .iter()
            .filter(|fault| fault.sure == self.sure())
            .map(|fault| fault.worse)
            .fold(1.0, f32::max)
    }
}

/// Looks for the faults of a line.
pub fn judged<'a>(case: &Case<'_>, seen: Seen<'a>, density: f32) -> Judged<'a> {
    let letters = match seen.line.text.chars().filter(|c| c.is_alphanumeric()).count() {
        // What was not read is counted by its width.
        0 => (seen.line.rect.width / (seen.line.size.value * density).max(1.0)).round() as usize,
        letters => letters,
    };
    let mut faults = fault::of(seen.line, density, case.thresholds);
    if letters < LETTERS {
        faults.clear();
    }
    for fault in &mut faults {
        // Blurred text reads badly; any other line that reads badly may be none.
        let readable = fault.kind == Kind::Blurred || !seen.line.read || seen.line.confidence >= READABLE;
        fault.sure &= readable;
    }
    Judged { seen, faults, letters }
}

/// Says each kind of fault with the figure of its most typical line: `text of 9.0 dp (at least 12 dp)`.
pub fn whats_wrong(case: &Case<'_>, lines: &[Judged<'_>]) -> Bilingual {
    let limit = |name| case.thresholds.get(name);
    let sure = lines.iter().any(Judged::sure);
    let letters = |of: &dyn Fn(&Judged<'_>) -> bool| -> usize {
        lines.iter().filter(|line| of(line)).map(|line| line.letters).sum()
    };
    let bad = letters(&|line| line.sure() || (!sure && !line.faults.is_empty()));
    let mut all = Vec::new();
    for kind in [Kind::Small, Kind::Pale, Kind::Tight, Kind::Blurred] {
        let with =
            |line: &Judged<'_>| line.faults.iter().any(|fault| fault.kind == kind && fault.sure == sure);
        // A stray line does not speak for the policy.
        if letters(&with) * 10 < bad {
            continue;
        }
        let figure = |line: &Line| match kind {
            Kind::Small => line.size.value,
            Kind::Pale => line.contrast.map_or(1.0, |contrast| contrast.value),
            Kind::Tight => line.spacing.unwrap_or_default(),
            Kind::Blurred => line.blur,
        };
        let mut figures: Vec<f32> =
            lines.iter().filter(|line| with(line)).map(|line| figure(line.seen.line)).collect();
        figures.sort_by(f32::total_cmp);
        let Some(&middle) = figures.get(figures.len() / 2) else { continue };
        all.push(match kind {
            Kind::Small => said!(
                "text of {middle:.1} dp (at least {least} dp)",
                "字号 {middle:.1} dp（应不小于 {least} dp）",
                middle,
                least = limit("min_text_size")
            ),
            Kind::Pale => said!(
                "contrast of {middle:.1}:1 (at least {least}:1)",
                "对比度 {middle:.1}:1（应不低于 {least}:1）",
                middle,
                least = limit("min_contrast")
            ),
            Kind::Tight => said!(
                "lines {middle:.2} times their size apart (at least {least})",
                "行距为字号的 {middle:.2} 倍（应不小于 {least}）",
                middle,
                least = limit("min_line_spacing")
            ),
            Kind::Blurred => both("blurred text", "文字模糊"),
        });
    }
    join(&all, ", ", "，")
}

/// Quotes the worst lines with their figures.
pub fn quoted(bad: &[&Judged<'_>]) -> Vec<Bilingual> {
    let quote = |line: &&Judged<'_>| {
        let text: String = line.seen.line.text.chars().take(30).collect();
        said!("“{text}”: {figures}", "“{text}”：{figures}", text, figures = figures(line))
    };
    bad.iter().take(QUOTED).map(quote).collect()
}

/// Lines with faults, the surest and worst first.
pub fn worst<'a, 'b>(lines: &'a [Judged<'b>], of: impl Fn(&Judged<'b>) -> bool) -> Vec<&'a Judged<'b>> {
    let mut bad: Vec<_> = lines.iter().filter(|line| !line.faults.is_empty() && of(line)).collect();
    bad.sort_by(|a, b| b.sure().cmp(&a.sure()).then(b.worst().total_cmp(&a.worst())));
    bad
}

/// A line's figures, with the margin where that leaves a doubt.
fn figures(line: &Judged<'_>) -> Bilingual {
    let Line { size, contrast, spacing, .. } = line.seen.line;
    let mut en = vec![format!("{:.1} dp ({:.1}–{:.1})", size.value, size.low, size.high)];
    let mut zh = en.clone();
    if let Some(ratio) = contrast {
        let ratio = format!("{:.1}:1", ratio.value);
        en.push(format!("contrast {ratio}"));
        zh.push(format!("对比度 {ratio}"));
    }
    for fault in &line.faults {
        match (fault.kind, spacing) {
            (Kind::Tight, Some(spacing)) => {
                en.push(format!("lines {spacing:.2} em apart"));
                zh.push(format!("行距 {spacing:.2} 倍"));
            }
            (Kind::Blurred, _) => {
                en.push("blurred".to_owned());
                zh.push("模糊".to_owned());
            }
            _ => {}
        }
    }
    both(en.join(", "), zh.join("，"))
}

/// The screens with the worst lines, these boxed; the policy's first screen where there are none.
pub fn pictures(
    case: &Case<'_>,
    measured: &[(u32, Rc<Sight>)],
    bad: &[&Judged<'_>],
    first: u32,
) -> Vec<Evidence> {
    let mut order: Vec<usize> = Vec::new();
    for line in bad {
        if !order.contains(&line.seen.on) {
            order.push(line.seen.on);
        }
    }
    if order.is_empty() {
        return case.shown(first, both("the policy", "隐私政策")).into_iter().collect();
    }
    let boxed = order.into_iter().take(PICTURES).filter_map(|on| {
        let (screen, sight) = &measured[on];
        let (_, seen) = case.screen(*screen)?;
        let (entry, _) = case.sight(*screen).ok()?;
        let here: Vec<_> = bad.iter().filter(|line| line.seen.on == on).collect();
        let place = |line: &&&Judged<'_>| Mark { rect: line.seen.line.rect, says: figures(line) };
        let mut places: Vec<Mark> = here.iter().take(BOXED).map(place).collect();
        places.sort_by(|a, b| a.rect.y.total_cmp(&b.rect.y));
        let count = here.len();
        let shows = both(
            format!("{} that may be hard to read", plural(count, "line")),
            format!("难以阅读的 {count} 行文字"),
        );
        let shown = Evidence::of_screen(entry, seen, shows);
        Some(Evidence { marks: Some(Marks { width: sight.width, height: sight.height, places }), ..shown })
    });
    boxed.collect()
}
