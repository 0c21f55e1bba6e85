//! Words in running text.

/// Tells whether a word stands in a text of the same case: one of letters and digits as a word of its own, one of ideographs
/// anywhere.
pub fn has_word(text: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let free = |at: usize| {
        let (before, after) = (text[..at].chars().next_back(), text[at + word.len()..].chars().next());
        let begins = word.chars().next();
        let ends = word.chars().next_back();
        !(part(begins) && part(before) || part(ends) && part(after))
    };
    !word.is_empty() && text.match_indices(word).any(|(at, _)| free(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_letters_stands_alone_and_one_of_ideographs_anywhere() {
        assert!(has_word("our mac address", "mac") && has_word("包括MAC地址".to_lowercase().as_str(), "mac"));
        assert!(!has_word("machine", "mac") && !has_word("", "mac") && !has_word("mac", ""));
        assert!(has_word("收集手机号码", "手机号"));
        assert!(has_word("用友盟+统计", "友盟+"));
    }
}
