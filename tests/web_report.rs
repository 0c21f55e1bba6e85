//! The pages that candor writes, in a real Chromium: accessible, offline, on a phone, on paper, and deaf to what apps say.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::browser::Browser;
use candor::bench::report::record;
use candor::recording::Recording;
use candor::report::{html, summary};
use candor::rules::{Overrides, judge};

const PRETICKED: &str = include_str!("recordings/preticked/timeline.jsonl");
const TAB: char = '\u{e004}';
const SPACE: char = ' ';

/// The page of a recording, in its folder.
fn page(folder: &Path) -> PathBuf {
    let recording = Recording::open(folder).expect("reads");
    let findings = judge(&recording, &Overrides::default());
    let file = folder.join("report.html");
    fs::write(&file, html::write(&recording, &findings)).expect("writes");
    file
}

/// A made-up recording of about so many entries.
fn recorded(entries: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run");
    record(&path, entries / 2 - 8, (216, 480)).expect("records");
    let count = Recording::open(&path).expect("reads").entries.len();
    assert!(count.abs_diff(entries) < 12, "{count} entries");
    page(&path);
    folder
}

const OPEN_ALL: &str = "document.querySelectorAll('details').forEach(each => each.open = true)";
const WIDTH: &str = "return document.documentElement.scrollWidth";
const SHOWN: &str =
    "return [...document.querySelectorAll('.item')].filter(each => each.checkVisibility()).length";

