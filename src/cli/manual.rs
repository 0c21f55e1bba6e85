//! `candor completions SHELL` and `candor man [DIR]`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Command};
use clap_complete::Shell;

use super::{USAGE, fail, say};

/// What `candor completions` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candor completions bash > ~/.local/share/bash-completion/completions/candor
  candor completions zsh > ~/.zfunc/_candor          with fpath+=~/.zfunc before compinit
  candor completions fish > ~/.config/fish/completions/candor.fish")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// What `candor man` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  candor man | man -l -                              the page of candor itself
  candor man ~/.local/share/man/man1                 a page for each subcommand: man candor-run

Exit codes: 0 written · 2 the folder cannot be written")]
pub struct ManArgs {
    /// A folder for one page each; without it the page of candor itself is printed
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Prints the completions of a shell.
pub fn print_completions(args: &CompletionsArgs, mut command: Command) -> ExitCode {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut command, "candor", &mut out);
    say(String::from_utf8_lossy(&out).trim_end());
    ExitCode::SUCCESS
}

/// Prints the manual page, or writes one for each subcommand.
pub fn write_manual(args: &ManArgs, command: Command) -> ExitCode {
    let Some(folder) = &args.folder else {
        let mut out = Vec::new();
        return match clap_mangen::Man::new(command).render(&mut out) {
            Ok(()) => {
                say(String::from_utf8_lossy(&out).trim_end());
                ExitCode::SUCCESS
            }
            Err(e) => fail(e, USAGE),
        };
    };
    let shown = folder.display();
    let written = std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
    match written {
        Ok(()) => {
            say(&format!("the manual's pages are in {shown}: man -l {shown}/candor-run.1"));
            ExitCode::SUCCESS
        }
        Err(e) => fail(format!("cannot write the manual's pages to {shown}: {e}"), USAGE),
    }
}
