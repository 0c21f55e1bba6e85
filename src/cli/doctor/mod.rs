//! `candor doctor`: what is here, what is missing, and how to get it.

mod checks;
mod external;
mod parse;
#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

/// Arguments of `candor doctor`.
#[derive(clap::Args, Debug)]
pub struct DoctorArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Also fail when the parts for Android apps are missing
    #[arg(long)]
    pub android: bool,
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is there and usable.
    Found,
    /// It is needed, and absent or does not work.
    Missing,
    /// It is there, but does not fit another part.
    Mismatch,
    /// It is absent, and nothing that was asked for needs it.
    OptionalMissing,
}

/// What a thing is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NeededFor {
    /// Every run against a web app.
    Web,
    /// Runs against Android apps.
    Android,
    /// Something further: iOS apps, or web apps through Appium.
    Extra,
}

/// One thing that was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What it is called.
    pub name: String,
    /// What it is needed for.
    pub needed_for: NeededFor,
    /// How the check came out.
    pub state: State,
    /// Its version, where it tells one; the serials of devices.
    pub version: Option<String>,
    /// Where it is.
    pub path: Option<PathBuf>,
    /// What to do, unless it was found.
    pub how_to_get: Option<String>,
}

impl Check {
    /// Something that is there.
    fn found(name: &str, needed_for: NeededFor, version: Option<String>, path: Option<PathBuf>) -> Check {
        Check { name: name.into(), needed_for, state: State::Found, version, path, how_to_get: None }
    }

    /// Something that is not there; whether that matters is settled by [`Check::settle`].
    fn missing(name: &str, needed_for: NeededFor, how_to_get: impl Into<String>) -> Check {
        let how_to_get = Some(how_to_get.into());
        Check { name: name.into(), needed_for, state: State::Missing, version: None, path: None, how_to_get }
    }

    /// Absence only counts where the thing is asked for.
    fn settle(mut self, android: bool) -> Check {
        let asked_for = match self.needed_for {
            NeededFor::Web => true,
            NeededFor::Android => android,
            NeededFor::Extra => false,
        };
        if self.state == State::Missing && !asked_for {
            self.state = State::OptionalMissing;
        }
        self
    }

    fn mark(&self) -> char {
        match self.state {
            State::Found => '✓',
            State::Missing | State::Mismatch => '✗',
            State::OptionalMissing => '–',
        }
    }
}

/// Everything the doctor saw.
#[derive(Debug, Serialize)]
struct Report {
    /// All that was asked for is there.
    ready: bool,
    checks: Vec<Check>,
}

impl Report {
    fn new(checks: Vec<Check>, android: bool) -> Report {
        let checks: Vec<Check> = checks.into_iter().map(|check| check.settle(android)).collect();
        let ready = !checks.iter().any(|check| matches!(check.state, State::Missing | State::Mismatch));
        Report { ready, checks }
    }

    /// The list that a person reads.
    fn text(&self, android: bool) -> String {
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

/// Looks around and prints what it found. Exit code 0 when all that was asked for is there, 3 when
/// something needed is missing or does not fit.
pub async fn run(args: &DoctorArgs) -> ExitCode {
    let report = Report::new(checks::all().await, args.android);
    let text = match args.json {
        true => serde_json::to_string_pretty(&report)
            .unwrap_or_else(|error| format!("{{\"error\": \"{error}\"}}")),
        false => report.text(args.android),
    };
    // A reader that went away (`candor doctor | head -1`) is no reason to fail.
    let _ = writeln!(std::io::stdout(), "{text}");
    if report.ready { ExitCode::SUCCESS } else { ExitCode::from(3) }
}
