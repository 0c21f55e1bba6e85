use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::check::{Check, NeededFor, State};
use super::checks::{check_device, match_driver};
use super::external::{ask, ask_with};
use super::parse::{devices, drivers, first_font, languages, major, version_in};
use super::report::Report;

#[test]
fn versions_are_read_from_what_programs_say() {
    let cases = [
        ("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)\n", Some("156.0.8078.79")),
        ("Google Chrome 131.0.6778.85 \n", Some("131.0.6778.85")),
        ("ChromeDriver 156.0.8078.79 (a21ce95c24ce-refs/branch-heads/8078@{#1704})", Some("156.0.8078.79")),
        ("tesseract 5.3.0\n leptonica-1.82.0", Some("5.3.0")),
        ("tesseract v5.3.0.20221214", Some("5.3.0.20221214")),
        ("openjdk version \"17.0.15\" 2025-04-15", Some("17.0.15")),
        ("java version \"1.8.0_392\"", Some("1.8.0_392")),
        ("openjdk version \"21\" 2023-09-19", Some("21")),
        ("openjdk version \"25-ea\" 2025-09-16", Some("25")),
        ("v20.20.2\n", Some("20.20.2")),
        ("Android Debug Bridge version 1.0.41\nVersion 35.0.2-12147458", Some("1.0.41")),
        ("3.8.0", Some("3.8.0")),
        ("版本 三", None),
        ("", None),
    ];
    for (said, version) in cases {
        assert_eq!(version_in(said).as_deref(), version, "{said:?}");
    }
    assert_eq!((major("156.0.8078.79"), major("21"), major("")), (Some(156), Some(21), None));
}

#[test]
fn languages_leave_the_heading_out() {
    let said =
        "List of available languages in \"/usr/share/tesseract-ocr/5/tessdata/\" (3):\nchi_sim\neng\nosd\n";
    assert_eq!(languages(said), ["chi_sim", "eng", "osd"]);
    assert!(languages("").is_empty());
}

#[test]
fn the_first_font_has_a_file() {
    let said = "/usr/share/fonts/NotoSansCJK-Bold.ttc: Noto Sans CJK SC,Noto Sans CJK SC Bold:style=Bold\n";
    let file = PathBuf::from("/usr/share/fonts/NotoSansCJK-Bold.ttc");
    assert_eq!(first_font(said), Some(file));
    assert_eq!(first_font("\n"), None);
}

#[test]
fn appium_drivers_are_read_from_json_only() {
    let said = "npm notice\n{\"uiautomator2\":{\"version\":\"8.7.0\",\"installed\":true},\"xcuitest\":{\"installed\":false}}";
    assert_eq!(drivers(said), Some(vec![("uiautomator2".into(), Some("8.7.0".into()))]));
    assert_eq!(drivers("{}"), Some(vec![]));
    assert_eq!(drivers("no drivers"), None);
    assert_eq!(drivers("{ broken"), None);
}

#[test]
fn a_device_counts_when_it_can_be_worked_with() {
    let said = "* daemon started successfully\nList of devices attached\nemulator-5554\tdevice\nR58M\tunauthorized\n\n";
    let listed = devices(said);
    assert_eq!(listed.len(), 2);
    assert_eq!(
        (check_device(&listed).state, check_device(&listed).version.as_deref()),
        (State::Found, Some("emulator-5554"))
    );
    assert_eq!(check_device(&listed[1..]).state, State::Missing);
    assert!(check_device(&listed[1..]).how_to_get.unwrap_or_default().contains("allow USB debugging"));
    assert_eq!(check_device(&[]).state, State::Missing);
}

fn found(name: &str, version: &str) -> Check {
    Check::found(name, NeededFor::Web, Some(version.into()), None)
}

#[test]
fn a_driver_of_another_major_version_does_not_fit() {
    let browser = found("chromium", "156.0.8078.79");
    assert_eq!(match_driver(found("chromedriver", "156.0.1.1"), &browser).state, State::Found);
    let other = match_driver(found("chromedriver", "155.0.8000.1"), &browser);
    assert_eq!(other.state, State::Mismatch);
    assert!(!Report::new(vec![browser, other], false).ready);
}

#[test]
fn android_parts_count_only_when_asked_for() {
    let checks =
        || vec![found("chromium", "156"), Check::missing("adb", NeededFor::Android, "apt-get install adb")];
    let web = Report::new(checks(), false);
    assert!(web.ready);
    assert_eq!(
        web.text(false),
        "✓ chromium  156\n– adb\n    get it: apt-get install adb\n\nAll that web runs need is here."
    );
    let android = Report::new(checks(), true);
    assert!(!android.ready);
    assert!(
        android
            .text(true)
            .ends_with("✗ adb\n    get it: apt-get install adb\n\nNot ready for web and Android runs: adb.")
    );
}

#[test]
fn states_have_the_names_that_the_json_promises() {
    let check = Check::missing("adb", NeededFor::Android, "x").settle(false);
    let json = serde_json::to_value(check).unwrap();
    assert_eq!(json["state"], "optional-missing");
    assert!(json["version"].is_null() && json["path"].is_null());
}

#[tokio::test]
async fn a_program_that_hangs_fails_or_is_absent_is_an_answer_too() {
    let shell = Path::new("/bin/sh");
    let started = Instant::now();
    let hung = ask_with(shell, &["-c", "sleep 30"], &[], Duration::from_millis(100)).await;
    assert!(hung.unwrap_err().contains("no answer") && started.elapsed() < Duration::from_secs(5));
    let failed = ask(shell, &["-c", "echo broken >&2; exit 4"]).await.unwrap_err();
    assert!(failed.contains('4') && failed.ends_with(": broken"), "{failed}");
    assert!(ask(Path::new("/nowhere/at/all"), &[]).await.unwrap_err().contains("does not start"));
}

#[tokio::test]
async fn much_output_bad_text_and_a_daemon_left_behind_do_no_harm() {
    let shell = Path::new("/bin/sh");
    let much = ask(shell, &["-c", "head -c 3000000 /dev/zero | tr '\\0' 'x'"]).await.unwrap();
    assert_eq!(much.out.len(), 1 << 20);
    assert_eq!(ask(shell, &["-c", "printf '1.2\\377'"]).await.unwrap().out, "1.2\u{fffd}");
    let started = Instant::now();
    let left = ask(shell, &["-c", "echo here; sleep 3 &"]).await.unwrap();
    assert_eq!(left.out, "here\n");
    assert!(started.elapsed() < Duration::from_millis(2500));
}
