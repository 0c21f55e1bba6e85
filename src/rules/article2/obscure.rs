//! 2.4: the policy is obscure or lengthy. China has no official figure for either: candor's own limits lead to a person at
//! most. Nothing here says that a text is easy to understand, so nothing here conforms.

use crate::case::{Case, Evidence};
use crate::language::sentences::shorten;
use crate::policy::figures::{Figures, NAMED, count_characters, find_placeholders, quote_all};
use crate::recording::PolicyRead;
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::script::{self, Script};
use crate::text::{Bilingual, both, join, said};

/// The rule of item 2.4.
pub struct Obscure;

/// Figures past ours from which a person looks at it: one alone says little (ours).
const ENOUGH: usize = 2;
/// A policy with fewer characters is no text to measure (ours).
const FEWEST: usize = 200;
/// Screens after which the scrolling of a policy is given up: its end may not have been seen.
const MOST_SCREENS: usize = 150;
impl Rule for Obscure {
    fn item(&self) -> &'static str {
        "2.4"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["read_policy"]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let Some((seq, read)) = case.policy() else {
            return Weighed::clean(Opinion::not_tested(both(
                "no policy was found that could be obscure (see 1.1)",
                "没有找到可供判断的隐私政策（见 1.1）",
            )));
        };
        match whole_text(case, read) {
            Ok(text) => weigh_text(case, seq, read, text),
            Err(why) => Weighed { unfinished: vec![Opinion::not_tested(why)], ..Weighed::default() },
        }
    }
}

/// Returns the policy's text, where it was read whole and in Chinese.
///
/// # Errors
/// Why there is nothing to measure.
fn whole_text<'c>(case: &'c Case<'_>, read: &PolicyRead) -> Result<&'c str, Bilingual> {
    let Some((_, text)) = case.policy_text() else {
        return Err(both("the policy's text could not be read", "未能读取隐私政策的文字"));
    };
    if read.screens.len() >= MOST_SCREENS {
        return Err(both("the end of the policy was not reached", "没有读到隐私政策的结尾"));
    }
    if matches!(script::of(text), Some(Script::Other)) {
        return Err(both(
            "the policy is not in Chinese, for which the limits are (see 1.4)",
            "隐私政策不是中文，限值不适用（见 1.4）",
        ));
    }
    if count_characters(text) < FEWEST {
        return Err(both("the policy's text is too short to measure", "隐私政策文字过短，无法测量"));
    }
    Ok(text)
}

fn weigh_text(case: &Case<'_>, seq: u64, read: &PolicyRead, text: &str) -> Weighed {
    let figures = Figures::of(text, case.thresholds.get("long_sentence").max(1.0) as usize);
    let mut past = figures.past(&|name| case.thresholds.get(name));
    let files = read.text.iter().map(|file| file.file.clone()).collect();
    let policy =
        Evidence { files, ..Evidence::of_entry(seq, both("the policy's text", "隐私政策文本")) };
    let mut weighed = Weighed::default().shown([policy]);
    weighed.notes.push(figures.say());
    weighed.notes.push(both(
        "No official figure says how long or how plain a policy must be: the limits are candor's own, and whether it is easy to understand is for a person to say.",
        "没有官方数值规定政策的长短或难易：限值由 candor 自定，是否易懂由人工判断。",
    ));
    let placeholders = find_placeholders(text);
    if !placeholders.is_empty() {
        let list = quote_all(&placeholders);
        past.insert(0, said!("placeholders were left in it: {list}", "留有占位内容：{list}", list));
    }
    if placeholders.is_empty() && past.len() < ENOUGH {
        let beside = match past.first() {
            Some(past) => said!("; one is past them: {past}", "；一项超出：{past}", past),
            None => both("", ""),
        };
        // Figures show that a text is long or twisted, never that it is easy to understand.
        weighed.clean = Some(Opinion::not_tested(said!(
            "the figures give no sign of an obscure or lengthy text (fewer than {enough} are past candor's own limits{beside}); whether it is easy to understand was not looked at",
            "从数值看没有晦涩冗长的迹象（超出 candor 自定限值的项目少于 {enough} 项{beside}）；是否易懂未作判断",
            enough = ENOUGH,
            beside
        )));
        return weighed;
    }
    let longest = figures.long_sentences.iter().take(NAMED).map(|sentence| {
        let length = count_characters(sentence);
        said!(
            "a sentence of {length} characters: {sentence}",
            "一句 {length} 字：{sentence}",
            length,
            sentence = shorten(sentence, 160)
        )
    });
    weighed.notes.extend(longest);
    weighed.opinions.push(Opinion::review(said!(
        "the policy may be hard to understand: {list}; read it and decide",
        "隐私政策可能难以理解：{list}；请人工阅读判断",
        list = join(&past, "; ", "；")
    )));
    weighed
}

#[cfg(test)]
#[path = "obscure_tests.rs"]
mod tests;
