//! 1.4: the policy is hard to read.

use std::rc::Rc;

use super::hard_lines::{Judged, judged, pictures, quoted, whats_wrong, worst};
use crate::case::{Case, Evidence, say_not_measured};
use crate::recording::PolicyRead;
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::sight::joined;
use crate::sight::line::Sight;
use crate::text::script::{self, Script};
use crate::text::{Bilingual, both, said};

/// So many lines that are hard to read for sure are left to a person, however long the policy is.
const FEW: usize = 2;

/// The rule of item 1.4.
pub struct HardToRead;

impl Rule for HardToRead {
    fn item(&self) -> &'static str {
        "1.4"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["read_policy", "find_policy"]
    }
    fn must_end(&self) -> &'static [&'static str] {
        &["read_policy"]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let Some((seq, read)) = case.policy() else {
            return Weighed::clean(Opinion::not_tested(both(
                "no policy was found that could be hard to read (see 1.1)",
                "没有找到可供判断的隐私政策（见 1.1）",
            )));
        };
        let screens = if read.screens.is_empty() { vec![read.screen] } else { read.screens.clone() };
        let measured: Vec<(u32, Rc<Sight>)> =
            screens.iter().filter_map(|&screen| Some((screen, case.sight(screen).ok()?.1))).collect();
        if let Some(opinion) = weigh_script(case, seq, read, &measured) {
            return opinion.into();
        }
        if measured.is_empty() {
            let why = say_not_measured(screens.iter().find_map(|&screen| case.sight(screen).err().flatten()));
            let unfinished = Opinion::not_tested(said!(
                "the policy's screens were not measured: {why}",
                "隐私政策的界面没有测量：{why}",
                why
            ));
            return Weighed { unfinished: vec![unfinished], ..Weighed::default() };
        }
        weigh_lines(case, read, &measured, screens.len() - measured.len())
    }
}

/// Weighs a policy without simplified Chinese.
fn weigh_script(
    case: &Case<'_>,
    seq: u64,
    read: &PolicyRead,
    measured: &[(u32, Rc<Sight>)],
) -> Option<Opinion> {
    let text = case.policy_text().map(|(_, text)| text);
    let (script, by_tree) = match text.and_then(script::of) {
        Some(script) => (script, true),
        None => (script_of_pictures(measured)?, false),
    };
    let language = match script {
        Script::Simplified => return None,
        Script::Traditional => ("in traditional Chinese", "繁体中文"),
        Script::Other => ("in a language other than Chinese", "外文"),
    };
    // A policy that names its Chinese version offers one, as far as a reader of this text can tell.
    let offers = text.is_some_and(|text| text.contains("简体") || text.contains("中文版"));
    let opinion = if by_tree && !offers {
        Opinion::violation(said!(
            "the policy is {language}; no simplified Chinese one is offered",
            "隐私政策为{language}，未提供简体中文版",
            language
        ))
    } else {
        let how = if by_tree {
            (
                "its text speaks of a Chinese version: look whether it can be opened",
                "其中提到中文版：请查看能否打开",
            )
        } else {
            ("as far as pixels tell: look at it", "由像素判断：请人工查看")
        };
        Opinion::review(said!(
            "the policy is {language}, {how}",
            "隐私政策似为{language}，{how}",
            language,
            how
        ))
    };
    let files = read.text.iter().map(|file| file.file.clone()).collect();
    let its_text =
        Evidence { files, ..Evidence::of_entry(seq, both("the policy's text", "隐私政策文本")) };
    Some(opinion.with(case.shown(read.screen, both("the policy", "隐私政策"))).with([its_text]))
}

/// Returns the script that most screens with one show.
fn script_of_pictures(measured: &[(u32, Rc<Sight>)]) -> Option<Script> {
    let count = |script: Script| measured.iter().filter(|(_, sight)| sight.script == Some(script)).count();
    let all = [Script::Simplified, Script::Traditional, Script::Other];
    all.into_iter().filter(|&script| count(script) > 0).max_by_key(|&script| count(script))
}

fn weigh_lines(case: &Case<'_>, read: &PolicyRead, measured: &[(u32, Rc<Sight>)], missing: usize) -> Weighed {
    let sights: Vec<&Sight> = measured.iter().map(|(_, sight)| &**sight).collect();
    let lines: Vec<Judged<'_>> =
        joined::once(&sights).into_iter().map(|seen| judged(case, seen, sights[seen.on].density)).collect();
    let all: usize = lines.iter().map(|line| line.letters).sum();
    if all == 0 {
        return Opinion::review(both(
            "no text could be made out on the policy's screens: look at them",
            "在隐私政策的界面上没有识别出文字：请人工查看",
        ))
        .with(case.shown(read.screen, both("the policy", "隐私政策")))
        .into();
    }
    let share = |of: &dyn Fn(&Judged<'_>) -> bool| {
        let letters: usize = lines.iter().filter(|line| of(line)).map(|line| line.letters).sum();
        100.0 * letters as f64 / all as f64
    };
    let (sure, any) = (share(&|line| line.sure()), share(&|line| !line.faults.is_empty()));
    let most = case.thresholds.get("hard_share");
    let show = |opinion: Opinion, told: &dyn Fn(&Judged<'_>) -> bool| {
        let bad = worst(&lines, told);
        quoted(&bad)
            .into_iter()
            .fold(opinion, Opinion::note)
            .note(said!(
                "{lines} lines on {screens} screens were measured",
                "测量了 {screens} 屏共 {lines} 行文字",
                lines = lines.len(),
                screens = measured.len()
            ))
            .with(pictures(case, measured, &bad, read.screen))
    };
    let wrong: Bilingual = whats_wrong(case, &lines);
    // Screens that were not measured count as readable, each as full as the others.
    let known = measured.len() as f64 / (measured.len() + missing) as f64;
    if sure * known >= most {
        let reason = said!(
            "{sure:.0} % of the policy's {all} characters are hard to read: {wrong}",
            "隐私政策 {all} 字中有 {sure:.0}% 难以阅读：{wrong}",
            sure,
            all,
            wrong
        );
        return show(Opinion::violation(reason), &|_| true).into();
    }
    if any >= most || lines.iter().filter(|line| line.sure()).count() >= FEW {
        let reason = said!(
            "{any:.0} % of the policy's {all} characters may be hard to read: {wrong}",
            "隐私政策 {all} 字中有 {any:.0}% 可能难以阅读：{wrong}",
            any,
            all,
            wrong
        );
        return show(Opinion::review(reason), &|_| true).into();
    }
    let unfinished = (missing > 0).then(|| {
        let reason = said!(
            "{missing} of the policy's {whole} screens were not measured",
            "隐私政策共 {whole} 屏，其中 {missing} 屏没有测量",
            missing,
            whole = measured.len() + missing
        );
        show(Opinion::not_tested(reason), &|_| true)
    });
    // What conforms is shown with what is beyond doubt only.
    let clean = show(
        Opinion::conforms(said!(
            "the policy's {all} characters are readable as far as pixels tell",
            "从像素测量看，隐私政策 {all} 字清晰可读",
            all
        )),
        &|line| line.sure(),
    );
    Weighed { unfinished: unfinished.into_iter().collect(), clean: Some(clean), ..Weighed::default() }
}

#[cfg(test)]
#[path = "hard_to_read_tests.rs"]
mod tests;
