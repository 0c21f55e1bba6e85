use super::super::{Element, Rect, Tappable};
use super::*;

fn screen(labels: &[&str]) -> Screen {
    let elements = labels
        .iter()
        .map(|label| {
            let mut element = Element::new(Role::Button, "button", Rect::new(0.0, 0.0, 10.0, 10.0));
            element.text = (*label).to_owned();
            element.tappable = Some(Tappable::Native);
            element
        })
        .collect();
    Screen { elements, density: 1.0, ..Screen::default() }
}

#[test]
fn counters_do_not_make_a_new_screen() {
    let (a, b) = (screen(&["首页", "消息 3", "还剩 12 秒"]), screen(&["首页", "消息 41", "还剩 9 秒"]));
    assert!(a.identity().same_screen(&b.identity()));
}

#[test]
fn menus_of_one_shape_are_two_screens() {
    let (a, b) = (screen(&["个人资料", "收货地址", "安全"]), screen(&["关于我们", "帮助", "隐私"]));
    assert!(!a.identity().same_screen(&b.identity()));
    assert!(a.identity().alike(&b.identity()));
}

#[test]
fn a_rotating_advert_is_not_a_new_screen() {
    let (a, b) =
        (screen(&["首页", "分类", "我的", "春季大促"]), screen(&["首页", "分类", "我的", "新品上市"]));
    assert!(a.identity().same_screen(&b.identity()));
}

#[test]
fn text_alone_tells_scroll_positions_apart() {
    let (mut a, mut b) = (screen(&["返回"]), screen(&["返回"]));
    for (screen, text) in [(&mut a, "第一段"), (&mut b, "第二段")] {
        let mut element = Element::new(Role::Text, "p", Rect::default());
        element.text = text.to_owned();
        screen.elements.push(element);
    }
    assert!(a.identity().same_screen(&b.identity()));
    assert!(!a.identity().same_position(&b.identity()));
}

#[test]
fn menus_of_one_entry_beside_the_same_tabs_are_two_screens() {
    let with = |entry: &str, words: &str| {
        let mut screen = screen(&["返回", "首页", "日记", "小屋", entry]);
        let mut element = Element::new(Role::Text, "li", Rect::default());
        (element.text, element.seen) = (words.to_owned(), true);
        screen.elements.push(element);
        screen
    };
    let (a, b) = (with("法律声明", "版本 0.9"), with("文书", "插图授权"));
    assert!(!a.identity().same_screen(&b.identity()));
    assert!(with("春季大促", "版本 0.9").identity().same_screen(&a.identity()), "one other label alone");
}

#[test]
fn a_screen_is_the_same_at_the_address_of_another_version() {
    let at =
        |address: &str| Screen { address: address.to_owned(), ..screen(&["首页", "分类", "我的"]) };
    let before = at("http://127.0.0.1:8080/v1/#/cart").identity();
    let now = at("http://127.0.0.1:8080/?next=yes#/cart").identity();
    assert!(!before.same_screen(&now));
    let moved = before.served_from("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/?next=yes");
    assert!(moved.same_screen(&now));
    // An address that does not begin so stays what it is.
    let other = at("http://other.example/#/cart").identity();
    assert_eq!(other.clone().served_from("http://127.0.0.1/", "http://127.0.0.2/"), other);
}
