//! What `candor followup` takes on the command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::recording::follow_up::Reply;

/// Why nothing was done, as the exit code: what is to be said was said.
pub type Failed = ExitCode;

/// What `candor followup` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "A cancellation that an app carries out later, and a change that was not to be seen after a restart, are follow-ups of
their run. What was asked by mail, by phone or by hand is stated once:
  candor followup artifacts/20261127T010429Z-shop --requests requests.yaml --by \"Li Wei\"

  requests:
    - what: deletion          # correction, deletion, cancellation, complaint
      channel: mail           # app, mail, phone, form, chat, post
      sent: 2026-11-27
      note: asked privacy@shop.example to delete the delivery address
      proof: [sent.eml]       # copied into the recording
      promise: 我们将在7个工作日内答复   # the operator's own words, where it took it with some

The limit is what the operator, the app or the policy promises, and 15 working days at most and where nobody promises
anything. Without more, candor lists what is due and says how to state what became of it:
  candor followup artifacts/20261127T010429Z-shop --answer 153 --reply done --on 2026-12-10 \\
    --by \"Li Wei\" --note \"answered by mail\" --file answer.eml

Each is added to the end of the timeline with its files, the recording is judged anew and sealed again. A recording, or a
file in its follow-ups/, that was edited by hand is not added to.

Exit codes: 0 nothing is due · 1 something is due, was answered late or is open past its limit, or the recording is not as
it was sealed · 2 wrong command line or file of requests · 3 it cannot be written"
)]
pub struct FollowUpArgs {
    /// Folders of recordings
    #[arg(required = true)]
    pub recordings: Vec<PathBuf>,
    /// State what was asked for: a file of requests
    #[arg(long, value_name = "FILE", requires = "by", conflicts_with = "answer")]
    pub requests: Option<PathBuf>,
    /// State what became of a follow-up: its number
    #[arg(long, value_name = "NUMBER", requires_all = ["reply", "by", "note"])]
    pub answer: Option<u64>,
    /// What became of it
    #[arg(long, value_enum, requires = "answer")]
    pub reply: Option<Replied>,
    /// The day on which it was answered, in China; for what is open, of the look. Today where this is left out
    #[arg(long, value_name = "DATE", requires = "answer")]
    pub on: Option<Date>,
    /// For a cancellation that was done: whether marks of the old account (its nickname, its orders) are still there
    #[arg(long, value_enum, requires = "answer")]
    pub remains: Option<Remains>,
    /// Who states it
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// What was seen, in words for the reader of the report
    #[arg(long, requires = "answer")]
    pub note: Option<String>,
    /// A file that shows it, copied into the recording; may be given more than once
    #[arg(long = "file", value_name = "FILE", requires = "answer")]
    pub files: Vec<PathBuf>,
    /// Sign the new seal with this private key
    #[arg(long, value_name = "FILE")]
    pub sign: Option<PathBuf>,
}

/// What can have become of something that was asked for.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Replied {
    /// It was done, or the complaint was answered
    Done,
    /// Nothing came, or only that it was received
    Open,
    /// The operator will not do it
    Denied,
    /// The operator asked something back, and waits
    AskedBack,
}

impl From<Replied> for Reply {
    fn from(replied: Replied) -> Reply {
        match replied {
            Replied::Done => Reply::Done,
            Replied::Open => Reply::Open,
            Replied::Denied => Reply::Denied,
            Replied::AskedBack => Reply::AskedBack,
        }
    }
}

/// Whether marks of an account are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Remains {
    Yes,
    No,
}
