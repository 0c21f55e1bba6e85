//! What a run says of its reasons: `run.log` beside the recording, and with `-v` the same on standard error. Open this file
//! to change where a line of it goes; what the lines say stands where it is done (`session`, `explore`).

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tracing::{Dispatch, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Context, SubscriberExt as _};

use super::progress::Progress;
use crate::recording::mask::Masks;
use crate::text::clean;

/// The log's file name in the artifact folder.
pub const FILE: &str = "run.log";

/// What is kept out of the log, as it stands at any moment.
pub type SharedMasks = Arc<RwLock<Masks>>;

/// Returns what takes a run's reasons: all of them into `run.log` in a folder, those that `progress` is to show onto the
/// terminal as well.
///
/// # Errors
/// When the file cannot be made.
pub fn begin(folder: &Path, masks: SharedMasks, progress: &Progress) -> std::io::Result<Dispatch> {
    let file =
        Lines { to: To::File(Arc::new(Mutex::new(File::create(folder.join(FILE))?))), masks: masks.clone() };
    let shown = Lines { to: To::Progress(progress.clone()), masks };
    let own = tracing_subscriber::fmt::layer().with_ansi(false).with_target(false).with_writer(file);
    let terminal = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_target(false)
        .without_time()
        .with_writer(shown);
    let most = match progress.verbosity() {
        0 => None,
        1 => Some(Level::INFO),
        _ => Some(Level::DEBUG),
    };
    let subscriber =
        tracing_subscriber::registry().with(Ours).with(own).with(terminal.with_filter(UpTo(most)));
    Ok(Dispatch::new(subscriber))
}

/// Lets candor's own reasons through, and nothing of the crates below.
struct Ours;

impl<S: Subscriber> Layer<S> for Ours {
    fn enabled(&self, of: &Metadata<'_>, _: Context<'_, S>) -> bool {
        of.target().starts_with("candor") && *of.level() <= Level::DEBUG
    }
}

/// Lets reasons up to a level through; none without one.
struct UpTo(Option<Level>);

impl<S> tracing_subscriber::layer::Filter<S> for UpTo {
    fn enabled(&self, of: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        self.0.is_some_and(|most| *of.level() <= most)
    }
}

/// Where lines go.
#[derive(Clone)]
enum To {
    File(Arc<Mutex<File>>),
    Progress(Progress),
}

/// Writes lines, masked and fit to be shown.
#[derive(Clone)]
struct Lines {
    to: To,
    masks: SharedMasks,
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Lines;
    fn make_writer(&'a self) -> Lines {
        self.clone()
    }
}

impl Write for Lines {
    /// Takes one event: the formatter gives each whole.
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let masks = self.masks.read().unwrap_or_else(PoisonError::into_inner);
        let line = clean(&masks.text(text.trim_end()));
        drop(masks);
        match &self.to {
            // A disk that is full ends the run by the timeline, not by this.
            To::File(file) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                let _ = writeln!(file, "{line}");
            }
            To::Progress(progress) => progress.note(line.trim_start()),
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_says_why_and_never_what_is_to_be_kept_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut masks = Masks::default();
        masks.hide("persona.phone", "13912345678");
        let masks: SharedMasks = Arc::new(RwLock::new(masks));
        let log = begin(folder.path(), masks.clone(), &Progress::new(true)).expect("a log");
        tracing::dispatcher::with_default(&log, || {
            tracing::info!("taps “我的 13912345678\u{1b}[31m” on screen 3: it promises 2 for policy");
            masks.write().expect("masks").hide("password", "tulip-9917");
            tracing::debug!("types “tulip-9917”");
            tracing::trace!("nothing of this");
            tracing::info!(target: "hyper", "nor of this");
        });
        let text = std::fs::read_to_string(folder.path().join(FILE)).expect("the log");
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.contains("it promises 2 for policy") && text.contains("‹persona.phone›"), "{text}");
        assert!(
            !text.contains("13912345678") && !text.contains("tulip") && !text.contains('\u{1b}'),
            "{text}"
        );
    }
}
