//! iOS against a double of Appium's XCUITest driver, which itself needs a Mac.

mod phone;
mod support;

use candor::sample::Sample;
use phone::{BUNDLE, SimulatedPhone};
use support::{Run, assert_verdict, candor};

/// Audits a variant of the sample app on the simulated iPhone.
async fn audit(switches: &[(&str, &str)], probes: &[&str]) -> (Run, Vec<String>) {
    let sample = Sample::start(0).await.expect("the sample app");
    let (phone, driver) = SimulatedPhone::start_ios(&sample.variant(switches)).await;
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
