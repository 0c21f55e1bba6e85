//! What candor reads of a page today is what it read when the page's run was kept: prompts, controls by meaning, boxes
//! and their ticks. One browser goes through all pages of a group, each from a server of its own, whose port makes it a
//! site that remembers nothing.

use std::collections::BTreeMap;

use candor::app::App as _;
use candor::app::web::{Web, WebTarget};
use candor::language::controls;
use candor::sample::Sample;
use candor::screen::Screen;
use candor::sight;
use candor::world::Start;
use serde_json::{Value, json};

use crate::support::kept::{archive, for_each_file};
use crate::web_kits;

/// How many looks a prompt that comes late may take.
const LOOKS: usize = 40;

/// The part of an address that says which page it is: `/pages/vant.html?control=switch`, `/?3.4=drawn`.
fn page_of(target: &str) -> String {
    let address = url::Url::parse(target).expect("an address");
    format!("{}?{}", address.path(), address.query().unwrap_or_default())
}

/// Every page of an archive that asks for consent by itself, with its first screen that did, as it was recorded.
fn kept_prompts(group: &str) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for_each_file(&archive(group), |path, bytes| {
        if !path.ends_with("/timeline.jsonl") {
            return;
        }
        let text = String::from_utf8_lossy(bytes);
        let entries = || text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let target = entries().find_map(|entry| entry["target"].as_str().map(page_of)).expect("a target");
        let asks = |entry: &Value| entry["event"] == "screen_seen" && entry["reading"]["prompt"].is_object();
        // What is only seen after a tap is not what an address opens.
        let untouched = || entries().take_while(|entry| entry["event"] != "operation_done");
        // An alert is no page: it is read by another way.
        if let Some(screen) = untouched().find(asks).filter(|screen| !screen["picture"].is_null()) {
            found.insert(target, screen);
        }
    });
    found
}

/// What is compared: nothing that depends on fonts or on the moment.
fn outline(reading: &Value, ticks: &Value) -> Value {
    let list = |key: &str| reading[key].as_array().cloned().unwrap_or_default();
    let controls: Vec<Value> =
        list("controls").iter().map(|control| json!([control["meaning"], control["label"]])).collect();
    let boxes: Vec<Value> = list("boxes")
        .iter()
        .enumerate()
        .map(|(at, tick)| json!([tick["label"], tick["role"], tick["by_tree"], tick["consent"], ticks[at]]))
        .collect();
    json!({
        "prompt": [reading["prompt"]["kind"], reading["prompt"]["names_policy"]],
        "controls": controls,
        "boxes": boxes,
        "fields": reading["fields"],
    })
}

/// Reads the screen as a run would.
fn read(screen: &Screen, picture: Option<&[u8]>) -> Value {
    let reading = controls::read(screen);
    let pixels = picture.and_then(sight::decode);
    let ticks: Vec<Value> = reading
        .boxes
        .iter()
        .map(|tick| match &pixels {
            Some(pixels) => {
                serde_json::to_value(sight::tick::look(pixels, tick.rect, screen.density)).expect("a word")
            }
            None => Value::Null,
        })
        .collect();
    outline(&serde_json::to_value(&reading).expect("JSON"), &Value::from(ticks))
}

/// Opens every page of a group and compares.
async fn compare(group: &str) {
    let kept = kept_prompts(group);
    assert!(!kept.is_empty(), "{group}: no page that asks is kept");
    let kits = match group.starts_with("kits/") {
        true => Some(web_kits::serve().await),
        false => None,
    };
    let nowhere = url::Url::parse("http://127.0.0.1:9/").expect("an address");
    let mut app = Web::new(WebTarget::default(), nowhere).await.expect("a driver");
    let mut differing = Vec::new();
    let mut fresh = Start::Fresh;
    for (page, screen) in &kept {
        let sample = Sample::start(0).await.expect("the sample app");
        let root = match &kits {
            Some(kits) => kits.trim_end_matches("/pages").to_owned(),
            None => sample.url().trim_end_matches('/').to_owned(),
        };
        app.point_to(url::Url::parse(&format!("{root}{page}")).expect("an address"));
        app.start(fresh).await.expect("starts");
        fresh = Start::Resumed;
        let then = outline(&screen["reading"], &screen["ticks"]);
        let mut now = Value::Null;
        for _ in 0..LOOKS {
            let seen = app.observe().await.expect("observes");
            now = read(&seen.screen, seen.picture.as_deref());
            if now == then {
                break;
            }
            app.pass_time(std::time::Duration::from_millis(250)).await.expect("passes");
        }
        if now != then {
            differing.push(format!("{page}\nkept: {then}\nnow:  {now}"));
        }
    }
    app.stop().await;
    assert!(differing.is_empty(), "{group}: {} of {}\n{}", differing.len(), kept.len(), differing.join("\n"));
}

macro_rules! groups {
    ($($name:ident: $group:literal;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                compare($group).await;
            }
        )*
    };
}

groups! {
    prompts_of_a_first_run: "rules/1.2";
    boxes_of_consent: "rules/3.4";
    misleading_prompts: "rules/3.7";
    vant: "kits/vant";
    weui: "kits/weui";
    material: "kits/material";
    antd: "kits/antd";
}
