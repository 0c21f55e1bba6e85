//! `candor keygen FILE`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{USAGE, fail};
use crate::recording::sign::Key;

/// What `candor keygen` takes.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  candor keygen auditor.pem                    auditor.pem (keep it secret) and auditor.pem.pub (give it away)
  candor run shop.yaml --sign auditor.pem      signs the recording's seal
  candor verify RECORDING --key auditor.pem.pub

The key is ed25519 in PEM form, as `openssl genpkey -algorithm ed25519` writes it too.")]
pub struct KeygenArgs {
    /// Where the private key goes; the public one goes beside it as FILE.pub
    file: PathBuf,
}

pub fn run(args: &KeygenArgs) -> ExitCode {
    match Key::generate(&args.file) {
        Err(e) => fail(e, USAGE),
        Ok((key, public)) => {
            println!("private key {} (keep it secret)", args.file.display());
            println!("public key  {}", public.display());
            println!("fingerprint {}", key.fingerprint());
            ExitCode::SUCCESS
        }
    }
}
