//! `candor measure`: what can be read on a picture, and how well.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use comfy_table::{Cell, Color, Table, presets};

use super::beside::place_for;
use super::{USAGE, fail};
use crate::rules::article1::fault::{self, Fault, Kind};
use crate::sight::line::Sight;
use crate::sight::{self, boxed, read};
use crate::text::clean;
use crate::text::script::Script;
use crate::thresholds::Thresholds;

/// Arguments of `candor measure`.
#[derive(Debug, Args)]
#[command(
    after_help = "Sizes are in dp (CSS px on the web, pt on iOS), so the picture's density must be right: 2.625 for many Android phones, 3 for most iPhones, 1 for a desktop screenshot. A figure's margin is what its measurement allows; a line is marked only where it is under the limit by more than that."
)]
pub struct MeasureArgs {
    /// A screenshot, as PNG
    image: PathBuf,
    /// px of the picture per dp
    #[arg(long, default_value_t = 1.0, value_parser = density)]
    density: f32,
    /// Where the boxed picture goes (an SVG that any browser shows); into the current folder without it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print the measurements as JSON instead of a table
    #[arg(long)]
    json: bool,
}

fn density(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(density) if (0.5..=8.0).contains(&density) => Ok(density),
        _ => Err("expected a number from 0.5 to 8, such as 2.625".to_owned()),
    }
}

/// Runs `candor measure`.
pub fn run(args: &MeasureArgs) -> ExitCode {
    let shown = args.image.display();
    let png = match std::fs::read(&args.image) {
        Ok(png) => png,
        Err(e) => return fail(format!("cannot read {shown}: {e}"), USAGE),
    };
    let picture = match sight::open(&png) {
        Ok(picture) => picture,
        Err(why) => return fail(format!("{shown}: {why}"), USAGE),
    };
    let seen = match read::read(&picture, args.density, &[], sight::threads()) {
        Ok(seen) => seen,
        Err(e) => return fail(e, USAGE),
    };
    let out = match place_for(args.out.as_deref(), &file_name(&args.image)) {
        Ok(out) => out,
        Err(why) => return fail(clean(&why), USAGE),
    };
    let limits = Thresholds::default();
    if let Err(e) =
        std::fs::write(&out, boxed::svg(&png, &seen, |line| fault::certain(line, args.density, &limits)))
    {
        return fail(format!("cannot write {}: {e}", out.display()), USAGE);
    }
    if args.json {
        match serde_json::to_string_pretty(&seen) {
            Ok(text) => println!("{text}"),
            Err(e) => return fail(e, USAGE),
        }
        return ExitCode::SUCCESS;
    }
    print(&seen, &limits, &out);
    ExitCode::SUCCESS
}

/// `screens/0007.png` → `0007.measured.svg`.
fn file_name(image: &Path) -> String {
    let name = image.with_extension("measured.svg");
    name.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether the line has the fault for sure.
fn has(faults: &[Fault], kind: Kind) -> bool {
    faults.iter().any(|fault| fault.kind == kind && fault.sure)
}

fn print(seen: &Sight, limits: &Thresholds, out: &Path) {
    let colour = super::in_colour();
    let cell = |text: String, bad: bool| match (bad, colour) {
        (false, _) => Cell::new(text),
        (true, true) => Cell::new(format!("! {text}")).fg(Color::Red),
        (true, false) => Cell::new(format!("! {text}")),
    };
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
    table.set_header(["size (dp)", "contrast", "spacing", "edge (em)", "sure", "text"]);
    for line in &seen.lines {
        let faults = fault::of(line, seen.density, limits);
        let bad = |kind| has(&faults, kind);
        let size = format!("{:.1} ({:.1}–{:.1})", line.size.value, line.size.low, line.size.high);
        let contrast = line
            .contrast
            .map_or_else(|| "?".to_owned(), |c| format!("{:.2} ({:.2}–{:.2})", c.value, c.low, c.high));
        table.add_row([
            cell(size, bad(Kind::Small)),
            cell(contrast, bad(Kind::Pale)),
            cell(
                line.spacing.map_or_else(|| "–".to_owned(), |spacing| format!("{spacing:.2}")),
                bad(Kind::Tight),
            ),
            cell(format!("{:.2}", line.blur), bad(Kind::Blurred)),
            Cell::new(format!("{:.0} %", line.confidence * 100.0)),
            Cell::new(clean(&line.text)),
        ]);
    }
    if !seen.lines.is_empty() {
        println!("{table}");
    }
    let bad = seen.lines.iter().filter(|line| fault::certain(line, seen.density, limits)).count();
    let count = match seen.lines.len() {
        0 => "no text".to_owned(),
        1 => "1 line of text".to_owned(),
        more => format!("{more} lines of text"),
    };
    if let Some(script) = seen.script {
        println!(
            "script: {}",
            match script {
                Script::Simplified => "simplified Chinese",
                Script::Traditional => "traditional Chinese",
                Script::Other => "no Chinese to speak of",
            }
        );
    }
    let limit = |name| limits.get(name);
    println!(
        "{count} on {:.0} % of the picture; {bad} hard to read beyond the measurement's margin, marked !",
        seen.covered * 100.0
    );
    println!(
        "limits: {} dp, {}:1 ({}:1 from {} dp on), lines {} em apart, edges of {} em at most",
        limit("min_text_size"),
        limit("min_contrast"),
        limit("min_contrast_large"),
        limit("large_text_size"),
        limit("min_line_spacing"),
        limit("max_blur"),
    );
    println!("boxed picture: {}", out.display());
}
