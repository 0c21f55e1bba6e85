//! The way back to where a walk begins.

use async_trait::async_trait;

use super::broken::Broken;
use crate::app::App;
use crate::recording::Recorder;
use crate::screen::Screen;

/// How to come back to the app's main screen.
#[async_trait]
pub trait Home: Send {
    async fn go(&mut self, app: &mut dyn App, recorder: &mut Recorder) -> Result<Screen, Broken>;
}
