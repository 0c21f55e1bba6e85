//! 2.4: the policy is obscure or lengthy. China has no official figure for either: candor's own limits lead to a person at
//! most. Nothing here says that a text is easy to understand, so nothing here conforms.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::case::{Case, Evidence};
use crate::language::sentences::{sentences, shorten};
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
/// A paragraph of fewer characters may stand twice: a heading, a contact (ours).
const PARAGRAPH: usize = 40;
/// Longest line that is taken for a heading (characters; ours).
const HEADING: usize = 30;
/// Characters within which a term is explained (ours).
const EXPLAINED: usize = 12;
/// Sentences, terms and placeholders that a finding names.
const NAMED: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    terms: Vec<String>,
    acronyms: Vec<String>,
    explaining: Vec<String>,
    placeholders: Vec<String>,
    summaries: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("obscure.yaml")).expect("obscure.yaml is read by a test")
});

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

/// What can be counted of a policy's text.
struct Figures {
    characters: usize,
    headings: usize,
    summary: bool,
    sentences: usize,
    /// Those past the limit, the longest first.
    long_sentences: Vec<String>,
    /// Characters of the longest paragraph.
    paragraph: usize,
    /// Paragraphs that stand there more than once.
    repeated: usize,
    /// Terms that are nowhere explained, with how often they stand there, the most frequent first.
    terms: Vec<(&'static str, usize)>,
    acronyms: Vec<&'static str>,
}

impl Figures {
    /// Counts a text. A sentence of more than `long` characters is a long one.
    fn of(text: &str, long: usize) -> Figures {
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for line in lines().filter(|line| line.chars().count() >= PARAGRAPH) {
            *seen.entry(line).or_default() += 1;
        }
        let all: Vec<&str> = sentences(text).collect();
        let mut long_sentences: Vec<String> = all
            .iter()
            .filter(|sentence| count_characters(sentence) > long)
            .map(|s| (*s).to_owned())
            .collect();
        long_sentences.sort_by_key(|sentence| std::cmp::Reverse(sentence.chars().count()));
        let lower = text.to_lowercase();
        let counted = |words: &'static [String]| -> Vec<(&'static str, usize)> {
            let times = |word: &str| lower.matches(word).count();
            let unexplained = words.iter().filter(|word| !is_explained(&lower, word));
            unexplained.map(|word| (word.as_str(), times(word))).filter(|(_, times)| *times > 0).collect()
        };
        let mut terms = counted(&WORDS.terms);
        terms.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        Figures {
            characters: count_characters(text),
            headings: lines().filter(|line| is_heading(line)).count(),
            summary: WORDS.summaries.iter().any(|word| lower.contains(word.as_str())),
            sentences: all.len(),
            long_sentences,
            paragraph: lines().map(count_characters).max().unwrap_or(0),
            repeated: seen.values().filter(|times| **times > 1).count(),
            terms,
            acronyms: counted(&WORDS.acronyms).into_iter().map(|(word, _)| word).collect(),
        }
    }

    fn long_share(&self) -> f64 {
        100.0 * self.long_sentences.len() as f64 / self.sentences.max(1) as f64
    }

    fn terms_per_thousand(&self) -> f64 {
        let all: usize = self.terms.iter().map(|(_, times)| times).sum();
        1000.0 * all as f64 / self.characters.max(1) as f64
    }

