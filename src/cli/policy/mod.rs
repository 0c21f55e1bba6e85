//! `candor policy`: what a policy says, what it lacks, and what changed since an earlier one.

mod input;
mod print;
mod told;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::json;

use self::input::{Read, Source};
use self::told::{KINDS, Language, Told};
use super::run::RunOptions;
use super::{UNDRIVEN, USAGE, VIOLATION, fail, say};
use crate::policy::Policy;
use crate::policy::differences;
use crate::policy::gaps::{self, Gap, Weight};
use crate::thresholds::Thresholds;

/// Version of the JSON that `candor policy --json` writes.
const FORMAT: u32 = 1;

/// What `candor policy` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Reads a privacy policy and prints its statements as a table: what is collected and what for, permissions, receivers,
retention, rights and the ways to them, channels, promised limits, operator and dates, what is said not to be done. Each
has its words and its place. Then the gaps, by item of the notice: what a complete policy says and this one does not.
A statement that the words leave open is marked with a ?.

FILE is plain text, Markdown, a page (.html, also Word's), or a PDF; its encoding is found out. FOLDER is a recording of
candor's, or holds policies, one in each file. URL is opened in a browser and searched for the policy like an app.

Examples:
  candor policy privacy.html                       the statements and the gaps
  candor policy privacy.html --fail-on grave       for a nightly run: exit code 1 where something must be mended
  candor policy new.html --against old.html        what was added, removed or changed, by facts
  candor policy policies/ --json > policies.json   every statement with its place
  candor policy https://shop.example/

Exit codes: 0 read · 1 gaps, with --fail-on · 2 wrong command line, or a file cannot be read · 3 no policy was found at the address"
)]
pub struct PolicyArgs {
    /// Address, file or folder
    #[arg(value_name = "URL|FILE|FOLDER")]
    source: String,
    /// Compare with this earlier policy (a file, or a recording's folder)
    #[arg(long, value_name = "OLD")]
    against: Option<PathBuf>,
    /// Print JSON instead of tables
    #[arg(long)]
    json: bool,
    /// Which gaps make the exit code 1
    #[arg(long, value_enum, default_value = "never")]
    fail_on: FailOn,
    /// Only these kinds of statements in the table, such as collects,receiver,limit
    #[arg(long, value_delimiter = ',', value_name = "KINDS")]
    only: Vec<String>,
    /// Language of gaps and names
    #[arg(long, value_enum, default_value = "en")]
    language: Language,
    #[command(flatten)]
    run: RunOptions,
}

/// Which gaps make a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Never,
    /// What the policy must say and does not, or says and must not
    Grave,
    /// Every gap
    Any,
}

/// Runs `candor policy`.
pub async fn run(args: &PolicyArgs) -> ExitCode {
    if let Some(unknown) = args.only.iter().find(|name| !KINDS.contains(&name.as_str())) {
        let near = KINDS.iter().min_by_key(|kind| strsim::levenshtein(kind, unknown)).unwrap_or(&"collects");
        let known = KINDS.join(", ");
        return fail(
            format!("--only {unknown}: no such kind of statement; did you mean {near}? There are {known}"),
            USAGE,
        );
    }
    let thresholds = Thresholds::default();
    let earlier = match args.against.as_deref().map(read_earlier) {
        Some(earlier) => match earlier.await {
            Ok(read) => Some(read),
            Err(e) => return fail(e, USAGE),
        },
        None => None,
    };
    let sources = match input::sources(&args.source) {
        Ok(sources) => sources,
        Err(e) => return fail(e, USAGE),
    };
    let many = sources.len() > 1;
    let mut told = Vec::new();
    let mut code = 0;
    for source in sources {
        let read = match &source {
            Source::Address(url) => input::from_address(url, &args.run).await,
            Source::File(path) => input::from_file(path).await,
        };
        match read {
            Ok(read) => {
                let gaps = gaps::find(&read.policy, &thresholds);
                let differences = earlier.as_ref().map(|old| differences::find(&old.policy, &read.policy));
                told.push(Told { read, gaps, differences });
            }
            Err(e) => {
                // One file that cannot be read does not keep the others from being told.
                eprintln!("error: {e}");
                code = code.max(if matches!(source, Source::Address(_)) { UNDRIVEN } else { USAGE });
            }
        }
    }
    if told.is_empty() {
        return ExitCode::from(code);
    }
    if args.json {
        match serde_json::to_string_pretty(&as_json(&told)) {
            Ok(text) => say(&text),
            Err(e) => return fail(e, USAGE),
        }
    } else {
        for told in &told {
            print::policy(told, &args.only, args.language, many);
        }
        if many {
            print::summary(&told);
        }
    }
    let fails = |gap: &Gap| match args.fail_on {
        FailOn::Never => false,
        FailOn::Grave => gap.weight == Weight::Grave,
        FailOn::Any => true,
    };
    if code == 0 && told.iter().flat_map(|told| &told.gaps).any(fails) {
        code = VIOLATION;
    }
    ExitCode::from(code)
}

async fn read_earlier(path: &Path) -> Result<Read, String> {
    match input::sources(&path.to_string_lossy())?.as_slice() {
        [Source::File(file)] => input::from_file(file).await,
        [Source::Address(_)] => Err(format!(
            "--against {}: expected a file or a recording's folder, not an address",
            path.display()
        )),
        more => {
            Err(format!("--against {}: it holds {} files; expected one policy", path.display(), more.len()))
        }
    }
}

#[derive(Serialize)]
struct Figures<'t> {
    characters: usize,
    headings: usize,
    sentences: usize,
    long_sentences: usize,
    longest_paragraph: usize,
    repeated_paragraphs: usize,
    unexplained_terms: &'t [(&'static str, usize)],
    unexplained_acronyms: &'t [&'static str],
    placeholders: Vec<&'static str>,
}

fn figures_of(policy: &Policy) -> serde_json::Value {
    let text = &policy.document.text;
    let long = Thresholds::default().get("long_sentence").max(1.0) as usize;
    let figures = crate::policy::figures::Figures::of(text, long);
    json!(Figures {
        characters: figures.characters,
        headings: figures.headings,
        sentences: figures.sentences,
        long_sentences: figures.long_sentences.len(),
        longest_paragraph: figures.paragraph,
        repeated_paragraphs: figures.repeated,
        unexplained_terms: &figures.terms,
        unexplained_acronyms: &figures.acronyms,
        placeholders: crate::policy::figures::find_placeholders(text),
    })
}

fn as_json(told: &[Told]) -> serde_json::Value {
    let one = |told: &Told| {
        let Read { shown, encoding, notes, policy } = &told.read;
        let mut value = json!({
            "source": shown,
            "encoding": encoding,
            "notes": notes,
            "whole": !policy.document.cut,
            "figures": figures_of(policy),
            "statements": policy.statements,
            "gaps": told.gaps,
        });
        if let (Some(differences), Some(object)) = (&told.differences, value.as_object_mut()) {
            object.insert("differences".to_owned(), json!(differences));
        }
        value
    };
    json!({ "format": FORMAT, "policies": told.iter().map(one).collect::<Vec<_>>() })
}
