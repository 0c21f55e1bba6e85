//! 1.4: the policy is hard to read.

use crate::language::script::{self, Script};
use crate::recording::{Event, PolicyRead};
use crate::rules::case::at_screen;
use crate::rules::catalogue::{Bilingual, both};
use crate::rules::{Case, Evidence, Judgement, Mark, Marks, Rule, Verdict};
use crate::sight::fault::{self, Fault, Kind};
use crate::sight::joined::{self, Seen};
use crate::sight::read::{Line, Sight};

/// Pictures that show the worst lines, and lines that are boxed on each.
const PICTURES: usize = 3;
const BOXED: usize = 12;
/// Lines that are quoted in words.
const QUOTED: usize = 4;
/// So many lines that are hard to read for sure are left to a person, however long the policy is.
const FEW: usize = 2;
/// A line read with less than this confidence may be no text at all: it accuses nobody (0–1; ours).
const READABLE: f32 = 0.6;
/// Fewer letters do not tell their size: 一 and 二 are low, and a mark may be taken for a letter (ours).
const LETTERS: usize = 4;

/// The rule of item 1.4.
pub struct HardToRead;

impl Rule for HardToRead {
    fn item(&self) -> &'static str {
        "1.4"
    }
    fn probes(&self) -> &'static [&'static str] {
        &["read_policy", "find_policy"]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let read = case.entries.iter().rev().find_map(|entry| match &entry.event {
            Event::PolicyRead(read) => Some((entry.seq, read)),
            _ => None,
        });
        let Some((seq, read)) = read else {
            if !case.span("read_policy").is_some_and(|span| span.is_complete()) {
                return case.unfinished("read_policy");
            }
            return Judgement::new(
                Verdict::NotTested,
                "no policy was found that could be hard to read (see 1.1)",
                "没有找到可供判断的隐私政策（见 1.1）",
            );
        };
        let screens = if read.screens.is_empty() { vec![read.screen] } else { read.screens.clone() };
        let measured: Vec<(u32, Sight)> =
            screens.iter().filter_map(|&screen| Some((screen, case.sight(screen).ok()?.1))).collect();
        if let Some(judgement) = foreign(case, seq, read, &measured) {
            return judgement;
        }
        if measured.is_empty() {
            let why = screens.iter().find_map(|&screen| case.sight(screen).err().flatten());
            let why = why.unwrap_or("the recording holds no measurements of them");
            return Judgement::new(
                Verdict::NotTested,
                format!("the policy's screens were not measured: {why}"),
                format!("隐私政策的界面没有测量：{why}"),
            );
        }
        judge_lines(case, read, &measured, measured.len() < screens.len())
    }
}

/// A policy without simplified Chinese.
fn foreign(case: &Case<'_>, seq: u64, read: &PolicyRead, measured: &[(u32, Sight)]) -> Option<Judgement> {
    let text = read.text.as_ref().and_then(|file| case.text(file));
    let (script, by_tree) = match text.as_deref().and_then(script::of) {
        Some(script) => (script, true),
        None => (of_pictures(measured)?, false),
    };
    let (en, zh) = match script {
        Script::Simplified => return None,
        Script::Traditional => ("in traditional Chinese", "繁体中文"),
        Script::Other => ("in a language other than Chinese", "外文"),
    };
    // A policy that names its Chinese version offers one, as far as a reader of this text can tell.
    let offers = text.as_deref().is_some_and(|text| text.contains("简体") || text.contains("中文版"));
    let sure = by_tree && !offers;
    let judgement = if sure {
        Judgement::new(
            Verdict::Violation,
            format!("the policy is {en}; no simplified Chinese one is offered"),
            format!("隐私政策为{zh}，未提供简体中文版"),
        )
    } else {
        let (how_en, how_zh) = if by_tree {
            (
                "its text speaks of a Chinese version: look whether it can be opened",
                "其中提到中文版：请查看能否打开",
            )
        } else {
            ("as far as pixels tell: look at it", "由像素判断：请人工查看")
        };
        Judgement::new(
            Verdict::Review,
            format!("the policy is {en}, {how_en}"),
            format!("隐私政策似为{zh}，{how_zh}"),
        )
    };
    let files = read.text.iter().map(|file| file.file.clone()).collect();
    let its_text =
        Evidence { entry: seq, shows: both("the policy's text", "隐私政策文本"), files, marks: None };
    Some(judgement.with(case.shown(read.screen, "the policy", "隐私政策")).with([its_text]))
}

