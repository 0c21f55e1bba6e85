//! Android through real Appium and its real UiAutomator2 driver, against a simulated phone.

use crate::phone::{Appium, PACKAGE, SimulatedPhone};
use crate::support::{Run, assert_verdict, candor_with};
use candor::sample::Sample;
use serde_json::Value;

/// Of the account that the sample app has in the test that logs in.
const PASSWORD: &str = "candor-2026";

/// Audits a variant of the sample app on the simulated phone.
async fn audit(switches: &[(&str, &str)], probes: &[&str]) -> (Run, Vec<String>) {
    let sample = Sample::start(0).await.expect("the sample app");
    audit_of(&sample, switches, probes, "").await
}

/// As [`audit`], with a sample app that can be asked afterwards, and more of the scenario file.
async fn audit_of(
    sample: &Sample,
    switches: &[(&str, &str)],
    probes: &[&str],
    more: &str,
) -> (Run, Vec<String>) {
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
thresholds: {{ first_run_watch: 2, consent_watch: 1, functions: 2 }}
{more}probes:
{list}"
    );
    std::fs::write(&path, text).expect("writes");
    let variables = [("SHOP_PASSWORD", PASSWORD)];
    let run =
        candor_with(&["run", "--driver", &appium.address, path.to_str().expect("a path")], &variables).await;
    appium.stop().await;
    if std::env::var_os("PHONE_LOG").is_some() {
        eprintln!("{}", run.err);
    }
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

/// What each switch must be judged as: the same as on the web.
macro_rules! as_on_the_web {
    ($($name:ident: $item:literal = $value:literal is $verdict:literal with $probes:expr;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let (run, _) = audit(&[($item, $value)], &$probes).await;
                assert_verdict(&run, $item, $verdict);
                assert_eq!(run.code, i32::from($verdict == "violation"), "{}\n{}", run.out, run.err);
            }
        )*
        #[test]
        fn the_verdicts_are_those_of_the_web() {
            for (item, value, verdict) in [$(($item, $value, $verdict)),*] {
                let on_the_web = candor::sample::switches()
                    .iter()
                    .find(|switch| switch.item == item && switch.value == value)
                    .and_then(|switch| switch.verdict.clone());
                assert_eq!(on_the_web.as_deref(), Some(verdict), "{item}={value}");
            }
        }
    };
}

as_on_the_web! {
    policy_without_rules: "1.1" = "empty" is "violation" with ["first_run", "read_policy"];
    no_prompt: "1.2" = "none" is "violation" with ["first_run"];
    prompt_as_an_alert: "1.2" = "alert" is "conforms" with ["first_run"];
    only_by_search: "1.3" = "search" is "conforms" with ["find_policy", "read_policy"];
    native_box_ticked: "3.4" = "preticked" is "violation" with ["first_run", "sign_in_form"];
    drawn_box_ticked: "3.4" = "drawn" is "violation" with ["first_run", "sign_in_form"];
    box_that_is_only_pixels: "3.4" = "unticked-canvas" is "conforms" with ["first_run", "sign_in_form"];
    remember_me_ticked: "3.4" = "remember" is "conforms" with ["first_run", "sign_in_form"];
}

