//! Runs in virtual time: they end, they say what they are, and find what runs in real time find.

use std::time::Duration;

use crate::support::{Run, assert_verdict, candor, scenario};
use candor::app::web::{Web, WebTarget};
use candor::app::{App as _, AppError};
use candor::recording::Recording;
use candor::sample::Sample;
use candor::screen::Screen;
use candor::screen::operation::Operation;
use candor::world::Start;

/// Audits a variant of the sample app in virtual time.
async fn audit(switches: &[(&str, &str)], probes: &[&str]) -> Run {
    let sample = Sample::start(0).await.expect("the sample app");
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = scenario(folder.path(), &sample.variant(switches), probes);
    candor(&["run", "--quiet", scenario.to_str().expect("a path")]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_page_that_is_behind_our_clock_still_takes_a_tap() {
    // The app is watched in a session of its own before the first tap.
    let run = audit(&[], &["first_run", "refuse_consent"]).await;
    assert_eq!(run.code, 0, "{}\n{}", run.out, run.err);
    assert_verdict(&run, "1.2", "conforms");
    assert_eq!(run.timeline()[0]["page_time"], "virtual");
    assert_eq!(Recording::verify(&run.folder()).expect("verifies"), []);
}

macro_rules! bad_pages {
    ($($name:ident: $value:literal;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let run = audit(&[("odd", $value)], &["first_run", "find_policy", "read_policy"]).await;
                for item in ["1.1", "1.2", "1.3"] {
                    assert_verdict(&run, item, "conforms");
                }
                assert_eq!(run.code, 0, "{}\n{}", run.out, run.err);
            }
        )*
    };
}

bad_pages! {
    a_page_that_never_settles: "never-settles";
    an_alert_in_a_budget: "alert";
    a_countdown_in_virtual_time: "counter";
    a_page_that_leads_elsewhere_in_virtual_time: "leaves";
}

const SECOND: &str = "<!doctype html><meta charset=utf-8><title>二</title><p>第二页";

/// Serves a page with a button that answers after a second, beside something bad; `/slow` answers after 30 s.
async fn serve(bad: &'static str) -> u16 {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let app = axum::Router::new().fallback(move |uri: axum::http::Uri| async move {
        let body = match uri.path() {
            "/" => format!(
                "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><title>一</title>
                <button onclick=\"setTimeout(() => document.title = '好', 1000)\">按钮</button>{}",
                bad.replace("PORT", &port.to_string())
            ),
            "/answers" => "<script>onmessage = e => setTimeout(() => e.source.postMessage(1, '*'), 700)</script>".to_owned(),
            path if path.starts_with("/wait/") => {
                tokio::time::sleep(Duration::from_millis(path[6..].parse().expect("a number"))).await;
                String::new()
            }
            "/slow" => {
                tokio::time::sleep(Duration::from_secs(30)).await;
                String::new()
            }
            _ => SECOND.to_owned(),
        };
        axum::response::Html(body)
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    port
}

/// A bad page in virtual time, not started yet.
async fn open(bad: &'static str) -> Web {
    let port = serve(bad).await;
    let address = url::Url::parse(&format!("http://127.0.0.1:{port}/")).expect("an address");
    let target = WebTarget { virtual_time: true, ..WebTarget::default() };
    Web::new(target, address).await.expect("a driver")
}

/// Where the page's button is tapped, px of the picture.
fn button(screen: &Screen) -> (f32, f32) {
    screen.elements.iter().find_map(|element| element.tap_at).expect("a button")
}

/// Opens a bad page in virtual time and taps its button; gives the title after each of two starts.
async fn titles(bad: &'static str) -> [String; 2] {
    let mut app = open(bad).await;
    let mut titles = [String::new(), String::new()];
    for (title, how) in titles.iter_mut().zip([Start::Fresh, Start::Resumed]) {
        app.start(how).await.expect("starts");
        let mut screen = app.look().await.expect("looks");
        while screen.alert.is_some() {
            app.perform(&Operation::Answer { accept: true }).await.expect("answers");
            screen = app.look().await.expect("looks");
        }
        let (x, y) = button(&screen);
        app.perform(&Operation::Tap { x, y, label: "按钮".to_owned() }).await.expect("taps");
        let mut after = app.look().await.expect("looks");
        while after.alert.is_some() {
            app.perform(&Operation::Answer { accept: true }).await.expect("answers");
            after = app.look().await.expect("looks");
        }
        *title = after.title;
        app.picture().await.expect("a picture");
    }
    app.stop().await;
    titles
}

macro_rules! bad_scripts {
    ($($name:ident: $bad:literal leaves $title:literal;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                assert_eq!(titles($bad).await, [$title, $title]);
            }
        )*
    };
}

