//! What a policy says is not done, and how far that goes: "we will not … without your consent" denies nothing.

use super::collecting::is_denied;
use super::document::Document;
use super::marks::{Marked, Section, Set};
use super::statement::{Act, Fact, Scope, Statement};

/// Reads the denials.
pub fn read(document: &Document, sentences: &[Marked<'_>], found: &mut Vec<Statement>) {
    for (at, sentence) in sentences.iter().enumerate() {
        let Some((act, set)) = act_of(sentence) else { continue };
        let kinds: Vec<String> = {
            let named =
                sentence.kinds.iter().filter(|named| is_denied(sentence, named) || act == Act::Upload);
            let mut all: Vec<String> = Vec::new();
            named.for_each(|named| {
                if !all.contains(&named.kind().kind) {
                    all.push(named.kind().kind.clone());
                }
            });
            all
        };
        if kinds.is_empty() && !about_information(sentence) {
            continue;
        }
        let scope = scope_of(sentence, sentences.get(at + 1), set);
        // Whose words they are is not plain in what is said of others, of children, or of a right.
        let plain = !matches!(
            sentence.section,
            Section::Sharing
                | Section::Children
                | Section::Rights
                | Section::Exemptions
                | Section::Definitions
        ) || act == Act::Share && sentence.section == Section::Sharing;
        let sure = plain && scope == Scope::Absolute && !sentence.has(Set::Sdk) && !kinds.is_empty();
        found.push(Statement::new(Fact::Denial { act, kinds, scope }, document, sentence).sure_if(sure));
    }
}

/// Returns what is said not to be done; `None` where nothing is.
fn act_of(sentence: &Marked<'_>) -> Option<(Act, Set)> {
    let order = [
        (Act::Upload, Set::DenyUpload),
        (Act::Collect, Set::DenyCollect),
        (Act::Keep, Set::DenyKeep),
        (Act::Share, Set::DenyShare),
    ];
    let first = order.into_iter().filter_map(|(act, set)| Some((sentence.hits.first(set)?.begins, act, set)));
    first.min_by_key(|(begins, ..)| *begins).map(|(_, act, set)| (act, set))
}

/// Tells whether a sentence speaks of personal information in general.
fn about_information(sentence: &Marked<'_>) -> bool {
    [
        "个人信息",
        "您的信息",
        "你的信息",
        "用户信息",
        "personal information",
        "personal data",
        "your information",
    ]
    .iter()
    .any(|word| sentence.folded.contains(word))
}

fn scope_of(sentence: &Marked<'_>, next: Option<&Marked<'_>>, set: Set) -> Scope {
    let excepted = |next: &Marked<'_>| {
        next.block == sentence.block
            && ["但", "除", "以下情形", "下列情形", "如果", "若", "however", "except"]
                .iter()
                .any(|word| next.folded.starts_with(word))
    };
    let list_of_exceptions = sentence.folded.ends_with('：');
    if sentence.has(Set::Condition) || list_of_exceptions || next.is_some_and(excepted) {
        return Scope::Conditional;
    }
    let refused = ["拒绝", "不同意", "不授权", "不开启"].iter().any(|word| {
        let denied = sentence.hits.first(set).map_or(0, |hit| hit.begins);
        sentence.folded.find(word).is_some_and(|at| at < denied)
    });
    if refused {
        return Scope::Conditional;
    }
    let meanwhile =
        sentence.hits.first(set).is_some_and(|hit| sentence.folded[..hit.begins].contains("时，"));
    if sentence.has(Set::ConditionLocal) || sentence.has(Set::Function) || meanwhile {
        return Scope::Local;
    }
    Scope::Absolute
}
