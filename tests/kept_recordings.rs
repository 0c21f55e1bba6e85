//! What must be true of every kept recording, whatever it is of: judged again it gives the verdicts that it was kept
//! with, and a recording that was cut off or that lacks a file accuses nobody and clears nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use candor::recording::Recording;
use candor::rules::{self, Findings, Overrides};
use candor::verdict::Verdict;

use crate::support::kept::{Facts, YOUNGER_ITEMS, archives, for_each_file};

/// One kept run: its files by name.
type Files = BTreeMap<String, Vec<u8>>;

/// Gives every kept run of an archive, by its name.
fn runs_of(archive: &Path) -> BTreeMap<String, Files> {
    let mut runs: BTreeMap<String, Files> = BTreeMap::new();
    for_each_file(archive, |path, bytes| {
        let mut parts = path.splitn(3, '/');
        let (Some(case), Some(at), Some(file)) = (parts.next(), parts.next(), parts.next()) else {
            panic!("{}: {path} belongs to no run", archive.display())
        };
        runs.entry(format!("{case}/{at}")).or_default().insert(file.to_owned(), bytes.to_vec());
    });
    runs
}

/// Writes a run's files, those that `wanted` lets through.
fn write(files: &Files, to: &Path, wanted: impl Fn(&str) -> bool) {
    for (name, bytes) in files.iter().filter(|(name, _)| wanted(name)) {
        let path = to.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("writes");
    }
}

fn judge(recording: &Recording) -> Findings {
    rules::judge(recording, &Overrides::default())
}

fn with_verdict(findings: &Findings, verdict: Verdict) -> BTreeSet<String> {
    let of = findings.findings.iter().filter(|finding| finding.verdict == verdict);
    of.map(|finding| finding.item.to_string()).collect()
}

/// Checks each run of every archive, unpacked in a folder of its own, two archives at a time; fails with all that the
/// checks hold against them.
fn for_each_run(check: impl Fn(&Files, &Path) -> Vec<String> + Sync) {
    let archives = archives();
    assert!(archives.len() >= 12, "{} archives are kept", archives.len());
    let next = std::sync::atomic::AtomicUsize::new(0);
    let wrong = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(archive) =
                    archives.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
                {
                    for (name, files) in runs_of(archive) {
                        let folder = tempfile::tempdir().expect("a folder");
                        write(&files, folder.path(), |_| true);
                        let shown = archive.file_name().expect("a name").to_string_lossy();
                        for what in check(&files, folder.path()) {
                            wrong.lock().expect("not poisoned").push(format!("{shown}, {name}: {what}"));
                        }
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("not poisoned");
    assert!(wrong.is_empty(), "{} in all\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_kept_run_is_judged_as_it_was_kept() {
    for_each_run(|files, folder| {
        let facts: Facts = serde_json::from_slice(&files["kept.json"]).expect("facts");
        let findings = judge(&Recording::open(folder).expect("opens"));
        let turned = findings.findings.iter().filter_map(|finding| {
            let item = finding.item.to_string();
            let kept = facts.verdicts.get(&item).filter(|_| !YOUNGER_ITEMS.contains(&item.as_str()))?;
            let now = serde_json::to_value(finding.verdict).expect("a word");
            let (item, why) = (finding.item, &finding.reason.en);
            (now != **kept).then(|| format!("{item} was {kept}, is {now}: {why}"))
        });
        turned.collect()
    });
}

/// What `now` has and `then` has not, with its reason.
fn newly(now: &Findings, then: &Findings, verdict: Verdict) -> Vec<String> {
    let (now_so, then_so) = (with_verdict(now, verdict), with_verdict(then, verdict));
    let reason = |item: &String| {
        let finding = now.findings.iter().find(|finding| finding.item.to_string() == *item);
        finding.map(|finding| finding.reason.en.clone()).unwrap_or_default()
    };
    now_so
        .difference(&then_so)
        .map(|item| format!("{item} is {verdict:?} only now: {}", reason(item)))
        .collect()
}

/// A run can be cut off anywhere: what it did not reach must never be called good, and never bad.
#[test]
fn a_recording_that_was_cut_accuses_and_clears_nobody_whom_the_whole_one_does_not() {
    const CUTS: usize = 6;
    for_each_run(|files, folder| {
        let whole = judge(&Recording::open(folder).expect("opens"));
        let text = String::from_utf8_lossy(&files["timeline.jsonl"]).into_owned();
        let lines: Vec<&str> = text.lines().collect();
        let cut_at = |cut: usize| {
            let upto = (lines.len() * cut / (CUTS + 1)).max(1);
            let text = format!("{}\n", lines[..upto].join("\n"));
            let findings =
                judge(&Recording::parse(text.as_bytes(), "timeline.jsonl", folder).expect("reads"));
            let mut wrong = newly(&findings, &whole, Verdict::Violation);
            wrong.extend(newly(&findings, &whole, Verdict::Conforms));
            wrong.into_iter().map(move |what| format!("cut after line {upto}: {what}"))
        };
        (1..=CUTS).flat_map(cut_at).collect()
    });
}

/// Trees that are gone leave nothing to accuse by that the whole recording did not show.
#[test]
fn a_recording_without_its_trees_accuses_nobody_anew() {
    for_each_run(|files, folder| {
        let whole = judge(&Recording::open(folder).expect("opens"));
        let bare = tempfile::tempdir().expect("a folder");
        write(files, bare.path(), |file| !file.starts_with("screens/"));
        newly(&judge(&Recording::open(bare.path()).expect("opens")), &whole, Verdict::Violation)
    });
}
