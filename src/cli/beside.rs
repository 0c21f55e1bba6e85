//! Where a file goes that a command makes besides its output: beside the caller, and never into a recording, whose seal it
//! would break.

use std::path::{Path, PathBuf};

use crate::recording::TIMELINE;

/// The place of a file: `out` where it was given, else `name` in the current folder.
///
/// # Errors
/// When the place lies in a recording.
pub fn place_for(out: Option<&Path>, name: &str) -> Result<PathBuf, String> {
    let place = out.map_or_else(|| PathBuf::from(name), Path::to_owned);
    let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A folder that is not there is told by whoever writes.
    let Ok(whole) = parent.canonicalize() else { return Ok(place) };
    match whole.ancestors().find(|folder| folder.join(TIMELINE).is_file()) {
        None => Ok(place),
        Some(recording) => Err(format!(
            "{} would lie in the recording {}, which would then not be as it was sealed; name another place with --out",
            place.display(),
            recording.display()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_goes_into_a_recording() {
        let root = tempfile::tempdir().expect("a folder");
        let screens = root.path().join("run/screens");
        std::fs::create_dir_all(&screens).expect("folders");
        std::fs::write(root.path().join("run").join(TIMELINE), "").expect("writes");
        let inside = place_for(Some(&screens.join("0001.svg")), "x.svg").expect_err("a recording");
        assert!(inside.contains("name another place with --out"), "{inside}");
        let beside = root.path().join("0001.svg");
        assert_eq!(place_for(Some(&beside), "x.svg"), Ok(beside));
        assert_eq!(place_for(None, "x.svg"), Ok(PathBuf::from("x.svg")));
    }
}
