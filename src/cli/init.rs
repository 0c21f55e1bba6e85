//! `candor init URL` and `candor schema`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{USAGE, fail, say};
use crate::probes;
use crate::report::summary::Summary;
use crate::rules::Findings;
use crate::scenario::{Scenario, with_probes};

/// What `candor init` takes.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The web app's address
    url: String,
    /// The file to write; an existing one is left alone. `-` prints it
    #[arg(long, short, default_value = "candor.yaml")]
    out: PathBuf,
}

/// A first scenario; `{url}` and `{name}` are filled in.
const TEMPLATE: &str = include_str!("first_scenario.yaml");

pub fn run(args: &InitArgs) -> ExitCode {
    let url = match super::address(&args.url) {
        Ok(url) => url,
        Err(why) => return fail(why, USAGE),
    };
    // A JSON string is a YAML string: whatever the address holds stays a string.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let text = TEMPLATE
        .replace("{url}", &quoted(url.as_str()))
        .replace("{name}", &quoted(url.host_str().unwrap_or("app")));
    if args.out.as_os_str() == "-" {
        print!("{text}");
        return ExitCode::SUCCESS;
    }
    let shown = args.out.display();
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&args.out)
        .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
    match written {
        Ok(()) => {
            println!("{shown} is written. Next: candor run {shown}");
            ExitCode::SUCCESS
        }
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            fail(format!("{shown} exists already; name another file with --out"), USAGE)
        }
        Err(e) => fail(format!("cannot write {shown}: {e}"), USAGE),
    }
}

/// What `candor schema` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candor schema > candor.schema.json          for an editor that completes scenarios
  candor schema findings                      what a program that reads findings.json can rely on")]
pub struct SchemaArgs {
    /// Of which file
    #[arg(value_enum, default_value = "scenario")]
    of: SchemaOf,
}

/// Files that have a schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum SchemaOf {
    /// The file that an auditor writes
    Scenario,
    /// findings.json, as a run and `candor judge --format json` write it
    Findings,
    /// The JSON of `candor report FOLDER` over many recordings
    Summary,
}

/// `candor schema`: the JSON Schema of a file.
pub fn schema(args: &SchemaArgs) -> ExitCode {
    let schema = match args.of {
        SchemaOf::Scenario => with_probes(probes::names(), || schemars::schema_for!(Scenario)),
        SchemaOf::Findings => schemars::schema_for!(Findings),
        SchemaOf::Summary => schemars::schema_for!(Summary),
    };
    match serde_json::to_string_pretty(&schema) {
        Ok(text) => {
            say(&text);
            ExitCode::SUCCESS
        }
        Err(e) => fail(e, USAGE),
    }
}
