//! What a run leaves that was ended before its time: killed, told to end, out of disk, kept from writing.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::{binary, scenario};
use candor::recording::Recording;
use candor::sample::Sample;

/// A run that has begun, and what it stands on.
struct Begun {
    child: tokio::process::Child,
    /// Its recording's folder.
    run: PathBuf,
    _artifacts: tempfile::TempDir,
    _scenarios: tempfile::TempDir,
    _sample: Sample,
}

impl Begun {
    /// Starts a run, and goes on once its timeline has so many lines.
    async fn with(lines: usize) -> Begun {
        let sample = Sample::start(0).await.expect("the sample app");
        let scenarios = tempfile::tempdir().expect("a folder");
        let file =
            scenario(scenarios.path(), &sample.variant(&[("1.1", "none")]), &["first_run", "find_policy"]);
        let artifacts = tempfile::tempdir().expect("a folder");
        let child = tokio::process::Command::new(env!("CARGO_BIN_EXE_candor"))
            .args(["run", "--quiet"])
            .arg(&file)
            .arg("--artifacts")
            .arg(artifacts.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let run =
            crate::support::under_way(artifacts.path(), |timeline| timeline.matches('\n').count() >= lines)
                .await;
        Begun { child, run, _artifacts: artifacts, _scenarios: scenarios, _sample: sample }
    }

    fn id(&self) -> String {
        self.child.id().expect("an id").to_string()
    }

    /// Ends the run at once, as `kill -9` does.
    async fn kill(&mut self) {
        // Its own chromedriver with its browser would go on without it.
        let drivers = children(&self.id());
        self.child.kill().await.expect("killed");
        for driver in drivers {
            let _ = Command::new("pkill").args(["-9", "-P", &driver]).status();
            let _ = Command::new("kill").args(["-9", &driver]).status();
        }
    }
}

/// The processes that a process started.
fn children(id: &str) -> Vec<String> {
    let output = Command::new("pgrep").args(["-P", id]).output().expect("pgrep");
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

/// Whether a process is still there.
fn runs(id: &str) -> bool {
    PathBuf::from(format!("/proc/{id}/exe")).read_link().is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_run_stays_readable_verifiable_and_says_that_it_is_incomplete() {
    for lines in [1, 4, 9, 14] {
        let mut begun = Begun::with(lines).await;
        begun.kill().await;
        let run = &begun.run;
        let recording = Recording::open(run).expect("opens");
        assert!(recording.incomplete && recording.entries.len() >= lines, "{lines}");
        let shown = run.to_str().expect("a path");
        let (code, out, err) = binary(&["verify", shown]);
        assert!(
            code == 0 && out.contains("the run was cut off") && out.contains("there is no seal"),
            "{lines}: {out}{err}"
        );
        let (code, out, _) = binary(&["judge", shown]);
        assert!(code == 3 && out.contains("cut off"), "{lines}: {out}");
        let (code, _, err) =
            binary(&["attest", shown, "1.1", "--verdict", "conforms", "--note", "x", "--by", "y"]);
        assert!(code == 1 && err.contains("no seal"), "{err}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_told_to_end_seals_what_it_has_and_says_that_it_is_incomplete() {
    let begun = Begun::with(9).await;
    let (id, run) = (begun.id(), begun.run.clone());
    let drivers = children(&id);
    assert!(!drivers.is_empty(), "a chromedriver of its own");
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
    let Begun { child, _artifacts, .. } = begun;
    let ended = tokio::time::timeout(Duration::from_secs(180), child.wait_with_output()).await;
    let output = ended.expect("it ends by itself").expect("it ends");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        output.status.code(),
        Some(3),
        "not driven to an answer, and not ended by the signal itself: {err}"
    );
    assert!(err.contains("is whole and was judged"), "{err}");
    let read = |name: &str| std::fs::read_to_string(run.join(name)).expect(name);
    let seal: serde_json::Value = serde_json::from_str(&read("seal.json")).expect("JSON");
    assert_eq!(seal["whole"], false);
    let timeline = read("timeline.jsonl");
    assert_eq!(seal["entries"], timeline.lines().count());
    assert!(
        timeline
            .lines()
            .last()
            .is_some_and(|line| line.contains("run_ended") && line.contains("\"whole\":false"))
    );
    let findings: serde_json::Value = serde_json::from_str(&read("findings.json")).expect("JSON");
    assert_eq!(findings["incomplete"], true);
    let shown = run.to_str().expect("a path");
    let (code, out, err) = binary(&["verify", shown]);
    assert!(
        code == 0 && out.contains("the run was cut off") && !out.contains("there is no seal"),
        "{out}{err}"
    );
    let (code, out, _) = binary(&["judge", shown]);
    assert!(code == 3 && out.contains("cut off"), "{out}");
    assert!(!drivers.iter().any(|driver| runs(driver)), "its driver ended with it");
}

/// A small file system of its own; `None`, said aloud, where this user may not mount one.
struct Mounted(tempfile::TempDir);

impl Mounted {
    fn new(options: &str) -> Option<Mounted> {
        let folder = tempfile::tempdir().expect("a folder");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(folder.path()).output();
        match mounted {
            Ok(output) if output.status.success() => Some(Mounted(folder)),
            _ => {
                eprintln!(
                    "SKIPPED: no file system could be mounted with {options}; a full or read-only disk was not tried"
                );
                None
            }
        }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").args(["-l"]).arg(self.0.path()).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_exit_3_and_what_was_recorded_stays_readable() {
    let Some(disk) = Mounted::new("size=700k") else { return };
    let sample = Sample::start(0).await.expect("the sample app");
    let scenarios = tempfile::tempdir().expect("a folder");
    let file = scenario(scenarios.path(), &sample.variant(&[("1.1", "none")]), &["first_run", "find_policy"]);
    let (shown, artifacts) = (file.display().to_string(), disk.0.path().display().to_string());
    let (code, out, err) =
        tokio::task::spawn_blocking(move || binary(&["run", "--quiet", &shown, "--artifacts", &artifacts]))
            .await
            .expect("ends");
    assert!(
        code == 3 && err.contains("cannot read or write") && err.contains("free space"),
        "{code} {out}{err}"
    );
    let run =
        std::fs::read_dir(disk.0.path()).expect("a folder").next().expect("a run").expect("an entry").path();
    let recording = Recording::open(&run).expect("opens");
    assert!(recording.incomplete && recording.entries.len() > 3);
    assert_eq!(Recording::verify(&run).expect("looks"), [], "no half line, no half picture that is named");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_folder_is_exit_3_before_anything_is_driven() {
    let Some(disk) = Mounted::new("ro") else { return };
    let artifacts = disk.0.path().display().to_string();
    let (code, _, err) =
        binary(&["run", "--quiet", "--url", "http://127.0.0.1:9/", "--artifacts", &artifacts]);
    assert!(code == 3 && err.contains("cannot read or write") && err.contains("--artifacts"), "{code} {err}");
}
