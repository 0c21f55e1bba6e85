//! A job: drive an app through its probes, record, then judge what is on disk and write the reports.
//!
//! `run.rs` runs a job, `record.rs` makes one recording of it, `session.rs` one session's part, `again.rs` a second
//! session's, `drive.rs` goes through the probes, `connect.rs` opens
//! the app.
//! `look.rs` only looks at it.

mod again;
mod connect;
mod drive;
mod earlier;
mod error;
mod folder;
mod job;
pub mod kept;
mod log;
mod look;
mod page_time;
mod plant;
mod progress;
mod record;
mod reports;
mod run;
mod session;

pub use earlier::{Earlier, read_earlier};
pub use error::RunError;
pub use folder::folder_for;
pub use job::{Job, Ran};
pub use look::observe_once;
pub use progress::Progress;
pub use reports::write_reports;
pub use run::{run, run_in};
