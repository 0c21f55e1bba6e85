//! What the sample app sends, seen while it is driven: in the timeline, in `traffic.har`, and as items 3.1 and 5.1 judge it.

use serde_json::Value;

use crate::support::shop::Shop;
use crate::support::{assert_covered, assert_verdict, binary};

const PROBES: &[&str] = &["first_run", "find_policy", "read_policy", "accept_consent"];
const SOONER: &str = "thresholds:\n  first_run_watch: 2\n  consent_watch: 1\n  functions: 2\n";
const ITEMS: &[&str] = &["5.1"];
const COVERED: &[(&str, &str, &str)] = &[("5.1", "device", "violation"), ("5.1", "views", "conforms")];

#[test]
fn every_switch_of_the_item_is_tested() {
    assert_covered(ITEMS, COVERED);
}

/// The host of the third party, by what the run itself sent there.
fn sent(run: &crate::support::Run) -> Vec<Value> {
    run.timeline().into_iter().filter(|entry| entry["event"] == "request_sent").collect()
}

#[tokio::test]
async fn a_third_party_that_the_policy_does_not_name() {
    let shop = Shop::driven("traffic/5.1/device").await;
    let third = shop.third_party();
    let more = format!("{SOONER}parties:\n  third:\n    '{third}': 某广告公司\npersona:\n  phone: planted\n");
    let run = shop.audit(&[("5.1", "device")], PROBES, &more).await;
    assert_verdict(&run, "5.1", "violation");
    assert_verdict(&run, "3.1", "conforms");
    let sent = sent(&run);
    let beacon = sent.iter().find(|entry| entry["kind"] == "beacon").expect("a beacon");
    assert_eq!(beacon["found"][0]["kind"], "android_id", "{beacon}");
    assert_eq!(beacon["host"], third.as_str());
    assert!(sent.iter().any(|entry| entry["main"] == true && entry["kind"] == "document"), "the page itself");
    assert!(sent.iter().any(|entry| entry["kind"] == "script"), "its scripts");
    // The file opens as a HAR file, and says the same.
    let har = run.folder().join("traffic.har");
    let har: Value = serde_json::from_str(&std::fs::read_to_string(har).expect("a file")).expect("JSON");
    let entries = har["log"]["entries"].as_array().expect("a list");
    assert_eq!(entries.len(), sent.len());
    let body = &entries[beacon["har"].as_u64().expect("a number") as usize]["request"]["postData"]["text"];
    assert!(body.as_str().is_some_and(|text| text.contains("9f3c2b1a0d4e5f67")), "{body}");
    let folder = run.folder().display().to_string();
    let (code, out, _) = binary(&["traffic", &folder, "--json"]);
    let json: Value = serde_json::from_str(&out).expect("JSON");
    assert!(
        code == 0
            && json["found"].as_array().is_some_and(|found| found
                .iter()
                .any(|row| row["kind"] == "android_id" && row["state"] == "after_consent")),
        "{out}"
    );
}

#[tokio::test]
async fn page_views_after_consent() {
    let shop = Shop::driven("traffic/5.1/views").await;
    let third = shop.third_party();
    let parties = format!("{SOONER}parties:\n  third:\n    '{third}': 某广告公司\n");
    // As a guest: nothing that a person enters was sent anywhere, so nothing is known of where it goes.
    let run = shop.audit(&[("5.1", "views")], PROBES, &parties).await;
    assert_verdict(&run, "5.1", "not_tested");
    assert_verdict(&run, "3.1", "conforms");
    // With an account: the planted number goes to the shop, and not to the third party.
    let outbox = format!("{}api/outbox", shop.variant(&[]).split('?').next().unwrap_or_default());
    let account = format!(
        "persona: {{ phone: planted }}\naccount:\n  register: {{}}\n  code: {{ url: \"{outbox}\" }}\n"
    );
    let probes = [PROBES, &["correct_information"]].concat();
    let run = shop.audit(&[("5.1", "views")], &probes, &(parties + &account)).await;
    assert_verdict(&run, "5.1", "conforms");
}
