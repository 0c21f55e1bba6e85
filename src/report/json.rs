//! `findings.json`: everything that was found, for programs.

use super::form::Form;
use crate::rules::Findings;

/// Text that does not hold findings.
#[derive(Debug, thiserror::Error)]
#[error("these are not the findings of a recording, as `candor judge` writes them: {0}")]
pub struct ReadError(#[from] serde_json::Error);

/// `findings.json`.
pub const FORM: Form = Form { file: "findings.json", write: |_, findings| Ok(write(findings)) };

/// The findings as JSON, indented, with a line end at the end. The same findings give the same bytes.
///
/// Characters that a terminal would act on, or that turn the direction of reading, are written as
/// `\u202e`, so that the file can be looked at without harm and still reads back the same.
pub fn write(findings: &Findings) -> String {
    escaped(&serde_json::to_string_pretty(findings).expect("findings are strings, numbers and lists"))
}

/// JSON without characters that a terminal would act on, with a line end at the end. It reads back the same.
pub fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        // Outside of strings JSON has none of these but line ends.
        if c != '\n' && !crate::text::is_plain(c) {
            out.push_str(&format!("\\u{:04x}", c as u32));
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    out
}

/// Reads what [`write`] wrote.
///
/// # Errors
/// When the text is no JSON, or not that of findings.
pub fn read(text: &str) -> Result<Findings, ReadError> {
    Ok(serde_json::from_str(text)?)
}
