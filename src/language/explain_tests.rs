//! The reasons that are given for prompts and boxes.

use super::super::controls;
use super::*;
use crate::screen::{Checked, Element, Rect, Role, Tappable};

/// A page with a box, its words beside it, and a button.
fn page(words: &str, button: &str) -> Screen {
    let mut tick = Element::new(Role::Checkbox, "input", Rect::new(10.0, 10.0, 20.0, 20.0));
    tick.checked = Some(Checked::Off);
    tick.tappable = Some(Tappable::Native);
    tick.tap_at = Some((20.0, 20.0));
    let mut text = Element::new(Role::Text, "p", Rect::new(34.0, 10.0, 300.0, 20.0));
    words.clone_into(&mut text.text);
    let mut agree = Element::new(Role::Button, "button", Rect::new(10.0, 600.0, 300.0, 48.0));
    button.clone_into(&mut agree.text);
    agree.tappable = Some(Tappable::Native);
    agree.tap_at = Some((160.0, 624.0));
    Screen {
        width: 412.0,
        height: 915.0,
        density: 1.0,
        settled: true,
        elements: vec![tick, text, agree],
        ..Screen::default()
    }
}

#[test]
fn a_box_of_consent_is_explained_by_its_words() {
    let screen = page("我已阅读并同意《用户协议》和《隐私政策》", "下一步");
    let reading = controls::read(&screen);
    let why = explain_box(&screen, &reading.boxes[0]);
    assert_eq!(why[0], "the tree gives it a state");
    assert_eq!(why[1], "the words stand next to it");
    assert_eq!(why[2], "consent (consent_wording: holds “同意”; policy: holds “隐私政策”)");
}

#[test]
fn a_box_of_something_else_says_what_is_missing() {
    for (words, expected) in [
        ("记住密码", "no consent: no word of `consent_wording` stands in its words"),
        ("同意接收优惠信息", "no consent: about something else (not_consent: holds “接收优惠”)"),
        ("同意参加活动", "no consent: names neither a document nor personal information"),
    ] {
        let screen = page(words, "下一步");
        let reading = controls::read(&screen);
        assert_eq!(explain_box(&screen, &reading.boxes[0])[2], expected, "{words}");
    }
}

#[test]
fn a_page_that_asks_names_its_words_and_one_that_does_not_says_why() {
    let screen = page("请阅读并同意《隐私政策》", "同意并继续");
    let why = explain_prompt(&screen, &controls::read(&screen));
    assert_eq!(why[0], "a page with a control that agrees, “同意并继续”");
    assert!(why[1].starts_with("names the policy (policy: "), "{why:?}");
    assert!(why[2].starts_with("asks to read or to agree (asks_to_read: "), "{why:?}");
    let quiet = page("今日推荐", "加入购物车");
    assert!(explain_prompt(&quiet, &controls::read(&quiet))[0].starts_with("no alert"));
}
