//! `candor demo`

use std::process::ExitCode;

use clap::Args;

use super::run::{FailOn, Judging, RunOptions, one};
use super::{UNDRIVEN, USAGE, fail, fail_scenario};
use crate::probes;
use crate::sample::{Sample, switches};
use crate::scenario::{ProbeName, ProbeOptions};

/// What `candor demo` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Serves the sample app, a small shop, on loopback from inside this program, audits it in Chromium with an account that it
registers and cancels, prints the findings and, last, the folder with the recording; its report.html shows them with
pictures. The shop breaks what its switches say; `candor sample --list` lists them.
Exit codes: 0 the demonstration ran, whatever it found · 2 an unknown switch · 3 the app could not be driven"
)]
pub struct DemoArgs {
    /// What the shop does wrong, as ITEM=VALUE; may be given more than once
    #[arg(long = "switch", value_name = "ITEM=VALUE", default_values = DEFAULT)]
    switches: Vec<String>,
    /// No switch: the shop that conforms
    #[arg(long, conflicts_with = "switches")]
    conforming: bool,
    /// Without an account, and only the four probes that show the most in the least time
    #[arg(long)]
    quick: bool,
    #[command(flatten)]
    common: RunOptions,
}

/// What the shop does wrong unless it is told: a box ticked beforehand, an account that is closed on the surface only; and a
/// trap, a policy exactly as far away as is allowed.
const DEFAULT: [&str; 3] = ["3.4=preticked", "6.4=served", "1.3=four"];
/// What is done to the shop.
const SCENARIO: &str = include_str!("demo.yaml");
/// The probes of a quick demonstration.
const QUICK: [&str; 4] = ["first_run", "find_policy", "read_policy", "sign_in_form"];

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
    let text = SCENARIO.replace("{url}", &address).replace("{server}", sample.url());
    let mut scenario = match probes::read_scenario(&text, "demo.yaml") {
        Ok(scenario) => scenario,
        Err(e) => return fail_scenario(e),
    };
    if args.quick {
        let probes = QUICK.map(|name| (ProbeName(name.to_owned()), ProbeOptions::default()));
        scenario.probes = Some(probes.into());
    }
    let code = one(
        scenario,
        text,
        address,
        &args.common,
        Judging { on: FailOn::Violation, baseline: None, once: true },
    )
    .await;
    // It shows violations: finding them is its success.
    ExitCode::from(if code == UNDRIVEN { UNDRIVEN } else { 0 })
}
