//! How a page leads to the recording's files: it may lie in the recording, elsewhere, or be read nobody knows where.

use std::path::Path;

use maud::{Markup, html};

use super::pictures::is_plain;

/// Where a page lies, as far as its links need to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Links {
    /// In the recording's own folder.
    Inside,
    /// Elsewhere: what leads from the page to the folder, with `/` at its end.
    From(String),
    /// Printed, or written to a pipe: files are named, and no link leads nowhere.
    Nowhere,
}

impl Links {
    /// The links of a page at `page` to the files in `folder`.
    pub fn of(page: &Path, folder: &Path) -> Links {
        match way(page, folder) {
            Some(way) if way.is_empty() => Links::Inside,
            Some(way) => Links::From(way),
            None => Links::Nowhere,
        }
    }

    /// The address of a file of the recording; `None` where a link would be dead.
    pub(super) fn to(&self, folder: &Path, file: &str) -> Option<String> {
        match self {
            _ if !is_plain(file) => None,
            Links::Inside => Some(file.to_owned()),
            Links::From(way) => folder.join(file).is_file().then(|| format!("{way}{file}")),
            Links::Nowhere => None,
        }
    }

    /// A file's name, as a link where there is one to follow.
    pub(super) fn name(&self, folder: &Path, file: &str) -> Markup {
        html! {
            @if let Some(address) = self.to(folder, file) { a href=(address) { (file) } } @else { (file) }
        }
    }
}

/// What leads from a page to a folder, relative, so that both can be moved together: `../run/`; empty where the page lies in
/// it. `None` where one of the two is not there.
pub fn way(page: &Path, folder: &Path) -> Option<String> {
    let parent = page.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (parent, folder) = (parent.canonicalize().ok()?, folder.canonicalize().ok()?);
    if parent == folder {
        return Some(String::new());
    }
    let (parent, folder) =
        (url::Url::from_directory_path(parent).ok()?, url::Url::from_directory_path(folder).ok()?);
    let way = parent.make_relative(&folder)?;
    // A folder's name with a colon in it must not begin an address.
    Some(if way.starts_with('.') { way } else { format!("./{way}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_leads_from_any_page_to_the_recording() {
        let root = tempfile::tempdir().expect("a folder");
        let run = root.path().join("nights/http: 小满#1%");
        std::fs::create_dir_all(run.join("screens")).expect("folders");
        std::fs::create_dir(root.path().join("mail")).expect("a folder");
        std::fs::write(run.join("screens/0001.png"), "").expect("writes");
        let name = "http:%20%E5%B0%8F%E6%BB%A1%231%25/";
        for (page, expected) in [
            ("nights/run.html", format!("./{name}")),
            ("mail/run.html", format!("../nights/{name}")),
            ("nights/http: 小满#1%/report.html", String::new()),
            ("nights/http: 小满#1%/screens/x.html", "../".to_owned()),
        ] {
            let page = root.path().join(page);
            let way = way(&page, &run).expect("a way");
            assert_eq!(way, expected, "{}", page.display());
            // As a browser would follow it.
            let at =
                url::Url::from_file_path(root.path().canonicalize().expect("a folder")).expect("an address");
            let at = at.join(&format!("{}/", at.path())).expect("a folder");
            let relative = page.strip_prefix(root.path()).expect("inside");
            let page = url::Url::from_file_path(Path::new(at.path()).join(relative)).expect("a file");
            let followed = page.join(&format!("{way}screens/0001.png")).expect("an address");
            assert!(followed.to_file_path().expect("a file").is_file(), "{followed}");
        }
        assert_eq!(Links::of(&root.path().join("absent/x.html"), &run), Links::Nowhere);
        assert_eq!(Links::of(&run.join("x.html"), &run), Links::Inside);
    }

    #[test]
    fn no_link_is_made_to_what_is_not_there_or_not_the_recording_s() {
        let run = tempfile::tempdir().expect("a folder");
        std::fs::write(run.path().join("a.png"), "").expect("writes");
        let from = Links::From("../run/".to_owned());
        let to = |links: &Links, file: &str| links.to(run.path(), file);
        assert_eq!(to(&from, "a.png"), Some("../run/a.png".to_owned()));
        assert_eq!(
            (to(&from, "b.png"), to(&from, "../a.png"), to(&Links::Inside, "../a.png")),
            (None, None, None)
        );
        assert_eq!(
            (to(&Links::Nowhere, "a.png"), to(&Links::Inside, "a.png")),
            (None, Some("a.png".to_owned()))
        );
        assert_eq!(Links::Nowhere.name(run.path(), "a.png").into_string(), "a.png");
    }
}
