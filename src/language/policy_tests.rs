use super::*;
use crate::screen::{Element, Rect, Tappable};

fn text(screen: &mut Screen, role: Role, text: &str, tappable: bool) {
    let mut element = Element::new(role, "p", Rect::new(0.0, 0.0, 300.0, 20.0));
    element.text = text.to_owned();
    element.tappable = tappable.then_some(Tappable::Native);
    screen.elements.push(element);
}

const BODY: &str = "为了完成配送，我们会收集您的姓名、手机号和收货地址，并在您同意后使用设备信息保障账号安全。我们不会收集您的通讯录。您可以随时更正、删除个人信息或者注销账号，也可以撤回同意。";

#[test]
fn a_titled_text_is_the_policy() {
    let mut screen = Screen { density: 1.0, ..Screen::default() };
    text(&mut screen, Role::Heading, "隐私政策", false);
    text(&mut screen, Role::Text, BODY, false);
    assert_eq!(on_screen(&screen, None).map(|page| page.title), Some("隐私政策".to_owned()));
}

#[test]
fn a_link_to_it_is_not() {
    let mut screen = Screen { density: 1.0, ..Screen::default() };
    text(&mut screen, Role::Link, "隐私政策", true);
    text(&mut screen, Role::Text, BODY, false);
    assert_eq!(on_screen(&screen, None), None);
}

#[test]
fn a_prompt_that_can_be_agreed_to_is_not() {
    let mut screen = Screen { density: 1.0, ..Screen::default() };
    text(&mut screen, Role::Heading, "隐私政策提示", false);
    text(&mut screen, Role::Text, BODY, false);
    text(&mut screen, Role::Button, "同意", true);
    assert_eq!(on_screen(&screen, None), None);
}

#[test]
fn a_line_that_names_it_or_heads_another_document_is_no_title() {
    for title in [
        "登录即代表您同意《用户协议》和《隐私政策》",
        "请阅读《隐私政策》",
        "隐私政策摘要",
        "儿童隐私政策",
        "“隐私政策”的搜索结果",
    ] {
        let mut screen = Screen { density: 1.0, ..Screen::default() };
        text(&mut screen, Role::Heading, title, false);
        text(&mut screen, Role::Text, BODY, false);
        assert_eq!(on_screen(&screen, None), None, "{title}");
    }
    // The app's own name may have such a word in it.
    for title in
        ["云谷隐私政策（2026年版）", "神马搜索隐私政策", "儿童故事屋隐私政策", "Research Privacy Policy"]
    {
        let mut screen = Screen { density: 1.0, ..Screen::default() };
        text(&mut screen, Role::Heading, title, false);
        text(&mut screen, Role::Text, BODY, false);
        assert!(on_screen(&screen, None).is_some(), "{title}");
    }
}

#[test]
fn a_bar_beside_the_page_does_not_hide_it_and_a_dialog_over_it_does() {
    let bar = "This website uses cookies to ensure you get the best experience on our website. Learn more about what is stored and for how long, and what you can do about it.";
    for (covered, read) in [(false, BODY), (true, bar)] {
        let mut screen = Screen { density: 1.0, ..Screen::default() };
        text(&mut screen, Role::Heading, "隐私政策", false);
        for _ in 0..4 {
            text(&mut screen, Role::Text, BODY, false);
        }
        screen.elements.iter_mut().for_each(|element| element.seen = !covered);
        text(&mut screen, Role::Text, bar, false);
        let last = screen.elements.last_mut().expect("there is one");
        (last.overlay, last.seen) = (true, true);
        let all = text_of(&screen);
        assert!(all.contains(read), "{covered}: {all}");
        assert_eq!(all.contains(bar), covered, "{all}");
    }
}

#[test]
fn a_pdf_behind_a_named_link_is() {
    let screen = Screen { document: Document::Pdf, ..Screen::default() };
    assert_eq!(on_screen(&screen, Some("《隐私政策》")).map(|page| page.form), Some(Form::Pdf));
    assert_eq!(on_screen(&screen, Some("使用手册")), None);
}

#[test]
fn rules_name_a_kind_and_a_verb_and_deny_nothing() {
    let rules = collection_rules(BODY);
    assert_eq!(rules.len(), 1, "{rules:?}");
    assert_eq!((rules[0].kind.as_str(), rules[0].verb.as_str()), ("姓名", "收集"));
    assert!(collection_rules("我们十分重视您的隐私，欢迎使用。\n联系我们：400-000-0000。").is_empty());
}

#[test]
fn what_is_collected_in_other_words_is_seen_and_an_umbrella_is_not() {
    for (text, named) in [
        ("您值班的，我们收集您的值班表，用于排班。", Some("值班表")),
        ("我们收集您在对话中填写的疑问，用于回答您。", Some("疑问")),
        ("我们记录您的步数（每日）。", Some("步数")),
        ("我们收集您的个人信息时遵循合法、正当的原则。", None),
        ("我们会收集您的相关信息以提供服务。", None),
        ("我们收集和使用您的个人信息，用于改进服务。", None),
        ("我们不会收集您的值班表。", None),
    ] {
        assert_eq!(collected_otherwise(text).as_deref(), named, "{text}");
    }
}

#[test]
fn pieces_of_a_scrolled_text_are_joined_without_repeating() {
    for (first, second, whole) in [
        ("标题\n一\n二\n三\n", "标题\n二\n三\n四\n", "标题\n一\n二\n三\n四\n"),
        ("一\n二\n", "三\n四\n", "一\n二\n三\n四\n"),
        ("一\n一\n", "一\n二\n", "一\n一\n二\n"),
        ("", "一\n", "一\n"),
    ] {
        assert_eq!(joined(first, second), whole);
    }
}
