//! Plain text and Markdown as a [`Document`]: a line is a block, and places are those of the text itself.

use super::document::{BlockKind, Builder, Document};
use super::outline;

/// Reads a text, a line per block. Markdown's marks for headings, lists and tables are known.
pub fn read(text: &str) -> Document {
    let mut builder = Builder::default();
    let mut in_table = false;
    for line in text.split_inclusive(['\n', '\r']) {
        let body = line.trim_end_matches(['\n', '\r']);
        let ends = &line[body.len()..];
        let bare = body.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
        if bare.is_empty() {
            builder.skip(line);
            continue;
        }
        let begins = body.find(bare).unwrap_or(0);
        builder.skip(&body[..begins]);
        let after = &body[begins + bare.len()..];
        let row = is_row(bare);
        if row && is_rule(bare) {
            builder.skip(bare);
        } else if row {
            builder.add(BlockKind::Row, &as_cells(bare), 0, !in_table);
            in_table = true;
        } else {
            let (kind, level) = kind_of(bare);
            builder.add(kind, bare, level, false);
        }
        in_table &= row;
        builder.skip(after);
        builder.skip(ends);
    }
    builder.finish()
}

fn kind_of(line: &str) -> (BlockKind, u8) {
    let marks = line.chars().take_while(|c| *c == '#').count();
    if (1..=6).contains(&marks) && line[marks..].starts_with([' ', '\t']) {
        return (BlockKind::Heading, marks as u8);
    }
    let emphasised = line.trim_matches(['*', '_']);
    match outline::heading_level(emphasised) {
        Some(level) => (BlockKind::Heading, level),
        None if outline::is_entry(line) => (BlockKind::Item, 0),
        None => (BlockKind::Paragraph, 0),
    }
}

/// Tells whether a line is a row of a table: cells between tabs or upright strokes.
fn is_row(line: &str) -> bool {
    line.matches('\t').count() >= 1 && line.split('\t').filter(|cell| !cell.trim().is_empty()).count() >= 2
        || line.matches('|').count() >= 2
}

/// Tells whether a row is only the line under a table's head.
fn is_rule(line: &str) -> bool {
    line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// Puts a row's cells between tabs, without changing how many characters there are.
fn as_cells(line: &str) -> String {
    if line.contains('\t') {
        return line.to_owned();
    }
    line.replace('|', "\t")
}
