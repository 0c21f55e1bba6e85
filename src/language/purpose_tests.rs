use proptest::prelude::*;

use super::*;

#[test]
fn purposes_are_told_from_phrases() {
    let stated = |text, permission| matches!(of_permission(text, permission, false), Purpose::Stated(_));
    assert!(stated("开启定位权限，用于查找您附近的门店", "location"));
    assert!(stated("我们需要访问您的相机，以便扫描商品二维码。", "camera"));
    assert!(stated("We need your location to show stores near you.", "location"));
    assert!(!stated("小满集市想要获取您的位置", "location"));
    assert!(!stated("用于查找您附近的门店", "camera"));
    assert!(matches!(
        of_permission("为了给您提供更好的服务，请允许获取您的位置信息", "location", false),
        Purpose::General(_)
    ));
}

#[test]
fn what_is_done_with_it_for_the_person_is_a_purpose() {
    let stated = |text| matches!(of_permission(text, "location", false), Purpose::Stated(_));
    for text in [
        "我们用您的位置为您选择最近的自提点，您也可以自己挑选。",
        "根据您的位置显示附近的充电桩",
        "获取位置信息，为您规划路线",
    ] {
        assert!(stated(text), "{text}");
    }
    for text in ["请为您的设备开启位置权限", "需要位置权限才可继续", "请打开位置权限后重试"]
    {
        assert!(!stated(text), "{text}");
    }
}

#[test]
fn a_dialog_s_purpose_may_stand_in_its_second_sentence() {
    let text = "位置权限使用说明\n用于为您查找附近门店和计算配送时间";
    assert_eq!(of_permission(text, "location", false), Purpose::None);
    assert!(matches!(of_permission(text, "location", true), Purpose::Stated(_)));
}

#[test]
fn functions_speak_for_permissions() {
    assert!(speaks_for("扫一扫", "camera") && speaks_for("Stores nearby", "location"));
    assert!(!speaks_for("我的订单", "location") && !speaks_for("扫一扫", "location"));
    assert_eq!(permissions_in("需要位置权限和相机权限"), ["camera", "location"]);
}

#[test]
fn improvement_alone_is_told_from_what_serves_the_person() {
    let only = |text| only_improvement(text).is_some();
    assert!(only("我们将收集您的使用记录，用于改善服务质量和研发新产品。"));
    assert!(!only("我们将收集您的收货地址，用于配送。您的使用记录用于改善服务质量。"));
    assert!(!only("请同意隐私政策。"), "no purpose at all");
}

#[test]
fn cards_of_a_shop_and_searches_are_nothing_sensitive() {
    let field = |label: &str| {
        let mut element = crate::screen::Element::new(
            crate::screen::Role::TextField,
            "input",
            crate::screen::Rect::new(0.0, 0.0, 200.0, 40.0),
        );
        (element.name, element.seen) = (label.to_owned(), true);
        let screen = crate::screen::Screen { elements: vec![element], ..Default::default() };
        sensitive_fields(&screen).first().map(|field| field.kind.clone())
    };
    assert_eq!(field("银行卡号").as_deref(), Some("bank_card"));
    assert_eq!(field("请输入身份证号").as_deref(), Some("identity_card"));
    assert_eq!(field("家庭成员身份证号，用于查询").as_deref(), Some("identity_card"));
    assert_eq!(field("Family member ID number").as_deref(), Some("identity_card"));
    for label in ["会员卡号", "礼品卡卡号", "搜索银行卡优惠", "Track order"] {
        assert_eq!(field(label), None, "{label}");
    }
}

proptest! {
    #[test]
    fn any_text_is_survived(text in "\\PC{0,300}") {
        let _ = (of_text(&text), only_improvement(&text), permissions_in(&text));
    }
}
