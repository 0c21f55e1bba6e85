//! Runs in virtual time: they end, they say what they are, and find what runs in real time find.

use std::time::Duration;

use crate::support::{Run, assert_verdict, candor, scenario};
use candor::app::App as _;
use candor::app::web::{Web, WebTarget};
use candor::recording::Recording;
use candor::sample::Sample;
use candor::screen::operation::Operation;
use candor::world::Start;

/// Audits a variant of the sample app in virtual time.
async fn audit(switches: &[(&str, &str)], probes: &[&str]) -> Run {
    let sample = Sample::start(0).await.expect("the sample app");
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = scenario(folder.path(), &sample.variant(switches), probes);
    candor(&["run", "--quiet", "--time", "virtual", scenario.to_str().expect("a path")]).await
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
    // Not "never-settles": a budget cut short is counted whole, and the app is judged at its splash.
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

/// Opens a bad page in virtual time and taps its button; gives the title after each of two starts.
async fn titles(bad: &'static str) -> [String; 2] {
    let port = serve(bad).await;
    let address = url::Url::parse(&format!("http://127.0.0.1:{port}/")).expect("an address");
    let target = WebTarget { virtual_time: true, ..WebTarget::default() };
    let mut app = Web::new(target, address).await.expect("a driver");
    let mut titles = [String::new(), String::new()];
    for (title, how) in titles.iter_mut().zip([Start::Fresh, Start::Resumed]) {
        app.start(how).await.expect("starts");
        let mut screen = app.look().await.expect("looks");
        while screen.alert.is_some() {
            app.perform(&Operation::Answer { accept: true }).await.expect("answers");
            screen = app.look().await.expect("looks");
        }
        let button = screen.elements.iter().position(|element| element.tap_at.is_some());
        let (x, y) = button.and_then(|at| screen.elements[at].tap_at).expect("a button");
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
    a_page_that_counts_for_long: "<script>setTimeout(() => { let x = 0; for (let i = 0; i < 2e8; i++) x += i; window.x = x; }, 300)</script>" leaves "好";
    a_frame_of_another_origin: "<iframe src='http://localhost:PORT/inner'></iframe>" leaves "好";
    five_tabs_at_once: "<script>document.querySelector('button').addEventListener('click', () => { for (let i = 0; i < 5; i++) window.open('/second'); })</script>" leaves "二";
    a_page_that_stops_itself: "<script>setTimeout(() => window.stop(), 100)</script>" leaves "好";
    a_page_that_asks_before_it_is_left: "<script>addEventListener('beforeunload', e => { e.preventDefault(); e.returnValue = 'x'; })</script>" leaves "好";
    // Not an alert by a timer: what is left of its budget cuts a later one short.
}
