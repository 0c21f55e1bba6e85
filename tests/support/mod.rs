//! Running the binary against the sample app, and reading what it leaves.

pub mod browser;
pub mod kept;
pub mod shop;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use candor::sample::Sample;
use serde_json::Value;

/// What a run of the binary left.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
    pub artifacts: tempfile::TempDir,
}

impl Run {
    /// The one artifact folder.
    pub fn folder(&self) -> PathBuf {
        let mut folders: Vec<_> = std::fs::read_dir(self.artifacts.path())
            .expect("an artifacts folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        assert_eq!(folders.len(), 1, "{}\n{}", self.out, self.err);
        folders.remove(0)
    }
    /// Whether the run came to be judged.
    pub fn has_findings(&self) -> bool {
        let folders = std::fs::read_dir(self.artifacts.path()).into_iter().flatten().flatten();
        folders.filter(|folder| folder.path().join("findings.json").is_file()).count() == 1
    }
    pub fn json(&self) -> Value {
        let text = std::fs::read_to_string(self.folder().join("findings.json")).expect("findings");
        serde_json::from_str(&text).expect("JSON")
    }
    /// The finding on an item.
    pub fn finding(&self, item: &str) -> Value {
        let json = self.json();
        let all = json["findings"].as_array().expect("a list");
        assert_eq!(all.len(), 31);
        all.iter().find(|finding| finding["item"] == item).expect("the item").clone()
    }
    pub fn verdict(&self, item: &str) -> String {
        self.finding(item)["verdict"].as_str().expect("a word").to_owned()
    }
    /// The timeline's entries.
    pub fn timeline(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(self.folder().join("timeline.jsonl")).expect("a timeline");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }
}

/// Runs `candor` with a folder for artifacts of its own.
pub async fn candor(args: &[&str]) -> Run {
    candor_with(args, &[]).await
}

/// Has [`candor_in`] leave the second session in.
const TWICE: (&str, &str) = ("CANDOR_TESTS_TWICE", "1");

/// As [`candor`], with the second session that a user's run has.
pub async fn candor_twice(args: &[&str]) -> Run {
    candor_with(args, &[TWICE]).await
}

/// As [`candor`], with environment variables.
pub async fn candor_with(args: &[&str], variables: &[(&str, &str)]) -> Run {
    candor_in(Path::new("."), args, variables).await
}

/// As [`candor_with`], from inside of a folder.
pub async fn candor_in(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut artifacts = tempfile::tempdir().expect("a folder");
    // For the person who looks into a failure.
    artifacts.disable_cleanup(std::env::var_os("KEEP_ARTIFACTS").is_some());
    let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
    command.args(args);
    // Most tests are about one session.
    if args.first() == Some(&"run") && !variables.contains(&TWICE) && std::env::var_os(TWICE.0).is_none() {
        command.arg("--once");
    }
    command.arg("--artifacts").arg(artifacts.path()).envs(variables.iter().copied());
    command.current_dir(folder).stdin(Stdio::null());
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("not cancelled")
        .expect("the binary runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Run {
        code: output.status.code().unwrap_or(-1),
        out: text(&output.stdout),
        err: text(&output.stderr),
        artifacts,
    }
}

/// Runs `candor` with nothing added: its exit code, what it printed, and what it complained of.
pub fn binary(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_candor")).args(args).output().expect("runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// Audits a variant of the sample app with some probes.
pub async fn audit(switches: &[(&str, &str)], probes: &[&str]) -> Run {
    let sample = Sample::start(0).await.expect("the sample app");
    audit_of(&sample, switches, probes).await
}

/// As [`audit`], with a sample app whose server can be asked afterwards.
pub async fn audit_of(sample: &Sample, switches: &[(&str, &str)], probes: &[&str]) -> Run {
    audit_with(sample, switches, probes, "").await
}

/// As [`audit_of`], with more of the scenario file after its probes.
pub async fn audit_with(sample: &Sample, switches: &[(&str, &str)], probes: &[&str], more: &str) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = scenario(folder.path(), &sample.variant(switches), probes);
    let text = std::fs::read_to_string(&scenario).expect("a scenario") + more;
    std::fs::write(&scenario, text).expect("writes");
    candor(&["run", "--quiet", scenario.to_str().expect("a path")]).await
}

/// Writes a scenario file.
pub fn scenario(folder: &Path, url: &str, probes: &[&str]) -> PathBuf {
    let path = folder.join("scenario.yaml");
    std::fs::write(&path, scenario_text(url, probes)).expect("writes");
    path
}

/// The text of a scenario file.
pub fn scenario_text(url: &str, probes: &[&str]) -> String {
    let probes: String = probes.iter().map(|probe| format!("  {probe}: {{}}\n")).collect();
    format!("app:\n  name: 小满集市\n  target:\n    web: \"{url}\"\nprobes:\n{probes}")
}

/// Asserts a verdict, showing the finding where it is another one.
pub fn assert_verdict(run: &Run, item: &str, verdict: &str) {
    let finding = run.finding(item);
    assert_eq!(
        finding["verdict"].as_str(),
        Some(verdict),
        "{}\nexit {}\n{}\n{}",
        serde_json::to_string_pretty(&finding).expect("JSON"),
        run.code,
        run.out,
        run.err
    );
}

/// Waits, for a minute and a half at most, until the only run in a folder has recorded enough; its folder.
pub async fn under_way(artifacts: &Path, enough: impl Fn(&str) -> bool) -> PathBuf {
    let run = || {
        let run = std::fs::read_dir(artifacts).ok()?.next()?.ok()?.path();
        // Bytes: the last line may end within a letter.
        let timeline = std::fs::read(run.join("timeline.jsonl")).ok()?;
        enough(&String::from_utf8_lossy(&timeline)).then_some(run)
    };
    for _ in 0..4500 {
        if let Some(run) = run() {
            return run;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("too little was recorded in a minute and a half");
}

/// Asserts that every switch of some items that says what it must be judged as is among what a file tests.
pub fn assert_covered(items: &[&str], covered: &[(&str, &str, &str)]) {
    let named: Vec<_> = candor::sample::switches()
        .iter()
        .filter(|switch| items.contains(&switch.item.as_str()))
        .filter_map(|switch| Some((switch.item.as_str(), switch.value.as_str(), switch.verdict.as_deref()?)))
        .collect();
    for switch in &named {
        assert!(covered.contains(switch), "{switch:?} has no test");
    }
    assert_eq!(named.len(), covered.len());
}

/// Length of the way to the policy: short enough, or proven that none of at most 4 is there.
pub fn operations(run: &Run) -> usize {
    let reached = run.timeline().into_iter().find(|entry| entry["event"] == "goal_reached").expect("reached");
    let length = reached["path"].as_array().expect("a path").len();
    assert!(
        length <= 4 || reached["shortest"] == true || reached["none_within"].as_u64() >= Some(4),
        "{reached}"
    );
    length
}
