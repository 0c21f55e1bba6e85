//! Android through real Appium and its real UiAutomator2 driver, against a simulated phone.

mod phone;
mod support;

use candor::sample::Sample;
use phone::{Appium, PACKAGE, SimulatedPhone};
use support::{Run, assert_verdict, candor};

/// Audits a variant of the sample app on the simulated phone.
async fn audit(switches: &[(&str, &str)], probes: &[&str]) -> (Run, Vec<String>) {
    let sample = Sample::start(0).await.expect("the sample app");
    let phone = SimulatedPhone::start(&sample.variant(switches)).await;
    let appium = Appium::start(Some(phone.sdk())).await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("scenario.yaml");
    let list: String = probes.iter().map(|probe| format!("  {probe}: {{}}\n")).collect();
    let port = appium.system_port;
    let text = format!(
        "app:
  name: 小满集市
  target:
    android:
      package: {PACKAGE}
      capabilities:
        appium:udid: simulated
        appium:systemPort: {port}
        appium:skipServerInstallation: true
        appium:skipDeviceInitialization: true
        appium:skipUnlock: true
        appium:suppressKillServer: true
        appium:ignoreHiddenApiPolicyError: true
probes:
{list}"
    );
    std::fs::write(&path, text).expect("writes");
    let run = candor(&["run", "--quiet", "--driver", &appium.address, path.to_str().expect("a path")]).await;
    appium.stop().await;
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
