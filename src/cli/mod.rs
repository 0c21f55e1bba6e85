//! Arguments, one file per subcommand, exit codes.

mod adding;
mod attest;
mod bench;
mod beside;
mod compare;
mod demo;
mod doctor;
mod due;
mod explore;
mod followup;
mod followups;
mod from;
mod init;
mod judge;
mod keygen;
mod lint;
mod look;
mod manual;
mod measure;
mod policy;
mod report;
mod rules;
mod run;
mod sample;
mod shared;
mod traffic;
mod verify;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

pub use shared::{UNDRIVEN, USAGE, VIOLATION};
pub(crate) use shared::{address, fail, fail_scenario, in_colour, print_findings, say};

/// Drives an app the way a person would and judges it against China's notice 191.
#[derive(Debug, Parser)]
#[command(
    version,
    propagate_version = true,
    after_help = "Exit codes: 0 no violation · 1 violation or difference · 2 the command line or a scenario is wrong · 3 the app could not be driven to an answer"
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Audit the sample app that ships inside this program
    Demo(demo::DemoArgs),
    /// Record an app, judge the recording, write the reports
    Run(run::RunArgs),
    /// Judge a recording again, without the app
    Judge(judge::JudgeArgs),
    /// Search an app for the shortest way to the privacy policy
    Explore(explore::ExploreArgs),
    /// Show how candor sees one screen, and why: controls, boxes, prompt, policy, dangers
    Look(look::LookArgs),
    /// Write a commented first scenario
    Init(init::InitArgs),
    /// Check scenario files without running them
    Lint(lint::LintArgs),
    /// Print the JSON Schema of a scenario, or of what candor writes
    Schema(init::SchemaArgs),
    /// Serve the sample app to be looked at in a browser
    Sample(sample::SampleArgs),
    /// List the 31 items, or explain one
    Rules(rules::RulesArgs),
    /// Write a recording's report again, as a page or a PDF; or one page over a folder of recordings
    Report(report::ReportArgs),
    /// Show what changed from one recording of an app to another
    Compare(compare::CompareArgs),
    /// Make a key to sign recordings with
    Keygen(keygen::KeygenArgs),
    /// Add a person's statement on an item to a recording
    Attest(attest::AttestArgs),
    /// State what was asked of the operator, look again at what is due, judge anew
    #[command(name = "followup")]
    FollowUp(followup::FollowUpArgs),
    /// List what was asked of operators and is not answered yet, with the days left
    #[command(name = "followups")]
    FollowUps(followups::FollowUpsArgs),
    /// Show what left the device: who received what, when, and how it was written
    Traffic(traffic::TrafficArgs),
    /// Tell whether a recording is as it was written
    Verify(verify::VerifyArgs),
    /// Read a screenshot: each line's text, size, contrast and spacing, from its pixels alone
    Measure(measure::MeasureArgs),
    /// Read a privacy policy: its statements, its gaps, what changed
    Policy(policy::PolicyArgs),
    /// Measure candor itself
    Bench(bench::BenchArgs),
    /// Say what this machine has and lacks for driving apps
    Doctor(doctor::DoctorArgs),
    /// Print what a shell needs to complete candor's commands
    Completions(manual::CompletionsArgs),
    /// Print the manual page, or write one for each subcommand
    Man(manual::ManArgs),
}

/// Runs the command and says how it ended.
pub async fn run(cli: Cli) -> ExitCode {
    match cli.command {
        Command::Demo(args) => demo::run(&args).await,
        Command::Run(args) => run::run(&args).await,
        Command::Judge(args) => judge::run(&args),
        Command::Explore(args) => explore::run(&args).await,
        Command::Look(args) => look::run(&args).await,
        Command::Init(args) => init::run(&args),
        Command::Lint(args) => lint::run(&args),
        Command::Schema(args) => init::schema(&args),
        Command::Sample(args) => sample::run(&args).await,
        Command::Rules(args) => rules::run(&args),
        Command::Report(args) => report::run(&args).await,
        Command::Compare(args) => compare::run(&args),
        Command::Keygen(args) => keygen::run(&args),
        Command::Attest(args) => attest::run(&args),
        Command::FollowUp(args) => followup::run(&args),
        Command::FollowUps(args) => followups::run(&args),
        Command::Traffic(args) => traffic::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Measure(args) => measure::run(&args),
        Command::Policy(args) => policy::run(&args).await,
        Command::Bench(args) => bench::run(&args).await,
        Command::Doctor(args) => doctor::run(&args).await,
        Command::Completions(args) => manual::print_completions(&args, Cli::command()),
        Command::Man(args) => manual::write_manual(&args, Cli::command()),
    }
}
