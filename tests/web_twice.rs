//! Twice or not at all: what looks like a violation is looked for once more in a second session, on a small app whose server
//! decides which start is at fault.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::{Run, assert_verdict, candor_twice, scenario};

const POLICY: &str = "<!doctype html><meta charset=utf-8><title>隐私政策</title><h1>隐私政策</h1><p>本政策由竹溪网络有限公司发布。</p>
<p>您下单时，我们收集您的收货人姓名、手机号码和收货地址，用于配送商品。</p>";

/// A log-in page whose box for the documents is ticked beforehand for as many browsers as `ticked` says.
async fn serve(ticked: usize) -> u16 {
    let browsers = Arc::new(AtomicUsize::new(0));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let page = move |headers: axum::http::HeaderMap| {
        let cookie = headers.get("cookie").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let number = match cookie.split_once("number=") {
            Some((_, number)) => number.parse().unwrap_or(0),
            None => browsers.fetch_add(1, Ordering::SeqCst),
        };
        let checked = if number < ticked { "checked" } else { "" };
        let body = format!(
            "<!doctype html><html lang=zh-CN><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1'><title>竹溪</title>
            <style>body{{font:16px/2 sans-serif;margin:16px}}input,button{{display:block;height:44px;width:90%}}[type=checkbox]{{display:inline;width:22px;height:22px}}</style>
            <h1>登录竹溪</h1><input type=tel placeholder=手机号><input placeholder=验证码>
            <label><input type=checkbox {checked}> 我已阅读并同意<a href=/policy>《隐私政策》</a></label><button>登录</button>"
        );
        ([("set-cookie", format!("number={number}"))], axum::response::Html(body))
    };
    let app = axum::Router::new()
        .route("/", axum::routing::get(move |headers| async move { page(headers) }))
        .route("/policy", axum::routing::get(|| async { axum::response::Html(POLICY) }));
    tokio::spawn(async move { axum::serve(listener, app).await });
    port
}

async fn audit(ticked: usize) -> Run {
    let port = serve(ticked).await;
    let folder = tempfile::tempdir().expect("a folder");
    let scenario =
        scenario(folder.path(), &format!("http://127.0.0.1:{port}/"), &["first_run", "sign_in_form"]);
    candor_twice(&["run", "--quiet", scenario.to_str().expect("a path")]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_violation_that_shows_in_both_sessions_stands() {
    let run = audit(usize::MAX).await;
    assert_verdict(&run, "3.4", "violation");
    let finding = run.finding("3.4").to_string();
    assert!(finding.contains("seen again in a second session"), "{finding}");
    let looked: Vec<_> =
        run.timeline().into_iter().filter(|entry| entry["event"] == "looked_again").collect();
    assert_eq!(looked.len(), 1);
    assert_eq!(looked[0]["items"], serde_json::json!(["3.4"]), "only what looked like a violation");
    assert!(run.folder().join("second").join("timeline.jsonl").is_file());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_the_first_session_shows_is_for_a_person() {
    // The first session starts the app afresh more than once; the second one's browsers come after those.
    let first = audit(usize::MAX).await;
    let fresh = first
        .timeline()
        .iter()
        .filter(|entry| entry["event"] == "app_started" && entry["how"] == "fresh")
        .count();
    let run = audit(fresh.max(1)).await;
    assert_verdict(&run, "3.4", "review");
    let finding = run.finding("3.4").to_string();
    assert!(finding.contains("seen once:") && finding.contains("a second session says"), "{finding}");
    assert_eq!(run.code, 0, "{}", run.err);
}
