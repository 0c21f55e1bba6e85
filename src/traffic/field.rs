//! What stands around a value in a request: its edges, and the name of its field.

use super::forms::Edges;

/// Bytes before a value in which the name of its field is looked for.
const FIELD: usize = 120;
/// Tells whether nothing of the same kind touches what stands from `start` to `end`: the middle of a longer number is not it.
pub(super) fn stands_free(bytes: &[u8], start: usize, end: usize, edges: Edges) -> bool {
    let sides = [start.checked_sub(1).map(|at| bytes[at]), bytes.get(end).copied()];
    let mut sides = sides.into_iter().flatten();
    match edges {
        Edges::Any => true,
        Edges::Word => !sides.any(|byte| byte.is_ascii_alphanumeric()),
        Edges::Digits => !sides.any(|byte| byte.is_ascii_digit()),
    }
}

/// The name of the field whose value stands at a place: what goes before the last `:` or `=`.
pub(super) fn name_field_before(bytes: &[u8], at: usize) -> String {
    let before = &bytes[at.saturating_sub(FIELD)..at];
    let Some(mark) = before.iter().rposition(|byte| matches!(byte, b'=' | b':')) else {
        return String::new();
    };
    // Another value between the name and this one: it belongs to that.
    if before[mark..].iter().any(|byte| matches!(byte, b',' | b'&' | b'{' | b'}' | b';')) {
        return String::new();
    }
    let name = &before[..mark];
    let name = &name
        [..name.iter().rposition(|byte| !matches!(byte, b'"' | b'\'' | b' ' | b'\\')).map_or(0, |at| at + 1)];
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.[]".contains(byte);
    let begin = name.iter().rposition(|byte| !part(byte)).map_or(0, |at| at + 1);
    let name = String::from_utf8_lossy(&name[begin..]).into_owned();
    if name.len() > 60 { String::new() } else { name }
}
