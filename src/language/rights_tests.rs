use super::*;

fn kinds(text: &str) -> Vec<(String, Option<u32>, bool)> {
    conditions(text).into_iter().map(|found| (found.kind, found.days, found.working)).collect()
}

#[test]
fn conditions_are_read_from_sentences() {
    for (text, expected) in [
        ("请上传身份证照片正反面。", vec![("identity_photo", None, false)]),
        ("我们会在 20 个工作日内完成审核。", vec![("wait", Some(20), true)]),
        ("我们会在三十个工作日内完成注销。", vec![("wait", Some(30), true)]),
        ("将于12月31日前完成处理。", vec![]),
        ("提交后有7天冷静期，期间重新登录即可恢复账号。", vec![("cooling_off", Some(7), false)]),
        ("注销须拨打客服电话 400-000-0191 办理。", vec![("phone_call", None, false)]),
        ("注销后，人脸识别信息和身份证照片会一并删除。", vec![]),
        ("如有疑问，可拨打客服电话 400-000-0191。", vec![]),
        ("您近 90 天内的订单均已完成。", vec![]),
        ("注销后信息会立即删除，且无法恢复。", vec![]),
        ("Your request is handled within 3 business days.", vec![("wait", Some(3), true)]),
    ] {
        let expected: Vec<_> =
            expected.into_iter().map(|(kind, days, working)| (kind.to_owned(), days, working)).collect();
        assert_eq!(kinds(text), expected, "{text}");
    }
}

#[test]
fn what_an_app_answers_is_told_apart() {
    for (text, expected) in [
        ("手机号或密码不正确", Some(Answered::WrongCredentials)),
        ("该账号不存在，请先注册", Some(Answered::NoSuchAccount)),
        ("该手机号已注册，请直接登录", Some(Answered::Taken)),
        ("请求失败（500）", Some(Answered::ServerError)),
        ("Failed to fetch", Some(Answered::Network)),
        ("请输入 6 位验证码", Some(Answered::Failed)),
        ("欢迎回来", None),
    ] {
        assert_eq!(answered(text), expected, "{text}");
    }
}

#[test]
fn an_article_or_a_log_out_is_no_cancellation() {
    for (label, expected) in [
        ("注销账号", true),
        ("账号注销", true),
        ("Delete account", true),
        ("注销", true),
        ("如何注销账号？", false),
        ("注销登录", false),
        ("账号注销须知", false),
        ("退出登录", false),
    ] {
        assert_eq!(means(label, Meaning::CancelAccount), expected, "{label}");
    }
    assert!(means("注销登录", Meaning::LogsOut));
}

#[test]
fn the_word_to_type_stands_in_quotation_marks() {
    assert_eq!(word_to_type("请输入“确认注销”以继续").as_deref(), Some("确认注销"));
    assert_eq!(word_to_type("Type \"DELETE\" to go on").as_deref(), Some("DELETE"));
    assert_eq!(word_to_type("请输入手机号码，您可以在“我的”中查看"), None);
}

#[test]
fn what_is_typed_into_a_password_field_is_secret() {
    for (label, secret) in [("密码 至少 6 位", true), ("Password", true), ("验证码", true), ("昵称", false)]
    {
        assert_eq!(is_secret(label), secret, "{label}");
    }
}

/// A phone's tree has a label as a text of its own, above the field or left of it.
#[test]
fn a_field_that_no_label_is_tied_to_is_named_by_the_words_beside_it() {
    use crate::screen::{Element, Rect, Role};
    let element = |role, text: &str, name: &str, x, y, width| {
        let mut element = Element::new(role, "view", Rect::new(x, y, width, 40.0));
        (element.text, element.name) = (text.to_owned(), name.to_owned());
        element
    };
    let mut secret = element(Role::TextField, "", "至少 6 位", 20.0, 250.0, 300.0);
    secret.secret = true;
    let mut bare = element(Role::TextField, "", "", 20.0, 550.0, 300.0);
    bare.secret = true;
    let screen = Screen {
        width: 400.0,
        height: 800.0,
        elements: vec![
            element(Role::Text, "昵称", "", 20.0, 100.0, 80.0),
            element(Role::TextField, "", "用于展示您的评价", 20.0, 150.0, 300.0),
            element(Role::Text, "密码", "", 20.0, 200.0, 80.0),
            secret,
            element(Role::Text, "身份证号", "", 20.0, 350.0, 80.0),
            element(Role::TextField, "", "必填", 120.0, 350.0, 200.0),
            // Nothing of what is said elsewhere on the screen.
            element(Role::Text, "手机号码", "", 20.0, 430.0, 80.0),
            bare,
        ],
        ..Screen::default()
    };
    let found = fields(&screen);
    let kinds: Vec<&str> = found.iter().map(|field| field.kind.as_str()).collect();
    assert_eq!(kinds, ["nickname", "password", "identity_card", "password"]);
    assert!(is_secret(&found[1].label) && is_secret(&found[3].label), "{found:?}");
}
