//! `candor lint SCENARIO…`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{USAGE, fail_scenario};
use crate::scenario::{self, Scenario, Step};

/// What `candor lint` takes.
#[derive(Debug, Args)]
pub struct LintArgs {
    /// Scenario files
    #[arg(required = true)]
    scenarios: Vec<PathBuf>,
}

pub fn run(args: &LintArgs) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for path in &args.scenarios {
        let shown = path.display();
        match scenario::read(path) {
            Err(e) => {
                fail_scenario(e);
                code = ExitCode::from(USAGE);
            }
            Ok((scenario, _)) => {
                let unknown = unknown_names(&scenario);
                for name in &unknown {
                    eprintln!("error: {shown}: a step types ${name}, which `persona:` does not have");
                    code = ExitCode::from(USAGE);
                }
                if unknown.is_empty() {
                    println!("{shown}: good; runs {}", scenario.probe_names().join(", "));
                }
            }
        }
    }
    code
}

/// Names that steps type and the persona does not have.
fn unknown_names(scenario: &Scenario) -> Vec<String> {
    let typed = scenario.probe_names().into_iter().flat_map(|probe| scenario.steps(probe));
    typed
        .filter_map(|step| match step {
            Step::Type(typed) => typed.text.strip_prefix('$'),
            _ => None,
        })
        .filter(|name| !name.is_empty() && !scenario.persona.contains_key(*name))
        .map(str::to_owned)
        .collect()
}
