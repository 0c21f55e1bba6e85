//! A folder of recordings at a glance: the newest run of each app, item by item, and how it went over the last runs.

mod page;
mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use page::write;
pub use text::table;

use crate::item::ItemId;
use crate::recording::{Recording, TIMELINE};
use crate::rules::{self, Findings, Overrides, Verdict};

/// Version of the summary's form.
pub const FORMAT: u32 = 1;
/// Runs of one app that its trend shows.
const TREND: usize = 12;
/// Folders below the given one are searched for recordings to this depth: a folder a night with a recording an app.
const DEPTH: usize = 3;

/// What a folder of recordings holds, as JSON too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Version of this form, now 1.
    pub format: u32,
    /// By name.
    pub apps: Vec<AppSummary>,
    /// Folders that are no recordings that can be read.
    pub skipped: Vec<Skipped>,
}

/// An app over its runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppSummary {
    pub app: String,
    /// `web`, `android`, `ios`.
    pub platform: String,
    /// How many recordings of it there are; `runs` holds the last of them.
    pub recorded: usize,
    /// The last runs, oldest first.
    pub runs: Vec<RunSummary>,
    /// All 31 items in the newest run, in the notice's order.
    pub items: Vec<ItemSummary>,
}

impl AppSummary {
    /// The newest run.
    pub fn newest(&self) -> Option<&RunSummary> {
        self.runs.last()
    }

    /// The run before the newest.
    pub fn before(&self) -> Option<&RunSummary> {
        self.runs.len().checked_sub(2).and_then(|at| self.runs.get(at))
    }
}

/// One run of an app.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunSummary {
    /// Its folder, relative to the one that was summed up, with `/`.
    pub folder: String,
    /// Its report, relative to the same; none where there is no such file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub report: Option<String>,
    pub begun: Timestamp,
    /// The run was cut off.
    pub incomplete: bool,
    pub counts: Counts,
}

/// How many items have each verdict, with what was attested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    pub violation: usize,
    pub review: usize,
    pub conforms: usize,
    pub not_applicable: usize,
    pub not_tested: usize,
}

impl Counts {
    fn of(findings: &Findings) -> Counts {
        Counts {
            violation: findings.standing(Verdict::Violation),
            review: findings.standing(Verdict::Review),
            conforms: findings.standing(Verdict::Conforms),
            not_applicable: findings.standing(Verdict::NotApplicable),
            not_tested: findings.standing(Verdict::NotTested),
        }
    }
}

/// An item in an app's newest run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemSummary {
    #[schemars(with = "String", regex(pattern = r"^[1-6]\.[1-9]$"))]
    pub item: ItemId,
    /// The one that counts: an attestation decides what was left to a person.
    pub verdict: Verdict,
    /// Its verdict in the run before, where there was one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub before: Option<Verdict>,
}

impl ItemSummary {
    /// Its verdict is another one than in the run before.
    pub fn turned(&self) -> bool {
        self.before.is_some_and(|before| before != self.verdict)
    }
}

/// A folder that was left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// Relative to the one that was summed up.
    pub folder: String,
    pub why: String,
}

/// Whether a folder is a recording by itself.
pub fn is_recording(folder: &Path) -> bool {
    folder.join(TIMELINE).is_file()
}

/// A run before its app is known, and the verdicts of its 31 items.
struct Judged {
    run: RunSummary,
    verdicts: Vec<(ItemId, Verdict)>,
}

/// Judges every recording below a folder, one at a time, each under its own limits, and sums them up.
///
/// # Errors
/// When the folder itself cannot be read. What is wrong with a folder inside it is said in [`Summary::skipped`].
pub fn collect(folder: &Path) -> std::io::Result<Summary> {
    let mut apps: BTreeMap<(String, String), Vec<Judged>> = BTreeMap::new();
    let mut skipped = Vec::new();
    let mut found = Vec::new();
    search(folder, DEPTH, &mut found, &mut skipped)?;
    let relative = |path: &Path| -> String {
        let parts = path.strip_prefix(folder).unwrap_or(path).components();
        parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    let mut skipped: Vec<Skipped> =
        skipped.into_iter().map(|(path, why)| Skipped { folder: relative(&path), why }).collect();
    for path in found {
        let name = relative(&path);
        match Recording::open(&path) {
            Ok(recording) => {
                let findings = rules::judge(&recording, &Overrides::default());
                let report = path.join("report.html").is_file().then(|| format!("{name}/report.html"));
                let run = RunSummary {
                    folder: name,
                    report,
                    begun: findings.begun,
                    incomplete: findings.incomplete,
                    counts: Counts::of(&findings),
                };
                let verdicts = findings.findings.iter().map(|found| (found.item, found.standing())).collect();
                apps.entry((findings.app, findings.platform)).or_default().push(Judged { run, verdicts });
            }
            Err(e) => {
                // Named as the folder is: relative to the one that is summed up.
                let why = e.to_string().replace(&format!("{}/", folder.display()), "");
                skipped.push(Skipped { folder: name, why });
            }
        }
    }
    skipped.sort_by(|a, b| a.folder.cmp(&b.folder));
    let apps = apps.into_iter().map(|((app, platform), runs)| sum_up(app, platform, runs)).collect();
    Ok(Summary { format: FORMAT, apps, skipped })
}

/// The folders below one that are recordings, and those that hold none and why they do not count.
fn search(
    folder: &Path,
    depth: usize,
    found: &mut Vec<PathBuf>,
    skipped: &mut Vec<(PathBuf, String)>,
) -> std::io::Result<()> {
    let mut inside: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        // A link could lead round in a circle, or out.
        .filter(|path| path.is_dir() && !path.is_symlink())
        .collect();
    inside.sort();
    for path in inside {
        if is_recording(&path) {
            found.push(path);
            continue;
        }
        let before = (found.len(), skipped.len());
        let searched = if depth > 1 { search(&path, depth - 1, found, skipped) } else { Ok(()) };
        if let Err(e) = searched {
            skipped.push((path, format!("cannot be read: {e}")));
        } else if found.len() == before.0 {
            // Nothing in it: it is named itself, not everything inside.
            skipped.truncate(before.1);
            skipped.push((path, format!("no recording: there is no {TIMELINE} in it")));
        }
    }
    Ok(())
}

fn sum_up(app: String, platform: String, mut runs: Vec<Judged>) -> AppSummary {
    runs.sort_by(|a, b| (a.run.begun, &a.run.folder).cmp(&(b.run.begun, &b.run.folder)));
    let recorded = runs.len();
    let before = recorded.checked_sub(2).map(|at| runs[at].verdicts.clone()).unwrap_or_default();
    let items = runs.last().map_or_else(Vec::new, |newest| {
        let before = |item| before.iter().find(|(known, _)| *known == item).map(|(_, verdict)| *verdict);
        let item = |&(item, verdict): &(ItemId, Verdict)| ItemSummary { item, verdict, before: before(item) };
        newest.verdicts.iter().map(item).collect()
    });
    let runs = runs.into_iter().map(|judged| judged.run).skip(recorded.saturating_sub(TREND)).collect();
    AppSummary { app, platform, recorded, runs, items }
}

#[cfg(test)]
#[path = "summary_tests.rs"]
mod tests;
