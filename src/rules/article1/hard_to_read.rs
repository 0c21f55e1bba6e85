//! 1.4: the policy is hard to read.

use super::hard_lines::{Judged, judged, pictures, quoted, whats_wrong, worst};
use crate::recording::{Event, PolicyRead};
use crate::rules::case::not_measured;
use crate::rules::catalogue::both;
use crate::rules::{Case, Evidence, Judgement, Rule, Verdict};
use crate::sight::joined;
use crate::sight::read::Sight;
use crate::text::script::{self, Script};

/// So many lines that are hard to read for sure are left to a person, however long the policy is.
const FEW: usize = 2;

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
            let (en, zh) =
                not_measured(screens.iter().find_map(|&screen| case.sight(screen).err().flatten()));
            return Judgement::new(
                Verdict::NotTested,
                format!("the policy's screens were not measured: {en}"),
                format!("隐私政策的界面没有测量：{zh}"),
            );
        }
        judge_lines(case, read, &measured, screens.len() - measured.len())
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

fn judge_lines(case: &Case<'_>, read: &PolicyRead, measured: &[(u32, Sight)], missing: usize) -> Judgement {
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
    } else if missing > 0 {
        let whole = measured.len() + missing;
        Judgement::new(
            Verdict::NotTested,
            format!("{missing} of the policy's {whole} screens were not measured"),
            format!("隐私政策共 {whole} 屏，其中 {missing} 屏没有测量"),
        )
    } else if !case.span("read_policy").is_some_and(|span| span.is_complete()) {
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

#[cfg(test)]
#[path = "hard_to_read_tests.rs"]
mod tests;
