//! A look as text for the terminal: what the screen is, then a table of its controls, boxes and fields, with the reasons.

use std::fmt::Write as _;

use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table, presets};

use super::model::{BoxSeen, ControlSeen, FieldSeen, Look};
use crate::language::permission::Answer;
use crate::language::reading::PromptKind;
use crate::screen::{Checked, Role};
use crate::sight::tick::Tick;
use crate::text::shown;

/// Characters of a control's label that are shown.
const LABEL: usize = 60;
/// Characters of a prompt's text that are shown.
const TEXT: usize = 160;
/// Characters of a reason that are shown: it may quote a label.
const REASON: usize = 300;
/// Reasons that a row of the table shows; the JSON has all.
const REASONS: usize = 4;

/// Writes a look for a terminal of this width (columns).
pub fn table(look: &Look, width: u16, colour: bool) -> String {
    let mut text = String::new();
    let dp = |px: f32| if look.density > 0.0 { px / look.density } else { px };
    let name = match (look.title.is_empty(), look.address.is_empty()) {
        (false, false) => format!("{} · {}", shown(&look.title, LABEL), shown(&look.address, REASON)),
        (false, true) => shown(&look.title, LABEL),
        (true, _) => shown(&look.address, REASON),
    };
    if !name.is_empty() {
        let _ = writeln!(text, "{name}");
    }
    let _ = writeln!(
        text,
        "{:.0} × {:.0} dp ({:.0} × {:.0} px, {} px per dp), {} elements{}{}",
        dp(look.width),
        dp(look.height),
        look.width,
        look.height,
        look.density,
        look.elements,
        if look.omitted > 0 { format!(" and {} left out", look.omitted) } else { String::new() },
        if look.settled { "" } else { ", still changing" }
    );
    text.push('\n');
    text.push_str(&say_prompt(look));
    text.push_str(&say_policy(look));
    text.push_str(&say_permission(look));
    for mention in &look.mentions {
        let font = mention.font.map(|font| format!(", {font:.0} dp by the tree")).unwrap_or_default();
        let contrast = mention.contrast.map(|ratio| format!(", contrast {ratio:.1}")).unwrap_or_default();
        let quoted = shown(&mention.text, LABEL);
        let _ = writeln!(text, "names it    “{quoted}” ({}{font}{contrast})", shown(&mention.why, REASON));
    }
    if look.unread_share >= 0.3 {
        let share = look.unread_share * 100.0;
        let _ = writeln!(text, "unread      a picture covers {share:.0} %: words in it are not read here");
    }
    let rows = rows(look, width, colour);
    if !rows.is_empty() {
        let _ = write!(text, "\n{rows}\n");
    }
    for differs in &look.differs {
        let _ = writeln!(text, "the run read it otherwise: {}", shown(differs, REASON));
    }
    for note in &look.notes {
        let _ = writeln!(text, "note: {}", shown(note, REASON));
    }
    text.trim_end().to_owned()
}

fn say_prompt(look: &Look) -> String {
    let asks = &look.asks;
    let mut text = match asks.kind {
        Some(kind) => format!("asks        {}: “{}”\n", kind_word(kind), shown(&asks.text, TEXT)),
        None => "asks        nothing\n".to_owned(),
    };
    push_reasons(&mut text, &asks.why);
    text
}

fn say_policy(look: &Look) -> String {
    let mut text = match &look.policy.shown {
        Some(page) => {
            format!("policy      it is the policy’s text, {} characters of it\n", page.characters)
        }
        None => "policy      it is not the policy’s text\n".to_owned(),
    };
    push_reasons(&mut text, &look.policy.why);
    text
}

fn say_permission(look: &Look) -> String {
    let Some(asked) = &look.permission else {
        return "permission  no dialog of the system\n".to_owned();
    };
    let buttons: Vec<String> = asked
        .buttons
        .iter()
        .map(|button| format!("“{}” {}", shown(&button.label, LABEL), answer_word(button.answer)))
        .collect();
    let quoted = shown(&asked.text, TEXT);
    let mut text = format!("permission  {}: “{quoted}”\n", asked.permission);
    push_reasons(&mut text, &asked.why);
    let _ = writeln!(text, "            buttons: {}", buttons.join(", "));
    text
}

fn push_reasons(text: &mut String, why: &[String]) {
    for reason in why {
        let _ = writeln!(text, "            – {}", shown(reason, REASON));
    }
}

