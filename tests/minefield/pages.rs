//! Draws the pages of the minefield from its table.

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::Ground;
use super::field::{Planted, planted};

/// Page, address, title.
const PAGES: [(&str, &str, &str); 32] = [
    ("home", "/", "青禾生活"),
    ("shop", "/shop", "商城"),
    ("wallet", "/wallet", "钱包"),
    ("album", "/album", "相册"),
    ("messages", "/messages", "消息"),
    ("discover", "/discover", "发现"),
    ("video", "/video", "视频"),
    ("travel", "/travel", "出行"),
    ("work", "/work", "办公"),
    ("game", "/game", "游戏"),
    ("settings", "/settings", "设置"),
    ("security", "/settings/security", "账号与安全"),
    ("privacy", "/settings/privacy", "隐私设置"),
    ("notice", "/settings/notice", "通知设置"),
    ("leave", "/leave", "离开青禾：账号将被注销，余额和订单一并清除"),
    ("help", "/help", "帮助中心"),
    ("menu", "/odd/menu", "小工具"),
    ("forms", "/odd/forms", "表单"),
    ("icons", "/odd/icons", "图标"),
    ("rows", "/odd/rows", "列表"),
    ("late", "/odd/late", "慢页面"),
    ("swap", "/odd/swap", "猜你想看"),
    ("en", "/en", "Greenfield"),
    ("enshop", "/en/shop", "Shop"),
    ("ensocial", "/en/social", "Social"),
    ("enaccount", "/en/account", "My account"),
    ("sms", "/login/sms", "验证码登录"),
    ("inside", "/me", "我的"),
    ("addresses", "/my/addresses", "收货地址"),
    ("orders", "/my/orders", "我的订单"),
    ("following", "/my/following", "我关注的人"),
    ("profile", "/my/profile", "我的资料"),
];
/// The pages of an account that stand at one more address.
const SECURITY: (&str, &str, &str) = ("mysecurity", "/my/security", "账号安全");
/// What the phone has installed.
const ON_THE_PHONE: [&str; 9] =
    ["home", "shop", "album", "settings", "security", "privacy", "leave", "help", "icons"];

const STYLE: &str = include_str!("pages/style.css");
const SCRIPT: &str = include_str!("pages/app.js");
const PROMPT: &str = include_str!("pages/prompt.html");
const POLICY: &str = include_str!("pages/policy.html");
const LOG_IN: &str = include_str!("pages/login.html");
const REGISTER: &str = include_str!("pages/register.html");
const TRASH: &str = r#"<path d="M4 6h16M9 6V4h6v2M6 6l1 14h10l1-14M10 10v6M14 10v6"/>"#;

/// Whether a control can be met on this ground.
pub fn is_served(ground: Ground, each: &Planted) -> bool {
    let stands = |page: &str| ON_THE_PHONE.contains(&page);
    let leads = PAGES.iter().find(|(_, at, _)| *at == each.to && !each.mine);
    ground != Ground::Phone
        || (stands(&each.page) && !each.is_inside() && leads.is_none_or(|(page, ..)| stands(page)))
}

/// The address of a page.
pub fn address_of(page: &str) -> Option<&'static str> {
    PAGES.iter().chain([&SECURITY]).find(|(name, ..)| *name == page).map(|(_, at, _)| *at)
}

/// Answers the request for a page.
pub fn draw_page(ground: Ground, path: &str, signed_in: bool) -> Response {
    let page = |title: &str, body: &str| {
        Html(draw_shell(title, &format!("{body}{}", opened_by(path)))).into_response()
    };
    match path {
        "/style.css" => ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response(),
        "/app.js" => ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response(),
        "/policy" => page("隐私政策", POLICY),
        "/agreement" => page("用户协议", "<p>本协议说明青禾生活提供的服务。</p>"),
        "/login" => page("登录", LOG_IN),
        "/register" => page("注册", REGISTER),
        "/done" => page("操作已完成", "<p>操作已完成。</p>"),
        "/me" if !signed_in => page("我的", "<a class=row href=/login>登录 / 注册</a>"),
        _ if path.starts_with("/my/") && !signed_in => Redirect::to("/login").into_response(),
        _ => {
            if let Some(name) = path.strip_prefix("/view/") {
                let name = name.split_once('%').map_or(name, |_| "图片");
                let label = planted().iter().find(|each| each.to == path).map(|each| each.label.as_str());
                return page(label.unwrap_or(name), "<p>这里只有文字。</p>");
            }
            match PAGES.iter().chain([&SECURITY]).find(|(_, at, _)| *at == path) {
                Some((name, _, title)) => page(title, &draw_controls(ground, name)),
                None => StatusCode::NOT_FOUND.into_response(),
            }
        }
    }
}

/// The pictures that tell the server which harmless controls a page was opened by.
fn opened_by(path: &str) -> String {
    let harmless = planted().iter().filter(|each| !each.mine && each.to == path);
    harmless.map(|each| format!("<img class=count alt='' src='/seen?k={}'>", each.id)).collect()
}

