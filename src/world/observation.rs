//! What an app gives at one moment.

use super::access::Access;
use crate::screen::Screen;

/// What the app gave at one moment: the tree and the picture of the same screen.
#[derive(Debug, Clone)]
pub struct Observation {
    pub screen: Screen,
    /// The screenshot as PNG; `None` where a native alert is in the way of taking one.
    pub picture: Option<Vec<u8>>,
    /// What the app called for before this moment and after the last one.
    pub accesses: Vec<Access>,
}
