//! `candor report RECORDING` and `candor report FOLDER`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{UNDRIVEN, USAGE, fail, in_colour, say};
use crate::app::web::print;
use crate::recording::Recording;
use crate::recording::seal::SEAL;
use crate::report::html::{self, Links, links};
use crate::report::{self, summary, terminal};
use crate::rules::{self, Overrides};

/// What `candor report` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Of a recording: the page for people again (report.html), or with --pdf as a document of A4 pages, printed by a browser
through its driver. A sealed recording is not changed: what would differ is written beside it.

Of a folder of recordings, as nightly runs leave it: one page with the apps by items, each linking to its run's report
(index.html), the same as JSON (index.json), and a short table here. Folders in it that are no recordings are named.

Examples:
  candor report artifacts/20260301T020000Z-shop --pdf --language zh -o shop.pdf
  candor report artifacts

Exit codes: 0 written · 2 it cannot be read or written · 3 no browser to print with"
)]
pub struct ReportArgs {
    /// A recording's folder, or a folder of recordings
    path: PathBuf,
    /// Print it as PDF through a driver
    #[arg(long)]
    pdf: bool,
    /// Where it goes
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The language of the PDF; the page itself has a switch
    #[arg(long, value_enum, default_value = "both", requires = "pdf")]
    language: Language,
    /// A WebDriver server that is running already; without it candor starts chromedriver itself
    #[arg(long, value_name = "URL", requires = "pdf")]
    driver: Option<String>,
}

/// Languages of a report.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Language {
    Zh,
    En,
    Both,
}

impl Language {
    fn id(self) -> &'static str {
        match self {
            Language::Zh => "zh",
            Language::En => "en",
            Language::Both => "both",
        }
    }
}

/// Why there is no report, and the exit code.
type Failed = (String, u8);

pub async fn run(args: &ReportArgs) -> ExitCode {
    let written = if summary::is_recording(&args.path) { one(args).await } else { many(args).await };
    match written {
        Ok(path) => {
            say(&path.display().to_string());
            ExitCode::SUCCESS
        }
        Err((why, code)) => fail(crate::text::clean(&why), code),
    }
}

/// The report of one recording.
async fn one(args: &ReportArgs) -> Result<PathBuf, Failed> {
    let recording = Recording::open(&args.path).map_err(|e| (e.to_string(), USAGE))?;
    let findings = rules::judge(&recording, &Overrides::default());
    let page = |links: &Links| html::write_with(&recording, &findings, links);
    if args.pdf {
        let out = args.out.clone().unwrap_or_else(|| beside(&args.path, "pdf"));
        return print(args, &page(&Links::Nowhere), out).await;
    }
    let out = match &args.out {
        Some(out) => out.clone(),
        None => {
            let own = args.path.join("report.html");
            let text = page(&Links::Inside);
            let differs = std::fs::read(&own).map_or(true, |bytes| bytes != text.as_bytes());
            if !differs || !args.path.join(SEAL).exists() {
                return write(own, text.as_bytes());
            }
            eprintln!(
                "the recording is sealed and this report differs from the one in it: it goes beside the folder"
            );
            beside(&args.path, "html")
        }
    };
    let links = Links::of(&out, &args.path);
    write(out, page(&links).as_bytes())
}

/// The summary of a folder of recordings.
async fn many(args: &ReportArgs) -> Result<PathBuf, Failed> {
    let shown = args.path.display();
    let summary =
        summary::collect(&args.path).map_err(|e| (format!("cannot read the folder {shown}: {e}"), USAGE))?;
    if summary.apps.is_empty() {
        let left_out: Vec<String> = summary
            .skipped
            .iter()
            .map(|skipped| format!("\n  {}: {}", skipped.folder, skipped.why))
            .collect();
        return Err((
            format!(
                "there is no recording in {shown}; expected a recording's folder or a folder of such, as `candor run --artifacts {shown}` leaves them{}",
                left_out.concat()
            ),
            USAGE,
        ));
    }
    say(&summary::table(&summary, terminal::width(), in_colour()));
    if args.pdf {
        let out = args.out.clone().unwrap_or_else(|| args.path.join("index.pdf"));
        // The page is printed from a folder of its own, so only whole addresses lead anywhere.
        let folder = args.path.canonicalize().ok().and_then(|path| url::Url::from_file_path(path).ok());
        let base = folder.map(String::from).unwrap_or_default();
        return print(args, &summary::write(&summary, &base), out).await;
    }
    let out = args.out.clone().unwrap_or_else(|| args.path.join("index.html"));
    let json = serde_json::to_string_pretty(&summary).map_err(|e| (e.to_string(), USAGE))?;
    write(out.with_extension("json"), report::json::escaped(&json).as_bytes())?;
    let base = links::way(&out, &args.path).unwrap_or_default();
    write(out, summary::write(&summary, &base).as_bytes())
}

/// `artifacts/x` → `artifacts/x.pdf`; the time and name of the folder stay whole.
fn beside(folder: &Path, kind: &str) -> PathBuf {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let mut name = whole.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(kind);
    whole.with_file_name(name)
}

async fn print(args: &ReportArgs, page: &str, out: PathBuf) -> Result<PathBuf, Failed> {
    let folder = tempfile::tempdir().map_err(|e| (format!("no folder for the page: {e}"), USAGE))?;
    let file = write(folder.path().join("report.html"), page.as_bytes())?;
    let pdf = print::pdf(&file, args.language.id(), args.driver.as_deref())
        .await
        .map_err(|e| (format!("cannot print the report: {e}"), UNDRIVEN))?;
    write(out, &pdf)
}

fn write(path: PathBuf, bytes: &[u8]) -> Result<PathBuf, Failed> {
    match std::fs::write(&path, bytes) {
        Ok(()) => Ok(path),
        Err(e) => {
            Err((format!("cannot write {}: {e}; name another place with --out", path.display()), USAGE))
        }
    }
}
