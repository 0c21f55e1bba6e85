//! Real user-interface kits: their prompts, boxes, circles and switches, on and off, are read as a person reads them.

use std::path::{Path, PathBuf};

use crate::support::kept::{Facts, Runs};
use crate::support::{Run, assert_verdict};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

const KITS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/kits");
const LABEL: &str = "我已阅读并同意《隐私政策》";

/// The pages and the kits themselves, below an address of this machine.
pub async fn serve() -> String {
    let root = Path::new(KITS).canonicalize().expect("tests/kits is there");
    assert!(
        root.join("node_modules/vant").is_dir(),
        "the kits are not installed: run `scripts/install --tests` first"
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = Router::new().fallback(file).with_state(root);
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/pages")
}

async fn file(State(root): State<PathBuf>, uri: Uri) -> Response {
    let path = root.join(uri.path().trim_start_matches('/'));
    let inside = path.canonicalize().ok().filter(|path| path.starts_with(&root));
    let Some(bytes) = inside.and_then(|path| std::fs::read(path).ok()) else {
        return (StatusCode::NOT_FOUND, "404").into_response();
    };
    let kind = match path.extension().and_then(|ext| ext.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        _ => "application/octet-stream",
    };
    ([(header::CONTENT_TYPE, kind)], bytes).into_response()
}

/// Audits a page of a kit as `ask.js` reads its address.
async fn audit(kit: &str, ask: &str) -> Run {
    let name = format!("kits/{kit}/{}", ask.replace('&', "-"));
    // One look of each kit is driven by every run of the suite.
    let runs = if ask.starts_with("control=checkbox") { Runs::driven(&name) } else { Runs::kept(&name) };
    let address = if runs.are_driven() { serve().await } else { "http://127.0.0.1:9/pages".to_owned() };
    // Nothing comes late on these pages.
    let text = format!(
        "app:\n  name: {kit}\n  target:\n    web: \"{address}/{kit}.html?{ask}\"\nprobes:\n  first_run: {{}}\n  sign_in_form: {{}}\nthresholds:\n  first_run_watch: 1\n  consent_watch: 1\n"
    );
    runs.run(&text, &[], Facts::default).await.0
}

/// The first screen that asks.
fn asking(run: &Run) -> Value {
    let asks = |entry: &Value| entry["event"] == "screen_seen" && entry["reading"]["prompt"].is_object();
    run.timeline().into_iter().find(asks).unwrap_or_else(|| panic!("nothing asks\n{}\n{}", run.out, run.err))
}

fn labels(screen: &Value, meaning: &str) -> Vec<String> {
    let controls = screen["reading"]["controls"].as_array().cloned().unwrap_or_default();
    controls
        .iter()
        .filter(|control| control["meaning"] == meaning)
        .filter_map(|control| control["label"].as_str().map(str::to_owned))
        .collect()
}

/// The dialog's words and its buttons, by meaning; agreeing to it leads past it.
fn assert_dialog(run: &Run, screen: &Value) {
    let prompt = &screen["reading"]["prompt"];
    assert_eq!(prompt["kind"], "dialog", "{prompt}");
    assert_eq!(prompt["names_policy"], true, "{prompt}");
    assert_eq!(labels(screen, "agree"), ["同意"], "{}", screen["reading"]);
    assert_eq!(labels(screen, "refuse"), ["不同意"], "{}", screen["reading"]);
    assert_eq!(labels(screen, "policy").first().map(String::as_str), Some("《隐私政策》"));
    let timeline = run.timeline();
    let agreed = timeline.iter().position(|entry| entry["event"] == "consent_given").expect("agreed");
    let next = timeline[agreed..].iter().find(|entry| entry["event"] == "screen_seen").expect("went on");
    assert!(next["reading"]["prompt"].is_null(), "the tap on “agree” closed it: {}", next["reading"]);
}

/// The one box of consent: what it is, what the tree says of it, what its pixels say.
fn assert_box(screen: &Value, label: &str, roles: &[&str], on: bool, drawn_when_off: bool) {
    let reading = &screen["reading"];
    let boxes = reading["boxes"].as_array().cloned().unwrap_or_default();
    let consent: Vec<usize> = (0..boxes.len()).filter(|&at| boxes[at]["consent"] == true).collect();
    assert_eq!(consent.len(), 1, "{reading}");
    let (tick, pixels) = (&boxes[consent[0]], &screen["ticks"][consent[0]]);
    assert_eq!(tick["label"], label, "{tick}");
    assert!(roles.iter().any(|role| tick["role"] == *role), "{tick}");
    assert_eq!(tick["by_tree"], if on { "on" } else { "off" }, "{tick}");
    let seen = if on {
        "on"
    } else if drawn_when_off {
        "off"
    } else {
        "unsure"
    };
    assert_eq!(pixels, seen, "by its pixels: {tick}");
    assert!(tick["tap_at"].is_array(), "it can be tapped: {tick}");
}

/// A page with its control on, and the same with it off.
async fn both(kit: &str, control: &str, label: &str, roles: &[&str], drawn_when_off: bool) {
    let (on, off) = (format!("control={control}&on=1"), format!("control={control}"));
    let (with, without) = tokio::join!(audit(kit, &on), audit(kit, &off));
    for (run, on, verdict) in [(with, true, "violation"), (without, false, "conforms")] {
        assert_verdict(&run, "3.4", verdict);
        let screen = asking(&run);
        assert_box(&screen, label, roles, on, drawn_when_off);
        assert_dialog(&run, &screen);
    }
}

/// Two buttons and nothing to tick.
async fn plain(kit: &str) {
    let run = audit(kit, "control=none").await;
    assert_verdict(&run, "3.4", "conforms");
    let screen = asking(&run);
    assert!(screen["reading"]["boxes"].as_array().is_none_or(Vec::is_empty), "{}", screen["reading"]);
    assert_dialog(&run, &screen);
}

/// A log-in form with its box on; and off, beside a "remember me" that is on.
async fn login(kit: &str, drawn_when_off: bool) {
    let (with, without) = tokio::join!(audit(kit, "where=login&on=1"), audit(kit, "where=login&remember=1"));
    for (run, on, verdict) in [(with, true, "violation"), (without, false, "conforms")] {
        assert_verdict(&run, "3.4", verdict);
        let screen = asking(&run);
        assert_eq!(screen["reading"]["prompt"]["kind"], "form", "{}", screen["reading"]);
        assert_eq!(screen["reading"]["fields"], 2);
        assert_eq!(labels(&screen, "sign_in"), ["登录"]);
        assert_box(&screen, LABEL, &["checkbox"], on, drawn_when_off);
        let boxes = screen["reading"]["boxes"].as_array().expect("boxes").len();
        assert_eq!(boxes, if on { 1 } else { 2 }, "remember me is a box, and none of consent");
    }
}

macro_rules! kits {
    ($($kit:ident: { $($name:ident: $check:expr;)* })*) => {
        $(mod $kit {
            use super::*;
            const KIT: &str = stringify!($kit);
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $name() {
                    $check.await;
                }
            )*
        })*
    };
}

