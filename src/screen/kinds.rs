//! What the kinds of elements of Android and iOS are to a person; the data is `kinds.yaml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Role;

#[derive(Debug, Deserialize)]
struct Kinds {
    android: HashMap<String, Role>,
    ios: HashMap<String, Role>,
    android_layers: Vec<String>,
    busy: Vec<String>,
}

/// The file is part of the program and read by a test: it cannot be broken at run time.
static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("kinds.yaml")).expect("kinds.yaml is checked by a test")
});

/// The role of an Android class such as `androidx.appcompat.widget.AppCompatCheckBox`.
pub fn of_android(class: &str) -> Option<Role> {
    let name = class.rsplit(['.', '$']).next().unwrap_or(class);
    let fits = KINDS.android.iter().filter(|(kind, _)| name.ends_with(kind.as_str()));
    fits.max_by_key(|(kind, _)| kind.len()).map(|(_, role)| *role)
}

/// The role of an iOS type such as `XCUIElementTypeSwitch`.
pub fn of_ios(kind: &str) -> Option<Role> {
    KINDS.ios.get(kind.strip_prefix("XCUIElementType").unwrap_or(kind)).copied()
}

/// Whether an Android resource id is one of a dialog or sheet.
pub fn is_android_layer(id: &str) -> bool {
    KINDS.android_layers.iter().any(|layer| id.ends_with(layer.as_str()))
}

/// Whether an element of this kind says that something is still loading.
pub fn is_busy(kind: &str) -> bool {
    KINDS.busy.iter().any(|busy| kind.ends_with(busy.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_ending_names_the_role() {
        for (class, role) in [
            ("androidx.appcompat.widget.AppCompatCheckBox", Some(Role::Checkbox)),
            ("android.widget.ImageButton", Some(Role::Button)),
            ("com.google.android.material.switchmaterial.SwitchMaterial", Some(Role::Switch)),
            ("android.widget.CheckedTextView", Some(Role::Checkbox)),
            ("android.view.View", None),
            ("", None),
        ] {
            assert_eq!(of_android(class), role, "{class}");
        }
        assert_eq!(of_ios("XCUIElementTypeSwitch"), Some(Role::Switch));
        assert_eq!(of_ios("XCUIElementTypeOther"), None);
    }
}
