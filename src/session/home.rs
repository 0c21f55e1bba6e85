//! The way back to where a walk begins.

use async_trait::async_trait;

use super::broken::Broken;
use super::driven::Driven;
use crate::screen::Screen;

/// How to come back to the app's main screen.
#[async_trait]
pub trait Home: Send {
    /// Goes there, and returns the screen that the walk begins on.
    async fn go(&mut self, driven: &mut Driven<'_>) -> Result<Screen, Broken>;
}
