//! What registering and what cancelling ask for, side by side, for item 6.2.

use crate::language::rights::Condition;
use crate::text::{Bilingual, both, said};

/// Says what registering and cancelling ask for, side by side.
pub fn say_side_by_side(asked: &[(u32, Condition)], registering: Option<&[String]>) -> Bilingual {
    let mut cancelling: Vec<&str> = Vec::new();
    for (_, condition) in asked {
        if !cancelling.contains(&condition.kind.as_str()) {
            cancelling.push(&condition.kind);
        }
    }
    let list = |kinds: &[&str]| match kinds.is_empty() {
        true => both("nothing", "无"),
        false => {
            let zh: Vec<&str> = kinds.iter().map(|kind| say_in_chinese(kind)).collect();
            both(kinds.join(", "), zh.join("、"))
        }
    };
    let registered = match registering {
        Some(asked) => list(&asked.iter().map(String::as_str).collect::<Vec<_>>()),
        None => both("not seen, as this run did not register", "本次运行没有注册，未见"),
    };
    said!(
        "registering asks for: {registered} | cancelling asks for: {cancelling}",
        "注册要求：{registered}｜注销要求：{cancelling}",
        registered,
        cancelling = list(&cancelling)
    )
}

/// Returns a kind of condition in Chinese.
fn say_in_chinese(kind: &str) -> &str {
    match kind {
        "phone" => "手机号码",
        "password" => "密码",
        "code" => "验证码",
        "email" => "邮箱",
        "name" => "姓名",
        "account" | "nickname" => "账号名",
        "identity_card" => "证件号码",
        "identity_photo" => "证件照片或人脸",
        "bank_card" => "银行卡",
        "reason" => "原因",
        "confirmation" => "手动输入确认",
        "captcha" => "人机验证",
        "phone_call" => "电话",
        "mail" => "邮件",
        "paper_form" => "纸质材料",
        "wait" => "等待",
        "cooling_off" => "反悔期",
        _ => "其他",
    }
}
