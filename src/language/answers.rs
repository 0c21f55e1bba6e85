//! What an app or an operator answers to something that was sent: that a field must be filled in, that a person looks at it
//! first. The words are data in `answers.yaml`.

use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    insists: Vec<String>,
    by_hand: Vec<String>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("answers.yaml")).expect("answers.yaml is checked by a test")
});

fn has_one_of(text: &str, words: &[String]) -> bool {
    let lower = text.to_lowercase();
    words.iter().any(|word| lower.contains(word.as_str()))
}

/// Tells whether an answer says that a field must be filled in.
pub fn insists(answer: &str) -> bool {
    has_one_of(answer, &DATA.insists)
}

/// Tells whether a word is one by which an answer insists.
pub fn is_insisting_word(word: &str) -> bool {
    DATA.insists.iter().any(|known| known.contains(word))
}

/// Tells whether an answer says that a person looks at it first.
pub fn is_by_hand(answer: &str) -> bool {
    has_one_of(answer, &DATA.by_hand)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_read_and_told_apart() {
        assert!(insists("请选择性别") && insists("Gender is required") && !insists("注册成功"));
        assert!(
            is_by_hand("昵称审核中") && is_by_hand("Your change is under review") && !is_by_hand("已保存")
        );
        assert!(is_insisting_word("请选择") && !is_insisting_word("性别"));
    }
}
