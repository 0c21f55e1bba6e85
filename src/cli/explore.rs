//! `candor explore URL --goal policy`

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::run::RunOptions;
use super::{UNDRIVEN, USAGE, VIOLATION, fail};
use crate::recording::entries::ControlsLeft;
use crate::recording::{Event, GoalReached, GoalRuledOut, Recording};
use crate::runner::{self, Job, Progress};
use crate::scenario::{ProbeName, ProbeOptions, Scenario, ThresholdName};
use crate::text::clean;

/// What `candor explore` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Prints the fewest operations from the main screen to the goal, step by step with each step's picture.
Exit codes: 0 found · 1 not found · 2 wrong command line · 3 not driven to an answer"
)]
pub struct ExploreArgs {
    /// The web app's address
    target: String,
    /// What is searched for
    #[arg(long, value_enum, default_value = "policy")]
    goal: GoalName,
    /// How many operations deep; 6 without it
    #[arg(long)]
    depth: Option<u8>,
    /// Prove that the way is the shortest; without it, one of at most 4 operations is enough
    #[arg(long)]
    shortest: bool,
    #[command(flatten)]
    common: RunOptions,
}

/// Goals of an exploration.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum GoalName {
    /// The privacy policy's text
    Policy,
    /// A log-in or registration form (promising ways only, at most 3 deep)
    SignIn,
}

pub async fn run(args: &ExploreArgs) -> ExitCode {
    let url = match super::address(&args.target) {
        Ok(url) => url,
        Err(e) => return fail(e, USAGE),
    };
    let probe = match args.goal {
        GoalName::Policy => "find_policy",
        GoalName::SignIn => "sign_in_form",
    };
    let mut scenario = Scenario::for_address(url);
    scenario.probes = Some([(ProbeName(probe.to_owned()), ProbeOptions::default())].into());
    if let Some(depth) = args.depth {
        scenario.thresholds.insert(ThresholdName("search_depth".to_owned()), f64::from(depth));
    }
    scenario.shortest = args.shortest;
    let folder = runner::folder_for(&args.common.artifacts, &scenario.app.name);
    let progress = Progress::new(args.common.quiet).verbose(args.common.verbose);
    let driver = args.common.driver.clone();
    let key = match args.common.key() {
        Ok(key) => key,
        Err(e) => return fail(e, USAGE),
    };
    let job = Job {
        scenario,
        text: String::new(),
        shown: args.target.clone(),
        driver,
        unmasked: args.common.unmasked,
        key,
        values: Default::default(),
        pause: false,
        virtual_time: args.common.virtual_time(),
        as_robot: args.common.as_robot,
        once: true,
        folder,
    };
    let ran = runner::run(&job, &progress).await;
    progress.finish();
    let (ran, recording) = match ran {
        Ok(ran) => match Recording::open(&job.folder) {
            Ok(recording) => (ran, recording),
            Err(e) => return fail(e, UNDRIVEN),
        },
        Err(e) => return fail(e, UNDRIVEN),
    };
    let mut code = UNDRIVEN;
    for entry in &recording.entries {
        match &entry.event {
            Event::GoalReached(reached) => {
                print_path(reached, &recording);
                code = 0;
            }
            Event::GoalRuledOut(ruled_out) => {
                print_absence(ruled_out);
                code = VIOLATION;
            }
            _ => {}
        }
    }
    print_left(&recording);
    if let Some(why) = &ran.broken {
        eprintln!("error: {}", clean(why));
    }
    println!("{}", job.folder.display());
    ExitCode::from(if ran.broken.is_some() { UNDRIVEN } else { code })
}

fn print_path(reached: &GoalReached, recording: &Recording) {
    let picture = |number: u32| {
        let file = recording.entries.iter().find_map(|entry| match &entry.event {
            Event::ScreenSeen(seen) if seen.screen == number => seen.picture.clone(),
            _ => None,
        });
        file.map_or_else(|| format!("screen {number}"), |file| file.file)
    };
    let least = match reached.none_within {
        _ if reached.shortest => "fewest: every shorter way was tried".to_owned(),
        0 => "a shorter way is not ruled out; --shortest looks for one".to_owned(),
        within => format!("every way of at most {within} was tried, and none leads there"),
    };
    println!("{} operations ({least})", reached.path.len());
    for (at, step) in reached.path.iter().enumerate() {
        println!("  {}. {}  {}", at + 1, clean(&step.operation.to_string()), picture(step.on));
    }
    println!("  {}  {}", reached.goal, picture(reached.screen));
    println!("{} operations in all, {} screens", reached.breadth.operations, reached.breadth.screens.max(1));
}

/// The controls that were left alone, each once, with what says that they may do harm.
fn print_left(recording: &Recording) {
    let mut known: Vec<&str> = Vec::new();
    for entry in &recording.entries {
        let Event::ControlsLeft(ControlsLeft { controls, .. }) = &entry.event else { continue };
        for left in controls.iter().filter(|left| !left.label.is_empty()) {
            if !known.contains(&left.label.as_str()) {
                known.push(&left.label);
                println!("left alone: {} ({})", clean(&left.label), clean(&left.danger.to_string()));
            }
        }
    }
}

fn print_absence(ruled_out: &GoalRuledOut) {
    println!("not found within {} operations of the main screen", ruled_out.depth);
    if let Some(why) = &ruled_out.stopped {
        println!("  the search was cut: {}", clean(why));
    }
    let breadth = &ruled_out.breadth;
    println!(
        "  {} screens, {} operations; left out: {} entries like others, {} dangerous controls",
        breadth.screens, breadth.operations, breadth.alike_skipped, breadth.dangerous_skipped
    );
}
