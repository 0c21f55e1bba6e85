//! Finds a control that was seen before, on the screen as it is now.

use crate::language::boxes::only_ticks;
use crate::language::lexicon::fold;
use crate::screen::Screen;
use crate::screen::operation::Operation;

/// Characters of a label by which its control is known again: recorded operations keep no more.
const LABEL: usize = 60;

/// A control that was seen before.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    /// Its words.
    pub label: &'a str,
    /// Where it stood in the tree: that element comes first, where it still says the same.
    pub element: Option<usize>,
    /// Where it was tapped (px of the picture): the nearest to that comes first.
    pub near: Option<(f32, f32)>,
    /// It may be a box that is ticked: “Agree” beside a circle is not the button that says so.
    pub may_tick: bool,
}

impl<'a> Sought<'a> {
    /// Looks for any control with these words.
    pub fn by_label(label: &'a str) -> Sought<'a> {
        Sought { label, element: None, near: None, may_tick: true }
    }

    /// Returns the point at which the control is tapped now (px of the picture).
    pub fn find_on(&self, screen: &Screen) -> Option<(f32, f32)> {
        let short = |text: &str| fold(&text.chars().take(LABEL).collect::<String>());
        let wanted = short(self.label);
        if wanted.is_empty() {
            return None;
        }
        let same = |at: &usize| {
            screen.elements.get(*at).is_some_and(|element| element.tap_at.is_some())
                && (self.may_tick || !only_ticks(screen, *at))
                && short(&screen.label(*at)) == wanted
        };
        if let Some(at) = self.element.filter(same) {
            return screen.elements[at].tap_at;
        }
        let mut points = (0..screen.elements.len()).filter(same).filter_map(|at| screen.elements[at].tap_at);
        let Some((x, y)) = self.near else { return points.next() };
        let distance = |(at_x, at_y): &(f32, f32)| (at_x - x).hypot(at_y - y);
        points.min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }
}

/// Moves a recorded tap to where its control stands now; `None` where it is not there. Any other operation stays as it was.
pub fn move_to_control(screen: &Screen, operation: &Operation) -> Option<Operation> {
    let Operation::Tap { x, y, label } = operation else { return Some(operation.clone()) };
    let sought = Sought { near: Some((*x, *y)), ..Sought::by_label(label) };
    let (x, y) = sought.find_on(screen)?;
    Some(Operation::Tap { x, y, label: label.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::{Element, Rect, Role, Tappable};

    fn screen(labels: &[&str]) -> Screen {
        let mut screen = Screen { width: 400.0, height: 900.0, density: 1.0, ..Screen::default() };
        for (at, label) in labels.iter().enumerate() {
            let rect = Rect::new(0.0, at as f32 * 100.0, 300.0, 40.0);
            let mut button = Element::new(Role::Button, "button", rect);
            button.text = (*label).to_owned();
            button.tappable = Some(Tappable::Native);
            button.tap_at = Some(rect.center());
            screen.elements.push(button);
        }
        screen
    }

    #[test]
    fn a_control_that_moved_is_found_by_its_words() {
        let now = screen(&["首页", "设置", "我的"]);
        assert_eq!(Sought::by_label("设置").find_on(&now), Some((150.0, 120.0)));
        assert_eq!(Sought::by_label("购物车").find_on(&now), None);
        assert_eq!(Sought::by_label("").find_on(&now), None);
    }

    #[test]
    fn of_two_with_the_same_words_the_known_one_comes_first() {
        let now = screen(&["更多", "设置", "更多"]);
        let sought = Sought { near: Some((150.0, 260.0)), ..Sought::by_label("更多") };
        assert_eq!(sought.find_on(&now), Some((150.0, 220.0)));
        let sought = Sought { element: Some(2), ..Sought::by_label("更多") };
        assert_eq!(sought.find_on(&now), Some((150.0, 220.0)));
        assert_eq!(Sought { element: Some(1), ..sought }.find_on(&now), Some((150.0, 20.0)));
    }

    #[test]
    fn a_tap_moves_with_its_control_and_a_swipe_stays() {
        let now = screen(&["首页", "设置"]);
        let tap = Operation::Tap { x: 1.0, y: 2.0, label: "设置".to_owned() };
        let moved = Operation::Tap { x: 150.0, y: 120.0, label: "设置".to_owned() };
        assert_eq!(move_to_control(&now, &tap), Some(moved));
        assert_eq!(move_to_control(&screen(&["首页"]), &tap), None);
        assert_eq!(move_to_control(&now, &Operation::Back), Some(Operation::Back));
    }
}
