use proptest::prelude::*;

use super::*;

fn of<'a>(screen: &'a Screen, label: &str) -> &'a Element {
    let at = (0..screen.elements.len()).find(|&at| screen.label(at) == label);
    &screen.elements[at.unwrap_or_else(|| panic!("no {label} in {:#?}", screen.elements))]
}

#[test]
fn a_form_is_read_in_px() {
    let screen = read(include_str!("../../tests/sources/ios-form.xml"), 3.0).expect("a source");
    assert_eq!((screen.width, screen.height, screen.density), (1170.0, 2532.0, 3.0));
    assert_eq!(screen.address, "com.xiaoman.market");
    let phone = of(&screen, "请输入手机号");
    assert_eq!((phone.role, phone.text.as_str()), (Role::TextField, ""));
    let secret = of(&screen, "密码");
    assert_eq!(secret.text, "", "what a secure field holds is not kept");
    let agree = of(&screen, "同意《用户协议》和《隐私政策》");
    assert_eq!((agree.role, agree.checked), (Role::Switch, Some(Checked::On)));
    let buttons = screen.elements.iter().filter(|element| element.role == Role::Button);
    assert_eq!(buttons.clone().count(), 2);
    assert!(buttons.clone().all(|button| button.tap_at.is_some()));
    let row = screen.elements.iter().position(|element| element.role == Role::ListItem).expect("a row");
    assert_eq!(screen.label(row), "消息");
    assert!(!of(&screen, "看不见").seen);
    let reading = crate::language::controls::read(&screen);
    assert!(reading.boxes.iter().any(|tick| tick.consent), "{reading:#?}");
}

#[test]
fn an_alert_is_a_layer() {
    let screen =
        read(include_str!("../../tests/sources/permission/ios-location.xml"), 3.0).expect("a source");
    assert!(screen.elements.iter().any(|element| element.overlay && element.role == Role::Dialog));
    assert_eq!(screen.address, "com.apple.springboard");
}

#[test]
fn broken_sources_say_where() {
    for (source, part) in [
        ("<AppiumAUT/>", "XCUIElementTypeApplication"),
        ("<hierarchy width=\"1\"/>", "XCUIElementTypeApplication"),
        ("<AppiumAUT>", ""),
    ] {
        let error = read(source, 3.0).expect_err(source);
        assert!(error.to_string().contains(part), "{error}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(source in ".{0,400}") {
        let _ = read(&source, 3.0);
    }

    #[test]
    fn any_attributes_give_a_sound_tree(
        nodes in prop::collection::vec(("(Button|Alert|StaticText|Switch|Table|TextField|Other|[A-Za-z]{0,8})", "\\PC{0,20}", any::<[f32; 4]>(), any::<bool>(), 0usize..6), 0..30)
    ) {
        let mut source = String::from("<AppiumAUT><XCUIElementTypeApplication width=\"390\" height=\"844\">");
        let mut open = 0;
        for (kind, text, [x, y, width, height], shown, up) in nodes {
            for _ in 0..up.min(open) { source.push_str("</n>"); open -= 1; }
            let text = text.replace(['&', '<', '"'], "");
            source.push_str(&format!("<n type=\"XCUIElementType{kind}\" label=\"{text}\" value=\"{text}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" visible=\"{shown}\">"));
            open += 1;
        }
        for _ in 0..open { source.push_str("</n>"); }
        source.push_str("</XCUIElementTypeApplication></AppiumAUT>");
        if let Ok(screen) = read(&source, 3.0) {
            for (at, element) in screen.elements.iter().enumerate() {
                prop_assert!(element.parent.is_none_or(|parent| parent < at));
            }
            let _ = (screen.identity(), crate::language::controls::read(&screen), crate::language::permission::read(&screen));
        }
    }
}
