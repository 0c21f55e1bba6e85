//! The scenarios that people start from: each is good as it stands, and with every line that is commented out put in.

use std::path::{Path, PathBuf};

use crate::support::binary;

fn library() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let files = std::fs::read_dir(folder).expect("the library").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|kind| kind == "yaml")).collect();
    files.sort();
    files
}

fn lint(path: &Path) -> (i32, String) {
    let (code, out, err) = binary(&["lint", path.to_str().expect("a path")]);
    (code, format!("{out}{err}"))
}

#[test]
fn every_scenario_of_the_library_is_good() {
    let files = library();
    assert!(files.len() >= 9, "{files:?}");
    for file in files {
        let (code, said) = lint(&file);
        assert_eq!(code, 0, "{said}");
    }
}

#[test]
fn what_is_commented_out_is_good_as_well() {
    let folder = tempfile::tempdir().expect("a folder");
    for file in library() {
        let text = std::fs::read_to_string(&file).expect("reads");
        let put_in: Vec<String> = text.lines().map(put_in).collect();
        let copy = folder.path().join(file.file_name().expect("a name"));
        std::fs::write(&copy, put_in.join("\n")).expect("writes");
        let (code, said) = lint(&copy);
        assert_eq!(code, 0, "{said}");
    }
}

/// `    # apk: x` becomes `    apk: x`; what is prose stays a comment.
fn put_in(line: &str) -> String {
    let indent = line.len() - line.trim_start().len();
    let key = line.trim_start().strip_prefix("# ").filter(|rest| {
        let key = rest.trim_start().split(": ").next().unwrap_or_default().trim_end_matches(':');
        !key.is_empty()
            && key.chars().all(|c| c.is_ascii_lowercase() || ":_".contains(c) || c.is_ascii_uppercase())
    });
    match key {
        Some(rest) => format!("{}{rest}", " ".repeat(indent)),
        None => line.to_owned(),
    }
}

#[test]
fn the_library_is_listed_whole() {
    let listed = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/README.md"));
    let listed = listed.expect("reads");
    for file in library() {
        let name = file.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        assert!(listed.contains(&format!("[{name}]({name})")), "{name}");
    }
}
