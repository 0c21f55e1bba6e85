//! The guard on the wire, and taps that make sure what they meet, in a real Chromium.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use candor::app::web::{Web, WebTarget};
use candor::app::{App, AppError};
use candor::screen::Screen;
use candor::screen::operation::Operation;
use candor::world::Start;
use candor::world::guard::Guard;

type Hits = Arc<Mutex<BTreeMap<String, u32>>>;

const HOME: &str = r#"<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width"><title>店</title>
<body style="margin:0"><style>button,input,a{display:block;height:40px;margin:4px}</style>
<button onclick="post('/api/goods/list','{&quot;page&quot;:1}')">更多商品</button>
<button onclick="post('/api/deleteAccount','')">账号</button>
<button onclick="post('/gateway','{&quot;cmd&quot;:&quot;pay&quot;}')">网关</button>
<button onclick="post('/gateway',new Blob(['{&quot;cmd&quot;:&quot;unbind&quot;}']))">大块</button>
<button onclick="navigator.sendBeacon('/log','{&quot;event&quot;:&quot;pay&quot;}');navigator.sendBeacon('/api/order/create','x')">信标</button>
<form method=post action=/order/submit><button>表单</button></form>
<button onclick="fetch('/photo/delete')">照片</button>
<button onclick="window.open('/second')">新页</button>
<button onclick="new Worker('/worker.js')">工人</button>
<button onclick="post('/login','{&quot;submit&quot;:1}')">登录</button>
<button onclick="fetch('/api/x',{method:'PATCH'}).catch(()=>{})">补丁</button>
<iframe src="http://localhost:PORT/inner" style="width:300px;height:80px"></iframe>
<script>const post=(to,body)=>fetch(to,{method:'POST',body}).then(()=>document.title='过了',()=>document.title='没过'); post('/api/heartbeat/save','');</script>"#;
const SECOND: &str = r#"<!doctype html><meta charset=utf-8><title>二</title><p>第二页<script>fetch('/api/buy',{method:'POST'})</script>"#;
const INNER: &str = r#"<!doctype html><meta charset=utf-8><body style="margin:0"><button style="width:200px;height:60px" onclick="fetch('/api/inner/transfer',{method:'POST'})">里面</button>"#;
const WORKER: &str = "fetch('/api/worker/unbind',{method:'POST'}).catch(()=>{}); fetch('/api/worker/seen',{method:'POST'}).catch(()=>{})";

