//! All checks together: whether everything that was asked for is there, and the list that a person reads.

use serde::Serialize;

use super::check::{Check, State};

/// Everything the doctor saw.
#[derive(Debug, Serialize)]
pub struct Report {
    /// All that was asked for is there.
    pub ready: bool,
    pub checks: Vec<Check>,
}

impl Report {
    /// Settles which absences matter.
    pub fn new(checks: Vec<Check>, android: bool) -> Report {
        let checks: Vec<Check> = checks.into_iter().map(|check| check.settle(android)).collect();
        let ready = !checks.iter().any(|check| matches!(check.state, State::Missing | State::Mismatch));
        Report { ready, checks }
    }

    /// The list that a person reads.
    pub fn text(&self, android: bool) -> String {
        let width_of = |text: fn(&Check) -> &str| {
            self.checks.iter().map(|check| text(check).chars().count()).max().unwrap_or(0)
        };
        let name_width = width_of(|check| &check.name);
        let version_width = width_of(|check| check.version.as_deref().unwrap_or(""));
        let mut lines = Vec::new();
        for check in &self.checks {
            let version = check.version.as_deref().unwrap_or("");
            let path = check.path.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
            let line =
                format!("{} {:name_width$}  {version:version_width$}  {path}", check.mark(), check.name);
            lines.push(line.trim_end().to_string());
            if let Some(how) = &check.how_to_get {
                lines.push(format!("    get it: {how}"));
            }
        }
        let asked = if android { "web and Android runs" } else { "web runs" };
        let unmet: Vec<&str> = self
            .checks
            .iter()
            .filter(|check| matches!(check.state, State::Missing | State::Mismatch))
            .map(|check| check.name.as_str())
            .collect();
        lines.push(String::new());
        lines.push(match unmet.is_empty() {
            true => format!("All that {asked} need is here."),
            false => format!("Not ready for {asked}: {}.", unmet.join(", ")),
        });
        lines.join("\n")
    }
}
