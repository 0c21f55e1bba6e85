//! Text of an app, made fit to be shown to a person or a program.

use std::iter::Peekable;
use std::str::Chars;

/// Makes text of an app fit to be shown: one line, without anything that a terminal, an XML reader or
/// an eye would take for something else.
///
/// Escape sequences that move or colour go, line breaks and tabs become spaces, controls that are left
/// and characters that XML forbids become U+FFFD, and characters that turn the direction of reading are
/// spelt out as `‹U+202E›`.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' => match rest.peek().copied() {
                Some('[') if skip_csi(&mut rest, 1) => {}
                Some(']' | 'P' | 'X' | '^' | '_') if skip_string(&mut rest, 1) => {}
                _ => out.push(char::REPLACEMENT_CHARACTER),
            },
            '\u{9b}' if skip_csi(&mut rest, 0) => {}
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' if skip_string(&mut rest, 0) => {}
            '\r' if rest.peek() == Some(&'\n') => {}
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c if turns_direction(c) => out.push_str(&format!("‹U+{:04X}›", c as u32)),
            c if is_plain(c) => out.push(c),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
    out
}

/// [`clean`] text of at most `most` characters. What is longer is cut and says by how much, so that one text of an app
/// cannot drown a report; the recording holds all of it.
pub fn shown(text: &str, most: usize) -> String {
    let cut = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    let mut out = clean(&text[..cut]);
    if cut < text.len() {
        let more = text[cut..].chars().count();
        out.push_str(&format!("… (+{more})"));
    }
    out
}

/// Characters that change the direction in which the text around them is shown.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A character that [`clean`] leaves as it is.
pub fn is_plain(c: char) -> bool {
    !c.is_control() && !turns_direction(c) && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

/// Skips the rest of a control sequence (`31m`) if it is whole; `lead` characters stand before it.
fn skip_csi(rest: &mut Peekable<Chars<'_>>, lead: usize) -> bool {
    let mut ahead = rest.clone();
    let body = ahead.by_ref().skip(lead).find(|c| !('\u{20}'..='\u{3f}').contains(c));
    let whole = body.is_some_and(|last| ('\u{40}'..='\u{7e}').contains(&last));
    if whole {
        *rest = ahead;
    }
    whole
}

/// Skips the rest of a control string (a window's title, a link) if it ends on the same line.
fn skip_string(rest: &mut Peekable<Chars<'_>>, lead: usize) -> bool {
    let mut ahead = rest.clone();
    for _ in 0..lead {
        ahead.next();
    }
    while let Some(c) = ahead.next() {
        match c {
            '\u{7}' | '\u{9c}' => {}
            '\u{1b}' if ahead.peek() == Some(&'\\') => {
                ahead.next();
            }
            '\n' | '\r' | '\u{1b}' => return false,
            _ => continue,
        }
        *rest = ahead;
        return true;
    }
    false
}
