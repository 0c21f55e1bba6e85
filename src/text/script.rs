//! Which script a text is written in: simplified Chinese, traditional Chinese, or another.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// A script, as far as it matters to a reader in mainland China.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Script {
    Simplified,
    Traditional,
    /// Hardly any Chinese at all.
    Other,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    simplified: String,
    traditional: String,
}

static SETS: LazyLock<[HashSet<char>; 2]> = LazyLock::new(|| {
    let data: Data = serde_saphyr::from_str(include_str!("scripts.yaml"))
        .expect("the characters ship inside the program and a test reads them");
    [data.simplified, data.traditional].map(|all| all.chars().filter(|c| !c.is_whitespace()).collect())
});

/// Letters that a text must have before its script is told (ours).
const FEWEST_LETTERS: usize = 8;
/// Under this share of ideographs a text is not Chinese: English with a Chinese name in it (ours). A word of Latin
/// letters has about five where Chinese has two.
const LEAST_CHINESE: f64 = 0.15;

/// The script of a text; `None` where it is too short, or where every character is the same in both scripts.
pub fn of(text: &str) -> Option<Script> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < FEWEST_LETTERS {
        return None;
    }
    let ideographs = text.chars().filter(|&c| is_ideograph(c)).count();
    if (ideographs as f64) < LEAST_CHINESE * letters as f64 {
        return Some(Script::Other);
    }
    let [simplified, traditional] = [0, 1].map(|set| text.chars().filter(|c| SETS[set].contains(c)).count());
    match simplified.cmp(&traditional) {
        std::cmp::Ordering::Greater => Some(Script::Simplified),
        std::cmp::Ordering::Less => Some(Script::Traditional),
        std::cmp::Ordering::Equal => None,
    }
}

/// CJK unified ideographs.
pub fn is_ideograph(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_one_script_only_tell() {
        assert_eq!(of("我们会在您注册账号时收集您的手机号码"), Some(Script::Simplified));
        assert_eq!(of("我們會在您註冊帳號時收集您的手機號碼"), Some(Script::Traditional));
        assert_eq!(of("We collect your phone number, says 王."), Some(Script::Other));
        assert_eq!(
            of("使用 Android ID 与 Wi-Fi 定位 to improve this service 我们的"),
            Some(Script::Simplified)
        );
    }

    #[test]
    fn a_text_that_is_the_same_in_both_tells_nothing() {
        assert_eq!(of("本人已同意上述全部内容的大部分"), Some(Script::Simplified));
        assert_eq!(of("本人同意上述全部安排的大部分"), None);
        assert_eq!(of("同意"), None);
        assert_eq!(of(""), None);
    }

    #[test]
    fn no_character_is_in_both_lists() {
        let [simplified, traditional] = &*SETS;
        assert_eq!(simplified.intersection(traditional).count(), 0);
        assert!(simplified.len() > 1000 && traditional.len() > 1500);
    }
}
