//! `candor bench`: measures candor itself.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{UNDRIVEN, USAGE, fail};
use crate::bench::{pages, policy, recording, report, sight, traffic};

/// Arguments of `candor bench`.
#[derive(Debug, Args)]
pub struct BenchArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// How well and how fast text on pictures is found, read and measured, against pages whose truth is known
    Sight(SightArgs),
    /// How well and how fast planted values are found in requests, against requests that are generated with them and without
    Traffic(TrafficArgs),
    /// How long judging and reporting take, and how much memory, as recordings grow
    Report(ReportArgs),
    /// How long recordings take to be written, read, judged and verified, and how much memory
    Recording(RecordingArgs),
    /// How policies are read: time, what is found in real ones, topics of sentences beside their labels
    Policy(PolicyArgs),
}

#[derive(Debug, Args)]
struct PolicyArgs {
    /// A folder of policies as text
    #[arg(required_unless_present_any = ["topics", "sizes"])]
    folder: Option<PathBuf>,
    /// Sentences with labels of eleven topics, a line each: sentence, tab, [0, 1, …]
    #[arg(long, value_name = "FILE")]
    topics: Option<PathBuf>,
    /// Measure how time grows with length, up to 10 MB in one line
    #[arg(long)]
    sizes: bool,
}

fn policies(args: &PolicyArgs) -> ExitCode {
    let read = args.folder.as_deref().map(policy::read_folder);
    let topics = args.topics.as_deref().map(policy::compare_topics);
    let sizes = args.sizes.then(|| Ok(policy::time_sizes()));
    for told in [read, topics, sizes].into_iter().flatten() {
        match told {
            Ok(text) => print!("{text}"),
            Err(e) => return fail(e, USAGE),
        }
    }
    ExitCode::SUCCESS
}

#[derive(Debug, Args)]
struct TrafficArgs {
    /// Requests with a planted value, and as many without
    #[arg(long, default_value_t = 5000)]
    requests: usize,
    /// Other numbers make other requests
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Size of the HAR file that is written, read and searched (MB); none with 0
    #[arg(long, default_value_t = 200)]
    har: usize,
}

#[derive(Debug, Args)]
struct ReportArgs {
    /// Screens of the recordings that are made up
    #[arg(long, value_delimiter = ',', default_values_t = [250, 500, 1000])]
    screens: Vec<usize>,
    /// Measure this recording instead, and print the figures as JSON; its report.html is written again
    #[arg(long, value_name = "RECORDING")]
    recording: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct RecordingArgs {
    /// Screens of the recordings to be made
    #[arg(long, value_delimiter = ',', default_value = "100,1000")]
    screens: Vec<u32>,
}

#[derive(Debug, Args)]
struct SightArgs {
    /// Pages to draw
    #[arg(long, default_value_t = 48)]
    pages: usize,
    /// Number of the first page; other numbers give other pages
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// Count every line, also those smaller than 12 px and those of density 1
    #[arg(long)]
    every: bool,
    /// Draw into this folder and keep it; a folder that holds pages already is measured without a browser
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
    /// axe-core's script (axe.min.js of its npm package), to be compared with
    #[arg(long, value_name = "FILE")]
    axe: Option<PathBuf>,
}

fn recordings(args: &RecordingArgs) -> ExitCode {
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(e) => return fail(format!("no folder for the recordings: {e}"), USAGE),
    };
    match recording::run(folder.path(), &args.screens) {
        Ok(table) => {
            print!("{table}");
            ExitCode::SUCCESS
        }
        Err(e) => fail(e, USAGE),
    }
}

/// Runs `candor bench`.
pub async fn run(args: &BenchArgs) -> ExitCode {
    match &args.what {
        What::Sight(args) => bench_sight(args).await,
        What::Recording(args) => recordings(args),
        What::Traffic(args) => {
            let TrafficArgs { requests, seed, har } = *args;
            match traffic::run(traffic::Options { requests, seed, har }) {
                Ok(text) => {
                    println!("{text}");
                    ExitCode::SUCCESS
                }
                Err(why) => fail(why, USAGE),
            }
        }
        What::Policy(args) => policies(args),
        What::Report(args) => match bench_report(args) {
            Ok(text) => {
                println!("{}", text.trim_end());
                ExitCode::SUCCESS
            }
            Err(why) => fail(why, USAGE),
        },
    }
}

/// Size of the pictures in recordings that are made up: a common Android phone (px).
const PICTURE: (u32, u32) = (1082, 2402);

/// Makes recordings up and measures each in a process of its own, so that its memory is its own.
fn bench_report(args: &ReportArgs) -> Result<String, String> {
    if let Some(recording) = &args.recording {
        let measured = report::measure(recording).map_err(|e| e.to_string())?;
        return serde_json::to_string(&measured).map_err(|e| e.to_string());
    }
    let program = std::env::current_exe().map_err(|e| format!("cannot find this program: {e}"))?;
    let mut all = Vec::new();
    for &screens in &args.screens {
        let folder = tempfile::tempdir().map_err(|e| format!("no folder for a recording: {e}"))?;
        let path = folder.path().join("recording");
        eprintln!("recording {screens} screens");
        report::record(&path, screens, PICTURE).map_err(|e| e.to_string())?;
        let output = std::process::Command::new(&program)
            .args(["bench", "report", "--recording"])
            .arg(&path)
            .output()
            .map_err(|e| format!("cannot start {}: {e}", program.display()))?;
        let measured = serde_json::from_slice(&output.stdout)
            .map_err(|e| format!("{e}: {}", String::from_utf8_lossy(&output.stderr)))?;
        all.push(measured);
    }
    Ok(report::table(&all))
}

async fn bench_sight(args: &SightArgs) -> ExitCode {
    let axe = match &args.axe {
        Some(file) => match std::fs::read_to_string(file) {
            Ok(script) => Some(script),
            Err(e) => return fail(format!("cannot read {}: {e}", file.display()), USAGE),
        },
        None => None,
    };
    let own = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(e) => return fail(format!("no folder for the pages: {e}"), USAGE),
    };
    let folder = args.keep.clone().unwrap_or_else(|| own.path().to_owned());
    if let Err(e) = std::fs::create_dir_all(&folder) {
        return fail(format!("cannot make {}: {e}", folder.display()), USAGE);
    }
    let bar = indicatif::ProgressBar::new(args.pages as u64).with_style(
        indicatif::ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}")
            .unwrap_or_else(|_| indicatif::ProgressStyle::default_bar()),
    );
    if !folder.join("0001.json").exists() {
        bar.set_message("drawing");
        let drawn = |done: usize| bar.set_position(done as u64);
        if let Err(e) = pages::draw(&folder, args.seed, args.pages, axe.as_deref(), &drawn).await {
            return fail(e, UNDRIVEN);
        }
    }
    bar.set_message("reading");
    let read = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let results = sight::run(&folder, args.every, &read);
    bar.finish_and_clear();
    match results {
        Ok(results) => {
            print!("{}", sight::tables(&results));
            ExitCode::SUCCESS
        }
        Err(e) => fail(e, USAGE),
    }
}
