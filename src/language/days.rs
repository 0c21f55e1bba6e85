//! Numbers of days that a text promises or asks for, in digits or in Chinese numerals, and whether they are working days.

/// Words for working days, of which some hold a word for days.
const WORKING: [&str; 7] =
    ["工作日", "工作天", "working day", "working-day", "business day", "business-day", "workday"];
const PLAIN: [&str; 4] = ["日", "天", "day", "自然日"];
/// More days than this are no promise but a number beside a word (ours).
const MOST: u32 = 3650;

/// A number of days that a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    pub count: u32,
    /// They are working days.
    pub working: bool,
}

/// Returns every number of days that a text in lower case names, in order. The days of a date are none.
pub fn all_in(lower: &str) -> Vec<Days> {
    let mut found: Vec<(usize, Days)> = Vec::new();
    for (words, working) in [(&WORKING[..], true), (&PLAIN[..], false)] {
        for word in words {
            for (at, _) in lower.match_indices(word) {
                if let Some((begins, count)) = number_before(&lower[..at])
                    && !lower[..begins].trim_end().ends_with('月')
                    && !found.iter().any(|(known, _)| *known == begins)
                {
                    found.push((begins, Days { count, working }));
                }
            }
        }
    }
    found.sort_by_key(|(begins, _)| *begins);
    found.into_iter().map(|(_, days)| days).collect()
}

/// Returns the number that ends a text, and where it begins (bytes): `15个`, `十五个`, `15 `, `(15)`.
fn number_before(text: &str) -> Option<(usize, u32)> {
    const NUMERALS: &str = "零一二三四五六七八九";
    let text = text.trim_end().trim_end_matches(['个', '個', '-', '）', ')', '自', '然']).trim_end();
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        let begins = text.len() - digits;
        return text[begins..].parse().ok().filter(|days| *days <= MOST).map(|days| (begins, days));
    }
    let numeral = |c: char| NUMERALS.contains(c) || "两百十".contains(c);
    let begins = text.trim_end_matches(numeral).len();
    let value = |c: char| match c {
        '两' => Some(2),
        c => NUMERALS.chars().position(|numeral| numeral == c).map(|value| value as u32),
    };
    let (mut sum, mut last) = (0u32, None);
    for c in text[begins..].chars() {
        match c {
            '百' => sum += 100 * last.take().unwrap_or(1),
            '十' => sum += 10 * last.take().unwrap_or(1),
            c if last.is_none() => last = value(c),
            // Two numerals in a row are no number of this kind: 二〇二六 and the like.
            _ => return None,
        }
        if last == Some(0) {
            last = None;
        }
    }
    let days = sum + last.unwrap_or(0);
    (days > 0 && days <= MOST).then_some((begins, days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_digits_and_in_numerals() {
        for (text, expected) in [
            ("15个工作日内", vec![(15, true)]),
            ("三十个工作日内完成注销", vec![(30, true)]),
            ("十五日内回复", vec![(15, false)]),
            ("一百二十天", vec![(120, false)]),
            ("两个工作日", vec![(2, true)]),
            ("一百零五天", vec![(105, false)]),
            ("within 20 working days", vec![(20, true)]),
            ("7-day period, then 3 business days", vec![(7, false), (3, true)]),
            ("30个自然日", vec![(30, false)]),
            ("将于12月31日生效", vec![]),
            ("二〇二六年", vec![]),
            ("每天", vec![]),
            ("星期日", vec![]),
        ] {
            let found: Vec<(u32, bool)> =
                all_in(text).iter().map(|days| (days.count, days.working)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