/// Everything that a page must be, whatever its length.
async fn holds(entries: usize) {
    let folder = recorded(entries);
    let file = folder.path().join("run/report.html");
    let browser = Browser::open(360, "en-US").await;
    browser.show(&file).await;
    assert_eq!(browser.script(WIDTH).await, 360, "nothing is wider than the phone");
    for (language, hidden) in [("en", "z"), ("zh", "e")] {
        browser.script(&format!("document.getElementById('lang-{language}').click()")).await;
        let shown = format!(
            "return [...document.querySelectorAll('.{hidden}')].filter(each => each.checkVisibility()).length"
        );
        assert_eq!(browser.script(&shown).await, 0, "one language at a time");
        assert_eq!(browser.axe("{}").await, Vec::<String>::new(), "{language}");
    }
    browser.script(OPEN_ALL).await;
    assert_eq!(browser.script(WIDTH).await, 360, "nor is anything when it is unfolded");
    if entries <= 100 {
        assert_eq!(browser.axe("{}").await, Vec::<String>::new(), "unfolded");
        browser.media("screen", "dark").await;
        assert_eq!(browser.axe("{}").await, Vec::<String>::new(), "in the dark");
    } else {
        // The colours of 2,000 entries are those of 100, and looking at every one takes axe-core minutes.
        let structure = "{'color-contrast': {enabled: false}}";
        assert_eq!(browser.axe(structure).await, Vec::<String>::new(), "unfolded");
    }
    let own = url::Url::from_file_path(file.canonicalize().expect("a file")).expect("an address");
    let others: Vec<String> =
        browser.fetched().await.into_iter().filter(|url| *url != own.as_str()).collect();
    assert_eq!(others, Vec::<String>::new(), "nothing is fetched");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_of_100_entries_is_accessible_offline_and_fits_a_phone() {
    holds(100).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_of_2000_entries_is_accessible_offline_and_fits_a_phone() {
    holds(2_000).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_follows_the_browser_s_language_and_is_worked_by_keys_alone() {
    let folder = recorded(60);
    let file = folder.path().join("run/report.html");
    for (language, lang, chosen) in [("zh-CN", "zh-CN", "lang-zh"), ("en-US", "en", "lang-en")] {
        let browser = Browser::open(1200, language).await;
        browser.show(&file).await;
        let seen =
            "return [document.documentElement.lang, document.querySelector('[name=language]:checked').id]";
        assert_eq!(browser.script(seen).await, serde_json::json!([lang, chosen]));
        if language == "en-US" {
            keys(&browser).await;
        }
        browser.close().await;
    }
}

/// The filter and the findings by keys, and a link to what is folded away.
async fn keys(browser: &Browser) {
    assert_eq!(browser.script(SHOWN).await, 31);
    let focused = "return document.activeElement.id || document.activeElement.tagName";
    let mut passed = Vec::new();
    while passed.last().is_none_or(|at| at != "show-violation") {
        browser.press(&[TAB]).await;
        passed.push(browser.script(focused).await.as_str().unwrap_or_default().to_owned());
        assert!(passed.len() < 80, "the filter is not reached: {passed:?}");
    }
    assert!(passed.contains(&"lang-en".to_owned()), "{passed:?}");
    let outline = "return getComputedStyle(document.activeElement.nextElementSibling).outlineStyle";
    assert_eq!(browser.script(outline).await, "solid", "where the keys are is seen");
    let violations = browser.script("return document.querySelectorAll('.item.violation').length").await;
    browser.press(&[SPACE]).await;
    let left = browser.script(SHOWN).await;
    assert_eq!(left.as_u64().zip(violations.as_u64()).map(|(left, gone)| left + gone), Some(31));
    // What conforms is three stops on: review is between.
    browser.press(&[TAB, TAB, SPACE, TAB, SPACE, TAB, SPACE]).await;
    let reviews = browser.script("return document.querySelectorAll('.item.review').length").await;
    assert_eq!(browser.script(SHOWN).await, reviews, "only what is to be reviewed is left");
    assert_eq!(
        browser.script("return document.querySelectorAll('.article:not([hidden])').length").await,
        reviews.as_u64().unwrap_or(0).min(6)
    );
    let opened = "location.hash = '#i1-3'; await new Promise(r => setTimeout(r, 200)); return document.getElementById('i1-3').checkVisibility()";
    assert_eq!(browser.script(opened).await, true, "a link shows what the filter hid");
    let entry = "location.hash = '#e4'; await new Promise(r => setTimeout(r, 200)); return document.querySelector('.timeline .all').open";
    assert_eq!(browser.script(entry).await, true, "a link to an entry unfolds the list");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_script_a_page_shows_both_languages_and_still_filters() {
    let folder = recorded(40);
    let file = folder.path().join("run/report.html");
    let page = fs::read_to_string(&file).expect("reads");
    let (head, rest) = page.split_once("<script>").expect("a script");
    let (_, tail) = rest.split_once("</script>").expect("its end");
    fs::write(&file, format!("{head}{tail}")).expect("writes");
    let browser = Browser::open(800, "en-US").await;
    browser.show(&file).await;
    let both =
        "return ['.z', '.e'].map(name => document.querySelector('.headline ' + name).checkVisibility())";
    assert_eq!(browser.script(both).await, serde_json::json!([true, true]));
    browser
        .script(
            "document.getElementById('show-untested').click(); document.getElementById('lang-zh').click()",
        )
        .await;
    assert_eq!(
        browser
            .script(
                "return [...document.querySelectorAll('.item.untested')].some(each => each.checkVisibility())"
            )
            .await,
        false
    );
    assert_eq!(browser.script(both).await, serde_json::json!([true, false]));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_paper_there_are_no_controls_and_everything_is_unfolded() {
    let folder = recorded(60);
    let browser = Browser::open(800, "zh-CN").await;
    browser.show(&folder.path().join("run/report.html")).await;
    browser.media("print", "dark").await;
    let seen = "return ['.filter', '.language', '.timeline .all'].map(name => document.querySelector(name).checkVisibility())";
    assert_eq!(browser.script(seen).await, serde_json::json!([false, false, false]));
    let folded = "return [...document.querySelectorAll('.item.conforms:not([open]) .body')].map(each => each.getBoundingClientRect().height > 20)";
    let heights = browser.script(folded).await;
    assert!(
        heights.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(|tall| tall == true)),
        "{heights}"
    );
    assert_eq!(
        browser.script("return getComputedStyle(document.body).backgroundColor").await,
        "rgb(255, 255, 255)"
    );
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_an_app_says_runs_in_a_report() {
    let evil = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>]]><svg onload=window.hacked=1>\\\" onfocus=window.hacked=1 autofocus x=\\\"\\u001b]0;x\\u0007\\u202e\\u0000&lt;script&gt;";
    let timeline = PRETICKED
        .replace("我已阅读并同意", &format!("{evil}我已阅读并同意"))
        .replace("小满集市", evil)
        .replacen("\"label\":\"我的\"", &format!("\"label\":\"{evil}{}\"", "长".repeat(400_000)), 1)
        .replace("screens/0003.png", "javascript:window.hacked=1//.png")
        .replace("screens/0002.png", "../../../etc/x\\\"onclick=\\\"window.hacked=1.png")
        .replace("http://127.0.0.1", "javascript:window.hacked=1//http://127.0.0.1");
    let folder = tempfile::tempdir().expect("a folder");
    let run = folder.path().join("run\" onclick=\"window.hacked=1");
    fs::create_dir(&run).expect("a folder");
    fs::write(run.join("timeline.jsonl"), timeline).expect("writes");
    fs::write(run.join("policy.txt"), "隐私政策</p><script>window.hacked=1</script>\u{202e}\0\n")
        .expect("writes");
    let report = page(&run);
    let summed = folder.path().join("index.html");
    let sum = summary::collect(folder.path()).expect("reads");
    assert_eq!(sum.apps.len(), 1, "{:?}", sum.skipped);
    fs::write(&summed, summary::write(&sum, "")).expect("writes");
    let browser = Browser::open(360, "zh-CN").await;
    for file in [&report, &summed] {
        browser.show(file).await;
        browser.script(OPEN_ALL).await;
        let harmless = "await new Promise(r => setTimeout(r, 300));
            for (const link of document.querySelectorAll('a')) if (!['file:', ''].includes(link.protocol)) return 'leads to ' + link.href;
            for (const each of document.querySelectorAll('*')) for (const name of each.getAttributeNames()) if (name.startsWith('on')) return each.outerHTML;
            return [window.hacked === undefined, document.querySelectorAll('script').length, document.querySelectorAll('img').length]";
        assert_eq!(browser.script(harmless).await, serde_json::json!([true, 1, 0]), "{}", file.display());
        assert_eq!(browser.script(WIDTH).await, 360, "{}", file.display());
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_recordings_is_summed_up_on_an_accessible_page() {
    let folder = tempfile::tempdir().expect("a folder");
    for night in 1..=3 {
        let run = folder.path().join(format!("run-{night}"));
        fs::create_dir(&run).expect("a folder");
        fs::write(run.join("timeline.jsonl"), PRETICKED.replace("2026-11-24", &format!("2026-12-0{night}")))
            .expect("writes");
        page(&run);
    }
    fs::create_dir(folder.path().join("foreign")).expect("a folder");
    let output =
        Command::new(env!("CARGO_BIN_EXE_candor")).arg("report").arg(folder.path()).output().expect("runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("小满集市") && said.contains("left out foreign"),
        "{said}"
    );
    let file = folder.path().join("index.html");
    assert!(said.trim_end().ends_with("index.html"), "its path is printed last: {said}");
    let json: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("index.json")).expect("JSON"))
            .expect("JSON");
    let schema = serde_json::to_value(schemars::schema_for!(summary::Summary)).expect("a schema");
    assert!(jsonschema::validator_for(&schema).expect("a schema").is_valid(&json), "{json}");
    let browser = Browser::open(360, "en-US").await;
    browser.show(&file).await;
    assert_eq!(browser.script(WIDTH).await, 360);
    browser.script(OPEN_ALL).await;
    assert_eq!(browser.axe("{}").await, Vec::<String>::new());
    browser.media("screen", "dark").await;
    assert_eq!(browser.axe("{}").await, Vec::<String>::new(), "in the dark");
    browser.script("document.querySelector('td.violation a').click()").await;
    let place = "await new Promise(r => setTimeout(r, 500)); return location.pathname.split('/').slice(-2).join('/') + location.hash";
    assert_eq!(
        browser.script(place).await,
        "run-3/report.html#i3-4",
        "a cell leads to its finding in the newest run"
    );
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_printed_as_pdf() {
    let folder = recorded(60);
    let run = folder.path().join("run");
    let candor = |args: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_candor")).arg("report").args(args).output().expect("runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let path = run.to_str().expect("a path");
    let (code, said, error) = candor(&[path, "--pdf", "--language", "en"]);
    assert_eq!(code, Some(0), "{error}");
    let pdf = fs::read(&said).expect("the file that it names");
    assert!(said.ends_with("/run.pdf") && pdf.starts_with(b"%PDF-"), "{said}");
    // Nothing was added to the recording itself.
    assert!(!run.join("run.pdf").exists() && !run.join("report.pdf").exists());
    let text = pdf_extract::extract_text_from_mem(&pdf).expect("a PDF with text");
    assert!(
        text.contains("violation") && text.contains("Policy hard to reach") && !text.contains("政策难以找到"),
        "{text}"
    );
    assert!(text.contains("https://bench.example/"), "addresses stay legible");
    let (code, _, error) = candor(&[path, "--pdf", "--driver", "http://127.0.0.1:9/"]);
    assert!(
        code == Some(3) && error.contains("cannot print the report") && error.contains("127.0.0.1:9"),
        "{error}"
    );
    let (code, _, error) = candor(&[path, "--out", "/no/such/folder/x.html"]);
    assert!(
        code == Some(2) && error.contains("/no/such/folder/x.html") && error.contains("--out"),
        "{error}"
    );
    let (code, _, error) = candor(&[folder.path().join("absent").to_str().expect("a path")]);
    assert!(code == Some(2) && error.contains("absent"), "{error}");
    let before = fs::read(run.join("report.html")).expect("a page");
    let (code, said, _) = candor(&[path]);
    assert!(code == Some(0) && said.ends_with("run/report.html"), "{said}");
    assert_eq!(fs::read(run.join("report.html")).expect("a page"), before, "the same bytes again");
    candor::recording::seal::seal(&run).expect("seals");
    fs::write(run.join("report.html"), "an older page").expect("writes");
    candor::recording::seal::seal(&run).expect("seals");
    let (code, said, error) = candor(&[path]);
    assert!(code == Some(0) && said.ends_with("/run.html") && error.contains("sealed"), "{said} {error}");
    let beside = fs::read_to_string(&said).expect("a page");
    assert!(
        beside.contains("href=\"./run/screens/") && !beside.contains("href=\"screens/"),
        "its links lead into the folder"
    );
    assert_eq!(
        candor::recording::verify::find_differences(&run).expect("reads"),
        Some(vec![]),
        "the seal stands"
    );
}
