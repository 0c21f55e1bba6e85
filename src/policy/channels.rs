//! By what the operator can be reached: phones of any length, mail, addresses on the web, forms, customer service, accounts
//! of messengers, ways in the app, and post.

use super::clauses::links_in;
use super::document::{BlockKind, Document};
use super::folding::fold;
use super::marks::{Hit, Marked, Section, Set, words_of};
use super::statement::{Channel, Fact, Serves, Statement};
use crate::language::channel::{self, For};

/// Characters before a number within which a word says that it is a phone's (ours).
const PHONE_WORDS: usize = 14;
/// Characters around a contact that say what it is for, where its sentence does not (ours).
const AROUND: usize = 60;

/// Reads the statements on channels.
pub fn read(document: &Document, sentences: &[Marked<'_>], found: &mut Vec<Statement>) {
    for (at, sentence) in sentences.iter().enumerate() {
        let mut add = |means: Channel, says: &str, sure: bool| {
            let serves = serves(document, sentences, at, says);
            let says: String = says.chars().take(80).collect();
            let fact = Fact::Channel { means, says, serves };
            found.push(Statement::new(fact, document, sentence).sure_if(sure));
        };
        let mut numbers: Vec<String> = Vec::new();
        for contact in channel::in_text(sentence.text) {
            let means = match contact.means {
                channel::Means::Phone => Channel::Phone,
                channel::Means::Mail => Channel::Mail,
                channel::Means::Form => Channel::Form,
            };
            if means == Channel::Phone {
                numbers.push(contact.says.clone());
            }
            let placeholder =
                contact.says.to_lowercase().contains("xxx") || contact.says.contains("example.");
            add(means, &contact.says, !placeholder);
        }
        for number in short_numbers(sentence) {
            if !numbers.iter().any(|known| known.contains(&number)) {
                add(Channel::Phone, &number, true);
            }
        }
        for (means, says, sure) in others(document, sentences, at) {
            add(means, &says, sure);
        }
    }
}

/// Returns numbers of three to eight digits behind a word for phones: 10086, 95516, 8-digit local numbers.
fn short_numbers(sentence: &Marked<'_>) -> Vec<String> {
    if !sentence.has(Set::PhoneWords) {
        return Vec::new();
    }
    let folded = sentence.folded.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        if !folded[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let begins = at;
        while at < folded.len()
            && (folded[at].is_ascii_digit()
                || folded[at] == b'-' && at + 1 < folded.len() && folded[at + 1].is_ascii_digit())
        {
            at += 1;
        }
        let digits: String = sentence.folded[begins..at].chars().filter(char::is_ascii_digit).collect();
        let word = |hit: Hit| {
            hit.ends <= begins
                && sentence.folded[hit.ends..begins].chars().count() <= PHONE_WORDS
                && !sentence.folded[hit.ends..begins].contains(['年', '第', '@'])
        };
        let spoken = sentence.hits.each(Set::PhoneWords).any(word);
        let edge = |c: Option<char>| {
            c.is_none_or(|c| {
                !c.is_ascii_alphanumeric()
                    && !matches!(c, '@' | '.' | '年' | '个' | '天' | '日' | '小' | '：' | '/')
            })
        };
        let alone = edge(sentence.folded[..begins].chars().next_back().filter(|c| *c != '：'))
            && edge(sentence.folded[at..].chars().next());
        if (4..=8).contains(&digits.len()) && spoken && alone {
            found.push(sentence.folded[begins..at].to_owned());
        }
    }
    found.truncate(8);
    found
}

/// Returns the channels of a sentence that are no numbers and no mail.
fn others(document: &Document, sentences: &[Marked<'_>], at: usize) -> Vec<(Channel, String, bool)> {
    let sentence = &sentences[at];
    let mut all = Vec::new();
    let contact = sentence.section == Section::Contact;
    let heading = document.blocks[sentence.block].kind == BlockKind::Heading;
    let invites = sentence.has(Set::Invites);
    let reaches = [
        "联系",
        "投诉",
        "举报",
        "反馈",
        "咨询",
        "找我们",
        "提交",
        "申请",
        "contact",
        "complain",
        "reach",
        "feedback",
        "write to",
    ]
    .iter()
    .any(|word| sentence.folded.contains(word));
    if heading || sentence.section == Section::Sharing && !reaches || sentence.has(Set::Sdk) {
        return all;
    }
    for (begins, link) in links_in(sentence.text) {
        let before: String = fold(&sentence.text[..begins])
            .chars()
            .rev()
            .take(40)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        let asked = [
            "联系", "投诉", "举报", "反馈", "客服", "咨询", "表单", "官网", "网站", "网址", "网页", "登录",
            "访问", "通过", "contact", "complain", "feedback", "form", "visit",
        ]
        .iter()
        .any(|word| before.contains(word));
        if (contact || reaches) && asked && !sentence.has(Set::StateHotline) {
            all.push((Channel::Web, link, reaches));
        }
    }
    let word_of = |set: Set| {
        let hit = sentence.hits.first(set)?;
        Some(sentence.folded[hit.begins..hit.ends].to_owned())
    };
    let reached_by = contact || reaches && sentence.has_any(&[Set::SaysRight, Set::Invites]);
    if reached_by && let Some(word) = word_of(Set::Chat) {
        all.push((Channel::Chat, word, true));
    }
    if (contact || reaches)
        && let Some(word) = word_of(Set::Account)
    {
        let named = name_behind(&sentence.folded, &word);
        let sure = named.is_some();
        all.push((Channel::Account, named.unwrap_or(word), sure));
    }
    let on_the_web = all.iter().any(|(means, ..)| *means == Channel::Web);
    if (contact || reaches)
        && invites
        && !on_the_web
        && let Some(word) = word_of(Set::Form)
    {
        let path = sentence.text.contains(['-', '>', '—', '→', '–']) || sentence.has(Set::WayApp);
        let means = if path { Channel::InApp } else { Channel::Form };
        let named = path
            || ["通过", "提交", "填写", "点击", "via", "use our", "fill"]
                .iter()
                .any(|word| sentence.folded.contains(word));
        if named {
            all.push((means, word, true));
        }
    }
    if (contact || ["寄", "邮编", "postal", "by post"].iter().any(|word| sentence.folded.contains(word)))
        && !sentence.has(Set::CondPaper)
        && let Some(word) = word_of(Set::Post)
    {
        let place = ["路", "号", "街", "大厦", "室", "区", "road", "street"]
            .iter()
            .any(|word| sentence.folded.contains(word));
        if place {
            all.push((Channel::Post, word, true));
        }
    }
    all
}

/// Returns the name of a messenger's account that stands behind the word for it.
fn name_behind(folded: &str, word: &str) -> Option<String> {
    let rest = &folded[folded.find(word)? + word.len()..];
    let rest = rest.trim_start_matches(['：', '“', '「', '【', ' ', '为', '是', '（', '"', '号']);
    let name: String =
        rest.chars().take_while(|c| c.is_alphanumeric() || "_-·+".contains(*c)).take(20).collect();
    (name.chars().count() >= 2).then(|| format!("{word}：{name}"))
}

/// Says what a contact is for: by its sentence, else by what stands around it.
fn serves(document: &Document, sentences: &[Marked<'_>], at: usize, says: &str) -> Serves {
    let sentence = &sentences[at];
    let state = words_of(Set::StateHotline);
    let digits: String = says.chars().filter(char::is_ascii_digit).collect();
    if digits.len() == 5 && state.contains(&digits) {
        return Serves::State;
    }
    let own = format!("{} {}", document.section_of(sentence.block).join(" "), sentence.text).to_lowercase();
    let in_table_of_others = sentence.section == Section::Sharing
        && sentence.has_any(&[Set::OthersContact, Set::Sdk])
        && !sentence.folded.contains("投诉");
    if in_table_of_others {
        return Serves::ThirdParty;
    }
    let said = match channel::purpose_said(&sentence.text.to_lowercase()) {
        For::Unsaid => {
            let begins = sentence.at.saturating_sub(AROUND);
            let before = document.passage(begins, sentence.at - begins).to_lowercase();
            match channel::purpose_said(&format!("{before} {}", sentence.text.to_lowercase())) {
                For::Unsaid => channel::purpose_said(&own),
                said => said,
            }
        }
        said => said,
    };
    match said {
        For::Complaints => Serves::Complaints,
        For::Sales => Serves::Sales,
        For::ThirdParty => Serves::ThirdParty,
        // Under "contact us" it is for whoever wants to say something.
        For::Unsaid if sentence.section == Section::Contact => Serves::Complaints,
        For::Unsaid if sentence.has(Set::Invites) => Serves::Complaints,
        For::Unsaid => Serves::Unsaid,
    }
}
