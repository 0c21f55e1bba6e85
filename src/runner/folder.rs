//! The path of a new run's folder.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

/// A new folder's path for a run: `<parent>/<time>-<name>`, with a number where that exists.
pub fn folder_for(parent: &Path, name: &str) -> PathBuf {
    let time = Timestamp::now().strftime("%Y%m%dT%H%M%SZ");
    let stem = format!("{time}-{}", slug(name));
    let mut folder = parent.join(&stem);
    let mut number = 2;
    while folder.exists() {
        folder = parent.join(format!("{stem}-{number}"));
        number += 1;
    }
    folder
}

/// A name as part of a path: letters and digits of any script, everything else as one dash.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().take(40) {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "app".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_harmless_parts_of_a_path() {
        for (name, expected) in [
            ("小满集市", "小满集市"),
            ("../../etc/passwd", "etc-passwd"),
            ("Shop  2!", "shop-2"),
            ("..", "app"),
            ("a/\u{0}b", "a-b"),
        ] {
            assert_eq!(slug(name), expected);
        }
    }

    #[test]
    fn a_run_never_lands_in_an_existing_folder() {
        let parent = tempfile::tempdir().expect("a folder");
        let first = folder_for(parent.path(), "shop");
        std::fs::create_dir(&first).expect("creates");
        assert_ne!(folder_for(parent.path(), "shop"), first);
    }
}
