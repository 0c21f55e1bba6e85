//! The summary on the terminal: a line for each app.

use comfy_table::{Cell, Color, presets};

use super::{AppSummary, Summary};
use crate::report::terminal::new_table;
use crate::rules::Verdict;
use crate::text::shown;

/// Where the terminal does not say how wide it is (columns).
const USUAL_WIDTH: u16 = 120;
/// Characters of an app's name, of a folder's and of a reason.
const LONGEST: usize = 200;

/// In a narrower terminal the apps stand one below the other (columns).
const WIDE: u16 = 72;

/// A table of the apps, the folders that were left out with the reason, and the counts; no line end at the end.
pub fn table(summary: &Summary, width: Option<u16>, colour: bool) -> String {
    let width = width.unwrap_or(USUAL_WIDTH).max(20);
    let mut table = new_table(presets::NOTHING, width, colour);
    let wide = width >= WIDE;
    if wide {
        table.set_header(["app", "newest run", "violations", "review", "turned"]);
    }
    for app in &summary.apps {
        let Some(newest) = app.newest() else { continue };
        let violations = trend(app);
        let colour = match newest.counts {
            counts if counts.violation > 0 => Color::Red,
            counts if counts.review > 0 => Color::Yellow,
            _ => Color::Green,
        };
        let cut = if newest.incomplete { ", cut off" } else { "" };
        let name = shown(&app.app, LONGEST);
        let begun = format!("{}{cut}", newest.begun.strftime("%Y-%m-%d %H:%M"));
        if wide {
            table.add_row([
                Cell::new(name),
                Cell::new(begun),
                Cell::new(violations).fg(colour),
                Cell::new(newest.counts.review),
                Cell::new(turned(app)),
            ]);
            continue;
        }
        table.add_row([Cell::new(name)]);
        table.add_row([Cell::new(format!("  {begun}"))]);
        table.add_row([
            Cell::new(format!("  violations {violations} · review {}", newest.counts.review)).fg(colour)
        ]);
        let turned = turned(app);
        if !turned.is_empty() {
            table.add_row([Cell::new(format!("  turned: {turned}"))]);
        }
    }
    let mut parts = Vec::new();
    if !summary.apps.is_empty() {
        parts.push(table.trim_fmt());
    }
    let mut closing = new_table(presets::NOTHING, width, colour);
    for skipped in &summary.skipped {
        let line = format!("left out {}: {}", shown(&skipped.folder, LONGEST), shown(&skipped.why, LONGEST));
        closing.add_row([Cell::new(line).fg(Color::Yellow)]);
    }
    let failing =
        summary.apps.iter().filter(|app| app.newest().is_some_and(|run| run.counts.violation > 0)).count();
    let runs: usize = summary.apps.iter().map(|app| app.recorded).sum();
    let s = |count: usize| if count == 1 { "" } else { "s" };
    closing.add_row([format!(
        "{} app{} in {runs} run{}, {failing} with violations",
        summary.apps.len(),
        s(summary.apps.len()),
        s(runs)
    )]);
    for column in closing.column_iter_mut() {
        column.set_padding((0, 0));
    }
    parts.push(closing.trim_fmt());
    parts.join("\n")
}

/// Violations over the last runs: `3 → 1`, or one figure where it stood still.
fn trend(app: &AppSummary) -> String {
    let counts: Vec<usize> = app.runs.iter().map(|run| run.counts.violation).collect();
    let mut changes = counts.clone();
    changes.dedup();
    let last: Vec<String> = changes.iter().rev().take(4).rev().map(ToString::to_string).collect();
    last.join(" → ")
}

/// The items that turned since the run before, those for the worse first.
fn turned(app: &AppSummary) -> String {
    let worse = |verdict: Verdict| verdict.gravity();
    let mut turned: Vec<_> = app.items.iter().filter(|item| item.turned()).collect();
    turned.sort_by_key(|item| worse(item.verdict));
    let words: Vec<String> =
        turned.iter().take(6).map(|item| format!("{} {}", item.item, item.verdict.words())).collect();
    match turned.len().checked_sub(6) {
        Some(more) if more > 0 => format!("{} and {more} more", words.join(", ")),
        _ => words.join(", "),
    }
}
