//! `candor sample`

use std::process::ExitCode;

use clap::Args;
use comfy_table::{ContentArrangement, Table, presets};

use super::{USAGE, fail};
use crate::sample::{Sample, switches};

/// What `candor sample` takes.
#[derive(Debug, Args)]
pub struct SampleArgs {
    /// The port on loopback; 0 takes a free one
    #[arg(long, default_value_t = 8191)]
    port: u16,
    /// List what the app can be told to do wrong
    #[arg(long)]
    list: bool,
}

pub async fn run(args: &SampleArgs) -> ExitCode {
    if args.list {
        let mut table = Table::new();
        table.load_preset(presets::UTF8_BORDERS_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(["switch", "judged as", "what it does"]);
        for switch in switches() {
            let name = format!("{}={}", switch.item, switch.value);
            table.add_row([name, switch.verdict.clone().unwrap_or_default(), switch.en.clone()]);
        }
        println!("{table}");
        return ExitCode::SUCCESS;
    }
    let sample = match Sample::start(args.port).await {
        Ok(sample) => sample,
        Err(e) => return fail(format!("port {} cannot be listened on: {e}; try --port 0", args.port), USAGE),
    };
    println!("The sample app is served at {} until ctrl-C.", sample.url());
    println!("It conforms. With switches it does not, as at {}", sample.variant(&[("3.4", "preticked")]));
    println!("`candor sample --list` lists them; `candor run --url ADDRESS` audits it.");
    match tokio::signal::ctrl_c().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => fail(e, USAGE),
    }
}
