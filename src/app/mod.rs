//! An app under test: what can be done to it, and what can be seen of it.

pub mod careful;
pub mod document;
pub mod hand;
pub mod phone;
pub(crate) mod session;
pub mod web;

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use async_trait::async_trait;

use self::hand::Hand;
use crate::language::danger::{Danger, Place, Surroundings};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::world::access::{Access, Standing, Watch};
use crate::world::guard::{Guard, HeldBack};
use crate::world::request::Request;
use crate::world::{Observation, Start};

/// The app could not be driven. Ends a run with exit code 3; never a verdict.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error("{program} was not found. {how}")]
    Missing { program: String, how: String },
    #[error("the driver at {at} did not start a session: {why}")]
    NoSession { at: String, why: String },
    #[error("the driver gave no answer to {command} within {seconds} s")]
    Hung { command: String, seconds: u64 },
    #[error("the app's time cannot be virtual: {why}. Run it with --real-time")]
    NoVirtualTime { why: String },
    #[error("the driver is gone ({0}). Everything recorded before is whole")]
    Gone(String),
    #[error("{address} cannot be opened: {why}. Is the app being served there?")]
    Unreachable { address: String, why: String },
    #[error(
        "the driver gave no answer to {command} within {seconds} s, and the app was started in another browser"
    )]
    Restarted { command: String, seconds: u64 },
    #[error("the driver refused {command}: {why}")]
    Refused { command: String, why: String },
    #[error("the driver's answer to {command} is not what the protocol promises: {why}")]
    Nonsense { command: String, why: String },
}

impl AppError {
    /// Whether the session is lost: nothing more can be done to the app.
    pub fn is_fatal(&self) -> bool {
        !matches!(self, AppError::Refused { .. } | AppError::Unreachable { .. } | AppError::Restarted { .. })
    }
}

/// An app that is driven. One implementation per platform; probes know only this.
#[async_trait]
pub trait App: Send {
    /// Starts it; `Fresh` forgets everything that earlier starts left.
    async fn start(&mut self, how: Start) -> Result<(), AppError>;

    /// Waits until the screen has settled and gives its tree.
    async fn look(&mut self) -> Result<Screen, AppError>;

    /// The settled screen's tree together with its picture.
    async fn observe(&mut self) -> Result<Observation, AppError> {
        let screen = self.look().await?;
        let picture = self.picture().await?;
        Ok(Observation { screen, picture, accesses: self.accesses() })
    }

    /// What the app called for since this was asked last: permissions, sensors, what identifies the device.
    fn accesses(&mut self) -> Vec<Access> {
        Vec::new()
    }

    /// What the app sent since this was asked last; a request that is still under way comes later. `all` asks for those too.
    fn requests(&mut self, _all: bool) -> Vec<Request> {
        Vec::new()
    }

    /// How much of what the app calls for is seen.
    fn watch(&self) -> Watch;

    /// The picture (PNG) of the screen that was looked at last; `None` where a native alert is in the way.
    async fn picture(&mut self) -> Result<Option<Vec<u8>>, AppError>;

    /// Does what a person would.
    async fn perform(&mut self, operation: &Operation) -> Result<(), AppError>;

    /// Waits until the screen is another one than `than`, at most `limit`; gives the new screen, or `None`.
    async fn changed(&mut self, than: &Screen, limit: Duration) -> Result<Option<Screen>, AppError>;

    /// Lets the app live for a while: in its own time, where the platform can make it run faster than ours.
    async fn pass_time(&mut self, time: Duration) -> Result<(), AppError> {
        tokio::time::sleep(time).await;
        Ok(())
    }

    /// The app's own time, counted from some moment: what is waited for is measured by it.
    fn now(&self) -> Duration {
        static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
        BEGUN.elapsed()
    }

    /// Text of the document that fills the screen where the tree has none (PDF); `None` where it cannot be read.
    async fn document_text(&mut self) -> Result<Option<String>, AppError>;

    /// Whether a screen at this address still belongs to the app: another site's pages are not explored.
    fn is_own(&self, address: &str) -> bool;

