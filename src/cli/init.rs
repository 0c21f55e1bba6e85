//! `candor init URL` and `candor schema`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{USAGE, fail};
use crate::scenario::Scenario;

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

/// `candor schema`: the scenario's JSON Schema.
pub fn schema() -> ExitCode {
    match serde_json::to_string_pretty(&schemars::schema_for!(Scenario)) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(e) => fail(e, USAGE),
    }
}
