//! What candor is doing to an app, and so what its hand may do.

use crate::language::danger::Place;

/// What candor's hand may do from here on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hand {
    /// Passing what an app shows by itself, or trying what a probe is about: nothing grave.
    #[default]
    Guided,
    /// Walking through the app by itself: only what shows something, and the guard on the wire is up.
    Walking(Place),
    /// As guided, while the app is used: the guard on the wire is up.
    Trying,
    /// Doing what the scenario allows, or the auditor's own steps: only what the auditor never wants is left.
    WithLeave,
}
