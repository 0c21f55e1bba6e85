//! Driving a page in a real Chromium through the `App` trait.

use std::time::Duration;

use candor::app::App;
use candor::app::web::{Web, WebTarget};
use candor::language::{controls, reading};
use candor::screen::Screen;
use candor::screen::operation::{Direction, Operation};
use candor::sight::{self, tick::Tick};
use candor::world::Start;

const PAGE: &str = r#"<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width"><title>店</title>
<body style="margin:0"><div style="height:60px"><button id=go onclick="this.textContent='点过了'">点我</button> <span id=plain>普通</span>
<a href="about:blank" target=_blank>新窗口</a></div>
<div style="padding:20px"><label><input type=checkbox checked> 我已阅读并同意《隐私政策》</label></div>
<div id=host></div><div style="height:1500px">很长</div><p>最下面</p>
<script>plain.addEventListener('click', () => plain.textContent = '也点过了');
host.attachShadow({mode:'open'}).innerHTML = '<button>影子里的按钮</button>';
setTimeout(() => { const late = document.createElement('p'); late.textContent = '晚到的'; host.after(late); }, 100);</script>"#;

fn tap_on(screen: &Screen, label: &str) -> Operation {
    let at = (0..screen.elements.len())
        .find(|&at| screen.elements[at].tap_at.is_some() && screen.label(at) == label);
    let at = at.unwrap_or_else(|| panic!("{label} in {:#?}", screen.elements));
    let (x, y) = screen.elements[at].tap_at.expect("a point");
    Operation::Tap { x, y, label: label.to_owned() }
}

#[tokio::test]
async fn a_page_is_seen_tapped_swiped_and_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("page.html");
    std::fs::write(&file, PAGE).expect("writes");
    let address = url::Url::from_file_path(&file).expect("an address");
    let mut app = Web::new(WebTarget::default(), address).await.expect("a driver");
    app.start(Start::Fresh).await.expect("starts");
    let seen = app.observe().await.expect("observes");
    assert!(seen.screen.settled && seen.screen.seen_text().contains("晚到的"), "waited for what came late");

    let reading = controls::read(&seen.screen);
    let tick = reading.consent_boxes().next().expect("a consent box");
    assert_eq!(tick.relation, reading::LabelRelation::Wraps);
    let pixels = sight::decode(seen.picture.as_deref().expect("a picture")).expect("a PNG");
    assert_eq!(pixels.width(), 1082);
    assert_eq!(sight::tick::look(&pixels, tick.rect, seen.screen.density), Tick::On);

    for label in ["点我", "普通"] {
        app.perform(&tap_on(&seen.screen, label)).await.expect("taps");
    }
    let after = app.look().await.expect("looks");
    assert!(
        after.seen_text().contains("点过了") && after.seen_text().contains("也点过了"),
        "{}",
        after.seen_text()
    );
    assert!(after.seen_text().contains("影子里的按钮"));

    app.perform(&Operation::Swipe { direction: Direction::Down, x: 500.0, y: 1200.0, reach: 1200.0 })
        .await
        .expect("swipes");
    let below = app.look().await.expect("looks");
    assert!(!below.identity().same_position(&after.identity()), "the swipe moved the page");

    app.start(Start::Resumed).await.expect("resumes");
    let again = app.look().await.expect("looks");
    app.perform(&tap_on(&again, "新窗口")).await.expect("taps");
    let tab = app.look().await.expect("looks");
    assert_eq!(tab.address, "about:blank");
    app.perform(&Operation::Back).await.expect("goes back");
    assert!(app.look().await.expect("looks").seen_text().contains("点我"));
    assert!(app.changed(&again, Duration::from_millis(600)).await.expect("watches").is_none());
    app.stop().await;
}

/// An address that leads to another host: the app is where it arrives, and the host that was given is its own too.
#[tokio::test(flavor = "multi_thread")]
async fn an_app_under_another_host_is_the_app() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let elsewhere = format!("http://localhost:{port}/home");
    let leads = move || async move { axum::response::Redirect::temporary(&elsewhere) };
    let home = || async { axum::response::Html("<!doctype html><meta charset=utf-8><p>首页") };
    let router =
        axum::Router::new().route("/", axum::routing::get(leads)).route("/home", axum::routing::get(home));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let address = url::Url::parse(&format!("http://127.0.0.1:{port}/")).expect("an address");
    let mut app = Web::new(WebTarget::default(), address).await.expect("a driver");
    app.start(Start::Fresh).await.expect("starts");
    let seen = app.look().await.expect("looks");
    assert_eq!(seen.address, format!("http://localhost:{port}/home"));
    assert!(app.is_own(&seen.address) && app.is_own(&format!("http://127.0.0.1:{port}/terms")));
    assert!(
        !app.is_own("http://elsewhere.example/") && !app.is_own(&format!("http://localhost:{}/", port + 1))
    );
    app.stop().await;
}
