//! Runs of a test, either driven or kept from an earlier drive.
//!
//! # Architecture
//! A test that judges what candor saw of an app need not drive the app each time: what was seen stands in the
//! recording. [`Runs`] gives a test its runs by the test's name. By default it takes them from `tests/recordings/`,
//! one archive a subject, and judges them anew with the rules as they are now; with `CANDOR_TESTS=drive` it drives the
//! app; with `CANDOR_TESTS=record` it drives, and leaves what is worth keeping in `target/kept/`, from where
//! `scripts/test --record` packs it. The assertions of the test are the same in all three.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use candor::recording::Recording;
use candor::report;
use candor::rules::{self, Overrides};
use candor::verdict::Verdict;
use serde::{Deserialize, Serialize};

use super::{Run, candor_in};

const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings");
/// Where `CANDOR_TESTS=record` leaves what was driven.
const FRESH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/kept");
/// What is kept beside a recording.
const FACTS: &str = "kept.json";
/// Items that got their rule after runs were kept: those runs hold no verdict on them. Empty once all are kept anew.
pub const YOUNGER_ITEMS: &[&str] =
    &["2.1", "2.2", "2.4", "3.3", "3.5", "3.9", "4.1", "4.3", "4.4", "5.1", "5.2", "5.3", "6.3"];
/// Exit code of a run that was cut off.
const CUT_OFF: i32 = 3;

/// What is known of a run that its recording does not hold.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Facts {
    /// What was activated in the sample app that no explorer may.
    pub touched: Vec<String>,
    /// The accounts that the sample app had afterwards, by phone number.
    pub accounts: Vec<String>,
    /// The verdict on each item, as it was when the run was kept.
    pub verdicts: BTreeMap<String, String>,
}

/// The runs of one test.
#[derive(Debug)]
pub struct Runs {
    /// `subject/group/case`: the archive is `subject/group.tar.zst`, the case a folder in it.
    name: String,
    driven: bool,
    next: AtomicUsize,
}

impl Runs {
    /// Returns the runs kept under a name, or drives where `CANDOR_TESTS` says so.
    pub fn kept(name: &str) -> Runs {
        Runs { name: name.to_owned(), driven: mode().is_some(), next: AtomicUsize::new(0) }
    }

    /// Returns runs that are always driven (and kept, where the tests record).
    pub fn driven(name: &str) -> Runs {
        Runs { name: name.to_owned(), driven: true, next: AtomicUsize::new(0) }
    }

    /// Tells whether an app must be there to be driven.
    pub fn are_driven(&self) -> bool {
        self.driven
    }

    /// Runs a scenario, or takes the test's next kept run. `facts` tells of the app after the run was driven.
    pub async fn run(
        &self,
        scenario: &str,
        variables: &[(&str, &str)],
        facts: impl FnOnce() -> Facts,
    ) -> (Run, Facts) {
        let at = self.next.fetch_add(1, Ordering::Relaxed);
        if !self.driven {
            return judge_kept(&self.name, at);
        }
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("scenario.yaml"), scenario).expect("writes");
        // From inside of the folder: a recording names its scenario as it was given.
        let run = candor_in(folder.path(), &["run", "--quiet", "scenario.yaml"], variables).await;
        let facts = facts();
        match run.has_findings() {
            true if mode().as_deref() == Some("record") => {
                keep(&run, &facts, &Path::new(FRESH).join(&self.name).join(at.to_string()));
            }
            true => assert_as_kept(&self.name, at, &run),
            false => {}
        }
        (run, facts)
    }
}

/// `drive`, `record`, or nothing.
fn mode() -> Option<String> {
    std::env::var("CANDOR_TESTS").ok().filter(|mode| ["drive", "record"].contains(&mode.as_str()))
}

/// Judges a kept run anew; its verdicts must be the ones that it was kept with.
fn judge_kept(name: &str, at: usize) -> (Run, Facts) {
    let artifacts = tempfile::tempdir().expect("a folder");
    let folder = artifacts.path().join("kept");
    let found = unpack(name, at, &folder);
    assert!(found, "no run {at} of {name} is kept: {}", say_how_to_keep());
    let facts = std::fs::read(folder.join(FACTS)).expect("the facts of a kept run");
    let facts: Facts = serde_json::from_slice(&facts).expect("the facts of a kept run");
    let recording = Recording::open(&folder).expect("a kept recording");
    let findings = rules::judge(&recording, &Overrides::default());
    std::fs::write(folder.join("findings.json"), report::json::write(&findings)).expect("writes");
    let violated = findings.standing(Verdict::Violation) > 0;
    let code = if findings.incomplete { CUT_OFF } else { i32::from(violated) };
    let run = Run { code, out: format!("kept run {name}/{at}"), err: String::new(), artifacts };
    assert_verdicts(name, at, &run, &facts);
    (run, facts)
}