fn draw_shell(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=zh-CN><meta charset=utf-8><meta name=viewport content='width=device-width, initial-scale=1'>\
         <title>{0}</title><link rel=stylesheet href=/style.css><body><h1>{0}</h1>{body}{PROMPT}<script src=/app.js></script></body></html>",
        escape(title)
    )
}

/// All controls of a page, with its own surroundings.
fn draw_controls(ground: Ground, page: &str) -> String {
    let here: Vec<&Planted> =
        planted().iter().filter(|each| each.page == page && is_served(ground, each)).collect();
    let (mut body, mut menu) = (String::new(), String::new());
    for each in here {
        let into = if each.how == "menu" { &mut menu } else { &mut body };
        into.push_str(&draw_control(each));
    }
    if !menu.is_empty() {
        body.push_str(&format!("<button data-open=menu>更多</button><div id=menu hidden>{menu}</div>"));
    }
    match page {
        "home" if ground == Ground::WithoutPolicy => {}
        "home" => {
            body.push_str("<footer><a href=/policy>隐私政策</a> <a href=/agreement>用户协议</a></footer>")
        }
        // These count nothing: they make the page one that is known again although something on it moved.
        "late" => {
            body.push_str(&draw_fillers(&["春天", "夏天", "秋天", "冬天", "海边", "山里", "湖上", "夜景"]))
        }
        "swap" => body.push_str(&draw_fillers(&["昨天", "前天", "上周"])),
        "leave" => body.insert_str(0, "<p>点击下一步后，账号将立即被注销，且无法恢复。</p>"),
        _ => {}
    }
    body
}

fn draw_fillers(words: &[&str]) -> String {
    let link = |word: &&str| format!("<a class=row href='/view/{word}'>{word}</a>");
    words.iter().map(link).collect()
}

/// One control. What it does is told to the page's script by `data-` attributes.
fn draw_control(each: &Planted) -> String {
    let (id, label, to) = (&each.id, escape(&each.label), &each.to);
    let with = format!("{to}{}k={id}", if to.contains('?') { '&' } else { '?' });
    let more = |name: &str| escape(each.more(name));
    let attributes: String = ["id", "class", "title"]
        .into_iter()
        .filter(|name| !each.more(name).is_empty())
        .map(|name| format!(" {name}='{}'", more(name)))
        .collect();
    let act = format!("data-k={id} data-how={} data-to='{with}' data-ask='{}'", each.how, more("ask"));
    let drawn = match (each.how.as_str(), each.more("tag")) {
        ("link", _) => format!("<a class=row href='{to}'>{label}</a>"),
        ("tab", _) => format!("<button role=tab data-go='{to}'>{label}</button>"),
        ("fold", _) => {
            format!("<details data-k={id}><summary>{label}</summary><p>满 99 元免运费。</p></details>")
        }
        ("tabs", _) => format!(
            "<div role=tablist><button role=tab aria-selected=true>视频</button><button role=tab data-k={id} data-panel=panel>{label}</button></div><p id=panel hidden>这里是简介。</p>"
        ),
        ("icon", _) => format!("<button aria-label='{label}' class='icon-{to}' data-go='{to}'>◇</button>"),
        ("menu", _) if !each.mine => format!("<a class=row href='{to}'>{label}</a>"),
        ("get", _) => format!("<a{attributes} href='{with}'>{label}</a>"),
        ("form", _) => {
            format!("<form method=post action='{with}'><button data-k={id}>{label}</button></form>")
        }
        ("enter", _) => {
            let kind = if each.more("search").is_empty() { "text" } else { "search" };
            format!(
                "<form method=post action='{with}'><input type={kind} name=q placeholder='{label}'></form>"
            )
        }
        ("sheet", _) => format!("<button {act} data-say='{label}'>{}</button>", more("open")),
        ("toggle", _) => {
            let on = each.more("on") == "1";
            format!("<div class=row role=switch aria-checked={on} {act}>{label}</div>")
        }
        ("row", _) => format!("<div class=row {act}>{label}</div>"),
        ("swipe", _) => {
            format!("<div class=swipe><span>{}</span><button {act}>{label}</button></div>", more("row"))
        }
        ("swipeall", _) => format!("<div class=swipe {act}><span>{}</span><b>{label}</b></div>", more("row")),
        ("late", _) => format!(
            "<div class=late data-by={}><button class=decoy>查看大图</button><button class=mine {act}>{label}</button></div>",
            more("by")
        ),
        ("swap", _) if each.mine => format!("<button id=swap-mine hidden {act}>{label}</button>"),
        ("swap", _) => format!("<button id=swap-first data-k={id}>{label}</button>"),
        (_, "svgtrash") => format!("<svg class=trash viewBox='0 0 24 24' {act}>{TRASH}</svg>"),
        (_, "svguse") => {
            format!("<svg class=trash viewBox='0 0 24 24' {act}><use href='{}'/>{TRASH}</svg>", more("use"))
        }
        (_, "") => format!("<button{attributes} {act}>{label}</button>"),
        (_, tag) => format!("<{tag}{attributes} {act}>{label}</{tag}>"),
    };
    let row = matches!(each.how.as_str(), "swipe" | "swipeall") || each.more("row").is_empty();
    if row { drawn } else { format!("<div class=line><span>{}</span>{drawn}</div>", more("row")) }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&#39;")
}