    /// Says which figures are past their limits.
    fn past(&self, limit: &dyn Fn(&str) -> f64) -> Vec<Bilingual> {
        let mut past = Vec::new();
        let characters = self.characters;
        let structured = self.summary || self.headings > 0;
        let most = limit(if structured { "max_policy_length" } else { "max_plain_policy_length" });
        if characters as f64 > most {
            past.push(said!(
                "{characters} characters (at most {most})",
                "{characters} 字（上限 {most}）",
                characters,
                most
            ));
        }
        let (share, most) = (self.long_share(), limit("max_long_sentences"));
        if share > most {
            past.push(said!(
                "{share:.0} % of its sentences are long (at most {most} %)",
                "{share:.0}% 的句子过长（上限 {most}%）",
                share,
                most
            ));
        }
        let (paragraph, most) = (self.paragraph, limit("max_paragraph"));
        if paragraph as f64 > most {
            past.push(said!(
                "a paragraph of {paragraph} characters (at most {most})",
                "一段 {paragraph} 字（上限 {most}）",
                paragraph,
                most
            ));
        }
        let most = limit("max_per_heading");
        if characters as f64 > most * (self.headings.max(1)) as f64 {
            past.push(said!(
                "{headings} headings in {characters} characters (at least one for {most})",
                "{characters} 字中有 {headings} 个标题（每 {most} 字至少一个）",
                headings = self.headings,
                characters,
                most
            ));
        }
        let (share, most) = (self.terms_per_thousand(), limit("max_terms"));
        if share > most {
            let named: Vec<&str> = self.terms.iter().take(NAMED).map(|(word, _)| *word).collect();
            past.push(said!(
                "{share:.1} technical terms without an explanation per 1,000 characters, such as {list} (at most {most})",
                "每千字有 {share:.1} 处未作解释的术语，如{list}（上限 {most}）",
                share,
                list = quote_all(&named),
                most
            ));
        }
        let (count, most) = (self.acronyms.len(), limit("max_acronyms"));
        if count as f64 > most {
            past.push(said!(
                "{count} abbreviations without an explanation (at most {most})",
                "{count} 个未作解释的缩写（上限 {most}）",
                count,
                most
            ));
        }
        if self.repeated > 0 {
            past.push(said!(
                "{count} paragraphs stand there more than once",
                "{count} 段文字重复出现",
                count = self.repeated
            ));
        }
        past
    }

    /// Says all figures in one sentence.
    fn say(&self) -> Bilingual {
        said!(
            "{characters} characters, {headings} headings, {sentences} sentences of which {long} are long, longest paragraph {paragraph}; {terms:.1} unexplained terms per 1,000 characters, {acronyms} unexplained abbreviations.",
            "共 {characters} 字，{headings} 个标题，{sentences} 句（其中 {long} 句过长），最长一段 {paragraph} 字；每千字 {terms:.1} 处未解释的术语，{acronyms} 个未解释的缩写。",
            characters = self.characters,
            headings = self.headings,
            sentences = self.sentences,
            long = self.long_sentences.len(),
            paragraph = self.paragraph,
            terms = self.terms_per_thousand(),
            acronyms = self.acronyms.len()
        )
    }
}

/// Counts characters without white space.
fn count_characters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// How a heading begins: 一、 （一） 1. 1.2 第三条.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(第[一二三四五六七八九十百\d]+[章条節节部]|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+[、.．]|\d+(\.\d+)*[、.．\s]|\d+(\.\d+)+)")
        .expect("the pattern is read by a test")
});

/// Tells whether a line is a heading by its length, its number and its end.
fn is_heading(line: &str) -> bool {
    count_characters(line) <= HEADING && !line.ends_with(['。', '；', '，', '：']) && NUMBERED.is_match(line)
}

/// Tells whether a term is explained where it stands: by brackets behind it or in front, or by words such as 是指.
fn is_explained(lower: &str, term: &str) -> bool {
    lower.match_indices(term).any(|(at, _)| {
        let after: String = lower[at + term.len()..].chars().take(EXPLAINED).collect();
        let before = lower[..at].chars().next_back();
        before.is_some_and(|c| "（(".contains(c))
            || after.trim_start_matches(['”', '」', '"']).starts_with(['（', '('])
            || WORDS.explaining.iter().any(|word| after.contains(word.as_str()))
    })
}

/// Finds what a template left behind.
fn find_placeholders(text: &str) -> Vec<&'static str> {
    let lower = text.to_lowercase();
    let found: BTreeSet<&str> =
        WORDS.placeholders.iter().map(String::as_str).filter(|word| lower.contains(word)).collect();
    found.into_iter().take(NAMED).collect()
}

fn quote_all(words: &[&str]) -> Bilingual {
    let quoted: Vec<String> = words.iter().map(|word| format!("“{word}”")).collect();
    both(quoted.join(", "), quoted.join("、"))
}

#[cfg(test)]
#[path = "obscure_tests.rs"]
mod tests;
