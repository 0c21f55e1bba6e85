//! Text made the same before its words are compared: width of letters, case, and spaces beside ideographs.

/// Folds a text for comparison: lower case, letters and digits of full width as ASCII, colons, brackets and commas as
/// Chinese ones, no white space beside ideographs. A tab, which parts cells, stays.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        let c = match c {
            '\t' => '\t',
            // Markdown's marks for bold words, and marks that are not seen.
            '*' | '`' | '\u{200b}' | '\u{feff}' | '\u{200c}' | '\u{200d}' => continue,
            c if c.is_whitespace() => {
                gap = true;
                continue;
            }
            ':' => '：',
            '(' => '（',
            ')' => '）',
            ',' => '，',
            '!' => '！',
            '?' => '？',
            ';' => '；',
            '\u{ff01}'..='\u{ff5e}' if !"，：；（）！？".contains(c) => {
                char::from_u32(c as u32 - 0xfee0).unwrap_or(c).to_ascii_lowercase()
            }
            '\u{2019}' => '\'',
            c => c.to_ascii_lowercase(),
        };
        if gap
            && c.is_ascii_graphic()
            && folded.chars().next_back().is_some_and(|last| last.is_ascii_graphic())
        {
            folded.push(' ');
        }
        // A comma in English is followed by a word of its own.
        if gap && c.is_ascii_graphic() && folded.ends_with(['，', '：', '；', '）']) {
            folded.push(' ');
        }
        gap = false;
        folded.push(c);
    }
    folded
}

/// Tells whether what stands between two places is a word by itself, where it begins and ends with an English letter.
pub fn stands_alone(text: &str, from: usize, to: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let word = &text[from..to];
    let begins = !letter(word.chars().next()) || !letter(text[..from].chars().next_back());
    let ends = !letter(word.chars().next_back()) || !letter(text[to..].chars().next());
    begins && ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_and_spaces_do_not_count() {
        assert_eq!(fold("ＭＡＣ 地址 (如有)"), "mac地址（如有）");
        assert_eq!(fold("您的 手机 号"), "您的手机号");
        assert_eq!(fold("Your  Phone\nnumber, e-mail"), "your phone number， e-mail");
        assert_eq!(fold("名称\t目的"), "名称\t目的");
    }

    #[test]
    fn english_words_stand_alone_and_chinese_ones_need_not() {
        assert!(!stands_alone("carrier", 0, 3) && stands_alone("a car.", 2, 5));
        assert!(stands_alone("收集imei等", 6, 10) && stands_alone("收集信息", 0, 6));
    }
}