/// Serves `pages` by path and counts what else is asked for.
async fn serve(pages: &'static [(&'static str, &'static str, &'static str)]) -> (u16, Hits) {
    let hits: Hits = Hits::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let count = hits.clone();
    let app = axum::Router::new().fallback(move |method: axum::http::Method, uri: axum::http::Uri| {
        let count = count.clone();
        async move {
            let page = pages.iter().find(|page| page.0 == uri.path());
            if method != axum::http::Method::GET || page.is_none() {
                *count.lock().expect("counts").entry(uri.path().to_owned()).or_default() += 1;
            }
            let (kind, body) = page.map_or(("text/plain", "ok"), |page| (page.1, page.2));
            let body = body.replace("PORT", &port.to_string());
            axum::http::Response::builder()
                .header("content-type", kind)
                .body(axum::body::Body::from(body))
                .expect("an answer")
        }
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    (port, hits)
}

async fn open(port: u16) -> Web {
    let address = url::Url::parse(&format!("http://127.0.0.1:{port}/")).expect("an address");
    Web::new(WebTarget::default(), address).await.expect("a driver")
}

fn tap_on(screen: &Screen, label: &str) -> Operation {
    let at = (0..screen.elements.len())
        .find(|&at| screen.elements[at].tap_at.is_some() && screen.label(at) == label);
    let at = at.unwrap_or_else(|| panic!("{label} in {:#?}", screen.elements));
    let (x, y) = screen.elements[at].tap_at.expect("a point");
    Operation::Tap { x, y, label: label.to_owned() }
}

const PAGES: &[(&str, &str, &str)] = &[
    ("/", "text/html", HOME),
    ("/second", "text/html", SECOND),
    ("/inner", "text/html", INNER),
    ("/worker.js", "text/javascript", WORKER),
];

/// Taps every button; gives what reached the server, and what was held.
async fn tap_all(guard: Guard) -> (BTreeMap<String, u32>, Vec<String>, String) {
    let (port, hits) = serve(PAGES).await;
    let mut app = open(port).await;
    let set = app.set_guard(guard).await.expect("sets");
    assert!(set || guard == Guard::Off, "there is a line");
    app.start(Start::Fresh).await.expect("starts");
    for label in ["更多商品", "账号", "网关", "大块", "信标", "照片", "工人", "登录", "补丁", "里面", "表单"]
    {
        let seen = app.look().await.expect("looks");
        app.perform(&tap_on(&seen, label)).await.expect(label);
    }
    let after = app.look().await.expect("looks").title;
    if guard == Guard::Off {
        app.start(Start::Resumed).await.expect("resumes");
    }
    let seen = app.look().await.expect("looks");
    app.perform(&tap_on(&seen, "新页")).await.expect("a new tab");
    app.look().await.expect("looks");
    tokio::time::sleep(Duration::from_millis(500)).await;
    let held = app
        .held_back()
        .into_iter()
        .map(|held| format!("{} {}", held.method, url::Url::parse(&held.address).expect("an address").path()))
        .collect();
    app.stop().await;
    let hits = hits.lock().expect("counts").clone();
    (hits, held, after)
}

const DEEDS: [&str; 11] = [
    "POST /api/deleteAccount",
    "POST /gateway",
    "POST /gateway",
    "POST /api/order/create",
    "GET /photo/delete",
    "POST /api/worker/unbind",
    "PATCH /api/x",
    "POST /api/inner/transfer",
    "POST /order/submit",
    "POST /api/buy",
    "",
];

#[tokio::test(flavor = "multi_thread")]
async fn words_hold_deeds_in_tabs_frames_and_workers() {
    let (hits, held, after) = tap_all(Guard::Words).await;
    for deed in DEEDS.iter().filter(|deed| !deed.is_empty()) {
        assert!(held.iter().any(|held| held == deed), "{deed} was not held: {held:#?} {hits:#?}");
        let path = deed.split(' ').nth(1).expect("a path");
        assert!(!hits.contains_key(path), "{path} came through: {hits:#?}");
    }
    for path in ["/api/heartbeat/save", "/api/goods/list", "/log", "/login", "/api/worker/seen"] {
        assert!(hits.contains_key(path), "{path} did not come through: {hits:#?}");
    }
    assert!(!after.is_empty(), "the page stays where it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn strict_holds_all_that_the_app_had_not_made() {
    let (hits, held, _) = tap_all(Guard::Strict).await;
    for path in ["/api/goods/list", "/log", "/login", "/api/deleteAccount", "/api/worker/seen"] {
        assert!(!hits.contains_key(path), "{path} came through: {hits:#?}");
    }
    assert!(hits.contains_key("/api/heartbeat/save") && held.len() >= 12, "{hits:#?} {held:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn off_holds_nothing() {
    let (hits, held, _) = tap_all(Guard::Off).await;
    assert!(held.is_empty());
    for path in [
        "/api/deleteAccount",
        "/gateway",
        "/order/submit",
        "/api/buy",
        "/api/worker/unbind",
        "/api/inner/transfer",
    ] {
        assert!(hits.contains_key(path), "{path} did not come through: {hits:#?}");
    }
}

const SWAPS: &str = r#"<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width"><title>变</title>
<body style="margin:0"><style>button{position:absolute;left:20px;width:300px;height:50px}</style>
<button id=late style="top:10px" onclick="hit('late-right')">看看</button>
<button id=under style="top:80px" onclick="hit('under-right')">移开</button><button id=mine style="top:900px" onclick="hit('under-mine')">删除</button>
<button id=equal style="top:150px" onclick="hit('equal')">一样</button>
<button id=count style="top:220px" onclick="hit('count')">跳过 9 秒</button>
<button id=relabel style="top:290px" onclick="hit('relabel')">详情</button>
<div id=finger style="position:absolute;top:360px;left:20px;width:300px;height:50px;background:#ddd">手指</div>
<label style="position:absolute;top:430px;left:20px"><input id=box type=checkbox onchange="hit('box')"> 我同意</label>
<script>const hit=name=>fetch('/hit/'+name);
document.addEventListener('touchstart',e=>{ if(e.target.id==='under'){ under.style.top='1900px'; mine.style.top='80px'; } },true);
finger.addEventListener('touchend',()=>{ hit('finger'); finger.remove(); mine.style.top='360px'; });
let n=999; setInterval(()=>{ count.textContent='跳过 '+(n--)+' 秒'; },50);
window.swap=()=>{ late.outerHTML='<button style="top:10px" onclick="hit(\'late-mine\')">注销账号</button>';
 equal.outerHTML='<button style="top:150px" onclick="hit(\'equal\')">一样</button>'; relabel.textContent='删除'; };
setTimeout(()=>document.title='好了',200); if(location.hash) swap();
addEventListener('hashchange',()=>swap());</script>"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_tap_meets_the_control_that_was_looked_at_or_nothing() {
    let (port, hits) = serve(&[("/", "text/html", SWAPS)]).await;
    let mut app = open(port).await;
    app.start(Start::Fresh).await.expect("starts");
    let seen = app.look().await.expect("looks");
    let count = (0..seen.elements.len())
        .map(|at| seen.label(at))
        .find(|label| label.starts_with("跳过"))
        .expect("the countdown");
    let operation = |label: &str| tap_on(&seen, label);
    // The page swaps after the look: an address of the same document makes it.
    app.perform(&Operation::Open { address: format!("http://127.0.0.1:{port}/#swap") }).await.expect("opens");
    let refused = |done: Result<(), AppError>| matches!(done, Err(AppError::Refused { why, .. }) if why.contains("another control"));
    assert!(refused(app.perform(&operation("看看")).await), "swapped");
    assert!(refused(app.perform(&operation("详情")).await), "other words");
    assert!(refused(app.perform(&operation("移开")).await), "moved under the finger");
    for label in ["一样", count.as_str(), "手指", "我同意"] {
        app.perform(&operation(label)).await.expect(label);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let hits: Vec<String> =
        hits.lock().expect("counts").keys().filter(|path| path.starts_with("/hit")).cloned().collect();
    assert_eq!(hits, ["/hit/box", "/hit/count", "/hit/equal", "/hit/finger"]);
    app.stop().await;
}
