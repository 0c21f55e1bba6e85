//! What a person sees while a run works: one moving line on a terminal, plain lines elsewhere.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::text::clean;

/// Progress on standard error, so that standard output holds results only.
#[derive(Debug, Clone)]
pub struct Progress {
    bar: Option<ProgressBar>,
    begun: Instant,
    quiet: bool,
    /// How many of a run's reasons are shown: 0 none, 1 what is done and why, 2 what is seen and how long it takes, too.
    verbosity: u8,
}

impl Progress {
    /// A moving line where standard error is a terminal; a line per probe where it is not; nothing if `quiet`.
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
        Progress { bar, begun: Instant::now(), quiet, verbosity: 0 }
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
            None if !self.quiet => {
                eprintln!("{:>4}s [{number}/{of}] {about}", self.begun.elapsed().as_secs());
            }
            None => {}
        }
    }

    /// What is being done now. Texts may come from the app.
    pub fn say(&self, text: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(clean(text));
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
