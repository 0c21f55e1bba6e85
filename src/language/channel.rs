//! Channels for complaints, on a screen or in a policy's text: phone, mail or form, and what they promise.

use std::sync::LazyLock;

use serde::Deserialize;

use super::days::{self, Days};
use super::lexicon::contains_any as has;
use super::sentences::{sentences, shorten};
use crate::screen::{Role, Screen};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    complaint: Vec<String>,
    service: Vec<String>,
    sales: Vec<String>,
    others: Vec<String>,
    contact_page: Vec<String>,
    answers: Vec<String>,
    deals: Vec<String>,
    other_days: Vec<String>,
    withdrawal: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("channels.yaml"))
        .expect("the words ship inside the program and a test reads them")
});

/// Characters around a number or address in which the words for what it is are looked for (ours): a line and the heading
/// above it.
const AROUND: usize = 60;

/// By what one is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Means {
    Phone,
    Mail,
    Form,
}

/// What a contact is there for, as far as the words around it say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum For {
    /// Complaints, or the service that hears them.
    Complaints,
    /// Nothing around it says.
    Unsaid,
    /// Sales, partners, the press.
    Sales,
    /// Somebody else: the provider of an SDK.
    ThirdParty,
}

/// A way to be heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    pub means: Means,
    pub purpose: For,
    /// The number, the address or the form's words.
    pub says: String,
}

/// A limit that is promised for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    pub days: u32,
    /// They are working days.
    pub working: bool,
    /// It is about complaints, by its own words or those of the heading above it.
    pub complaints: bool,
    pub sentence: String,
}

/// The channels that a text names.
pub fn in_text(text: &str) -> Vec<Channel> {
    let characters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    for (begins, ends, means) in contacts(&characters) {
        let says: String = characters[begins..ends].iter().collect();
        found.push(Channel { means, purpose: purpose_of(&characters, begins, ends), says });
    }
    found
}

/// The channels that a screen offers: what its text names, its links to call or write, and a form.
pub fn on_screen(screen: &Screen) -> Vec<Channel> {
    let lines = |seen: &dyn Fn(&crate::screen::Element) -> bool| -> String {
        screen
            .elements
            .iter()
            .filter(|e| !e.text.is_empty() && seen(e))
            .map(|e| e.text.clone() + "\n")
            .collect()
    };
    let text = lines(&|element| element.seen);
    let mut found = in_text(&text);
    for (at, element) in screen.elements.iter().enumerate().filter(|(_, element)| element.seen) {
        let label = screen.label(at);
        let lower = element.href.to_ascii_lowercase();
        let means = match &lower {
            address if address.starts_with("tel:") => Means::Phone,
            address if address.starts_with("mailto:") => Means::Mail,
            _ => continue,
        };
        found.push(Channel { means, purpose: purpose_said(&label.to_lowercase()), says: label });
    }
    let typed = screen.elements.iter().any(|e| e.seen && e.role == Role::TextField && !e.disabled);
    let lower = format!("{}\n{}", screen.title, text).to_lowercase();
    if typed && has(&lower, &WORDS.complaint) && !has(&lower, &WORDS.sales) {
        let says = if screen.title.is_empty() { "a form" } else { &screen.title };
        found.push(Channel { means: Means::Form, purpose: For::Complaints, says: says.to_owned() });
    }
    found
}

/// A page that calls itself a contact or the place for complaints: by its title or its first heading, not by a section
/// of a long document.
pub fn is_contact_page(screen: &Screen) -> bool {
    let first = screen.elements.iter().find(|element| element.role == Role::Heading);
    let headed = first.map(|element| element.text.to_lowercase());
    headed.into_iter().chain([screen.title.to_lowercase()]).any(|text| has(&text, &WORDS.contact_page))
}

/// Every limit that is promised for an answer to a complaint or a request.
pub fn promises(text: &str) -> Vec<Promise> {
    let mut found = Vec::new();
    let mut headed = false;
    for line in text.lines() {
        if is_heading(line) {
            headed = has(&line.to_lowercase(), &WORDS.complaint);
        }
        for sentence in sentences(line) {
            let lower = sentence.to_lowercase();
            let named = has(&lower, &WORDS.complaint);
            let answers = has(&lower, &WORDS.answers) || (named && has(&lower, &WORDS.deals));
            if !answers || has(&lower, &WORDS.other_days) {
                continue;
            }
            if let Some(Days { count, working }) = days_in(&lower) {
                let sentence = shorten(sentence, 160);
                found.push(Promise { days: count, working, complaints: named || headed, sentence });
            }
        }
    }
    found
}

/// Words by which a sentence sends a person to a mail, a phone or a desk.
const BY_CONTACT: [&str; 12] = [
    "邮件",
    "邮箱",
    "致电",
    "拨打",
    "联系我们",
    "联系客服",
    "来信",
    "e-mail",
    "email",
    "write to",
    "call us",
    "contact us",
];

