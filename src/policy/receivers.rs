//! Who else receives information: rows of a table, entries of labelled lines, and sentences.

use super::clauses::{companies_in, company_in, links_in, purpose_of};
use super::document::{BlockKind, Document};
use super::folding::fold;
use super::kinds;
use super::marks::{Hits, Marked, Section, Set, words_of};
use super::sdk_names::sdks_in;
use super::statement::{Fact, Statement};

/// Longest name of a receiver (characters; ours).
const NAME: usize = 40;

/// What is known of a receiver so far.
#[derive(Debug, Default, Clone)]
struct Found {
    name: String,
    class_only: bool,
    company: Option<String>,
    kinds: Vec<String>,
    purpose: Option<String>,
    link: Option<String>,
}

/// Reads the statements on receivers.
pub fn read(document: &Document, sentences: &[Marked<'_>], found: &mut Vec<Statement>) {
    let mut open: Option<(Found, usize, bool)> = None;
    for (at, sentence) in sentences.iter().enumerate() {
        let block = &document.blocks[sentence.block];
        if block.kind == BlockKind::Row {
            if let Some(row) = of_row(document, sentence) {
                push(document, sentence, row, true, found);
            }
            continue;
        }
        if let Some((label, value)) = label_of(sentence) {
            if label == Set::LabelName || label == Set::LabelCompany && open.is_none() {
                close(document, sentences, &mut open, found);
                open = Some((Found::default(), at, false));
            }
            if let Some((receiver, _, told)) = &mut open {
                fill(receiver, label, &value);
                *told |= matches!(label, Set::LabelPurpose | Set::LabelKinds | Set::LabelLink);
            }
            continue;
        }
        if sentence.block > open.as_ref().map_or(0, |(_, begun, _)| sentences[*begun].block + 12) {
            close(document, sentences, &mut open, found);
        }
        for (receiver, sure) in of_sentence(document, sentence) {
            push(document, sentence, receiver, sure, found);
        }
    }
    close(document, sentences, &mut open, found);
    merge(found);
}

/// Ends an entry of labelled lines: it is a receiver's where it has a name and says what for, what or where.
fn close(
    document: &Document,
    sentences: &[Marked<'_>],
    open: &mut Option<(Found, usize, bool)>,
    found: &mut Vec<Statement>,
) {
    if let Some((mut receiver, at, told)) = open.take() {
        if receiver.name.is_empty() {
            receiver.name = receiver.company.clone().unwrap_or_default();
        }
        if told && !receiver.name.is_empty() {
            push(document, &sentences[at], receiver, true, found);
        }
    }
}

fn push(document: &Document, sentence: &Marked<'_>, receiver: Found, sure: bool, found: &mut Vec<Statement>) {
    let Found { name, class_only, company, kinds, purpose, link } = receiver;
    let fact = Fact::Receiver { name, class_only, company, kinds, purpose, link };
    found.push(Statement::new(fact, document, sentence).sure_if(sure));
}

/// One receiver once: what later places add to it is added.
fn merge(found: &mut Vec<Statement>) {
    let mut known: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    let mut kept: Vec<Statement> = Vec::new();
    for statement in found.drain(..) {
        let Fact::Receiver { name, company, kinds, purpose, link, .. } = &statement.fact else {
            kept.push(statement);
            continue;
        };
        let key = fold(name).replace("sdk", "");
        match known.get(&key) {
            Some(&at) => {
                if let Fact::Receiver { company: c, kinds: k, purpose: p, link: l, .. } = &mut kept[at].fact {
                    *c = c.take().or_else(|| company.clone());
                    *p = p.take().or_else(|| purpose.clone());
                    *l = l.take().or_else(|| link.clone());
                    for kind in kinds {
                        if !k.contains(kind) {
                            k.push(kind.clone());
                        }
                    }
                }
                kept[at].sure |= statement.sure;
            }
            None => {
                known.insert(key, kept.len());
                kept.push(statement);
            }
        }
    }
    *found = kept;
}

fn kinds_in(folded: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for named in kinds::find(folded) {
        if !all.contains(&named.kind().kind) {
            all.push(named.kind().kind.clone());
        }
    }
    all
}

fn clip(text: &str, most: usize) -> String {
    text.trim_matches([' ', '\t', '：', ':', '，', '。', '“', '”', '•', '·']).chars().take(most).collect()
}

/// A row of a table of receivers: one whose columns name the receiver, and what for or what.
fn of_row(document: &Document, sentence: &Marked<'_>) -> Option<Found> {
    let block = &document.blocks[sentence.block];
    let heads: Vec<Hits> =
        document.blocks[block.columns?].cells().map(|head| Hits::of(&fold(head))).collect();
    let cells: Vec<&str> = block.cells().collect();
    // Each cell belongs to the first thing that its column is named after.
    let order = [Set::ColLink, Set::ColKinds, Set::ColPurpose, Set::ColCompany, Set::ColName];
    let column = |set: Set| {
        heads.iter().position(|head| order.into_iter().find(|other| head.has(*other)) == Some(set))
    };
    let has_names = heads.iter().any(|head| head.has(Set::ColName) && !head.has(Set::ColPermission));
    let others = heads.iter().any(|head| head.has_any(&[Set::Sdk, Set::ColCompany]))
        || sentence.section == Section::Sharing;
    if !has_names || !others || heads.iter().filter(|head| head.has_any(&order)).count() < 2 {
        return None;
    }
    let name_at = column(Set::ColName).or_else(|| column(Set::ColCompany))?;
    let cell = |at: Option<usize>| {
        at.and_then(|at| cells.get(at)).map(|cell| clip(cell, 200)).filter(|cell| !cell.is_empty())
    };
    let name = clip(cells.get(name_at)?, NAME);
    if name.is_empty() || Hits::of(&fold(&name)).has(Set::ColPurpose) && fold(&name).chars().count() <= 4 {
        return None;
    }
    let company = column(Set::ColCompany).filter(|at| *at != name_at);
    Some(Found {
        class_only: is_class(&name),
        name,
        company: cell(company),
        kinds: cell(column(Set::ColKinds)).map(|cell| kinds_in(&fold(&cell))).unwrap_or_default(),
        purpose: cell(column(Set::ColPurpose)),
        link: links_in(&block.text).into_iter().next().map(|(_, link)| link),
    })
}

/// Tells whether a name is only a class of receivers.
fn is_class(name: &str) -> bool {
    let folded = fold(name);
    words_of(Set::ReceiverClass).iter().any(|class| folded == fold(class))
}

/// Parts a line such as `使用目的：推送消息`; `None` where it does not begin with a label.
fn label_of(sentence: &Marked<'_>) -> Option<(Set, String)> {
    let (label, value) = sentence.text.split_once(['：', ':'])?;
    let label = label.trim_matches([' ', '•', '·', '●', '-', '*', '【', '】', '\u{3000}']);
    let label = label.trim_start_matches(|c: char| c.is_ascii_digit() || "（()）.、".contains(c));
    if label.chars().count() > 14 || value.trim().is_empty() {
        return None;
    }
    let folded = fold(label);
    let sets = [Set::LabelKinds, Set::LabelPurpose, Set::LabelLink, Set::LabelCompany, Set::LabelName];
    let set = sets.into_iter().find(|set| words_of(*set).iter().any(|word| fold(word) == folded))?;
    Some((set, value.trim().to_owned()))
}

fn fill(receiver: &mut Found, label: Set, value: &str) {
    match label {
        Set::LabelName => receiver.name = clip(value, NAME),
        Set::LabelCompany => receiver.company = Some(clip(value, NAME)),
        Set::LabelKinds => receiver.kinds = kinds_in(&fold(value)),
        Set::LabelPurpose => receiver.purpose = Some(clip(value, 100)),
        Set::LabelLink => receiver.link = links_in(value).into_iter().next().map(|(_, link)| link),
        _ => {}
    }
}

/// Returns the receivers that a sentence names, each with whether it is plain.
fn of_sentence(document: &Document, sentence: &Marked<'_>) -> Vec<(Found, bool)> {
    let heading = document.blocks[sentence.block].kind == BlockKind::Heading;
    let shares = sentence.has_any(&[Set::Share, Set::Sdk])
        || sentence.section == Section::Sharing && sentence.has(Set::Purpose);
    let denied = sentence.has(Set::DenyShare) && !sentence.has(Set::Purpose);
    let listed = sentence.section == Section::Sharing;
    let away = matches!(sentence.section, Section::Definitions | Section::Children | Section::Contact);
    if !shares || denied || away || sentence.has(Set::Exempt) || sentence.has(Set::Definition) {
        return Vec::new();
    }
    let base = Found {
        kinds: kinds_in(&sentence.folded),
        purpose: purpose_of(sentence),
        link: links_in(sentence.text).into_iter().next().map(|(_, link)| link),
        ..Found::default()
    };
    let company = company_in(sentence.text);
    let mut all = Vec::new();
    for name in sdks_in(sentence.text) {
        // A heading or an entry that only names it is one too: what it gets stands behind it.
        let receiver = Found { name, company: company.clone(), ..base.clone() };
        all.push((receiver, true));
    }
    if !all.is_empty() || heading {
        return all;
    }
    let handed = sentence.has(Set::Share) && (listed || sentence.has(Set::Purpose) || !base.kinds.is_empty());
    if handed {
        for name in companies_in(sentence.text) {
            let receiver = Found { company: Some(name.clone()), name, ..base.clone() };
            // The operator's own name stands in such sentences too.
            all.push((receiver, listed));
        }
    }
    if all.is_empty() && listed && (sentence.has(Set::Share) || sentence.has(Set::Purpose)) {
        for class in words_of(Set::ReceiverClass) {
            let class = fold(class);
            if sentence.folded.contains(&class) && !all.iter().any(|(found, _)| found.name.contains(&class)) {
                let with_kind = !base.kinds.is_empty() || base.purpose.is_some();
                all.push((Found { name: class, class_only: true, ..base.clone() }, with_kind));
            }
        }
        all.retain(|(found, with_kind)| *with_kind && found.name.chars().count() > 1);
    }
    all
}
