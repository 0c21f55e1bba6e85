//! Whether a policy names who receives something, and what.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::case::Case;
use crate::language::sentences::sentences;
use crate::language::signs::SIGNS;
use crate::text::{Bilingual, both, has_word};
use crate::traffic::kind;
use crate::traffic::party::Party;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Types {
    with: Vec<String>,
    types: BTreeMap<String, Vec<String>>,
}

static TYPES: LazyLock<Types> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("types.yaml")).expect("types.yaml is checked by a test")
});

/// How far a policy names a receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// By a name, with the sentence.
    ByName(String),
    /// By its type only, with the sentence.
    ByType(String),
    /// A list that may name it was not read.
    InAnotherList,
    Nowhere,
}

/// Returns how far a policy's text names a party.
pub fn find_named(text: &str, party: &Party) -> Named {
    let lower = text.to_lowercase();
    let mut names: Vec<String> = vec![party.domain.to_lowercase()];
    if let Some(company) = &party.company {
        names.extend(company.names().map(str::to_lowercase));
    }
    for sentence in sentences(&lower) {
        if names.iter().any(|name| name.chars().count() >= 2 && has_word(sentence, name)) {
            return Named::ByName(sentence.trim().chars().take(160).collect());
        }
    }
    let kind = party.company.as_ref().map(|company| company.kind.as_str()).unwrap_or_default();
    if let Some(words) = TYPES.types.get(kind) {
        let by_type = |sentence: &&str| {
            words.iter().any(|word| sentence.contains(word.as_str()))
                && TYPES.with.iter().any(|word| sentence.contains(word.as_str()))
        };
        if let Some(sentence) = sentences(&lower).find(by_type) {
            return Named::ByType(sentence.trim().chars().take(160).collect());
        }
    }
    let bare: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    if SIGNS.lists_of_partners.iter().any(|list| bare.contains(list.as_str())) {
        Named::InAnotherList
    } else {
        Named::Nowhere
    }
}

/// Tells whether a policy's text names a kind of information by any of its words.
pub fn names_kind(text: &str, word: &str) -> bool {
    let lower = text.to_lowercase();
    kind(word).named.iter().any(|named| has_word(&lower, named))
}

/// Returns the policy's text with its entry, or why nothing can be said of what it names.
pub fn policy_of<'c>(case: &'c Case<'_>) -> Result<(u64, &'c str), Option<Bilingual>> {
    match case.policy_text() {
        Some((seq, text)) if !text.trim().is_empty() => Ok((seq, text)),
        _ if case.has_no_policy() => Err(None),
        _ => Err(Some(both("the policy's text was not read", "没有读到隐私政策的文本"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traffic::party::{Declared, Parties};

    fn named(text: &str, host: &str) -> Named {
        let parties = Parties::of("https://shop.example/", &Declared::default());
        find_named(text, &parties.of_host(host))
    }

    #[test]
    fn a_receiver_is_named_by_any_of_its_names_or_by_its_type() {
        assert!(matches!(named("我们接入了友盟+SDK。", "a.umeng.com"), Named::ByName(_)));
        assert!(matches!(named("We use the UMENG SDK", "a.umeng.com"), Named::ByName(_)));
        assert!(matches!(named("我们与第三方统计服务商合作", "a.umeng.com"), Named::ByType(_)));
        assert_eq!(named("我们会统计使用情况", "a.umeng.com"), Named::Nowhere);
        assert_eq!(named("详见《第三方SDK 清单》", "a.umeng.com"), Named::InAnotherList);
        assert_eq!(named("详见 SDK 列表", "a.umeng.com"), Named::InAnotherList);
        assert_eq!(named("我们使用 Lineage 服务", "line.me"), Named::Nowhere, "a part of a word is no name");
    }

    #[test]
    fn a_kind_is_named_by_any_of_its_words() {
        assert!(names_kind("我们收集您的手机号", "phone"));
        assert!(names_kind("包括 IMEI、Android ID", "android_id"));
        assert!(!names_kind("machine learning", "mac"), "a part of a word is no name");
    }
}
