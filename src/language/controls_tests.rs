use super::*;
use crate::screen::{Checked, Element, Tappable};

#[test]
fn a_box_that_agrees_to_what_stands_above_it_is_one_of_consent() {
    let read_box = |words: &str| {
        let mut title = Element::new(Role::Text, "p", Rect::new(0.0, 0.0, 300.0, 20.0));
        (title.text, title.seen) = ("请阅读《隐私政策》，再决定是否同意。".to_owned(), true);
        let mut tick = Element::new(Role::Checkbox, "div", Rect::new(0.0, 40.0, 300.0, 20.0));
        (tick.checked, tick.tappable, tick.seen) = (Some(Checked::On), Some(Tappable::Role), true);
        let mut label = Element::new(Role::Text, "span", Rect::new(30.0, 40.0, 200.0, 20.0));
        (label.parent, label.text, label.seen) = (Some(1), words.to_owned(), true);
        let mut agree = Element::new(Role::Button, "button", Rect::new(0.0, 80.0, 300.0, 20.0));
        (agree.text, agree.tappable, agree.seen) = ("同意".to_owned(), Some(Tappable::Native), true);
        let elements = vec![title, tick, label, agree];
        let screen = Screen { width: 400.0, height: 800.0, density: 1.0, elements, ..Screen::default() };
        read(&screen).boxes.first().is_some_and(|tick| tick.consent)
    };
    assert!(read_box("我已阅读并同意上述文件"));
    assert!(read_box("我同意以上内容"));
    assert!(!read_box("同意接收优惠信息"));
    assert!(!read_box("记住我"));
    assert!(!read_box("不同意"));
}
