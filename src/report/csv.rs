//! `findings.csv`: a line an item, for spreadsheets (RFC 4180).

use super::form::Form;
use crate::rules::{Finding, Findings, sources};
use crate::text::shown;

/// `findings.csv`.
pub const FORM: Form = Form { file: "findings.csv", write: |_, findings| Ok(write(findings)) };

/// Spreadsheets take a file for UTF-8 only where it begins with this.
const MARK: char = '\u{feff}';
/// Characters of one text of an app that are shown: a cell of a spreadsheet holds 32,767.
const LONGEST: usize = 4_000;

/// Names of the columns, in order.
const COLUMNS: [&str; 19] = [
    "item",
    "verdict",
    "verdict_zh",
    "title",
    "title_zh",
    "reason",
    "reason_zh",
    "confidence",
    "accepted_by",
    "accepted_until",
    "accepted_reason",
    "acceptance_expired",
    "evidence",
    "files",
    "sources",
    "app",
    "platform",
    "target",
    "begun",
];

/// The findings as CSV, one line an item below the names of the columns.
pub fn write(findings: &Findings) -> String {
    let mut out = String::from(MARK);
    push_line(&mut out, COLUMNS.iter().map(|&name| name.to_owned()));
    for finding in &findings.findings {
        push_line(&mut out, cells(finding, findings).into_iter());
    }
    out
}

fn cells(finding: &Finding, findings: &Findings) -> [String; 19] {
    let show = |text: &str| shown(text, LONGEST);
    let entries: Vec<String> =
        finding.evidence.iter().map(|evidence| format!("#{}", evidence.entry)).collect();
    let mut files: Vec<String> = Vec::new();
    for file in finding.evidence.iter().flat_map(|evidence| &evidence.files) {
        let file = show(file);
        if !files.contains(&file) {
            files.push(file);
        }
    }
    let accepted = finding.accepted.as_ref();
    let standing = finding.standing();
    [
        finding.item.to_string(),
        standing.words().to_owned(),
        standing.words_zh().to_owned(),
        show(&finding.title.en),
        show(&finding.title.zh),
        show(&finding.reason.en),
        show(&finding.reason.zh),
        finding.confidence().to_owned(),
        accepted.map(|accepted| show(&accepted.by)).unwrap_or_default(),
        accepted.map(|accepted| accepted.until.to_string()).unwrap_or_default(),
        accepted.map(|accepted| show(&accepted.reason)).unwrap_or_default(),
        accepted.map(|accepted| accepted.expired.to_string()).unwrap_or_default(),
        entries.join(" "),
        files.join(" "),
        sources::sources_line(finding.item).en,
        show(&findings.app),
        show(&findings.platform),
        show(&findings.target),
        findings.begun.to_string(),
    ]
}

fn push_line(out: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.map(|cell| quote(&cell)).collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

/// A cell as it stands in a file. A text that a spreadsheet would reckon out (`=1+1`) gets an apostrophe, which makes it a text.
fn quote(cell: &str) -> String {
    let reckoned = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if reckoned { format!("'{cell}") } else { cell.to_owned() };
    match cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_a_cell_and_never_a_formula() {
        for (cell, expected) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say “a\"b”", "\"say “a\"\"b”\""),
            ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""),
            ("-1", "'-1"),
            ("@x", "'@x"),
            (" x", "\" x\""),
        ] {
            assert_eq!(quote(cell), expected);
        }
    }
}
