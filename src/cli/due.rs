//! How a follow-up is told on the terminal, for `candor followup` and `candor followups`.

use crate::report::follow_ups::{CameWritten, Written};
use crate::text::shown;

/// Characters of a note that are shown.
const NOTE: usize = 80;

/// Says how a follow-up stands, in one line.
pub fn say_line(written: &Written, left: i64, recording: &str) -> String {
    let due = match written.holidays_unknown {
        Some(year) => {
            format!("due {} to {} (holidays of {year} not known)", written.due, written.due_at_latest)
        }
        None => format!("due {}", written.due),
    };
    let when = match (written.came, left) {
        (CameWritten::Waiting, 0) => ", the last day".to_owned(),
        (CameWritten::Waiting, 1) => ", 1 day left".to_owned(),
        (CameWritten::Waiting, left) if left > 0 => format!(", {left} days left"),
        (CameWritten::Waiting, -1) => ", 1 day over".to_owned(),
        (CameWritten::Waiting, left) => format!(", {} days over", left.saturating_neg()),
        _ => String::new(),
    };
    format!(
        "{} {} asked for {} on {}: {}; {due}{when}; {}",
        shown(recording, 200),
        written.number,
        written.what.words().0,
        written.sent,
        say_came(written.came),
        shown(&written.note, NOTE)
    )
}

/// Says how it stands.
pub fn say_came(came: CameWritten) -> &'static str {
    match came {
        CameWritten::Waiting => "open",
        CameWritten::InTime => "answered in time",
        CameWritten::Late => "answered late",
        CameWritten::Denied => "denied",
        CameWritten::Overdue => "open past its limit",
        CameWritten::AskedBack => "the operator asked something back",
        CameWritten::Doubtful => "whether in time is doubtful",
        CameWritten::Contradicted => "two looks contradict each other",
    }
}

/// Tells whether the limit went by without an answer.
pub fn is_past_limit(came: CameWritten) -> bool {
    matches!(came, CameWritten::Overdue | CameWritten::Late)
}