    /// Whether the tree holds only what is in sight, as on phones: the rest of a long text must be scrolled to.
    fn shows_only_what_is_in_sight(&self) -> bool {
        false
    }

    /// From here on keeps the short messages that come and go, for [`App::heard`].
    async fn listen(&mut self) -> Result<(), AppError> {
        Ok(())
    }

    /// Short texts that appeared since [`App::listen`], gone again or not; nothing where the platform does not tell.
    async fn heard(&mut self) -> Result<Vec<String>, AppError> {
        Ok(Vec::new())
    }

    /// What the system says is granted, by the permission's own name; `None` where it does not tell.
    async fn permissions(&mut self) -> Result<Option<BTreeMap<String, bool>>, AppError> {
        Ok(None)
    }

    /// Sets how a permission stands, by its name in [`Access::what`], without asking the person. Lasts until the
    /// next fresh start. False where the platform does not know the permission.
    async fn set_permission(&mut self, _name: &str, _standing: Standing) -> Result<bool, AppError> {
        Ok(false)
    }

    /// Names of the permissions that can be set.
    fn settable_permissions(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// Moves the clock that the app reads forward, counted from the real time, from its next start on; false where
    /// the platform's clock cannot be moved.
    async fn move_clock(&mut self, _hours: u32) -> Result<bool, AppError> {
        Ok(false)
    }

    /// Sets how requests are held back from now on, in this session and in those that follow. False where there is no
    /// line on which requests can be held: then nothing is, whatever was asked for.
    async fn set_guard(&mut self, _: Guard) -> Result<bool, AppError> {
        Ok(false)
    }

    /// The requests that were held back since this was asked last.
    fn held_back(&mut self) -> Vec<HeldBack> {
        Vec::new()
    }

    /// Says what candor is doing, and so what its hand may do; brings the guard on the wire up for a walk. Whether the
    /// guard works, where one is wanted.
    async fn set_hand(&mut self, _: Hand) -> Result<Option<bool>, AppError> {
        Ok(None)
    }

    /// What candor's hand may do now.
    fn hand(&self) -> Hand {
        Hand::Guided
    }

    /// How requests of a walk are to be held back.
    fn guard(&self) -> Guard {
        Guard::Off
    }

    /// What a control of a screen would do that a walk must not; `None` where it only shows something.
    fn danger_of(&self, around: &Surroundings<'_>, at: usize) -> Option<Danger> {
        around.danger_of(at, Place::Guest)
    }

    /// Why this operation would not be done now; `None` where it would.
    fn refuses(&self, _: &Operation) -> Option<Danger> {
        None
    }

    /// Sends the app to the background for a while, then brings it back.
    async fn background(&mut self, _: Duration) -> Result<(), AppError> {
        Err(unsupported("sending the app to the background"))
    }

    /// Installs another version over the one that is there, data kept. `file` is a path or address that the
    /// driver can read.
    async fn upgrade(&mut self, _: &str) -> Result<(), AppError> {
        Err(unsupported("installing another version"))
    }

    /// Drives another version of the app from the next start on: an address, or a package that the driver can read; the
    /// target's own where `None`. `over` puts it over the one that is there with what the app stored, as an upgrade does.
    async fn use_version(&mut self, _: Option<&str>, _over: bool) -> Result<(), AppError> {
        Err(unsupported("driving another version"))
    }

    /// Commands that the driver was given so far, and the time that it took for them.
    fn driver_time(&self) -> (u64, Duration) {
        (0, Duration::ZERO)
    }

    /// Ends the session and whatever was started for it.
    async fn stop(&mut self);
}

/// Opens further sessions of the same app, each with nothing of the others.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// A new one; nothing is started in it yet.
    ///
    /// # Errors
    /// When there is no driver for it.
    async fn open(&self) -> Result<Box<dyn App>, AppError>;
    /// Whether several can be open at once: a phone has one app.
    fn side_by_side(&self) -> bool;
}

fn unsupported(what: &str) -> AppError {
    AppError::Refused { command: what.to_owned(), why: "this kind of app cannot".to_owned() }
}