/// The script that most screens with one show.
fn of_pictures(measured: &[(u32, Sight)]) -> Option<Script> {
    let count = |script: Script| measured.iter().filter(|(_, sight)| sight.script == Some(script)).count();
    let all = [Script::Simplified, Script::Traditional, Script::Other];
    all.into_iter().filter(|&script| count(script) > 0).max_by_key(|&script| count(script))
}

/// A line with its faults.
struct Judged<'a> {
    seen: Seen<'a>,
    faults: Vec<Fault>,
    letters: usize,
}

impl Judged<'_> {
    fn sure(&self) -> bool {
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

fn judge_lines(case: &Case<'_>, read: &PolicyRead, measured: &[(u32, Sight)], gaps: bool) -> Judgement {
    let sights: Vec<&Sight> = measured.iter().map(|(_, sight)| sight).collect();
    let lines: Vec<Judged<'_>> =
        joined::once(&sights).into_iter().map(|seen| judged(case, seen, sights[seen.on].density)).collect();
    let all: usize = lines.iter().map(|line| line.letters).sum();
    if all == 0 {
        return Judgement::new(
            Verdict::Review,
            "no text could be made out on the policy's screens: look at them",
            "在隐私政策的界面上没有识别出文字：请人工查看",
        )
        .with(case.shown(read.screen, "the policy", "隐私政策"));
    }
    let share = |of: &dyn Fn(&Judged<'_>) -> bool| {
        let letters: usize = lines.iter().filter(|line| of(line)).map(|line| line.letters).sum();
        100.0 * letters as f64 / all as f64
    };
    let (sure, any) = (share(&|line| line.sure()), share(&|line| !line.faults.is_empty()));
    let most = case.thresholds.get("hard_share");
    let (en, zh) = whats_wrong(case, &lines);
    let judgement = if sure >= most {
        Judgement::new(
            Verdict::Violation,
            format!("{sure:.0} % of the policy's {all} characters are hard to read: {en}"),
            format!("隐私政策 {all} 字中有 {sure:.0}% 难以阅读：{zh}"),
        )
    } else if any >= most || lines.iter().filter(|line| line.sure()).count() >= FEW {
        Judgement::new(
            Verdict::Review,
            format!("{any:.0} % of the policy's {all} characters may be hard to read: {en}"),
            format!("隐私政策 {all} 字中有 {any:.0}% 可能难以阅读：{zh}"),
        )
    } else if gaps || !case.span("read_policy").is_some_and(|span| span.is_complete()) {
        return case.unfinished("read_policy");
    } else {
        Judgement::new(
            Verdict::Conforms,
            format!("the policy's {all} characters are readable as far as pixels tell"),
            format!("从像素测量看，隐私政策 {all} 字清晰可读"),
        )
    };
    // What conforms is shown with what is beyond doubt only.
    let told = |line: &Judged<'_>| line.sure() || judgement.verdict != Verdict::Conforms;
    let bad = worst(&lines, told);
    let boxed = pictures(case, measured, &bad, read.screen);
    let judgement = quoted(judgement, &bad).note(
        format!("{} lines on {} screens were measured", lines.len(), measured.len()),
        format!("测量了 {} 屏共 {} 行文字", measured.len(), lines.len()),
    );
    judgement.with(boxed)
}

fn judged<'a>(case: &Case<'_>, seen: Seen<'a>, density: f32) -> Judged<'a> {
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

/// Each kind of fault with the figure of its most typical line: `text of 9.0 dp (at least 12 dp)`.
fn whats_wrong(case: &Case<'_>, lines: &[Judged<'_>]) -> (String, String) {
    let limit = |name| case.thresholds.get(name);
    let sure = lines.iter().any(Judged::sure);
    let letters = |of: &dyn Fn(&Judged<'_>) -> bool| -> usize {
        lines.iter().filter(|line| of(line)).map(|line| line.letters).sum()
    };
    let bad = letters(&|line| line.sure() || (!sure && !line.faults.is_empty()));
    let mut said = (Vec::new(), Vec::new());
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
        let Some(middle) = figures.get(figures.len() / 2) else { continue };
        let (en, zh) = match kind {
            Kind::Small => {
                let least = limit("min_text_size");
                (
                    format!("text of {middle:.1} dp (at least {least} dp)"),
                    format!("字号 {middle:.1} dp（应不小于 {least} dp）"),
                )
            }
            Kind::Pale => {
                let least = limit("min_contrast");
                (
                    format!("contrast of {middle:.1}:1 (at least {least}:1)"),
                    format!("对比度 {middle:.1}:1（应不低于 {least}:1）"),
                )
            }
            Kind::Tight => {
                let least = limit("min_line_spacing");
                (
                    format!("lines {middle:.2} times their size apart (at least {least})"),
                    format!("行距为字号的 {middle:.2} 倍（应不小于 {least}）"),
                )
            }
            Kind::Blurred => ("blurred text".to_owned(), "文字模糊".to_owned()),
        };
        said.0.push(en);
        said.1.push(zh);
    }
    (said.0.join(", "), said.1.join("，"))
}

