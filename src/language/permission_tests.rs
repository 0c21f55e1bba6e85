use super::Answer::*;
use super::*;
use crate::screen::{uiautomator, xcuitest};

fn dialog(file: &str) -> Option<Dialog> {
    let path = format!("{}/tests/sources/permission/{file}.xml", env!("CARGO_MANIFEST_DIR"));
    let source = std::fs::read_to_string(path).expect("a recorded source");
    let screen = if file.starts_with("ios") {
        xcuitest::read(&source, 3.0)
    } else {
        uiautomator::read(&source, 2.625)
    };
    read(&screen.expect("a source"))
}

#[test]
fn dialogs_of_every_version_and_vendor_are_read() {
    for (file, permission, answers, of) in [
        ("android-9-contacts-1-of-3", "contacts", &[NeverAskBox, Refuse, Allow][..], Some((1, 3))),
        ("android-10-location-en", "location", &[AllowInUse, Refuse], None),
        ("android-11-camera", "camera", &[AllowInUse, AllowOnce, Refuse], None),
        ("android-12-refused-once", "microphone", &[AllowInUse, AllowOnce, RefuseForGood], None),
        ("android-13-notifications-en", "notifications", &[Allow, Refuse], None),
        ("android-14-photos", "photos", &[Allow, AllowSome, Refuse], None),
        ("android-15-nearby-en", "bluetooth", &[Allow, Refuse], None),
        ("xiaomi-location", "location", &[AllowInUse, AllowOnce, Refuse], None),
        ("huawei-phone", "phone", &[NeverAskBox, Refuse, Allow], None),
        ("oppo-app-list", "app_list", &[Allow, RefuseForGood], None),
        ("vivo-microphone", "microphone", &[AllowInUse, AllowOnce, Refuse], None),
        ("samsung-calendar-en", "calendar", &[Allow, Refuse], Some((2, 2))),
        ("ios-location", "location", &[AllowOnce, AllowInUse, Refuse], None),
        ("ios-contacts-en", "contacts", &[Refuse, Allow], None),
        ("ios-tracking", "tracking", &[Refuse, Allow], None),
    ] {
        let dialog = dialog(file).unwrap_or_else(|| panic!("{file} is a dialog"));
        let found: Vec<Answer> = dialog.buttons.iter().map(|button| button.answer).collect();
        assert_eq!(
            (dialog.permission.as_str(), &found[..], dialog.of),
            (permission, answers, of),
            "{file}: {dialog:#?}"
        );
    }
}

#[test]
fn the_purpose_string_is_part_of_the_text() {
    let dialog = dialog("ios-location").expect("a dialog");
    assert!(dialog.text.contains("用于推荐附近的门店和配送时间"), "{}", dialog.text);
    assert!(!dialog.text.contains("不允许"), "buttons are not its text: {}", dialog.text);
}

#[test]
fn the_app_s_own_rationale_is_no_system_dialog() {
    assert_eq!(dialog("not-the-app-s-own-dialog"), None);
}

#[test]
fn answers_are_chosen_by_meaning() {
    let once = dialog("android-11-camera").expect("a dialog");
    assert_eq!(once.button(&[AllowOnce]).map(|b| b.label.as_str()), Some("仅限这一次"));
    let good = dialog("android-12-refused-once").expect("a dialog");
    assert_eq!(good.button(&[Refuse, RefuseForGood]).map(|b| b.answer), Some(RefuseForGood));
}
