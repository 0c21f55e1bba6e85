use super::*;
use crate::screen::{Element, Rect, Role};

fn showing(texts: &[&str]) -> Screen {
    let mut screen = Screen { width: 400.0, height: 800.0, density: 1.0, ..Screen::default() };
    for (at, text) in texts.iter().enumerate() {
        let mut element = Element::new(Role::Text, "p", Rect::new(0.0, 40.0 * at as f32, 300.0, 30.0));
        (element.text, element.seen) = ((*text).to_owned(), true);
        screen.elements.push(element);
    }
    screen
}

#[test]
fn a_sentence_that_names_the_policy_and_its_change_is_a_notice() {
    for text in [
        "我们更新了《隐私政策》，新增了设备信息的收集，请您阅读。",
        "隐私政策已于2026年11月1日修订",
        "We have updated our Privacy Policy. Please read it.",
    ] {
        assert!(find_notice(&showing(&[text])).is_some(), "{text}");
    }
    assert!(find_notice(&showing(&["我们已更新", "《隐私政策》", "，请您阅读"])).is_some(), "cut by a link");
}

#[test]
fn what_tells_of_no_change_of_the_policy_is_none() {
    for text in [
        "欢迎使用小满集市！请阅读并同意《隐私政策》",
        "新版本上线：购物车全面升级",
        "隐私政策如有更新，我们将通过弹窗告知您。",
        "We may update this Privacy Policy from time to time.",
        "更新日期：2026年11月1日",
    ] {
        assert_eq!(find_notice(&showing(&[text])), None, "{text}");
    }
}

#[test]
fn switches_and_messages_are_known_by_their_labels() {
    for label in ["个性化推荐", "允许通过通讯录找到我", "Personalised ads", "用户体验改进计划"]
    {
        assert!(is_privacy_switch(label), "{label}");
    }
    assert!(!is_privacy_switch("深色模式") && !is_privacy_switch("自动播放视频"));
    assert!(leads_to_messages("消息") && !leads_to_messages("消息免打扰设置"));
    assert!(way_to_switches("隐私设置") < way_to_switches("我的"));
    assert_eq!(way_to_switches("商品详情"), None);
}