/// Controls, boxes and fields, one row each.
fn rows(look: &Look, width: u16, colour: bool) -> String {
    let mut table = Table::new();
    table
        .load_preset(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width)
        .force_no_tty();
    if colour {
        table.enforce_styling();
    }
    table.set_header(["#", "what", "words", "taken for", "because"]);
    for control in &look.controls {
        table.add_row(control_row(control));
    }
    for tick in &look.boxes {
        table.add_row(box_row(tick));
    }
    for field in &look.fields {
        table.add_row(field_row(field));
    }
    for column in table.column_iter_mut().take(2) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
    if table.is_empty() { String::new() } else { table.trim_fmt() }
}

fn control_row(control: &ControlSeen) -> [Cell; 5] {
    let names: Vec<String> = control.meanings.iter().map(|meaning| meaning.name()).collect();
    let mut taken = names.join(", ");
    let mut because: Vec<String> =
        control.why.iter().take(REASONS).map(|said| shown(&said.to_string(), REASON)).collect();
    if control.why.len() > REASONS {
        because.push(format!("… and {} more (--json)", control.why.len() - REASONS));
    }
    if control.outside {
        because.push("it lies outside of the layer that asks, and was not read".to_owned());
    }
    if control.disabled {
        because.push("it is disabled".to_owned());
    }
    let cell = match &control.danger {
        Some(danger) => {
            if !taken.is_empty() {
                taken.push('\n');
            }
            let _ = write!(taken, "danger: {}", danger.deed);
            because.push(shown(&format!("danger {danger}"), REASON));
            Cell::new(taken).fg(Color::Red)
        }
        None if taken.is_empty() => Cell::new("–").fg(Color::DarkGrey),
        None => Cell::new(taken).add_attribute(Attribute::Bold),
    };
    let words =
        if control.label.trim().is_empty() { "(no words)".to_owned() } else { shown(&control.label, LABEL) };
    [
        Cell::new(control.number),
        Cell::new(role_word(control.role)),
        Cell::new(words),
        cell,
        Cell::new(because.join("\n")),
    ]
}

fn box_row(tick: &BoxSeen) -> [Cell; 5] {
    let by_tree = tick.by_tree.map_or("unknown", |checked| match checked {
        Checked::On => "on",
        Checked::Off => "off",
        Checked::Mixed => "mixed",
    });
    let by_pixels = tick.by_pixels.map_or("not looked at", |pixels| match pixels {
        Tick::On => "on",
        Tick::Off => "off",
        Tick::Unsure => "unsure",
    });
    let kind = if tick.consent { "box of consent" } else { "box" };
    let taken = format!("{kind}\ntree: {by_tree}\npixels: {by_pixels}");
    let why: Vec<String> = tick.why.iter().map(|why| shown(why, REASON)).collect();
    [
        Cell::new(tick.number),
        Cell::new(role_word(tick.role)),
        Cell::new(shown(&tick.label, LABEL)),
        Cell::new(taken).fg(if tick.consent { Color::Magenta } else { Color::Reset }),
        Cell::new(why.join("\n")),
    ]
}

fn field_row(field: &FieldSeen) -> [Cell; 5] {
    let required = match field.required {
        Some(true) => "must be filled in, by its words",
        Some(false) => "may be left empty, by its words",
        None => "",
    };
    [
        Cell::new(field.number),
        Cell::new("field"),
        Cell::new(shown(&field.label, LABEL)),
        Cell::new(&field.kind),
        Cell::new(required),
    ]
}

/// A role as people say it.
pub(super) fn role_word(role: Role) -> String {
    let word = serde_json::to_value(role).ok();
    let word = word.and_then(|word| word.as_str().map(|word| word.replace('_', " ")));
    word.unwrap_or_default()
}

/// How a prompt asks, in a word.
pub(super) fn kind_word(kind: PromptKind) -> &'static str {
    match kind {
        PromptKind::Dialog => "a dialog",
        PromptKind::Alert => "an alert",
        PromptKind::Page => "a page",
        PromptKind::Form => "a form",
    }
}

fn answer_word(answer: Answer) -> &'static str {
    match answer {
        Answer::Allow => "allows",
        Answer::AllowInUse => "allows while in use",
        Answer::AllowOnce => "allows once",
        Answer::AllowSome => "allows a part",
        Answer::Refuse => "refuses",
        Answer::RefuseForGood => "refuses for good",
        Answer::NeverAskBox => "is the box “never ask again”",
    }
}
