use super::*;

fn kinds(text: &str) -> Vec<(Means, For)> {
    in_text(text).into_iter().map(|channel| (channel.means, channel.purpose)).collect()
}

#[test]
fn contacts_are_known_with_what_they_are_for() {
    for (text, expected) in [
        ("客服电话：400-000-0191（每日9:00至21:00）", vec![(Means::Phone, For::Complaints)]),
        ("投诉邮箱：tousu@shop.example", vec![(Means::Mail, For::Complaints)]),
        ("联系我们\n0571-88886666", vec![(Means::Phone, For::Complaints)]),
        ("商务合作：bd@shop.example", vec![(Means::Mail, For::Sales)]),
        ("订购热线 400 800 1234", vec![(Means::Phone, For::Sales)]),
        ("订单号 20260101123456，价格 ¥99.00", vec![]),
        ("版本 3.2.0，更新于 2026-01-01", vec![]),
        ("浙ICP备12345678号", vec![]),
        (
            "消息推送SDK，提供方：鹏程科技，隐私联系方式：privacy@push.example",
            vec![(Means::Mail, For::ThirdParty)],
        ),
        ("第三方侵权投诉：tousu@shop.example", vec![(Means::Mail, For::Complaints)]),
        ("收件人 13800138000", vec![(Means::Phone, For::Unsaid)]),
    ] {
        assert_eq!(kinds(text), expected, "{text}");
    }
}

#[test]
fn a_way_to_withdraw_is_named_by_where_it_is() {
    let named = |text: &str| withdrawal_named(text).is_some();
    assert!(named("您可以通过“设置—隐私”撤回对本政策的同意。"));
    assert!(!named("您撤回同意的，可以要求我们删除。"), "says nothing of where");
}

#[test]
fn promises_are_read_with_their_days() {
    for (text, expected) in [
        ("我们会在收到后的15个工作日内受理并给出处理结果。", vec![(15, true)]),
        ("投诉将在三十个工作日内答复。", vec![(30, true)]),
        ("我们在十五日内回复您", vec![(15, false)]),
        ("We reply within 20 working days", vec![(20, true)]),
        ("签收七日内可以无理由退货，退款在两日内处理", vec![]),
        ("重大变更会在生效前至少七日说明处理目的。", vec![]),
        ("现货商品在付款后四十八小时内发出。", vec![]),
    ] {
        let found: Vec<(u32, bool)> = promises(text).iter().map(|p| (p.days, p.working)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_limit_for_complaints_is_told_from_one_for_other_requests() {
    let text = "7. 响应时间\n我们会在15个工作日内答复。\n十、联系我们与投诉\n客服电话：400-000-0191\n我们会在收到后的30个工作日内受理。\n";
    let found: Vec<(u32, bool)> = promises(text).iter().map(|p| (p.days, p.complaints)).collect();
    assert_eq!(found, [(15, false), (30, true)]);
}

#[test]
fn taking_consent_back_by_mail_is_told_from_a_way_in_the_app() {
    assert!(withdrawal_by_contact("如需撤回同意，请发送邮件至 privacy@shop.example。").is_some());
    assert!(withdrawal_by_contact("您可以通过“我的—设置—隐私设置—撤回同意”撤回对本政策的同意。").is_none());
    assert!(withdrawal_named("您可以通过“我的—设置—隐私设置—撤回同意”撤回对本政策的同意。").is_some());
}

#[test]
fn a_section_of_a_document_makes_no_contact_page() {
    use crate::screen::{Element, Rect};
    let page = |headings: &[&str]| {
        let mut screen = Screen { title: "小满集市".to_owned(), ..Screen::default() };
        for (at, text) in headings.iter().enumerate() {
            let mut heading =
                Element::new(Role::Heading, "h2", Rect::new(0.0, at as f32 * 40.0, 300.0, 30.0));
            heading.text = (*text).to_owned();
            screen.elements.push(heading);
        }
        screen
    };
    assert!(is_contact_page(&page(&["联系我们"])));
    assert!(!is_contact_page(&page(&["用户协议", "一、账号", "九、联系我们"])));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "[\\PC十五日@0-9\\-\n]{0,80}") {
        in_text(&text);
        promises(&text);
        withdrawal_by_contact(&text);
    }
}
