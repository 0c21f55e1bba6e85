//! `candor run SCENARIO…`

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{UNDRIVEN, USAGE, VIOLATION, fail, fail_scenario, print_findings};
use crate::item::ItemId;
use crate::probes;
use crate::recording::Recording;
use crate::recording::sign::{Key, KeyError};
use crate::report::compare;
use crate::rules::{self, Findings, Overrides, Verdict};
use crate::runner::{self, Job, Progress};
use crate::scenario::{self, Scenario, Target};

/// What `candor run` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candor run --url https://shop.example/          every probe that needs no help
  candor run shop.yaml --artifacts nightly        a scenario file; artifacts below nightly/
  candor run shop.yaml --url http://127.0.0.1:80/ the same scenario, another address
  candor run --from artifacts/20260301T020000Z-shop   the same again, against the app as it is now
  candor run shop.yaml --driver http://127.0.0.1:4723/

Findings that the scenario accepts for a while (accept:) stand in every report as accepted and do not make the exit code 1;
after their last day they do again (docs/reports.md).

Each run leaves a folder with the recording (timeline.jsonl, screens/), report.html, findings.json, junit.xml, findings.sarif
and findings.csv; its path is printed last. Exit codes: 0 no violation · 1 violation · 2 wrong command line or scenario · 3 not driven to an answer")]
pub struct RunArgs {
    /// Scenario files; `candor init URL` writes a first one
    #[arg(required_unless_present_any = ["url", "from"], conflicts_with = "from")]
    scenarios: Vec<PathBuf>,
    /// A web app's address: alone it is enough, with one scenario it replaces the scenario's target
    #[arg(long)]
    url: Option<String>,
    /// Drive the scenario of an earlier recording again; `candor compare` then says what changed
    #[arg(long, value_name = "RECORDING")]
    from: Option<PathBuf>,
    /// With --from: a file with the persona's values, which recordings do not hold (name: value, or a scenario)
    #[arg(long, value_name = "FILE", requires = "from")]
    persona: Option<PathBuf>,
    /// Do not look again, in a second session from a fresh start, for what looks like a violation. Without it only what shows
    /// twice is one; what was done in an account or with your leave is not done twice
    #[arg(long)]
    once: bool,
    #[command(flatten)]
    common: RunOptions,
    /// Which verdicts make the exit code 1
    #[arg(long, value_enum, default_value = "violation")]
    fail_on: FailOn,
    /// Judge these items only, such as 1.1,1.3
    #[arg(long, value_delimiter = ',')]
    items: Vec<ItemId>,
    /// A file of findings that are accepted for a while (`accept:`, as in a scenario), besides those of the scenario
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
    /// Fail only on violations that this earlier recording of the app does not have
    #[arg(long, value_name = "RECORDING")]
    baseline: Option<PathBuf>,
}

/// Options that every run takes.
#[derive(Debug, Args)]
pub struct RunOptions {
    /// Where the artifact folders go
    #[arg(long, default_value = "artifacts")]
    pub artifacts: PathBuf,
    /// A WebDriver or Appium server that is running already; without it candor starts chromedriver itself for
    /// a web app, and looks for Appium at http://127.0.0.1:4723 for a phone
    #[arg(long, value_name = "URL")]
    pub driver: Option<String>,
    /// Sign the recording's seal with this private key; `candor keygen FILE` makes one
    #[arg(long, value_name = "FILE")]
    pub sign: Option<PathBuf>,
    /// Let a web app's pages live in real time. Without it their clocks run as fast as the machine allows and stand still
    /// while candor looks, where candor's own chromedriver drives them: quicker, and nothing that comes late is missed
    #[arg(long)]
    pub real_time: bool,
    /// Tell a web app that a program drives it (`navigator.webdriver`). Without it the app sees what it would see of a
    /// person's browser: some show another face to robots
    #[arg(long)]
    pub as_robot: bool,
    /// Shows the browser and waits for you where only a person goes on: a captcha, a step `pause`
    #[arg(long)]
    pub pause: bool,
    /// Mask nothing: passwords and the persona's values are written as they are, and the recording says so
    #[arg(long)]
    pub unmasked: bool,
    /// No progress
    #[arg(long, short)]
    pub quiet: bool,
    /// Say why each control is tapped; -vv also what is seen and how long it takes. All of it is in run.log
    #[arg(long, short, action = clap::ArgAction::Count, conflicts_with = "quiet")]
    pub verbose: u8,
}

impl RunOptions {
    /// Whether pages are to live in virtual time: unless the option says no, or `CANDOR_TIME=real`.
    pub fn virtual_time(&self) -> bool {
        !self.real_time && std::env::var_os("CANDOR_TIME").is_none_or(|time| time != "real")
    }

    /// The key to sign with, read before anything is driven.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn key(&self) -> Result<Option<Key>, KeyError> {
        self.sign.as_deref().map(Key::read).transpose()
    }
}

/// What makes a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Violation,
    /// A violation, or something that a person must look at
    Review,
}

