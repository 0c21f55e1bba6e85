//! `candor demo`

use std::process::ExitCode;

use clap::Args;

use super::run::{FailOn, Failing, RunOptions, one};
use super::{UNDRIVEN, USAGE, fail};
use crate::sample::{Sample, switches};
use crate::scenario::{ProbeName, ProbeOptions, Scenario};

/// What `candor demo` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Serves the sample app, a small shop, on loopback from inside this program, audits it in Chromium, prints the findings
and, last, the folder with the recording. The shop breaks what its switches say; `candor sample --list` lists them.
Exit codes: 0 the demonstration ran, whatever it found · 2 an unknown switch · 3 the app could not be driven"
)]
pub struct DemoArgs {
    /// What the shop does wrong, as ITEM=VALUE; may be given more than once
    #[arg(long = "switch", value_name = "ITEM=VALUE", default_values = ["3.4=preticked", "1.3=four"])]
    switches: Vec<String>,
    /// No switch: the shop that conforms
    #[arg(long, conflicts_with = "switches")]
    conforming: bool,
    /// Every probe, which takes several minutes; without it the four that show the most in the least time
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    common: RunOptions,
}

/// The probes of a demonstration.
const SHOWN: [&str; 4] = ["first_run", "find_policy", "read_policy", "sign_in_form"];

pub async fn run(args: &DemoArgs) -> ExitCode {
    let chosen: &[String] = if args.conforming { &[] } else { &args.switches };
    let mut pairs = Vec::new();
    for word in chosen {
        let pair = word.split_once('=').unwrap_or((word, ""));
        if !switches().iter().any(|known| (known.item.as_str(), known.value.as_str()) == pair) {
            return fail(format!("there is no switch {word:?}; `candor sample --list` lists them"), USAGE);
        }
        pairs.push(pair);
    }
    let sample = match Sample::start(0).await {
        Ok(sample) => sample,
        Err(e) => return fail(format!("the sample app cannot be served: {e}"), UNDRIVEN),
    };
    let address = sample.variant(&pairs);
    eprintln!("The sample app is served at {address}");
    for switch in switches().iter().filter(|switch| pairs.contains(&(&switch.item, &switch.value))) {
        eprintln!("  {}={}: {}", switch.item, switch.value, switch.en);
    }
    let url = match super::address(&address) {
        Ok(url) => url,
        Err(why) => return fail(why, UNDRIVEN),
    };
    let mut scenario = Scenario::for_address(url);
    scenario.app.name = "小满集市".to_owned();
    if !args.all {
        let probes = SHOWN.map(|name| (ProbeName(name.to_owned()), ProbeOptions::default()));
        scenario.probes = Some(probes.into());
    }
    let code = one(
        scenario,
        String::new(),
        address,
        &args.common,
        Failing { on: FailOn::Violation, baseline: None },
    )
    .await;
    // It shows violations: finding them is its success.
    ExitCode::from(if code == UNDRIVEN { UNDRIVEN } else { 0 })
}
