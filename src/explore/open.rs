//! The goals of a walk that have no answer yet.

use super::goal::Goal;
use crate::screen::Screen;

/// Goals that have no answer yet, each with its place in the list of all.
pub type Open<'g> = Vec<(usize, &'g dyn Goal)>;

/// Takes the goals for which `is` holds out of the open ones.
pub fn take<'g>(open: &mut Open<'g>, is: impl Fn(&dyn Goal) -> bool) -> Open<'g> {
    let (taken, left) = std::mem::take(open).into_iter().partition(|(_, goal)| is(*goal));
    *open = left;
    taken
}

pub fn take_reached<'g>(open: &mut Open<'g>, screen: &Screen, way: Option<&str>) -> Open<'g> {
    take(open, |goal| goal.reached(screen, way))
}
