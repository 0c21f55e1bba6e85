//! `candor judge RECORDING`

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::run::{FailOn, exit_code};
use super::{UNDRIVEN, USAGE, fail, fail_scenario, print_findings, say};
use crate::item::ItemId;
use crate::recording::Recording;
use crate::report;
use crate::rules::{self, Overrides};
use crate::scenario::read_acceptance_file;
use crate::thresholds;

/// What `candor judge` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Needs no app, no driver and no network. The same recording under the same limits always gives the same
findings, byte for byte what the run wrote:
  candor judge artifacts/20260301T020000Z-shop --format json | cmp - artifacts/20260301T020000Z-shop/findings.json

A file of thresholds is a map from names to numbers, as in a scenario:
  max_operations: 3

Statements that were added with `candor attest` count: they decide what was left to a person or not tested, and a judged
violation stays one.

Exit codes: 0 no violation, or all are accepted · 1 a violation, judged or stated · 2 it cannot be read · 3 the run was cut off"
)]
pub struct JudgeArgs {
    /// The recording's folder, as `candor run` leaves it
    recording: PathBuf,
    /// Other limits than the recording's own, as a YAML file
    #[arg(long, value_name = "FILE")]
    thresholds: Option<PathBuf>,
    /// Judge these items only, such as 1.1,1.3
    #[arg(long, value_delimiter = ',')]
    items: Vec<ItemId>,
    /// A file of findings that are accepted (`accept:`, as in a scenario), besides those of the scenario; what counts is the
    /// day on which the recording began
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
    /// What is printed
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Which verdicts make the exit code 1
    #[arg(long, value_enum, default_value = "violation")]
    fail_on: FailOn,
}

/// Forms of findings on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Junit,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// A line an item, for spreadsheets
    Csv,
    /// The page for people, in one file
    Html,
}

pub fn run(args: &JudgeArgs) -> ExitCode {
    let recording = match Recording::open(&args.recording) {
        Ok(recording) => recording,
        Err(e) => return fail(e, USAGE),
    };
    let limits = match args.thresholds.as_ref().map(read_thresholds).transpose() {
        Ok(limits) => limits.unwrap_or_default(),
        Err(e) => return fail(e, USAGE),
    };
    let accept = match args.accept.as_deref().map(read_acceptance_file).transpose() {
        Ok(accept) => accept.unwrap_or_default(),
        Err(e) => return fail_scenario(e),
    };
    let overrides = Overrides { thresholds: limits, items: args.items.clone(), accept };
    let findings = rules::judge(&recording, &overrides);
    match args.format {
        Format::Table => print_findings(&findings),
        Format::Json => say(report::json::write(&findings).trim_end()),
        Format::Sarif => say(report::sarif::write(&findings).trim_end()),
        Format::Csv => say(report::csv::write(&findings).trim_end()),
        Format::Html => say(&report::html::write_with(&recording, &findings, &report::html::Links::Nowhere)),
        Format::Junit => match report::junit::write(&findings, &args.recording.display().to_string()) {
            Ok(text) => say(text.trim_end()),
            Err(e) => return fail(e, USAGE),
        },
    }
    if findings.incomplete {
        return ExitCode::from(UNDRIVEN);
    }
    ExitCode::from(exit_code(&findings, args.fail_on))
}

/// Reads a file of thresholds.
fn read_thresholds(path: &PathBuf) -> Result<BTreeMap<String, f64>, String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| format!("cannot read {shown}: {e}"))?;
    let limits: BTreeMap<String, f64> = serde_saphyr::from_str(&text)
        .map_err(|e| format!("{shown}: {}; expected a map from names to numbers", e.without_snippet()))?;
    if let Some((name, limit)) = limits.iter().find(|(_, limit)| !limit.is_finite() || **limit < 0.0) {
        return Err(format!("{shown}: `{name}` is {limit}; expected a number of 0 or more"));
    }
    match limits.keys().find(|name| !thresholds::all().contains_key(*name)) {
        Some(name) => {
            let known = thresholds::names().join(", ");
            Err(format!("{shown}: there is no threshold `{name}`; there are {known}"))
        }
        None => Ok(limits),
    }
}