bad_scripts! {
    a_page_that_polls_for_ever: "<script>(async () => { for (;;) await fetch('/slow'); })()</script>" leaves "好";
    an_interval_of_0_ms: "<script>setInterval(() => { window.n = (window.n || 0) + 1; }, 0)</script>" leaves "好";
    a_clock_that_the_page_sets: "<script>Date.now = () => 0; performance.now = () => 0;</script>" leaves "好";
    a_page_that_computes_for_5_s: "<script>setTimeout(() => { const ask = new XMLHttpRequest(); let x = 0; for (let i = 0; i < 4e9; i++) x += i; window.x = x; }, 300)</script>" leaves "好";
    a_page_that_counts_for_long: "<script>setTimeout(() => { let x = 0; for (let i = 0; i < 2e8; i++) x += i; window.x = x; }, 300)</script>" leaves "好";
    a_frame_of_another_origin: "<iframe src='http://localhost:PORT/inner'></iframe>" leaves "好";
    five_tabs_at_once: "<script>document.querySelector('button').addEventListener('click', () => { for (let i = 0; i < 5; i++) window.open('/second'); })</script>" leaves "二";
    a_page_that_stops_itself: "<script>setTimeout(() => window.stop(), 100)</script>" leaves "好";
    a_page_that_asks_before_it_is_left: "<script>addEventListener('beforeunload', e => { e.preventDefault(); e.returnValue = 'x'; })</script>" leaves "好";
    an_alert_by_a_timer: "<script>setTimeout(() => alert('问'), 700)</script>" leaves "好";
    alerts_by_timers_one_after_another: "<script>for (const at of [300, 800, 2500, 4000]) setTimeout(() => alert(at), at)</script>" leaves "好";
    requests_that_follow_each_other: "<script>(async () => { for (;;) await fetch('/second'); })()</script>" leaves "好";
    a_worker_that_counts: "<script>const w = new Worker(URL.createObjectURL(new Blob(['setInterval(() => postMessage(1), 50)']))); w.onmessage = () => 0;</script>" leaves "好";
    a_worker_that_rests: "<script>new Worker(URL.createObjectURL(new Blob(['onmessage = () => 0']))).postMessage(1)</script>" leaves "好";
    // What comes late after the tap, by each way.
    after_300_ms_by_a_timer: "<script>document.querySelector('button').onclick = () => setTimeout(() => document.title = '迟', 300)</script>" leaves "迟";
    after_1900_ms_by_a_timer: "<script>document.querySelector('button').onclick = () => setTimeout(() => document.title = '迟', 1900)</script>" leaves "迟";
    after_a_request_of_2_s: "<script>document.querySelector('button').onclick = () => fetch('/wait/2000').then(() => document.title = '迟')</script>" leaves "迟";
    after_a_timer_a_request_and_a_timer: "<script>document.querySelector('button').onclick = () => setTimeout(() => fetch('/wait/700').then(() => setTimeout(() => document.title = '迟', 600)), 600)</script>" leaves "迟";
    after_a_request_beside_a_poll: "<script>fetch('/slow'); document.querySelector('button').onclick = () => setTimeout(() => fetch('/wait/700').then(() => document.title = '迟'), 300)</script>" leaves "迟";
    after_its_database: "<script>document.querySelector('button').onclick = () => { const ask = indexedDB.open('a' + Math.random(), 1); ask.onupgradeneeded = () => ask.result.createObjectStore('s'); ask.onsuccess = () => { const put = ask.result.transaction('s', 'readwrite'); put.objectStore('s').put(1, 1); put.oncomplete = () => document.title = '迟'; }; }</script>" leaves "迟";
    after_its_worker: "<script>const w = new Worker(URL.createObjectURL(new Blob(['onmessage = () => setTimeout(() => postMessage(1), 500)']))); w.onmessage = () => document.title = '迟'; document.querySelector('button').onclick = () => w.postMessage(1)</script>" leaves "迟";
    after_a_frame_of_another_origin: "<iframe src='http://localhost:PORT/answers'></iframe><script>onmessage = () => document.title = '迟'; document.querySelector('button').onclick = () => frames[0].postMessage(1, '*')</script>" leaves "迟";
    after_frames_that_it_draws: "<script>document.querySelector('button').onclick = () => { let left = 30; requestAnimationFrame(function step() { if (--left) requestAnimationFrame(step); else document.title = '迟'; }); }</script>" leaves "迟";
    after_another_document: "<script>document.querySelector('button').onclick = () => setTimeout(() => location.href = 'http://localhost:PORT/second', 800)</script>" leaves "二";
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_late_is_not_put_down_to_the_next_tap() {
    let mut app = open("<script>document.querySelector('button').onclick = () => { document.body.append('一'); setTimeout(() => { document.body.innerHTML = '<p>' + '别的'.repeat(9) + '<button>按钮</button>'; document.title = '迟'; }, 3000); }</script>").await;
    app.start(Start::Fresh).await.expect("starts");
    let screen = app.look().await.expect("looks");
    let (x, y) = button(&screen);
    let tap = Operation::Tap { x, y, label: "按钮".to_owned() };
    app.perform(&tap).await.expect("taps");
    assert_eq!(app.look().await.expect("looks").title, "一");
    // Candor computes for long: the page must be given time before it takes a tap.
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(
        matches!(app.perform(&tap).await, Err(AppError::Refused { .. })),
        "it goes on by itself before the tap"
    );
    assert_eq!(app.look().await.expect("looks").title, "迟");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_lives_exactly_as_long_as_it_is_given() {
    let mut app = open("<script>let n = 0; setInterval(() => document.title = ++n, 100); fetch('/slow'); setTimeout(() => alert('问'), 2000)</script>").await;
    app.start(Start::Fresh).await.expect("starts");
    let mut alerts = 0;
    while alerts < 1 {
        if app.look().await.expect("looks").alert.is_some() {
            alerts += 1;
            app.perform(&Operation::Answer { accept: true }).await.expect("answers");
        }
    }
    let ticks =
        async |app: &mut Web| app.look().await.expect("looks").title.parse::<f64>().expect("a number");
    let (before, since) = (ticks(&mut app).await, app.now());
    for _ in 0..10 {
        app.pass_time(Duration::from_millis(730)).await.expect("lives");
    }
    let (after, lived) = (ticks(&mut app).await, app.now() - since);
    assert!((after - before - lived.as_secs_f64() * 10.0).abs() <= 1.5, "{before} {after} {lived:?}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_waits_for_its_clock_is_driven_in_real_time() {
    let port = serve("<p>欢迎光临<script>setTimeout(() => { const end = Date.now() + 400; while (Date.now() < end); document.title = '好'; }, 200)</script>").await;
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = scenario(folder.path(), &format!("http://127.0.0.1:{port}/"), &["first_run"]);
    let run = candor(&["run", scenario.to_str().expect("a path")]).await;
    assert!(run.err.contains("in real time"), "{}", run.err);
    let begun = run.timeline()[0].clone();
    assert!(begun["page_time"].is_null());
    assert!(begun["real_time_because"].as_str().is_some_and(|why| why.contains("clock")), "{begun}");
    assert_eq!(Recording::verify(&run.folder()).expect("verifies"), []);
}
