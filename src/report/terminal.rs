//! The findings as a table on the terminal.

use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table, presets};

use crate::rules::catalogue::Bilingual;
use crate::rules::{Finding, Findings, Verdict};
use crate::text::shown;

/// Where the terminal does not say how wide it is (columns).
pub const USUAL_WIDTH: u16 = 120;
/// In a narrower terminal the findings stand one below the other (columns).
const WIDE: u16 = 72;
/// Narrower than this nothing can be read; the terminal breaks the lines (columns).
const NARROWEST: u16 = 20;
/// Characters of a text of an app that are shown.
const LONGEST: usize = 600;
/// Up to so many items are named in the line that sums them.
const NAMED: usize = 6;
/// Verdicts that get a row each, the weightiest first.
const ROWS: [Verdict; 4] = [Verdict::Violation, Verdict::Review, Verdict::Conforms, Verdict::NotApplicable];

/// How wide the terminal is (columns): as `COLUMNS` says, or the terminal itself; `None` where nobody knows.
pub fn width() -> Option<u16> {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
    said.filter(|&columns| columns > 0).or_else(|| Table::new().width())
}

/// Whether to colour, by what the environment asks for: `NO_COLOR` (any text) says no, `CLICOLOR_FORCE` yes,
/// `CLICOLOR=0` and `TERM=dumb` no; else a terminal is coloured and a file is not.
pub fn colour(terminal: bool, variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() {
        return false;
    }
    if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        return true;
    }
    terminal
        && set("CLICOLOR").is_none_or(|value| value != "0")
        && set("TERM").is_none_or(|value| value != "dumb")
}

/// The findings as a table with a summary below, without a line end at the end; as a list where the terminal is narrow.
pub fn table(findings: &Findings, width: Option<u16>, colour: bool) -> String {
    let width = width.unwrap_or(USUAL_WIDTH).max(NARROWEST);
    if width < WIDE {
        return list(findings, width, colour);
    }
    let mut parts = Vec::new();
    let mut table = new_table(presets::UTF8_HORIZONTAL_ONLY, width, colour);
    table.set_header(["item", "verdict", "title", "reason"]);
    for verdict in ROWS {
        for finding in findings.findings.iter().filter(|finding| finding.standing() == verdict) {
            table.add_row(row(finding));
        }
    }
    for column in table.column_iter_mut().take(2) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
    if !table.is_empty() {
        parts.push(table.trim_fmt());
    }
    parts.push(closing(findings, width, colour));
    parts.join("\n")
}

/// The findings one below the other, for a terminal in which four columns have no room.
fn list(findings: &Findings, width: u16, colour: bool) -> String {
    let mut list = new_table(presets::NOTHING, width, colour);
    for verdict in ROWS {
        for finding in findings.findings.iter().filter(|finding| finding.standing() == verdict) {
            let head = format!("{} {}", finding.item, verdict_words(finding, ", "));
            list.add_row([Cell::new(head).fg(colour_of(verdict)).add_attribute(Attribute::Bold)]);
            list.add_row([Cell::new(lines(&finding.title))]);
            list.add_row([Cell::new(why(finding)).fg(Color::Reset)]);
            list.add_row([Cell::new("")]);
        }
    }
    for column in list.column_iter_mut() {
        column.set_padding((0, 0));
    }
    match list.is_empty() {
        true => closing(findings, width, colour),
        false => format!("{}\n{}", list.trim_fmt(), closing(findings, width, colour)),
    }
}

/// What was not tested and why, and the counts.
fn closing(findings: &Findings, width: u16, colour: bool) -> String {
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
    closing.trim_fmt()
}

pub(super) fn new_table(preset: &str, width: u16, colour: bool) -> Table {
    let mut table = Table::new();
    table.load_preset(preset).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table.force_no_tty();
    if colour {
        table.enforce_styling();
    }
    table
}

fn row(finding: &Finding) -> [Cell; 4] {
    [
        Cell::new(finding.item),
        Cell::new(verdict_words(finding, "\n")).fg(colour_of(finding.standing())),
        Cell::new(lines(&finding.title)),
        Cell::new(why(finding)),
    ]
}

/// The colour of a verdict.
pub(super) fn colour_of(verdict: Verdict) -> Color {
    match verdict {
        Verdict::Violation => Color::Red,
        Verdict::Review => Color::Yellow,
        Verdict::Conforms => Color::Green,
        Verdict::NotTested | Verdict::NotApplicable => Color::DarkGrey,
    }
}

/// The verdict, and that it is accepted, where it is.
fn verdict_words(finding: &Finding, between: &str) -> String {
    let verdict = finding.standing().words();
    if finding.is_accepted() { format!("{verdict}{between}accepted") } else { verdict.to_owned() }
}

/// The reason, and below it who stated and who accepted what.
fn why(finding: &Finding) -> String {
    let beside = [finding.stated(), finding.acceptance()];
    let beside = beside.iter().flatten().map(|said| format!("\n{}", lines(said)));
    lines(&finding.reason) + &beside.collect::<String>()
}

/// A line for each language.
fn lines(text: &Bilingual) -> String {
    format!("{}\n{}", shown(&text.en, LONGEST), shown(&text.zh, LONGEST))
}

/// One line for each reason why items were not tested, in the order in which the reasons come up.
fn not_tested(findings: &Findings) -> Vec<String> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for finding in findings.findings.iter().filter(|finding| finding.standing() == Verdict::NotTested) {
        let reason = shown(&finding.reason.en, LONGEST);
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

/// `2 violations (1 accepted) · 1 review · 1 conforms · 27 not tested`
fn summary(findings: &Findings) -> String {
    let counts: Vec<String> = ROWS
        .into_iter()
        .chain([Verdict::NotTested])
        .map(|verdict| (verdict, findings.standing(verdict)))
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| {
            let accepted = match findings.accepted(verdict) {
                0 => String::new(),
                accepted => format!(" ({accepted} accepted)"),
            };
            let words = match verdict {
                Verdict::Violation if count > 1 => "violations",
                Verdict::Review if count > 1 => "reviews",
                Verdict::Conforms if count > 1 => "conform",
                verdict => verdict.words(),
            };
            format!("{count} {words}{accepted}")
        })
        .collect();
    if counts.is_empty() { "no findings".to_owned() } else { counts.join(" · ") }
}
