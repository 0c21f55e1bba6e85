//! The policy in the form that the switches ask for.

use std::borrow::Cow;

use axum::response::Response;

use super::assets::{answer, answer_file, answer_missing, read_text};
use super::switches::Chosen;

/// The policy as a piece of HTML; none when the switches say that the app has no policy.
pub(super) fn build_fragment(chosen: &Chosen) -> Option<Cow<'static, str>> {
    let whole = choose_whole_policy(chosen)?;
    let cuts: Vec<(&str, &str, &str)> = CUTS
        .iter()
        .filter(|cut| cut.0.iter().any(|(item, value)| chosen.has(item, value)))
        .map(|cut| cut.1)
        .collect();
    if cuts.is_empty() {
        return Some(Cow::Borrowed(whole));
    }
    let mut text = whole.to_owned();
    for (from, to, instead) in cuts {
        if let Some(begins) = text.find(from)
            && let Some(length) = text[begins..].find(to)
        {
            text.replace_range(begins..begins + length, instead);
        }
    }
    Some(Cow::Owned(text))
}

/// What switches take out of the policy: the switches, then from where up to where, and what stands there instead.
type Cut = (&'static [(&'static str, &'static str)], (&'static str, &'static str, &'static str));

const CUTS: [Cut; 11] = [
    // An empty stretch: what stands instead is put in.
    (
        &[("2.2", "silent"), ("2.2", "told"), ("2.2", "again")],
        (
            "<h3>9. 可以不经您同意",
            "<h3>9. 可以不经您同意",
            "<h3>会员认证</h3><p>您申请会员认证时，我们收集您的<b>人脸照片</b>和<b>职业</b>，用于核验您的身份。</p>\n",
        ),
    ),
    (
        &[("2.2", "wording")],
        ("我们只收集实现相应功能所必需的信息。", "下面按功能", "除功能所需之外，我们不多收集。"),
    ),
    (
        &[("2.2", "silent"), ("2.2", "told"), ("2.2", "again"), ("2.2", "wording")],
        ("更新日期：2025年3月10日", "<br>", "更新日期：2026年3月10日"),
    ),
    (
        &[("3.8", "none"), ("3.8", "nowhere")],
        ("您可以通过“我的—设置—隐私设置—撤回同意”", "您也可以在“隐私设置”", ""),
    ),
    (
        &[("3.8", "mail")],
        (
            "您可以通过“我的—设置—隐私设置—撤回同意”",
            "您也可以在“隐私设置”",
            "如需撤回同意，请发送邮件至privacy@xiaoman.example。",
        ),
    ),
    (&[("3.6", "shown"), ("3.6", "nothing")], ("<h3>8. 个性化推荐</h3>", "<h3>9.", "")),
    (
        &[("3.6", "shown"), ("3.6", "nothing")],
        ("您也可以在“隐私设置”中单独关闭个性化推荐，", "在“消息通知”", "您也可以"),
    ),
    (&[("3.6", "shown"), ("3.6", "nothing")], ("（仅在打开个性化推荐时产生）", "：保存", "")),
    (
        &[("6.5", "none"), ("6.5", "sales"), ("6.5", "contact-page"), ("6.5", "login"), ("6.5", "nowhere")],
        ("<h2>十、联系我们与投诉</h2>", "<p class=\"dates\">青禾", ""),
    ),
    (
        &[("6.5", "none"), ("6.5", "sales"), ("6.5", "contact-page"), ("6.5", "login"), ("6.5", "nowhere")],
        ("<li>联系我们与投诉</li>", "\n", ""),
    ),
    (&[("6.5", "thirty")], ("我们会在收到后的15个工作日", "内受理", "我们会在收到后的30个工作日")),
];

fn choose_whole_policy(chosen: &Chosen) -> Option<&'static str> {
    let english = chosen.has("odd", "english") || chosen.has("1.4", "foreign");
    if chosen.has("1.1", "none") {
        None
    } else if chosen.has("1.1", "picture") {
        read_text("texts/policy-picture.html")
    } else if chosen.has("1.4", "traditional") {
        read_text("texts/policy-traditional.html")
    } else if chosen.has("1.1", "empty") {
        read_text(if english { "texts/policy-empty-en.html" } else { "texts/policy-empty.html" })
    } else {
        read_text(if english { "texts/policy-en.html" } else { "texts/policy.html" })
    }
}

/// The policy as a page of its own, as it opens in a new tab or a frame.
pub(super) fn answer_page(chosen: &Chosen) -> Response {
    let title = if chosen.has("odd", "english") { "Privacy Policy" } else { "隐私政策" };
    match (read_text("texts/standalone.html"), build_fragment(chosen)) {
        (Some(shell), Some(body)) => {
            let page = shell.replace("{{title}}", title).replace("{{body}}", &body);
            answer("text/html; charset=utf-8", page)
        }
        _ => answer_missing(),
    }
}

/// The policy as a PDF.
pub(super) fn answer_pdf(chosen: &Chosen) -> Response {
    if chosen.has("1.1", "none") {
        return answer_missing();
    }
    answer_file(if chosen.has("odd", "english") { "texts/policy-en.pdf" } else { "texts/policy.pdf" })
}
