//! `candor lint SCENARIO…`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{USAGE, fail_scenario};
use crate::probes;
use crate::scenario::{self, Scenario, Step};
use crate::working_days::day_in_china;

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
        match scenario::read(path, probes::names()) {
            Err(e) => {
                fail_scenario(e);
                code = ExitCode::from(USAGE);
            }
            Ok((scenario, _)) => {
                let unknown = unknown_names(&scenario);
                for name in &unknown {
                    eprintln!(
                        "error: {shown}: a step types ${name}, which neither `persona:` nor `account:` has"
                    );
                    code = ExitCode::from(USAGE);
                }
                for over in overdue(&scenario) {
                    eprintln!("warning: {shown}: {over}");
                }
                if unknown.is_empty() {
                    println!("{shown}: good; runs {}", probes::chosen_names(&scenario).join(", "));
                }
            }
        }
    }
    code
}

/// What is accepted no longer, in words.
fn overdue(scenario: &Scenario) -> Vec<String> {
    let today = day_in_china(jiff::Timestamp::now());
    let over = scenario.accept.iter().filter(|accepted| accepted.until < today);
    over.map(|over| {
        format!("item {} was accepted until {}, which is over: it fails again", over.item, over.until)
    })
    .collect()
}

/// Names that steps type and the persona does not have.
fn unknown_names(scenario: &Scenario) -> Vec<String> {
    let account = scenario.account.as_ref();
    let known = |name: &str| {
        scenario.persona.contains_key(name)
            || account.is_some_and(|account| match name {
                "phone" => account.phone.is_some(),
                "email" => account.email.is_some(),
                "name" => account.name.is_some(),
                "password" => account.password.is_some() || account.register.is_some(),
                "code" => account.code.is_some(),
                _ => false,
            })
    };
    scenario
        .all_steps()
        .filter_map(|step| match &step.value {
            Step::Type(typed) => typed.text.strip_prefix('$'),
            _ => None,
        })
        .filter(|name| !name.is_empty() && !known(name))
        .map(str::to_owned)
        .collect()
}
