//! Controls and all that is known of them.

use super::*;
use crate::screen::{Element, Rect, Tappable};

/// A control with these words; the rest is filled in by the test.
fn control(text: &str) -> Element {
    let mut element = Element::new(Role::Button, "button", Rect::new(10.0, 10.0, 40.0, 40.0));
    element.text = text.to_owned();
    element.tappable = Some(Tappable::Native);
    element.tap_at = Some((30.0, 30.0));
    element
}

fn screen(elements: Vec<Element>) -> Screen {
    let address = "http://app.example/home".to_owned();
    Screen { width: 400.0, height: 800.0, density: 1.0, address, elements, ..Screen::default() }
}

fn alone(element: Element, place: Place) -> Option<String> {
    of_control(&screen(vec![element]), 0, place).map(|danger| danger.deed)
}

#[test]
fn icons_are_opened_by_a_guest_only_where_something_says_that_they_are_harmless() {
    for (hints, harmless) in
        [("", false), ("icon-menu", true), ("fa fa-heart", false), ("icon-search", true), ("x9", false)]
    {
        let icon = Element { hints: hints.to_owned(), ..control("") };
        assert_eq!(alone(icon.clone(), Place::Guest).is_none(), harmless, "{hints}");
        assert!(alone(icon, Place::Account).is_some(), "{hints}");
    }
    let link = Element { href: "http://app.example/about".into(), ..control("") };
    assert_eq!(alone(link.clone(), Place::Guest), None);
    assert!(alone(Element { href: "http://other.example/about".into(), ..link }, Place::Guest).is_some());
}

#[test]
fn the_code_and_the_form_tell_what_words_hide() {
    let named = |hints: &str, id: &str, form: &str, href: &str| Element {
        hints: hints.into(),
        id: id.into(),
        form: form.into(),
        href: href.into(),
        ..control("好看")
    };
    for element in [
        named("icon-trash", "", "", ""),
        named("", "com.shop:id/btn_delete", "", ""),
        named("", "", "post /x", ""),
        named("", "", "get /x?action=delete", ""),
        named("", "", "", "/photo/3/delete"),
        named("a\u{1f}删除", "", "", ""),
    ] {
        assert!(alone(element.clone(), Place::Guest).is_some(), "{element:?}");
    }
    assert_eq!(alone(named("btn", "home", "get /search", "/photo/3"), Place::Guest), None);
}

#[test]
fn an_answer_does_what_the_dialog_asks() {
    let mut dialog = Element::new(Role::Dialog, "div", Rect::new(0.0, 200.0, 400.0, 300.0));
    dialog.overlay = true;
    let mut words = Element::new(Role::Text, "p", Rect::new(10.0, 210.0, 380.0, 40.0));
    (words.parent, words.text) = (Some(0), "确定删除这张照片吗？".to_owned());
    let answer = |text: &str| Element { parent: Some(0), ..control(text) };
    let asked = screen(vec![dialog, words, answer("知道了"), answer("取消"), answer("×")]);
    assert_eq!(in_question(&asked).map(|danger| danger.deed).as_deref(), Some("delete"));
    assert_eq!(of_control(&asked, 2, Place::Guest).map(|danger| danger.deed).as_deref(), Some("delete"));
    assert_eq!(of_control(&asked, 3, Place::Guest), None);
    assert_eq!(of_control(&asked, 4, Place::Account), None);
    assert_eq!(alone(control("确定"), Place::Guest).as_deref(), Some("answer"));
    assert_eq!(alone(control("下一步"), Place::Guest), None);
}

#[test]
fn what_a_page_is_about_and_what_a_row_says_count() {
    let mut title = Element::new(Role::Heading, "h1", Rect::new(0.0, 0.0, 400.0, 40.0));
    title.text = "注销账号".to_owned();
    let page = screen(vec![title, control("下一步")]);
    assert_eq!(
        of_control(&page, 1, Place::Guest).map(|danger| danger.deed).as_deref(),
        Some("cancel_account")
    );
    let row = Element::new(Role::Group, "div", Rect::new(0.0, 60.0, 400.0, 56.0));
    let mut words = Element::new(Role::Text, "span", Rect::new(0.0, 60.0, 200.0, 56.0));
    (words.parent, words.text) = (Some(0), "清空聊天记录".to_owned());
    let mut arrow = Element { parent: Some(0), hints: "icon-arrow".into(), ..control("›") };
    arrow.rect = Rect::new(360.0, 60.0, 40.0, 56.0);
    assert!(of_control(&screen(vec![row, words, arrow]), 2, Place::Guest).is_some());
}

#[test]
fn a_noun_in_the_bar_at_the_bottom_is_a_place_and_elsewhere_a_deed() {
    let bar = |labels: &[&str], y: f32| {
        let width = 400.0 / labels.len() as f32;
        let tab = |(at, label): (usize, &&str)| Element {
            rect: Rect::new(at as f32 * width, y, width, 50.0),
            ..control(label)
        };
        screen(labels.iter().enumerate().map(tab).collect())
    };
    let left = |screen: &Screen, at: usize| of_control(screen, at, Place::Guest).is_some();
    let tabs = bar(&["首页", "收藏", "关注", "我的"], 750.0);
    assert!((0..4).all(|at| !left(&tabs, at)));
    assert!(left(&bar(&["首页", "收藏", "关注", "我的"], 300.0), 1), "in the middle of the screen");
    assert!(left(&bar(&["评论", "收藏", "点赞"], 750.0), 1), "the bar below an article");
    assert!(left(&bar(&["首页", "删除", "我的"], 750.0), 1), "what takes away is none");
}

#[test]
fn what_asks_for_the_log_in_first_does_nothing_by_itself() {
    for label in ["未登录 点击登录后同步收藏", "登录后查看订单", "Sign in to sync your notes"]
    {
        assert_eq!(alone(control(label), Place::Guest), None, "{label}");
    }
    assert!(alone(control("登录后立即支付"), Place::Guest).is_some());
}

#[test]
fn who_agrees_may_take_what_is_held_out_for_it_and_nothing_else() {
    let grave = |label: &str| of_label(label).is_some_and(|danger| danger.is_grave_on(label));
    assert!(!grave("同意并领取 18 元红包"));
    assert!(grave("立即领取") && grave("同意并支付") && grave("同意并注销账号"));
}

#[test]
fn what_registers_may_lead_to_join_and_to_nothing_worse() {
    let link = |label: &str, href: &str| {
        let link = Element { role: Role::Link, href: href.to_owned(), ..control(label) };
        alone(link, Place::Guest)
    };
    assert_eq!(link("注册", "http://app.example/join.html"), None);
    assert!(link("看看", "http://app.example/join.html").is_some());
    assert!(link("注册", "http://app.example/join?action=delete").is_some());
}
