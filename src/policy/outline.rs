//! Telling headings, entries of lists and words that introduce a list apart, by form and numbering alone.

use std::sync::LazyLock;

use regex::Regex;

/// Longest line that is a heading by its number (characters without white space; ours).
const NUMBERED_HEADING: usize = 30;
/// Longest line that is a heading by its want of punctuation (characters; ours).
const BARE_HEADING: usize = 18;

/// How a line can begin, the deepest last: 第三条 · 一、 · （一） · 1. · 1.2 · (1) · a. · ①.
static NUMBERS: LazyLock<Vec<(Regex, u8)>> = LazyLock::new(|| {
    let patterns = [
        (r"^第[一二三四五六七八九十百\d]{1,4}[章部编篇]", 1),
        (
            r"^(第[一二三四五六七八九十百\d]{1,4}[条节]|[一二三四五六七八九十]{1,3}\s*[、.．:：]|[IVX]{1,4}\.\s)",
            2,
        ),
        (r"^[（(][一二三四五六七八九十]{1,3}[）)]", 3),
        (r"^\d{1,2}\s*[.．]\s*\d{1,2}\s*[.．]\s*\d{1,2}", 5),
        (r"^\d{1,2}\s*[.．]\s*\d{1,2}", 4),
        (r"^\d{1,2}\s*[、.．:：)）]", 3),
        (r"^[（(]\d{1,2}[）)]", 6),
        (r"^([a-zA-Z][.、)）]|[①-⑳])", 7),
    ];
    patterns.into_iter().map(|(pattern, level)| (Regex::new(pattern).expect("a pattern"), level)).collect()
});

/// How an entry of a list begins.
static BULLET: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^([•·●○◆■▪\-–—*]\s*|[√>]\s)").expect("a pattern"));

/// Returns the depth of a heading; `None` for a line that is none.
pub fn heading_level(line: &str) -> Option<u8> {
    let line = line.trim();
    let length = line.chars().filter(|c| !c.is_whitespace()).count();
    if !(2..=NUMBERED_HEADING + 6).contains(&length) || line.contains('\t') {
        return None;
    }
    if line.ends_with(['。', '；', ';', '，', ',', '！', '？', '!']) || line.contains(['。', '；']) {
        // "我们如何联系您？" is a heading where it is numbered or short.
        if !line.ends_with(['？', '?']) {
            return None;
        }
    }
    let level = NUMBERS.iter().find(|(number, _)| number.is_match(line)).map(|(_, level)| *level);
    match level {
        Some(_) if length > NUMBERED_HEADING => None,
        Some(_) if line.ends_with(['：', ':']) && length > 20 => None,
        Some(level) => Some(level),
        None if length <= BARE_HEADING && is_bare(line) => Some(2),
        None => None,
    }
}

/// Tells whether a short line without a number has the form of a heading: words alone.
fn is_bare(line: &str) -> bool {
    let bracketed = line.starts_with('【') && line.ends_with('】');
    let plain = !line.contains([
        '：', ':', '，', ',', '@', '/', '—', '-', '>', '|', '“', '”', '【', '】', '；', '、', '=', '_',
    ]);
    let ideographs = line.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    let english = line.chars().next().is_some_and(|c| c.is_ascii_uppercase())
        && !line.ends_with('.')
        && line.split_whitespace().count() <= 6;
    let dated = line.contains('年') && line.contains('月');
    (bracketed || plain) && !dated && (ideographs >= 2 || english) && !BULLET.is_match(line)
}

/// Tells whether a line is an entry of a list.
pub fn is_entry(line: &str) -> bool {
    let line = line.trim_start();
    BULLET.is_match(line) || NUMBERS.iter().any(|(number, level)| *level >= 3 && number.is_match(line))
}

/// Tells whether a block introduces what follows it.
pub fn introduces(text: &str) -> bool {
    let text = text.trim_end();
    if !text.ends_with(['：', ':']) {
        return false;
    }
    let tail: String = text.chars().rev().take(80).collect::<Vec<_>>().into_iter().rev().collect();
    let lower = tail.to_lowercase();
    [
        "以下",
        "如下",
        "下列",
        "包括",
        "分别",
        "这些",
        "有：",
        "为：",
        "信息：",
        "方式：",
        "需要：",
        "following",
        "these",
    ]
    .iter()
    .any(|word| lower.contains(word))
        || text.chars().count() > 12
}
