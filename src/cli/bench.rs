//! `candor bench`: measures candor itself.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{UNDRIVEN, USAGE, fail};
use crate::bench::{pages, sight};

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

/// Runs `candor bench`.
pub async fn run(args: &BenchArgs) -> ExitCode {
    let What::Sight(args) = &args.what;
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
