//! The parts of an app's files that only some variants have.
//!
//! `[[if preticked]]checked[[end]]` stands where the variant has the flag, `[[if not preticked]]` where it has not,
//! `[[else]]` between two. They may stand inside of each other.

use std::collections::BTreeSet;

/// Chooses the parts of a text that flags ask for.
///
/// # Panics
/// Where a mark is opened and not closed, or the other way round: the app is written wrongly.
pub fn choose(text: &str, flags: &BTreeSet<String>) -> String {
    let mut out = String::with_capacity(text.len());
    // Whether each part that is open is chosen.
    let mut open: Vec<bool> = Vec::new();
    let mut rest = text;
    while let Some((mark, at, len)) = next_mark(rest) {
        if open.iter().all(|&chosen| chosen) {
            out.push_str(&rest[..at]);
        }
        rest = &rest[at + len..];
        match mark {
            Mark::If(flag) => open.push(match flag.strip_prefix("not ") {
                Some(flag) => !flags.contains(flag),
                None => flags.contains(flag),
            }),
            Mark::Else => {
                let last = open.last_mut().expect("[[else]] stands in a part");
                *last = !*last;
            }
            Mark::End => drop(open.pop().expect("[[end]] closes a part")),
        }
    }
    assert!(open.is_empty(), "a part is not closed by [[end]]");
    out + rest
}

/// Returns every flag that a text asks for.
pub fn flags_of(text: &str) -> BTreeSet<String> {
    let mut flags = BTreeSet::new();
    let mut rest = text;
    while let Some((mark, at, len)) = next_mark(rest) {
        if let Mark::If(flag) = mark {
            flags.insert(flag.strip_prefix("not ").unwrap_or(flag).to_owned());
        }
        rest = &rest[at + len..];
    }
    flags
}

enum Mark<'t> {
    If(&'t str),
    Else,
    End,
}

/// Finds the next mark, where it stands, and how long it is.
fn next_mark(text: &str) -> Option<(Mark<'_>, usize, usize)> {
    let mut from = 0;
    while let Some(at) = text[from..].find("[[").map(|at| from + at) {
        let inside = &text[at + 2..];
        if let Some(end) = inside.find("]]") {
            let mark = match &inside[..end] {
                "else" => Some(Mark::Else),
                "end" => Some(Mark::End),
                other => other.strip_prefix("if ").map(Mark::If),
            };
            if let Some(mark) = mark {
                return Some((mark, at, end + 4));
            }
        }
        from = at + 1;
    }
    None
}

#[test]
fn parts_are_chosen_by_flags() {
    let flags = BTreeSet::from(["a".to_owned()]);
    for (text, chosen) in [
        ("x[[if a]]1[[end]]y", "x1y"),
        ("x[[if b]]1[[else]]2[[end]]y", "x2y"),
        ("[[if not a]]1[[end]][[if not b]]2[[end]]", "2"),
        ("[[if a]]1[[if b]]2[[end]]3[[end]]", "13"),
        ("[[if b]]1[[if a]]2[[end]]3[[end]]4", "4"),
        ("const rows = [[1, 2], [3, 4]];", "const rows = [[1, 2], [3, 4]];"),
        ("[[[if a]]1[[end]]]", "[1]"),
    ] {
        assert_eq!(choose(text, &flags), chosen, "{text}");
    }
    assert_eq!(flags_of("[[if a]][[end]][[if not b]][[end]]"), BTreeSet::from(["a".into(), "b".into()]));
}
