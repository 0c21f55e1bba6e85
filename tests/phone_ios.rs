//! iOS against a double of Appium's XCUITest driver, which itself needs a Mac.

use crate::phone::{BUNDLE, SimulatedPhone};
use crate::support::{Run, assert_verdict, candor};
use candor::sample::Sample;
use serde_json::{Value, json};

/// Audits a variant of the sample app on the simulated iPhone. With `page`, web views hide their inside from the
/// phone's own tree, and this is what the web context answers.
async fn audit_with(switches: &[(&str, &str)], probes: &[&str], page: Option<Value>) -> (Run, Vec<String>) {
    let sample = Sample::start(0).await.expect("the sample app");
    let (phone, driver) = SimulatedPhone::start_ios(&sample.variant(switches), page).await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("scenario.yaml");
    let list: String = probes.iter().map(|probe| format!("  {probe}: {{}}\n")).collect();
    std::fs::write(&path, format!("app:\n  name: 小满集市\n  target:\n    ios: {BUNDLE}\nprobes:\n{list}"))
        .expect("writes");
    let run = candor(&["run", "--quiet", "--driver", &driver, path.to_str().expect("a path")]).await;
    let calls = phone.calls();
    phone.stop().await;
    (run, calls)
}

async fn audit(switches: &[(&str, &str)], probes: &[&str]) -> (Run, Vec<String>) {
    audit_with(switches, probes, None).await
}

/// The policy as a web view's document: what candor's look at a page answers, a node a line.
fn policy_page() -> Value {
    let html = include_str!("../scenarios/sample-app/texts/policy.html");
    let mut nodes = Vec::new();
    for line in html.lines() {
        let text: String =
            line.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        if !text.trim().is_empty() {
            let top = nodes.len() as f32 * 60.0;
            nodes.push(
                json!({"r": "text", "k": "p", "t": text.trim(), "b": [0.0, top, 1000.0, 50.0], "s": 1}),
            );
        }
    }
    json!({"width": 1170, "height": 2000, "density": 3.0, "address": "https://market.example/privacy", "title": "隐私政策",
        "type": "text/html", "omitted": 0, "nodes": nodes, "foreign": [], "down": 0})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_web_view_that_hides_its_inside_is_read_in_its_own_context() {
    let (run, calls) =
        audit_with(&[("opens", "iframe")], &["find_policy", "read_policy"], Some(policy_page())).await;
    for item in ["1.1", "1.3"] {
        assert_verdict(&run, item, "conforms");
    }
    assert!(calls.iter().any(|call| call.starts_with("POST context")), "{calls:#?}");
    let text = std::fs::read_to_string(run.folder().join("policy.txt")).expect("the policy's text");
    assert!(text.contains("手机号"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_without_fault_conforms() {
    let (run, calls) = audit(&[], &["first_run", "find_policy", "read_policy", "sign_in_form"]).await;
    for item in ["1.1", "1.2", "1.3", "3.4"] {
        assert_verdict(&run, item, "conforms");
    }
    assert_eq!(run.code, 0, "{}\n{}", run.out, run.err);
    let unknown: Vec<_> = calls.iter().filter(|call| call.starts_with("UNKNOWN")).collect();
    assert_eq!(unknown, Vec::<&String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn violations_are_found() {
    let (run, _) =
        audit(&[("3.4", "preticked"), ("1.1", "empty")], &["first_run", "read_policy", "sign_in_form"]).await;
    for item in ["1.1", "3.4"] {
        assert_verdict(&run, item, "violation");
    }
    assert_eq!(run.code, 1, "{}\n{}", run.out, run.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_s_steps_send_the_app_away_and_upgrade_it() {
    let steps = "first_run:
    steps:
      - tap: 不同意
      - background: 1
      - upgrade: build/market-2.ipa
      - wait for: 今日推荐";
    let sample = Sample::start(0).await.expect("the sample app");
    let (phone, driver) = SimulatedPhone::start_ios(&sample.variant(&[]), None).await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("scenario.yaml");
    let target = format!("{{bundle: {BUNDLE}, file: build/market-1.ipa}}");
    std::fs::write(
        &path,
        format!("app:\n  name: 小满集市\n  target:\n    ios: {target}\nprobes:\n  {steps}\n"),
    )
    .expect("writes");
    let run = candor(&["run", "--quiet", "--driver", &driver, path.to_str().expect("a path")]).await;
    let calls = phone.calls();
    phone.stop().await;
    let starts: Vec<Value> = run
        .timeline()
        .into_iter()
        .filter(|e| e["event"] == "app_started")
        .map(|e| e["how"].clone())
        .collect();
    assert_eq!(starts, ["fresh", "upgraded"], "{}\n{}", run.out, run.err);
    let made = |command: &str| calls.iter().filter(|call| call.ends_with(command)).count();
    // A fresh start installs again, as a real device can only be cleared so; the upgrade installs over it.
    assert_eq!((made("removeApp"), made("installApp"), made("backgroundApp")), (1, 2, 1), "{calls:#?}");
    assert_eq!(run.verdict("1.2"), "conforms");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_appium_is_exit_3_and_says_how_to_start_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("scenario.yaml");
    std::fs::write(&path, "app:\n  name: shop\n  target:\n    android: com.example.shop\n").expect("writes");
    let run =
        candor(&["run", "--quiet", "--driver", "http://127.0.0.1:9", path.to_str().expect("a path")]).await;
    assert_eq!(run.code, 3);
    assert!(run.err.contains("http://127.0.0.1:9") && run.err.contains("Appium"), "{}", run.err);
}
