//! Who runs the app, when the policy was written and when it holds, and its version.

use std::sync::LazyLock;

use regex::Regex;

use super::clauses::{companies_in, company_in};
use super::document::Document;
use super::marks::{Marked, Section, Set};
use super::statement::{DateOf, Fact, Statement};

/// Characters at the beginning within which the first company that is named is the operator (ours).
const OPENING: usize = 2500;
/// Characters between a date and the word that says what it is of (ours).
const BESIDE: usize = 14;

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(20\d{2})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*[日号]?").expect("a pattern")
});
static CHINESE_DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(二[〇○零Ｏ0]\S{2})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
        .expect("a pattern")
});
static ENGLISH_DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:(\d{1,2}) )?(january|february|march|april|may|june|july|august|september|october|november|december) (?:(\d{1,2}),? ?，?\s?)?(20\d{2})")
        .expect("a pattern")
});
static VERSION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:版本号?|版号|version|ver\.?)[*]*\s*(?:[:：]|为|no\.?)?[*]*\s*[【“]?v?\s*((?:20\d{6}|\d{1,3}(?:\.\d{1,4}){1,3}|v\d{1,3}))")
        .expect("a pattern")
});

/// Reads the statements on operator, dates and version.
pub fn read(document: &Document, sentences: &[Marked<'_>], found: &mut Vec<Statement>) {
    operators(document, sentences, found);
    for sentence in sentences {
        for (date, of) in dates_of(sentence) {
            found.push(Statement::new(Fact::Date { date, of }, document, sentence));
        }
        if let Some(version) = VERSION.captures(sentence.text) {
            let whole = version.get(0).map_or("", |found| found.as_str());
            let os =
                ["操作系统", "系统版本", "Android", "iOS"].iter().any(|word| sentence.text.contains(word));
            if !os && sentence.text.chars().count() <= 60 && !whole.is_empty() {
                let fact = Fact::Version { version: version[1].to_owned() };
                found.push(Statement::new(fact, document, sentence));
            }
        }
    }
}

fn operators(document: &Document, sentences: &[Marked<'_>], found: &mut Vec<Statement>) {
    let mut known: Vec<String> = Vec::new();
    let mut add = |name: String, sentence: &Marked<'_>, sure: bool, found: &mut Vec<Statement>| {
        if !known.contains(&name) {
            known.push(name.clone());
            found.push(Statement::new(Fact::Operator { name }, document, sentence).sure_if(sure));
        }
    };
    let mut opened = false;
    let length = document.text.chars().count();
    for sentence in sentences {
        let others = sentence.section == Section::Sharing || sentence.has(Set::Sdk);
        if others {
            continue;
        }
        let own = [
            "以下简称",
            "下称",
            "简称“我们",
            "简称为“我们",
            "（我们",
            "以下称",
            "我们是",
            "hereinafter",
            "（“we”",
            "（\"we\"",
        ]
        .iter()
        .any(|word| sentence.folded.contains(word));
        let labelled = sentence.has(Set::Operator) && sentence.text.chars().count() <= 200;
        let opening = !opened && sentence.at <= OPENING;
        // A company alone on a line at the end has signed it; lists of others stand in the middle.
        let at_an_end = sentence.at <= 300 || sentence.at + length / 10 + 60 >= length;
        let signed =
            at_an_end && sentence.text.chars().count() <= 40 && companies_in(sentence.text).len() == 1;
        let contact = sentence.section == Section::Contact;
        if !(own || labelled || opening || signed || contact) {
            continue;
        }
        if let Some(name) = company_in(sentence.text) {
            opened = true;
            add(name, sentence, own || labelled || opening || signed, found);
        }
    }
}

/// Returns the dates of a sentence with what each is of.
fn dates_of(sentence: &Marked<'_>) -> Vec<(String, DateOf)> {
    let folded = &sentence.folded;
    let mut all = Vec::new();
    let sets = [
        (Set::Updated, DateOf::Updated),
        (Set::Effective, DateOf::Effective),
        (Set::Published, DateOf::Published),
    ];
    if !sentence.has_any(&sets.map(|(set, _)| set)) {
        return all;
    }
    for (begins, ends, date) in dates_in(folded) {
        // The nearest word says what it is of; one before it goes first.
        let mut nearest: Option<(usize, DateOf)> = None;
        for (set, of) in sets {
            for hit in sentence.hits.each(set) {
                let (from, to, behind) = match hit.ends <= begins {
                    true => (hit.ends, begins, 0),
                    false => (ends.min(hit.begins), hit.begins.max(ends), 3),
                };
                let gap = folded.get(from..to).map_or(usize::MAX, |gap| gap.chars().count());
                let other_date = folded.get(from..to).is_some_and(|gap| DATE.is_match(gap));
                if gap <= BESIDE && !other_date && nearest.is_none_or(|(known, _)| gap + behind < known) {
                    nearest = Some((gap + behind, of));
                }
            }
        }
        if let Some((_, of)) = nearest {
            all.push((date, of));
        }
    }
    all
}

/// Returns the dates of a folded text as `2026-01-31`, with where each stands (bytes).
fn dates_in(folded: &str) -> Vec<(usize, usize, String)> {
    let mut all = Vec::new();
    let mut add = |range: std::ops::Range<usize>, year: i16, month: i8, day: i8| {
        if let Ok(date) = jiff::civil::Date::new(year, month, day) {
            all.push((range.start, range.end, date.to_string()));
        }
    };
    for found in DATE.captures_iter(folded).take(20) {
        let number = |at: usize| found[at].parse::<i16>().unwrap_or(0);
        add(found.get(0).map_or(0..0, |found| found.range()), number(1), number(2) as i8, number(3) as i8);
    }
    for found in CHINESE_DATE.captures_iter(folded).take(20) {
        let year = found[1].chars().map(digit_of).collect::<Option<String>>();
        let year = year.and_then(|year| year.parse::<i16>().ok()).unwrap_or(0);
        let range = found.get(0).map_or(0..0, |found| found.range());
        add(range, year, number_of(&found[2]), number_of(&found[3]));
    }
    for found in ENGLISH_DATE.captures_iter(folded).take(20) {
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let month = months.iter().position(|month| found[2].starts_with(month)).map_or(0, |at| at as i8 + 1);
        let day = found.get(1).or(found.get(3)).and_then(|day| day.as_str().parse::<i8>().ok()).unwrap_or(0);
        let range = found.get(0).map_or(0..0, |found| found.range());
        add(range, found[4].parse().unwrap_or(0), month, day);
    }
    all
}

fn digit_of(c: char) -> Option<char> {
    match c {
        '〇' | '○' | '零' | '0' | 'o' => Some('0'),
        c => "一二三四五六七八九"
            .chars()
            .position(|digit| digit == c)
            .and_then(|at| char::from_digit(at as u32 + 1, 10)),
    }
}

/// Returns the number that numerals up to 39 say.
fn number_of(numerals: &str) -> i8 {
    let value =
        |c: char| "一二三四五六七八九".chars().position(|digit| digit == c).map_or(0, |at| at as i8 + 1);
    match numerals.split_once('十') {
        Some((tens, ones)) => {
            let tens = tens.chars().next().map_or(1, value);
            tens * 10 + ones.chars().next().map_or(0, value)
        }
        None => numerals.chars().next().map_or(0, value),
    }
}