kits! {
    vant: {
        two_buttons: plain(KIT);
        checkbox: both(KIT, "checkbox", LABEL, &["checkbox"], true);
        switch: both(KIT, "switch", LABEL, &["switch"], true);
        radio: both(KIT, "radio", "同意", &["radio"], true);
        log_in: login(KIT, true);
    }
    weui: {
        two_buttons: plain(KIT);
        checkbox: both(KIT, "checkbox", LABEL, &["checkbox"], true);
        checkbox_of_a_form: both(KIT, "check", LABEL, &["checkbox"], true);
        // Its switch is a native checkbox with the looks of a switch.
        switch: both(KIT, "switch", LABEL, &["checkbox"], true);
        // Where nothing is chosen, nothing is drawn.
        radio: both(KIT, "radio", "同意", &["radio"], false);
        log_in: login(KIT, true);
    }
    material: {
        two_buttons: plain(KIT);
        checkbox: both(KIT, "checkbox", LABEL, &["checkbox"], true);
        switch: both(KIT, "switch", LABEL, &["switch"], true);
        radio: both(KIT, "radio", "同意", &["radio"], true);
        log_in: login(KIT, true);
    }
    antd: {
        two_buttons: plain(KIT);
        checkbox: both(KIT, "checkbox", LABEL, &["checkbox"], true);
        switch: both(KIT, "switch", LABEL, &["switch"], true);
        radio: both(KIT, "radio", "同意", &["radio"], true);
        log_in: login(KIT, true);
    }
}
