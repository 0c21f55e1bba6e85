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
    let counted = with_places(lower, &[(&WORKING, Measure::WorkingDays), (&PLAIN, Measure::Days)]);
    counted
        .into_iter()
        .map(|period| Days { count: period.count, working: period.unit == Measure::WorkingDays })
        .collect()
}

/// What a period is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    Minutes,
    Hours,
    Days,
    WorkingDays,
    Weeks,
    Months,
    Years,
}

/// A length of time that a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub count: u32,
    pub unit: Measure,
    /// Where it stands (bytes).
    pub begins: usize,
    pub ends: usize,
}

const MINUTES: [&str; 2] = ["分钟", "minute"];
const HOURS: [&str; 2] = ["小时", "hour"];
const WEEKS: [&str; 4] = ["星期", "周", "礼拜", "week"];
const MONTHS: [&str; 4] = ["个月", "個月", "月内", "month"];
const YEARS: [&str; 2] = ["年", "year"];

/// Returns every length of time that a text in lower case names, in order: 24小时, 十五个工作日, 三年. Dates are none.
pub fn periods_in(lower: &str) -> Vec<Period> {
    let all = with_places(
        lower,
        &[
            (&WORKING, Measure::WorkingDays),
            (&PLAIN, Measure::Days),
            (&HOURS, Measure::Hours),
            (&MINUTES, Measure::Minutes),
            (&WEEKS, Measure::Weeks),
            (&MONTHS, Measure::Months),
            (&YEARS, Measure::Years),
        ],
    );
    // 2026年 is a year of the calendar, 三周岁 an age.
    let kept = all.into_iter().filter(|period| match period.unit {
        Measure::Years => period.count <= 100 && !lower[period.ends..].starts_with(['度', '级', '龄']),
        Measure::Weeks => !lower[period.ends..].starts_with('岁'),
        _ => true,
    });
    kept.collect()
}

/// Returns the numbers before these words, in order, each once.
fn with_places(lower: &str, units: &[(&[&str], Measure)]) -> Vec<Period> {
    let mut found: Vec<Period> = Vec::new();
    let mut known = std::collections::BTreeSet::new();
    for (words, unit) in units {
        for word in *words {
            for (at, _) in lower.match_indices(word) {
                if let Some((begins, count)) = number_before(&lower[..at])
                    && !lower[..begins].trim_end().ends_with('月')
                    && known.insert(begins)
                {
                    found.push(Period { count, unit: *unit, begins, ends: at + word.len() });
                }
            }
        }
    }
    found.sort_by_key(|period| period.begins);
    found
}

/// Returns the number that ends a text, and where it begins (bytes): `15个`, `十五个`, `15 `, `(15)`.
fn number_before(text: &str) -> Option<(usize, u32)> {
    const NUMERALS: &str = "零一二三四五六七八九";
    let text = text.trim_end().trim_end_matches(['个', '個', '-', '）', ')', '自', '然']).trim_end();
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 6 {
        return None;
    }
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
    fn periods_are_read_in_every_measure_and_dates_are_none() {
        for (text, expected) in [
            ("24小时内", vec![(24, Measure::Hours)]),
            ("保存三年", vec![(3, Measure::Years)]),
            ("一个月内答复", vec![(1, Measure::Months)]),
            ("两周", vec![(2, Measure::Weeks)]),
            ("15（十五）个工作日", vec![(15, Measure::WorkingDays)]),
            ("2026年1月1日生效", vec![]),
            ("未满14周岁", vec![]),
            ("within 30 days", vec![(30, Measure::Days)]),
        ] {
            let found: Vec<(u32, Measure)> =
                periods_in(text).iter().map(|period| (period.count, period.unit)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

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
