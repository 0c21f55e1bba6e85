//! The findings as a table on the terminal.

use comfy_table::{Cell, Color, ColumnConstraint, ContentArrangement, Table, presets};

use super::clean;
use crate::rules::catalogue::Bilingual;
use crate::rules::{Finding, Findings, Verdict};

/// Where the terminal does not say how wide it is (columns).
const USUAL_WIDTH: u16 = 120;
/// Up to so many items are named in the line that sums them.
const NAMED: usize = 6;
/// Verdicts that get a row each, the weightiest first.
const ROWS: [Verdict; 4] = [Verdict::Violation, Verdict::Review, Verdict::Conforms, Verdict::NotApplicable];

/// The findings as a table with a summary below, without a line end at the end. `width` is the
/// terminal's own where it is not given.
pub fn table(findings: &Findings, width: Option<u16>, colour: bool) -> String {
    let width = width.or_else(|| Table::new().width()).unwrap_or(USUAL_WIDTH);
    let mut parts = Vec::new();
    let mut table = new_table(presets::UTF8_HORIZONTAL_ONLY, width, colour);
    table.set_header(["item", "verdict", "title", "reason"]);
    for verdict in ROWS {
        for finding in findings.findings.iter().filter(|finding| finding.verdict == verdict) {
            table.add_row(row(finding));
        }
    }
    for column in table.column_iter_mut().take(2) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
    if !table.is_empty() {
        parts.push(table.trim_fmt());
    }
    let mut closing = new_table(presets::NOTHING, width, colour);
    for line in not_tested(findings) {
        closing.add_row([Cell::new(line).fg(Color::DarkGrey)]);
    }
    if findings.incomplete {
        closing.add_row([Cell::new(
            "the run was cut off: what it did not reach is not tested · 运行中断，未做到的项目均未检测",
        )
        .fg(Color::Yellow)]);
    }
    closing.add_row([summary(findings)]);
    for column in closing.column_iter_mut() {
        column.set_padding((0, 0));
    }
    parts.push(closing.trim_fmt());
    parts.join("\n")
}

fn new_table(preset: &str, width: u16, colour: bool) -> Table {
    let mut table = Table::new();
    table.load_preset(preset).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table.force_no_tty();
    if colour {
        table.enforce_styling();
    }
    table
}

fn row(finding: &Finding) -> [Cell; 4] {
    let colour = match finding.verdict {
        Verdict::Violation => Color::Red,
        Verdict::Review => Color::Yellow,
        Verdict::Conforms => Color::Green,
        Verdict::NotTested | Verdict::NotApplicable => Color::DarkGrey,
    };
    [
        Cell::new(finding.item),
        Cell::new(finding.verdict.words()).fg(colour),
        Cell::new(lines(&finding.title)),
        Cell::new(lines(&finding.reason)),
    ]
}

/// A line for each language.
fn lines(text: &Bilingual) -> String {
    format!("{}\n{}", clean(&text.en), clean(&text.zh))
}

/// One line for each reason why items were not tested, in the order in which the reasons come up.
fn not_tested(findings: &Findings) -> Vec<String> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for finding in findings.findings.iter().filter(|finding| finding.verdict == Verdict::NotTested) {
        let reason = clean(&finding.reason.en);
        let item = finding.item.to_string();
        match groups.iter_mut().find(|(other, _)| *other == reason) {
            Some((_, items)) => items.push(item),
            None => groups.push((reason, vec![item])),
        }
    }
    groups
        .into_iter()
        .map(|(reason, items)| match items.len() {
            ..=NAMED => format!("{} not tested: {reason}", items.join(", ")),
            count => format!("{count} items not tested: {reason}"),
        })
        .collect()
}

/// `2 violations · 1 review · 1 conforms · 27 not tested`
fn summary(findings: &Findings) -> String {
    let counts: Vec<String> = ROWS
        .into_iter()
        .chain([Verdict::NotTested])
        .map(|verdict| (verdict, findings.count(verdict)))
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| {
            let words = match verdict {
                Verdict::Violation if count > 1 => "violations",
                Verdict::Review if count > 1 => "reviews",
                Verdict::Conforms if count > 1 => "conform",
                verdict => verdict.words(),
            };
            format!("{count} {words}")
        })
        .collect();
    if counts.is_empty() { "no findings".to_owned() } else { counts.join(" · ") }
}
