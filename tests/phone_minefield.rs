//! First, do no harm, on the simulated phone: no guard listens on a wire there, words and ids alone keep candor from harm.

use crate::minefield::{Ground, Minefield};
use crate::phone::{Appium, PACKAGE, SimulatedPhone};
use crate::support::candor;

#[test]
fn the_phone_has_a_field_of_its_own() {
    let served = |mine: bool| {
        crate::minefield::planted()
            .iter()
            .filter(|each| each.mine == mine && crate::minefield::is_served(Ground::Phone, each))
            .count()
    };
    assert!(served(true) >= 30 && served(false) >= 15, "{} and {}", served(true), served(false));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_on_a_phone_hits_no_mine() {
    let field = Minefield::start(Ground::Phone).await;
    let phone = SimulatedPhone::start(field.url()).await;
    let appium = Appium::start(Some(phone.sdk())).await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("scenario.yaml");
    let port = appium.system_port;
    let text = format!(
        "app:
  name: 青禾生活
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
thresholds: {{ first_run_watch: 2, consent_watch: 1, functions: 4 }}
probes:
  first_run: {{}}
  find_policy: {{}}
  refuse_permissions: {{}}
  complaint_channel: {{}}
"
    );
    std::fs::write(&path, text).expect("writes");
    let run = candor(&["run", "--driver", &appium.address, path.to_str().expect("a path")]).await;
    appium.stop().await;
    phone.stop().await;
    let hits = field.hits();
    let (all, closed) = field.harmless(|_| true);
    eprintln!("{} of {all} harmless controls were opened; not: {closed:#?}", all - closed.len());
    assert!(hits.is_empty(), "{} mines were hit: {hits:#?}\n{}\n{}", hits.len(), run.out, run.err);
    assert!(closed.len() <= 1, "not opened: {closed:#?}\n{}\n{}", run.out, run.err);
}