/// The worst lines in words.
fn quoted(judgement: Judgement, bad: &[&Judged<'_>]) -> Judgement {
    bad.iter().take(QUOTED).fold(judgement, |judgement, line| {
        let text: String = line.seen.line.text.chars().take(30).collect();
        let Bilingual { en, zh } = figures(line);
        judgement.note(format!("“{text}”: {en}"), format!("“{text}”：{zh}"))
    })
}

/// Lines with faults, the surest and worst first.
fn worst<'a, 'b>(lines: &'a [Judged<'b>], of: impl Fn(&Judged<'b>) -> bool) -> Vec<&'a Judged<'b>> {
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
fn pictures(case: &Case<'_>, measured: &[(u32, Sight)], bad: &[&Judged<'_>], first: u32) -> Vec<Evidence> {
    let mut order: Vec<usize> = Vec::new();
    for line in bad {
        if !order.contains(&line.seen.on) {
            order.push(line.seen.on);
        }
    }
    if order.is_empty() {
        return case.shown(first, "the policy", "隐私政策").into_iter().collect();
    }
    let boxed = order.into_iter().take(PICTURES).filter_map(|on| {
        let (screen, sight) = &measured[on];
        let (_, seen) = case.screen(*screen)?;
        let (entry, _) = case.sight(*screen).ok()?;
        let here: Vec<_> = bad.iter().filter(|line| line.seen.on == on).collect();
        let place = |line: &&&Judged<'_>| Mark { rect: line.seen.line.rect, says: figures(line) };
        let mut places: Vec<Mark> = here.iter().take(BOXED).map(|line| place(line)).collect();
        places.sort_by(|a, b| a.rect.y.total_cmp(&b.rect.y));
        let count = here.len();
        let shown = at_screen(
            entry,
            seen,
            format!("{count} {} that may be hard to read", if count == 1 { "line" } else { "lines" }),
            format!("难以阅读的 {count} 行文字"),
        );
        Some(Evidence { marks: Some(Marks { width: sight.width, height: sight.height, places }), ..shown })
    });
    boxed.collect()
}

#[cfg(test)]
#[path = "hard_to_read_tests.rs"]
mod tests;
