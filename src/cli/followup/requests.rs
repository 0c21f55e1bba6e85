//! `requests.yaml`: what a person asked the operator for by mail, by phone or in the app, with what proves it.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use serde_saphyr::Spanned;

use crate::recording::follow_up::{Demand, Through};
use crate::scenario::{ScenarioError, explain_place, explain_yaml};

/// Something that was asked for, as the file says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// `correction`, `deletion`, `cancellation`, `complaint`.
    pub what: Demand,
    /// `app`, `mail`, `phone`, `form`, `chat`, `post`.
    pub channel: Through,
    /// The day on which it was sent, in China.
    pub sent: Spanned<String>,
    /// What was asked.
    pub note: Spanned<String>,
    /// Files that prove it, from the folder of `requests.yaml`.
    #[serde(default)]
    pub proof: Vec<Spanned<PathBuf>>,
    /// The operator's own words on when it answers.
    #[serde(default)]
    pub promise: String,
}

/// What the file holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    requests: Vec<Stated>,
}

/// Something that was asked for, checked: its day, and the paths of what proves it.
#[derive(Debug, Clone)]
pub struct Checked {
    pub stated: Stated,
    pub sent: Date,
    pub proof: Vec<PathBuf>,
}

/// Reads a file of requests; `today` is the day in China.
///
/// # Errors
/// When it cannot be read, or says something that no request can say: with line and column.
#[allow(clippy::result_large_err, reason = "the file is read once")]
pub fn read(path: &Path, today: Date) -> Result<Vec<Checked>, ScenarioError> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|source| ScenarioError::OpenOther { path: shown.clone(), source })?;
    let file: File = serde_saphyr::from_str(&text).map_err(|e| explain_yaml(&text, &shown, &e))?;
    let folder = path.parent().unwrap_or(Path::new("."));
    file.requests.into_iter().map(|stated| check(stated, folder, today, (&text, &shown))).collect()
}

#[allow(clippy::result_large_err, reason = "the file is read once")]
fn check(
    stated: Stated,
    folder: &Path,
    today: Date,
    (text, shown): (&str, &str),
) -> Result<Checked, ScenarioError> {
    let wrong = |at: &serde_saphyr::Location, why: String, help: &str| {
        Err(explain_place(text, shown, at, why, help.to_owned()))
    };
    let day = &stated.sent;
    let Ok(sent) = day.value.parse::<Date>() else {
        let why = format!("`{}` is no day; expected one such as 2026-11-27", day.value);
        return wrong(&day.referenced, why, "the day on which it was sent, in China: year-month-day");
    };
    if sent > today {
        let why = format!("{sent} is in the future: today is {today} in China");
        return wrong(
            &day.referenced,
            why,
            "write the day on which it was sent, or set this machine's clock",
        );
    }
    if stated.note.value.trim().is_empty() {
        let why = "`note` is empty; expected what was asked, in words".to_owned();
        return wrong(&stated.note.referenced, why, "say what was asked for, and of whom");
    }
    let mut proof = Vec::new();
    for file in &stated.proof {
        let path = folder.join(&file.value);
        if !path.is_file() {
            let why = format!("there is no file {}", path.display());
            return wrong(&file.referenced, why, "paths are from the folder that the file of requests is in");
        }
        proof.push(path);
    }
    Ok(Checked { stated, sent, proof })
}

#[cfg(test)]
#[path = "requests_tests.rs"]
mod tests;
