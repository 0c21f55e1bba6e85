//! What a person sees while a run works: one moving line on a terminal, plain lines elsewhere.

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::text::clean;

/// Where there is no terminal, what is being done is said again after so long (s; ours): a log that stands still for minutes
/// looks like a program that hangs.
const AGAIN: u64 = 10;

/// Progress on standard error, so that standard output holds results only.
#[derive(Debug, Clone)]
pub struct Progress {
    bar: Option<ProgressBar>,
    begun: Instant,
    quiet: bool,
    /// When something was printed last, seconds after the begin.
    printed: Arc<AtomicU64>,
    /// How many of a run's reasons are shown: 0 none, 1 what is done and why, 2 what is seen and how long it takes, too.
    verbosity: u8,
}

impl Progress {
    /// A moving line where standard error is a terminal; where it is not, a line per probe and one every ten seconds;
    /// nothing if `quiet`.
    pub fn new(quiet: bool) -> Progress {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) =
                ProgressStyle::with_template("{spinner} {elapsed:>4} {prefix:.bold} {wide_msg:.dim}")
            {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Progress { bar, begun: Instant::now(), printed: Arc::default(), quiet, verbosity: 0 }
    }

    /// Shows a run's reasons as well, as many as `-v` was given.
    pub fn verbose(self, verbosity: u8) -> Progress {
        Progress { verbosity, ..self }
    }

    /// Returns how many of a run's reasons are shown.
    pub fn verbosity(&self) -> u8 {
        self.verbosity
    }

    /// A probe begins.
    pub fn begin(&self, number: usize, of: usize, about: &str) {
        match &self.bar {
            Some(bar) => bar.set_prefix(format!("[{number}/{of}] {about}")),
            None => self.print(&format!("[{number}/{of}] {about}")),
        }
    }

    /// What is being done now. Texts may come from the app.
    pub fn say(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.set_message(clean(text)),
            None if self.begun.elapsed().as_secs() >= self.printed.load(Ordering::Relaxed) + AGAIN => {
                self.print(&format!("      {}", clean(text)));
            }
            None => {}
        }
    }

    /// Prints a line with the time, where there is no terminal.
    fn print(&self, line: &str) {
        let now = self.begun.elapsed().as_secs();
        self.printed.store(now, Ordering::Relaxed);
        if !self.quiet {
            eprintln!("{now:>4}s {line}");
        }
    }

    /// Something that went wrong and stays on the screen.
    pub fn warn(&self, text: &str) {
        self.keep('!', text);
    }

    /// Something worth knowing that stays on the screen.
    pub fn note(&self, text: &str) {
        self.keep('·', text);
    }

    fn keep(&self, mark: char, text: &str) {
        let text = clean(text);
        match &self.bar {
            Some(bar) => bar.println(format!("  {mark} {text}")),
            None if !self.quiet => eprintln!("      {mark} {text}"),
            None => {}
        }
    }

    /// Takes the moving line away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
