//! A policy's statements, gaps and differences on the terminal.

use comfy_table::{Cell, Color, ColumnConstraint, ContentArrangement, Table, presets};

use super::told::{Language, Told, chosen};
use crate::cli::{in_colour, say};
use crate::language::purpose;
use crate::policy::differences::Change;
use crate::policy::figures::{Figures, find_placeholders};
use crate::policy::gaps::Weight;
use crate::policy::{Fact, Statement, kinds};
use crate::report::terminal;
use crate::text::{Bilingual, shown};
use crate::thresholds::Thresholds;

/// Characters of a quotation in the table.
const QUOTE: usize = 80;
/// Where the terminal does not say how wide it is (columns).
const USUAL_WIDTH: u16 = 140;

impl Language {
    fn of(self, text: &Bilingual) -> String {
        match self {
            Language::En => shown(&text.en, 400),
            Language::Zh => shown(&text.zh, 400),
        }
    }
}

/// Prints a policy. `brief` leaves the table of statements out, where many policies are told.
pub fn policy(told: &Told, only: &[String], language: Language, brief: bool) {
    say(&shown(&told.read.shown, 400));
    for note in &told.read.notes {
        say(&format!("note: {}", shown(note, 400)));
    }
    if !brief || !only.is_empty() {
        say(&statements(told, only, language));
    }
    figures(told, language);
    gaps(told, language);
    differences(told, language);
    say("");
}

fn new_table() -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(terminal::width().unwrap_or(USUAL_WIDTH));
    if !in_colour() {
        table.force_no_tty();
    }
    table
}

fn statements(told: &Told, only: &[String], language: Language) -> String {
    let mut table = new_table();
    table.set_header(["statement", "what", "more", "at", "words"]);
    for statement in chosen(&told.read.policy, only) {
        let (what, more) = describe(statement, language);
        let name = statement.fact.name();
        let name = if statement.sure { name.to_owned() } else { format!("{name} ?") };
        table.add_row([
            Cell::new(name),
            Cell::new(shown(&what, 60)),
            Cell::new(shown(&more, 120)),
            Cell::new(statement.at),
            Cell::new(shown(&statement.quote, QUOTE)),
        ]);
    }
    for at in [0, 3] {
        if let Some(column) = table.column_mut(at) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    table.trim_fmt()
}

/// Says what a statement is of, and what more it says.
fn describe(statement: &Statement, language: Language) -> (String, String) {
    let list = |names: &[String]| {
        let titles: Vec<String> = names.iter().map(|name| language.of(&kinds::title_of(name))).collect();
        titles.join(", ")
    };
    match &statement.fact {
        Fact::Collects { kind, purpose, means, function, need } => {
            let more = [
                purpose.clone(),
                function.as_ref().map(|function| format!("[{function}]")),
                need.map(|need| need.name()),
                Some(means.name()).filter(|name| name != "unsaid"),
            ];
            (language.of(&kinds::title_of(kind)), more.into_iter().flatten().collect::<Vec<_>>().join(" · "))
        }
        Fact::Permission { permission, purpose } => {
            let title = match language {
                Language::En => permission.clone(),
                Language::Zh => purpose::chinese(permission).to_owned(),
            };
            (title, purpose.clone().unwrap_or_else(|| "–".to_owned()))
        }
        Fact::Receiver { name, class_only, company, kinds, purpose, link } => {
            let class = class_only.then(|| "class only".to_owned());
            let more = [class, company.clone(), Some(list(kinds)), purpose.clone(), link.clone()];
            let more: Vec<String> = more.into_iter().flatten().filter(|part| !part.is_empty()).collect();
            (name.clone(), more.join(" · "))
        }
        Fact::Retention { count, unit } => {
            let period = count.zip(*unit).map(|(count, unit)| format!("{count} {}", unit.name()));
            (period.unwrap_or_else(|| "no figure".to_owned()), String::new())
        }
        Fact::Storage { place } => (place.name(), String::new()),
        Fact::Right { right, ways } => {
            let ways: Vec<String> = ways.iter().map(|way| way.name()).collect();
            (right.name(), if ways.is_empty() { "–".to_owned() } else { ways.join(", ") })
        }
        Fact::Condition { condition } => (condition.name(), String::new()),
        Fact::Channel { means, says, serves } => (format!("{} {says}", means.name()), serves.name()),
        Fact::Limit { about, count, unit } => (format!("{count} {}", unit.name()), about.name()),
        Fact::Operator { name } => (name.clone(), String::new()),
        Fact::Date { date, of } => (date.clone(), of.name()),
        Fact::Version { version } => (version.clone(), String::new()),
        Fact::Denial { act, kinds, scope } => (format!("not: {} {}", act.name(), list(kinds)), scope.name()),
    }
}

fn figures(told: &Told, language: Language) {
    let text = &told.read.policy.document.text;
    let limits = Thresholds::default();
    let figures = Figures::of(text, limits.get("long_sentence").max(1.0) as usize);
    say(&language.of(&figures.say()));
    let placeholders = find_placeholders(text);
    if !placeholders.is_empty() {
        say(&format!("placeholders: {}", shown(&placeholders.join(", "), 200)));
    }
}

fn gaps(told: &Told, language: Language) {
    if told.gaps.is_empty() {
        say("no gaps");
        return;
    }
    let mut table = new_table();
    table.set_header(["item", "gap", ""]);
    for gap in &told.gaps {
        let (word, colour) = match gap.weight {
            Weight::Grave => ("grave", Color::Red),
            Weight::Weak => ("look", Color::Yellow),
        };
        let cell = Cell::new(word);
        table.add_row([
            Cell::new(&gap.item),
            if in_colour() { cell.fg(colour) } else { cell },
            Cell::new(language.of(&gap.says)),
        ]);
        for passage in &gap.passages {
            let words = format!("  {}: {}", passage.at, shown(&passage.quote, QUOTE));
            table.add_row([Cell::new(""), Cell::new(""), Cell::new(words)]);
        }
    }
    say(&table.trim_fmt());
}

fn differences(told: &Told, language: Language) {
    let Some(differences) = &told.differences else { return };
    if differences.is_empty() {
        say("no fact differs from the earlier policy");
        return;
    }
    for difference in differences {
        let mark = match difference.change {
            Change::Added => "+",
            Change::Removed => "-",
            Change::Changed => "~",
        };
        let note = if difference.material { " (to be notified, 2.2)" } else { "" };
        say(&format!("{mark} {}{note}", language.of(&difference.says)));
        say(&format!("    {}: {}", difference.passage.at, shown(&difference.passage.quote, QUOTE)));
    }
}

/// Prints a line for each of many policies.
pub fn summary(told: &[Told]) {
    let mut table = new_table();
    table.set_header(["policy", "characters", "statements", "grave", "look"]);
    for told in told {
        let count = |weight: Weight| told.gaps.iter().filter(|gap| gap.weight == weight).count();
        table.add_row([
            shown(&told.read.shown, 80),
            told.read.policy.document.text.chars().count().to_string(),
            told.read.policy.statements.len().to_string(),
            count(Weight::Grave).to_string(),
            count(Weight::Weak).to_string(),
        ]);
    }
    say(&table.trim_fmt());
}
