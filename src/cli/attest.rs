//! `candor attest RECORDING ITEM`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::adding::{add_and_seal, check_sealed};
use super::{UNDRIVEN, USAGE, fail};
use crate::item::ItemId;
use crate::recording::Event;
use crate::recording::entries::{AddedLater, Attested};
use crate::recording::sign::Key;
use crate::rules::Verdict;
use crate::text::clean;

/// What `candor attest` takes.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candor attest artifacts/20260301T020000Z-shop 5.2 --verdict conforms --by \"Li Wei, Example Audit\" \\
    --note \"the processing contract forbids passing data on\" --file contract.pdf --sign auditor.pem

The statement is added to the end of the timeline, the files are copied to attested/, the reports are written anew and
the recording is sealed again; the seal before is kept in seals/. Nothing else is touched, and a recording that does not
verify is not attested to. A judged violation stays one whatever is attested; `review` and `not tested` are decided by
the last statement, and a stated violation always counts.

Exit codes: 0 attested · 1 the recording is not as it was sealed · 2 wrong command line · 3 it cannot be written")]
pub struct AttestArgs {
    /// The recording's folder, as `candor run` leaves it
    recording: PathBuf,
    /// The item that is stated on, such as 5.2
    item: ItemId,
    /// What is stated
    #[arg(long, value_enum)]
    verdict: Stated,
    /// Why, in words for the reader of the report
    #[arg(long)]
    note: String,
    /// Who states it
    #[arg(long, value_name = "NAME")]
    by: String,
    /// A file that shows it, copied into the recording; may be given more than once
    #[arg(long = "file", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Sign the new seal with this private key
    #[arg(long, value_name = "FILE")]
    sign: Option<PathBuf>,
}

/// Verdicts that a person can come to.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Stated {
    Violation,
    Conforms,
    NotApplicable,
    /// Looked at, and still open
    Review,
}

impl From<Stated> for Verdict {
    fn from(stated: Stated) -> Verdict {
        match stated {
            Stated::Violation => Verdict::Violation,
            Stated::Conforms => Verdict::Conforms,
            Stated::NotApplicable => Verdict::NotApplicable,
            Stated::Review => Verdict::Review,
        }
    }
}

pub fn run(args: &AttestArgs) -> ExitCode {
    let key = match args.sign.as_deref().map(Key::read).transpose() {
        Ok(key) => key,
        Err(e) => return fail(e, USAGE),
    };
    if args.by.trim().is_empty() || args.note.trim().is_empty() {
        return fail("--by and --note must say who states it and why", USAGE);
    }
    if let Some(file) = args.files.iter().find(|file| !file.is_file()) {
        return fail(format!("{} is no file that could be handed in", file.display()), USAGE);
    }
    if let Err(code) = check_sealed(&args.recording) {
        return code;
    }
    match attest(args, key.as_ref()) {
        Ok(entry) => {
            println!("item {} attested by {} as entry {entry}; sealed again", args.item, clean(&args.by));
            ExitCode::SUCCESS
        }
        Err(e) => fail(e, UNDRIVEN),
    }
}

fn attest(args: &AttestArgs, key: Option<&Key>) -> Result<u64, Box<dyn std::error::Error>> {
    let (entry, _) = add_and_seal(&args.recording, &args.files, key, &|added: AddedLater| {
        Event::Attested(Box::new(Attested {
            item: args.item,
            verdict: args.verdict.into(),
            note: args.note.trim().to_owned(),
            by: args.by.trim().to_owned(),
            tool: added.tool,
            files: added.files,
            key: added.key,
            seal: added.seal,
        }))
    })?;
    Ok(entry)
}