fn events<'a>(timeline: &'a [Value], kind: &str) -> Vec<&'a Value> {
    timeline.iter().filter(|entry| entry["event"] == kind).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_system_s_asks_are_recorded_and_refused() {
    let (run, calls) = audit(&[("phone", "asks-two")], &["first_run", "sign_in_form"]).await;
    // Neither ask comes with a word of what it is for.
    assert_verdict(&run, "2.3", "violation");
    assert_eq!(run.code, 1, "{}\n{}", run.out, run.err);
    let timeline = run.timeline();
    let asked: Vec<_> =
        events(&timeline, "permission_asked").iter().map(|e| e["permission"].clone()).collect();
    let answers: Vec<_> =
        events(&timeline, "permission_answered").iter().map(|e| e["answer"].clone()).collect();
    // The second start asks again, now with a refusal for good, as Android does after the first refusal.
    assert_eq!(asked, ["location", "contacts", "location", "contacts"], "{calls:#?}");
    assert_eq!(answers, ["refuse", "refuse", "refuse_for_good", "refuse_for_good"]);
    let states = events(&timeline, "permission_states");
    assert_eq!(states[0]["states"]["android.permission.ACCESS_FINE_LOCATION"], false, "{states:?}");
    assert_eq!(states[0]["states"]["android.permission.READ_CONTACTS"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ask_before_consent_without_a_purpose_is_found() {
    let (run, _) = audit(&[("phone", "asks-early")], &["first_run"]).await;
    assert_verdict(&run, "3.1", "violation");
    assert_verdict(&run, "2.3", "violation");
    assert_eq!(run.code, 1, "{}\n{}", run.out, run.err);
}

/// The system itself stops asking after the second refusal: two asks are one time again, and the app goes on.
#[tokio::test(flavor = "multi_thread")]
async fn permissions_are_refused_until_the_system_asks_no_more() {
    let (run, _) = audit(&[("phone", "asks-once")], &["refuse_permissions"]).await;
    let timeline = run.timeline();
    let answers: Vec<_> =
        events(&timeline, "permission_answered").iter().map(|e| e["answer"].clone()).collect();
    // Once where all that can be granted is, which the simulated phone's dialog knows nothing of, and once where it is not.
    let each = ["refuse", "refuse_for_good"];
    assert_eq!(answers, [each, each].concat(), "{}\n{}", run.out, run.err);
    let tried: Vec<_> = events(&timeline, "function_tried");
    assert!(tried.iter().any(|each| each["refused"].as_array().is_some_and(|list| !list.is_empty())));
    assert_verdict(&run, "4.6", "conforms");
    assert_verdict(&run, "4.2", "conforms");
    // The system's dialog says nothing of a purpose, and nothing before it does.
    assert_verdict(&run, "2.3", "violation");
    assert_eq!(run.code, 1, "{}\n{}", run.out, run.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_costs_two_round_trips() {
    let (run, calls) = audit(&[], &["first_run"]).await;
    assert_eq!(run.code, 0, "{}\n{}", run.out, run.err);
    let count = |call: &str| calls.iter().filter(|made| made.starts_with(call)).count();
    let timeline = run.timeline();
    let screens = events(&timeline, "screen_seen").len();
    // A picture for each screen that is recorded; more sources only where a change was waited for.
    assert_eq!(count("GET screenshot"), screens);
    let taps = events(&timeline, "operation_done").len();
    assert!(
        count("POST element") + count("POST actions") <= 2 * taps,
        "a tap is at most find and click: {calls:#?}"
    );
}

/// The entries are found and what they ask is judged, on the phone as on the web; nothing is cancelled without leave.
#[tokio::test(flavor = "multi_thread")]
async fn the_channel_and_the_cancellation_are_found_and_the_account_is_left_alone() {
    const PHONE: &str = "13800138123";
    let sample = Sample::start(0).await.expect("the sample app");
    sample.register(PHONE, PASSWORD).expect("registers");
    let more = format!(
        "persona: {{ phone: \"{PHONE}\" }}\naccount: {{ password: \"${{SHOP_PASSWORD}}\", disposable: true }}\n"
    );
    let (run, calls) = audit_of(&sample, &[], &["complaint_channel", "delete_account"], &more).await;
    assert_eq!(run.code, 0, "{}\n{}", run.out, run.err);
    assert_verdict(&run, "6.5", "conforms");
    // Without leave the entry is not tapped, so nothing is known of what it asks for.
    assert_verdict(&run, "6.2", "not_tested");
    assert_verdict(&run, "6.4", "not_tested");
    let timeline = run.timeline();
    let cancellation = events(&timeline, "cancellation")[0];
    assert_eq!(
        (&cancellation["progress"], &cancellation["entry"]),
        (&"not_followed".into(), &"注销账号".into()),
        "{cancellation}"
    );
    // 我的, 设置, 隐私设置, 注销账号.
    assert_eq!(cancellation["path"].as_array().map(Vec::len), Some(4), "{cancellation}");
    // The walk for the channel came by the entry: nothing is searched for a second time.
    let about = |kind: &str| events(&timeline, kind).iter().filter(|e| e["goal"] == "cancel_account").count();
    assert_eq!((about("goal_reached"), about("goal_ruled_out")), (1, 0));
    assert!(sample.has_account(PHONE));
    assert_eq!(sample.touched(), Vec::<String>::new(), "nothing that is dangerous was tapped");
    let unknown: Vec<_> = calls.iter().filter(|call| call.starts_with("UNKNOWN")).collect();
    assert_eq!(unknown, Vec::<&String>::new());
}