/// Holds a run that was driven now against the one that is kept, where there is one.
fn assert_as_kept(name: &str, at: usize, run: &Run) {
    let folder = tempfile::tempdir().expect("a folder");
    if archive_of(name).is_file() && unpack(name, at, folder.path()) {
        let facts = std::fs::read(folder.path().join(FACTS)).expect("the facts of a kept run");
        assert_verdicts(name, at, run, &serde_json::from_slice(&facts).expect("the facts of a kept run"));
    }
}

/// Asserts that each item has the verdict that it was kept with.
fn assert_verdicts(name: &str, at: usize, run: &Run, facts: &Facts) {
    let verdicts = verdicts(run);
    for (item, verdict) in facts.verdicts.iter().filter(|(item, _)| !YOUNGER_ITEMS.contains(&item.as_str())) {
        assert_eq!(
            verdicts.get(item),
            Some(verdict),
            "{name}, run {at}: item {item} was {verdict} when this run was kept. Where the new verdict is the right \
             one, {}\n{}",
            say_how_to_keep(),
            serde_json::to_string_pretty(&run.finding(item)).expect("JSON"),
        );
    }
}

/// Says how the run of the test that is running is kept anew.
fn say_how_to_keep() -> String {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("NAME").rsplit("::").next().unwrap_or("NAME");
    format!("drive it and keep its run: scripts/test --record {test}")
}

/// The verdict on each item.
fn verdicts(run: &Run) -> BTreeMap<String, String> {
    let json = run.json();
    let word = |finding: &serde_json::Value, key: &str| finding[key].as_str().expect("a word").to_owned();
    let findings = json["findings"].as_array().expect("a list").iter();
    findings.map(|finding| (word(finding, "item"), word(finding, "verdict"))).collect()
}

/// Copies what rules read of a recording: everything but pictures, reports and the seal over them.
fn keep(run: &Run, facts: &Facts, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    let from = run.folder();
    let facts = Facts { verdicts: verdicts(run), ..facts.clone() };
    let mut folders = vec![PathBuf::new()];
    while let Some(below) = folders.pop() {
        std::fs::create_dir_all(to.join(&below)).expect("a folder");
        for entry in std::fs::read_dir(from.join(&below)).expect("a folder").flatten() {
            let path = below.join(entry.file_name());
            let name = entry.file_name().to_string_lossy().into_owned();
            let written_after = [
                "report.html",
                "junit.xml",
                "findings.json",
                "findings.sarif",
                "findings.csv",
                "seal.json",
                "run.log",
            ];
            if entry.path().is_dir() {
                folders.push(path);
            } else if !name.ends_with(".png") && !written_after.contains(&name.as_str()) {
                std::fs::copy(entry.path(), to.join(path)).expect("copies");
            }
        }
    }
    let text = serde_json::to_string_pretty(&facts).expect("JSON");
    std::fs::write(to.join(FACTS), text).expect("writes");
}

/// Unpacks one run of a case; whether it is there.
pub fn unpack(name: &str, at: usize, to: &Path) -> bool {
    let wanted = format!("{}/{at}", name.rsplit('/').next().expect("a name"));
    let mut found = false;
    for_each_file(&archive_of(name), |path, bytes| {
        let Some(rest) = path.strip_prefix(&wanted).and_then(|rest| rest.strip_prefix('/')) else { return };
        found = true;
        let file = to.join(rest);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, bytes).expect("writes");
    });
    found
}

/// The archive of a case: `subject/group/case` is in `subject/group.tar.zst`.
fn archive_of(name: &str) -> PathBuf {
    archive(name.rsplit_once('/').expect("a group and a case").0)
}

/// The archive of a group.
pub fn archive(group: &str) -> PathBuf {
    Path::new(KEPT).join(format!("{group}.tar.zst"))
}

/// Gives the path and the bytes of every file of an archive.
pub fn for_each_file(archive: &Path, mut give: impl FnMut(&str, &[u8])) {
    let shown = archive.display();
    let file = std::fs::File::open(archive)
        .unwrap_or_else(|e| panic!("{shown}: {e}. Nothing of this subject is kept: {}", say_how_to_keep()));
    let packed = ruzstd::decoding::StreamingDecoder::new(file).expect("a packed archive");
    let mut archive = tar::Archive::new(packed);
    for entry in archive.entries().expect("an archive") {
        let mut entry = entry.expect("an entry");
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let path = entry.path().expect("a path").to_string_lossy().trim_start_matches("./").to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("reads");
        give(&path, &bytes);
    }
}

/// Every archive there is.
pub fn archives() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(KEPT)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(".tar.zst") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
