//! Sentences of a document with every word of `words.yaml` and `kinds.yaml` that stands in them, found in one pass, and with
//! what the headings above say that they are about. Every reader asks these.

use super::document::{BlockKind, Document};
use super::folding::fold;
use super::kinds::{self, Named};
pub use super::words::{Hit, Hits, Set, words_of};
use crate::language::sentences::sentences_with_places;

/// What the headings above a sentence say that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Collecting,
    Sharing,
    Rights,
    Security,
    Children,
    Retention,
    Contact,
    Changes,
    Definitions,
    Exemptions,
    Cookies,
    Permissions,
    Unsaid,
}

/// A sentence with everything that stands in it.
#[derive(Debug)]
pub struct Marked<'d> {
    /// As it is, white space around it and its end left out.
    pub text: &'d str,
    pub folded: String,
    /// Where it begins in the document (characters).
    pub at: usize,
    /// The block in which it stands.
    pub block: usize,
    pub hits: Hits,
    pub kinds: Vec<Named>,
    pub section: Section,
}

/// Longest sentence that is read as one (characters; ours): what is longer has no marks, and is cut.
const LONGEST: usize = 3000;

impl<'d> Marked<'d> {
    /// Marks every sentence of a document; a row of a table is one sentence.
    pub fn all_of(document: &'d Document) -> Vec<Marked<'d>> {
        let mut all = Vec::new();
        let headings: Vec<Option<Section>> = document
            .blocks
            .iter()
            .map(|block| (block.kind == BlockKind::Heading).then(|| section_said(&block.text)).flatten())
            .collect();
        for (number, block) in document.blocks.iter().enumerate() {
            let own = (block.kind == BlockKind::Heading).then_some(number);
            let section = section_of(&headings, block.headings.iter().copied().chain(own));
            let mut add = |from: usize, text: &'d str| {
                let white = text.chars().take_while(|c| c.is_whitespace()).count();
                let text = text.trim();
                if text.is_empty() {
                    return;
                }
                let folded = fold(text);
                let (hits, kinds) = (Hits::of(&folded), kinds::find(&folded));
                let at = block.at + from + white;
                all.push(Marked { text, folded, at, block: number, hits, kinds, section });
            };
            if block.kind == BlockKind::Row {
                add(0, cut(&block.text, LONGEST).0);
                continue;
            }
            for (from, sentence) in sentences_with_places(&block.text) {
                let mut from = from;
                for part in split_english(sentence) {
                    let mut rest = part;
                    while !rest.is_empty() {
                        let (head, tail) = cut(rest, LONGEST);
                        add(from, head.trim_end_matches(['。', '；', ';', '！', '!']));
                        from += head.chars().count();
                        rest = tail;
                    }
                }
            }
        }
        all
    }

    /// Tells whether a word of a list stands in it.
    pub fn has(&self, set: Set) -> bool {
        self.hits.has(set)
    }

    /// Tells whether a word of one of these lists stands in it.
    pub fn has_any(&self, sets: &[Set]) -> bool {
        self.hits.has_any(sets)
    }
}

/// Cuts a text after so many characters.
fn cut(text: &str, most: usize) -> (&str, &str) {
    if text.len() <= most {
        return (text, "");
    }
    text.char_indices().nth(most).map_or((text, ""), |(at, _)| text.split_at(at))
}

/// Parts English sentences, which end with a full stop before white space and a capital.
fn split_english(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut begun = 0;
    for (at, _) in text.match_indices(". ") {
        let next = text[at + 2..].trim_start().chars().next();
        let long_word = text[begun..at].chars().rev().take_while(char::is_ascii_alphanumeric).count() > 1;
        if next.is_some_and(char::is_uppercase) && long_word {
            parts.push(&text[begun..at + 2]);
            begun = at + 2;
        }
    }
    parts.push(&text[begun..]);
    parts
}

/// Says what a heading is about, by its own words.
fn section_said(heading: &str) -> Option<Section> {
    let hits = Hits::of(&fold(heading));
    let order = [
        (Set::HeadChild, Section::Children),
        (Set::HeadExempt, Section::Exemptions),
        (Set::HeadDefinition, Section::Definitions),
        (Set::HeadContact, Section::Contact),
        (Set::HeadRights, Section::Rights),
        (Set::HeadShare, Section::Sharing),
        (Set::HeadCookie, Section::Cookies),
        (Set::HeadRetention, Section::Retention),
        (Set::HeadPermission, Section::Permissions),
        (Set::HeadCollect, Section::Collecting),
        (Set::HeadSecurity, Section::Security),
        (Set::HeadChange, Section::Changes),
    ];
    order.into_iter().find(|(set, _)| hits.has(*set)).map(|(_, section)| section)
}

/// Says what a block is about: by the lowest heading that says so. A function of the app that is called "security" or
/// "update" in the chapter on collecting is still about collecting.
fn section_of(headings: &[Option<Section>], path: impl DoubleEndedIterator<Item = usize> + Clone) -> Section {
    let mut said = path.rev().filter_map(|at| headings[at]);
    match said.next() {
        Some(low @ (Section::Security | Section::Changes)) => match said.next() {
            Some(Section::Collecting) => Section::Collecting,
            _ => low,
        },
        Some(section) => section,
        None => Section::Unsaid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_marked_with_their_words_places_and_sections() {
        let document = crate::policy::plain::read(
            "一、我们如何收集信息\n注册时，我们收集您的手机号码。我们不会读取通讯录！\n二、您的权利\n您可以删除头像。",
        );
        let all = Marked::all_of(&document);
        let texts: Vec<&str> = all.iter().map(|marked| marked.text).collect();
        assert_eq!(
            texts,
            [
                "一、我们如何收集信息",
                "注册时，我们收集您的手机号码",
                "我们不会读取通讯录",
                "二、您的权利",
                "您可以删除头像"
            ]
        );
        assert_eq!(all[1].section, Section::Collecting);
        assert_eq!(all[4].section, Section::Rights);
        assert!(all[1].has(Set::Collect) && all[2].has(Set::DenyCollect) && all[4].has(Set::RightDelete));
        assert_eq!(all[1].kinds[0].kind().kind, "phone_number");
        for marked in &all {
            assert!(document.passage(marked.at, 400).starts_with(marked.text), "{}", marked.at);
        }
    }

    #[test]
    fn english_sentences_end_with_a_full_stop_and_a_capital() {
        assert_eq!(split_english("We collect e.g. names. You may ask.").len(), 2);
        assert_eq!(split_english("Version 1.2 is used").len(), 1);
    }
}
