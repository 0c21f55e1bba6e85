//! Web apps through a real Appium and its Chromium driver: the same findings as through chromedriver.

use crate::phone::Appium;
use crate::support::{Run, candor};
use candor::sample::Sample;
use serde_json::Value;

/// Runs a scenario on a variant, through the server at `driver` or through candor's own chromedriver.
async fn run(url: &str, probes: &[&str], driver: Option<&str>) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("scenario.yaml");
    let list: String = probes.iter().map(|probe| format!("  {probe}: {{}}\n")).collect();
    let capabilities = match driver {
        Some(_) => {
            "      capabilities:
        platformName: linux
        appium:automationName: Chromium
        appium:executable: /usr/bin/chromedriver
        appium:autodownloadEnabled: false
        appium:chromedriverPort: PORT
"
        }
        None => "",
    };
    let text = format!(
        "app:\n  name: 小满集市\n  target:\n    web:\n      url: \"{url}\"\n{capabilities}probes:\n{list}"
    );
    let text = text.replace("PORT", &crate::phone::free_port().to_string());
    std::fs::write(&path, text).expect("writes");
    let path = path.to_str().expect("a path").to_owned();
    let mut arguments = vec!["run", "--quiet", &path];
    if let Some(driver) = driver {
        arguments.extend(["--driver", driver]);
    }
    candor(&arguments).await
}

/// What was found, without the numbers that differ from run to run.
fn findings(run: &Run) -> Vec<(Value, Value, Value)> {
    let all = run.json();
    let all = all["findings"].as_array().unwrap_or_else(|| panic!("{}\n{}", run.out, run.err)).clone();
    all.into_iter().map(|f| (f["item"].clone(), f["verdict"].clone(), f["reason"].clone())).collect()
}

async fn same(switches: &[(&str, &str)], probes: &[&str]) {
    let sample = Sample::start(0).await.expect("the sample app");
    let url = sample.variant(switches);
    let appium = Appium::start(None).await;
    let through_appium = run(&url, probes, Some(&appium.address)).await;
    appium.stop().await;
    let through_chromedriver = run(&url, probes, None).await;
    assert_eq!(
        findings(&through_appium),
        findings(&through_chromedriver),
        "{}\n{}",
        through_appium.out,
        through_appium.err
    );
    assert_eq!(through_appium.code, through_chromedriver.code);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_without_fault_is_found_the_same() {
    same(&[], &["first_run", "find_policy", "read_policy", "sign_in_form"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn violations_are_found_the_same() {
    same(&[("3.4", "canvas"), ("1.1", "empty")], &["first_run", "read_policy", "sign_in_form"]).await;
}
