//! What a policy promises never to do, read sentence by sentence. Whatever has a condition is left out: a promise is one
//! that a single request can break.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::language::sentences::sentences;
use crate::text::has_word;
use crate::traffic::kinds;

/// What is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// A kind is never collected.
    Never,
    /// A kind stays on the device.
    Local,
    /// Nothing, or a kind, is given to third parties.
    Nobody,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    promises: BTreeMap<Promise, Vec<String>>,
    exceptions: Vec<String>,
    others: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("promises.yaml")).expect("promises.yaml is checked by a test")
});

/// One promise of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promised {
    pub promise: Promise,
    /// Words of the kinds that it is about; empty where it is about all.
    pub kinds: Vec<&'static str>,
    pub sentence: String,
}

/// Finds the promises of a policy's text.
pub fn find_promises(text: &str) -> Vec<Promised> {
    let lower = text.to_lowercase();
    let all: Vec<&str> = sentences(&lower).collect();
    let mut found = Vec::new();
    for (at, sentence) in all.iter().enumerate() {
        let holds = |words: &[String]| words.iter().any(|word| sentence.contains(word.as_str()));
        if holds(&WORDS.exceptions) || holds(&WORDS.others) {
            continue;
        }
        // The next sentence may take back what this one says: "but not where …".
        let next = all.get(at + 1).copied().unwrap_or_default();
        if ["但", "除", "以下", "下列", "however", "except"].iter().any(|word| next.starts_with(word)) {
            continue;
        }
        let Some((promise, _)) = WORDS.promises.iter().find(|(_, words)| holds(words)) else { continue };
        let kinds: Vec<&'static str> = kinds::all()
            .iter()
            .filter(|kind| kind.is_definite() && kind.named.iter().any(|word| has_word(sentence, word)))
            .map(|kind| kind.kind.as_str())
            .collect();
        if kinds.is_empty() && *promise != Promise::Nobody {
            continue;
        }
        let sentence = sentence.chars().take(160).collect();
        found.push(Promised { promise: *promise, kinds, sentence });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Promise, Vec<&'static str>)> {
        find_promises(text).into_iter().map(|promised| (promised.promise, promised.kinds)).collect()
    }

    #[test]
    fn plain_promises_are_found() {
        assert_eq!(found("我们不会收集您的通讯录。"), [(Promise::Never, vec!["contact"])]);
        assert_eq!(found("剪贴板内容仅在本地识别，不会上传。"), [(Promise::Local, vec!["clipboard"])]);
        assert_eq!(found("我们不会向第三方提供您的个人信息。"), [(Promise::Nobody, vec![])]);
    }

    #[test]
    fn promises_with_conditions_are_none() {
        for text in [
            "未经您同意，我们不会收集您的位置。",
            "除法律规定外，我们不会向第三方提供您的个人信息。",
            "我们不会收集与服务无关的手机号。",
            "若您拒绝，我们不会获取您的位置。",
            "我们不会主动向第三方提供您的信息。",
            "我们不会与第三方共享您的信息。但以下情形除外：",
            "我们不会收集儿童的手机号。",
            "关闭后不会上传您的位置。",
            "我们收集您的手机号。",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