/// Returns the sentence by which consent can be taken back by writing or calling.
pub fn withdrawal_by_contact(text: &str) -> Option<String> {
    let found = sentences(text).find(|sentence| {
        let lower = sentence.to_lowercase();
        has(&lower, &WORDS.withdrawal)
            && (BY_CONTACT.iter().any(|word| lower.contains(word))
                || !contacts(&lower.chars().collect::<Vec<char>>()).is_empty())
    });
    found.map(|sentence| shorten(sentence, 160))
}

/// Words by which a sentence says where in the app something is done.
const BY_WAY: [&str; 12] =
    ["通过“", "在“", "进入", "点击", "—", "->", "→", ">", "设置", "settings", "tap ", "under “"];

/// Returns the sentence that names where in the app consent is taken back.
pub fn withdrawal_named(text: &str) -> Option<String> {
    let says = |sentence: &&str| {
        let lower = sentence.to_lowercase();
        has(&lower, &WORDS.withdrawal) && BY_WAY.iter().any(|word| lower.contains(word))
    };
    sentences(text).find(says).map(|sentence| shorten(sentence, 160))
}

/// A short line that is no sentence and no entry of a list.
fn is_heading(line: &str) -> bool {
    let line = line.trim();
    (2..=24).contains(&line.chars().count()) && !line.contains(['。', '；', '：', ':', '，', '@'])
}

/// Says what words in lower case say that a contact is there for.
pub(crate) fn purpose_said(lower: &str) -> For {
    if has(lower, &WORDS.sales) {
        For::Sales
    } else if has(lower, &WORDS.complaint) {
        For::Complaints
    } else if has(lower, &WORDS.others) {
        For::ThirdParty
    } else if has(lower, &WORDS.service) {
        For::Complaints
    } else {
        For::Unsaid
    }
}

/// By the words of its own line first, else by what stands shortly before.
fn purpose_of(characters: &[char], begins: usize, ends: usize) -> For {
    let line_start = characters[..begins].iter().rposition(|&c| c == '\n').map_or(0, |at| at + 1);
    let line_end =
        characters[ends..].iter().position(|&c| c == '\n').map_or(characters.len(), |at| ends + at);
    let lower = |from: usize, to: usize| characters[from..to].iter().collect::<String>().to_lowercase();
    match purpose_said(&lower(line_start, line_end)) {
        For::Unsaid => purpose_said(&lower(begins.saturating_sub(AROUND), line_end)),
        said => said,
    }
}

/// Phone numbers and mail addresses, as ranges of characters.
fn contacts(characters: &[char]) -> Vec<(usize, usize, Means)> {
    let mut found = Vec::new();
    let mail = |c: char| c.is_ascii_alphanumeric() || "._-+@".contains(c);
    let mut at = 0;
    // A run of letters is looked at once: what is no address is not looked through again from each of its letters.
    let mut no_mail_before = 0;
    while at < characters.len() {
        let here = characters[at];
        if at >= no_mail_before && mail(here) {
            let ends = (at..characters.len()).find(|&to| !mail(characters[to])).unwrap_or(characters.len());
            let word: String = characters[at..ends].iter().collect();
            if is_mail(&word) {
                found.push((at, ends, Means::Mail));
                at = ends;
                continue;
            }
            no_mail_before = ends;
        }
        if here.is_ascii_digit()
            && !at.checked_sub(1).is_some_and(|before| characters[before].is_ascii_alphanumeric())
        {
            let part = |c: char| c.is_ascii_digit() || c == '-' || c == ' ';
            let ends = (at..characters.len()).find(|&to| !part(characters[to])).unwrap_or(characters.len());
            let word: String = characters[at..ends].iter().collect();
            if is_phone(word.trim_end_matches(['-', ' '])) {
                found.push((at, at + word.trim_end_matches(['-', ' ']).chars().count(), Means::Phone));
            }
            at = ends.max(at + 1);
            continue;
        }
        at += 1;
    }
    found
}

fn is_mail(word: &str) -> bool {
    word.trim_matches('.').split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty())
    })
}

/// A service number (400…, 800…, 95…, 12315 and the like), a landline with its area, or a mobile number.
fn is_phone(word: &str) -> bool {
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let service = digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
    let short = digits.len() == 5 && digits.starts_with("95");
    let landline = (10..=12).contains(&digits.len()) && digits.starts_with('0') && !digits.starts_with("00");
    let mobile = digits.len() == 11
        && digits.starts_with('1')
        && digits.chars().nth(1).is_some_and(|c| ('3'..='9').contains(&c));
    service || short || landline || mobile
}

/// Returns the days of a sentence: working days before others.
fn days_in(lower: &str) -> Option<Days> {
    let all = days::all_in(lower);
    all.iter().find(|days| days.working).or(all.first()).copied()
}

#[cfg(test)]
#[path = "channel_tests.rs"]
mod tests;