pub async fn run(args: &RunArgs) -> ExitCode {
    let url = match args.url.as_deref().map(super::address).transpose() {
        Ok(url) => url,
        Err(why) => return fail(why, USAGE),
    };
    // Every file is read before anything is driven: a mistake in the last one must not cost a night.
    let mut jobs = Vec::new();
    for path in &args.scenarios {
        match scenario::read(path, probes::names()) {
            Ok((mut scenario, text)) => {
                if let Some(url) = &url {
                    let Target::Web(web) = &mut scenario.app.target else {
                        let why =
                            format!("--url replaces a web app's address; {} is for a phone", path.display());
                        return fail(why, USAGE);
                    };
                    web.url = url.clone();
                }
                jobs.push((scenario, text, path.display().to_string()));
            }
            Err(e) => return fail_scenario(e),
        }
    }
    if let Some(folder) = &args.from {
        let mut again = match super::from::scenario(folder, args.persona.as_deref()) {
            Ok(again) => again,
            Err(why) => return fail(why, USAGE),
        };
        match (&url, &mut again.scenario.app.target) {
            (Some(url), Target::Web(web)) => web.url = url.clone(),
            (Some(_), _) => {
                return fail("--url replaces a web app's address; the recording is of a phone", USAGE);
            }
            (None, _) => {}
        }
        for warning in again.warnings {
            eprintln!("warning: {}", crate::text::clean(&warning));
        }
        jobs.push((again.scenario, again.text, again.shown));
    }
    if url.is_some() && jobs.len() > 1 {
        return fail("--url replaces the target of one scenario; there are several", USAGE);
    }
    if let (Some(url), true) = (url, jobs.is_empty()) {
        let shown = url.to_string();
        jobs.push((Scenario::for_address(url), String::new(), shown));
    }
    let known = match args.baseline.as_deref().map(Recording::open).transpose() {
        Ok(baseline) => baseline.map(|recording| rules::judge(&recording, &Overrides::default())),
        Err(e) => return fail(e, USAGE),
    };
    if known.is_some() && jobs.len() > 1 {
        return fail("--baseline is a recording of one app; there are several scenarios", USAGE);
    }
    let accepted = match args.accept.as_deref().map(scenario::read_acceptance_file).transpose() {
        Ok(accepted) => accepted.unwrap_or_default(),
        Err(e) => return fail_scenario(e),
    };
    for (scenario, _, shown) in &jobs {
        if let Err(why) = runner::read_earlier(scenario) {
            return fail(format!("{shown}: {why}"), USAGE);
        }
    }
    let mut worst = 0;
    let mut seen = HashSet::new();
    for (mut scenario, text, shown) in jobs {
        if !seen.insert(shown.clone()) {
            continue;
        }
        if !args.items.is_empty() {
            scenario.items.clone_from(&args.items);
        }
        // What the command line says goes before what the scenario says of the same item.
        scenario.accept.retain(|own| accepted.iter().all(|other| other.item != own.item));
        scenario.accept.extend(accepted.iter().cloned());
        worst = worst.max(
            one(
                scenario,
                text,
                shown,
                &args.common,
                Judging { on: args.fail_on, baseline: known.as_ref(), once: args.once },
            )
            .await,
        );
    }
    ExitCode::from(worst)
}

/// How a run is judged, and what makes its exit code 1.
#[derive(Debug, Clone, Copy)]
pub struct Judging<'a> {
    pub on: FailOn,
    /// Only violations that are not in these findings count.
    pub baseline: Option<&'a Findings>,
    /// What looks like a violation is not looked for again.
    pub once: bool,
}

/// Runs one scenario, prints its findings and its folder, and gives its exit code.
pub async fn one(
    scenario: Scenario,
    text: String,
    shown: String,
    options: &RunOptions,
    judging: Judging<'_>,
) -> u8 {
    let key = match options.key() {
        Ok(key) => key,
        Err(e) => {
            eprintln!("error: {e}");
            return USAGE;
        }
    };
    let values = match scenario.values() {
        Ok(values) => values,
        Err(e) => {
            eprintln!("error: {shown}: {e}");
            return USAGE;
        }
    };
    let folder = runner::folder_for(&options.artifacts, &scenario.app.name);
    let progress = Progress::new(options.quiet).verbose(options.verbose);
    let job = Job {
        scenario,
        text,
        shown,
        driver: options.driver.clone(),
        unmasked: options.unmasked,
        key,
        values,
        pause: options.pause,
        virtual_time: options.virtual_time(),
        as_robot: options.as_robot,
        once: judging.once,
        folder,
    };
    let ran = runner::run(&job, &progress).await;
    progress.finish();
    match ran {
        Err(e) => {
            eprintln!("error: {e}");
            UNDRIVEN
        }
        Ok(ran) => {
            print_findings(&ran.findings);
            for what in &ran.visible {
                eprintln!("warning: {}", crate::text::clean(what));
            }
            if let Some(why) = &ran.broken {
                eprintln!("error: {}", crate::text::clean(why));
                eprintln!("The recording up to that point is whole and was judged as far as it goes.");
            }
            print_folder(&job.folder);
            match (&ran.broken, judging.baseline) {
                (Some(_), _) => UNDRIVEN,
                (None, Some(baseline)) => against(baseline, &ran.findings),
                (None, None) => exit_code(&ran.findings, judging.on),
            }
        }
    }
}

/// The exit code of findings where only what is new counts; says on standard error what that is.
fn against(baseline: &Findings, findings: &Findings) -> u8 {
    let new = compare::new_violations(baseline, findings);
    let known = findings.failing(Verdict::Violation) - new.len();
    let named: Vec<String> = new.iter().map(|finding| finding.item.to_string()).collect();
    match named.is_empty() {
        true => eprintln!("nothing new against the baseline ({known} known)"),
        false => eprintln!("new against the baseline: {} ({known} known)", named.join(", ")),
    }
    if new.is_empty() { 0 } else { VIOLATION }
}

fn print_folder(folder: &Path) {
    println!("{}", folder.display());
}

/// The exit code of findings of a whole run.
pub fn exit_code(findings: &Findings, fail_on: FailOn) -> u8 {
    let fails = findings.failing(Verdict::Violation) > 0
        || (fail_on == FailOn::Review && findings.failing(Verdict::Review) > 0);
    if fails { VIOLATION } else { 0 }
}
