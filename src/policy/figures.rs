//! What can be counted of a policy's text, for item 2.4.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::language::sentences::sentences;
use crate::text::{Bilingual, both, said};

/// A paragraph of fewer characters may stand twice: a heading, a contact (ours).
const PARAGRAPH: usize = 40;
/// Longest line that is taken for a heading (characters; ours).
const HEADING: usize = 30;
/// Characters within which a term is explained (ours).
const EXPLAINED: usize = 12;
/// Sentences, terms and placeholders that a finding names.
pub const NAMED: usize = 5;

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
    serde_saphyr::from_str(include_str!("figures.yaml")).expect("figures.yaml is read by a test")
});

/// What can be counted of a policy's text.
pub struct Figures {
    pub characters: usize,
    pub headings: usize,
    pub summary: bool,
    pub sentences: usize,
    /// Those past the limit, the longest first.
    pub long_sentences: Vec<String>,
    /// Characters of the longest paragraph.
    pub paragraph: usize,
    /// Paragraphs that stand there more than once.
    pub repeated: usize,
    /// Terms that are nowhere explained, with how often they stand there, the most frequent first.
    pub terms: Vec<(&'static str, usize)>,
    pub acronyms: Vec<&'static str>,
}

impl Figures {
    /// Counts a text. A sentence of more than `long` characters is a long one.
    pub fn of(text: &str, long: usize) -> Figures {
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
    pub fn past(&self, limit: &dyn Fn(&str) -> f64) -> Vec<Bilingual> {
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
    pub fn say(&self) -> Bilingual {
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
pub fn count_characters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// How a heading begins: 一、 （一） 1. 1.2 第三条.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(第[一二三四五六七八九十百\d]+[章条節节部]|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+[、.．]|\d+(\.\d+)*[、.．\s]|\d+(\.\d+)+)")
        .expect("the pattern is read by a test")
});

/// Tells whether a line is a heading by its length, its number and its end.
pub fn is_heading(line: &str) -> bool {
    count_characters(line) <= HEADING && !line.ends_with(['。', '；', '，', '：']) && NUMBERED.is_match(line)
}

/// Tells whether a term is explained where it stands: by brackets behind it or in front, or by words such as 是指.
pub fn is_explained(lower: &str, term: &str) -> bool {
    lower.match_indices(term).any(|(at, _)| {
        let after: String = lower[at + term.len()..].chars().take(EXPLAINED).collect();
        let before = lower[..at].chars().next_back();
        before.is_some_and(|c| "（(".contains(c))
            || after.trim_start_matches(['”', '」', '"']).starts_with(['（', '('])
            || WORDS.explaining.iter().any(|word| after.contains(word.as_str()))
    })
}

/// Finds what a template left behind.
pub fn find_placeholders(text: &str) -> Vec<&'static str> {
    let lower = text.to_lowercase();
    let found: BTreeSet<&str> =
        WORDS.placeholders.iter().map(String::as_str).filter(|word| lower.contains(word)).collect();
    found.into_iter().take(NAMED).collect()
}

/// Puts words in quotation marks, one after the other.
pub fn quote_all(words: &[&str]) -> Bilingual {
    let quoted: Vec<String> = words.iter().map(|word| format!("“{word}”")).collect();
    both(quoted.join(", "), quoted.join("、"))
}
