//! What a run leaves as evidence: sealed, judged again offline, masked, replayed, attested to, and readable after whatever
//! ended it.

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use candor::recording::Recording;
use candor::recording::verify::verify;
use candor::sample::Sample;
use support::{Run, candor, scenario};

const PHONE: &str = "13912345678";
const PASSWORD: &str = "Xiaoman#2026";
const NAME: &str = "欧阳小满";

/// Logs in as the persona: the number by name, the password as the scenario's own literal text.
fn log_in(sample: &Sample) -> String {
    format!(
        "app:
  name: 小满集市
  target:
    web: {{ url: \"{}\" }}
probes:
  first_run: {{}}
  sign_in_form:
    steps:
      - tap: 我的
      - tap: 登录 / 注册
      - type: {{ into: {{ role: text_field, text: 请输入手机号码 }}, text: $phone }}
      - type: {{ into: {{ role: text_field, text: 至少 6 位 }}, text: \"{PASSWORD}\" }}
      - observe
      - tap: {{ role: button, text: 登录 }}
      - observe
persona:
  phone: \"{PHONE}\"
  name: {NAME}
  sex: 女
",
        sample.variant(&[("1.3", "four")])
    )
}

fn binary(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_candor")).args(args).output().expect("runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all
}

fn assert_holds_none(run: &Run, secrets: &[&str]) {
    for path in files(&run.folder()) {
        let bytes = std::fs::read(&path).expect("reads");
        let text = String::from_utf8_lossy(&bytes);
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} stands in {}", path.display());
        }
    }
    for secret in secrets {
        assert!(
            !run.out.contains(secret) && !run.err.contains(secret),
            "{secret} was printed: {}{}",
            run.out,
            run.err
        );
    }
}

/// The digits that Tesseract's own program reads on a picture.
fn digits_on(picture: &Path) -> String {
    let output = Command::new("tesseract")
        .arg(picture)
        .args(["-", "-l", "eng", "--psm", "11"])
        .output()
        .expect("tesseract");
    String::from_utf8_lossy(&output.stdout).chars().filter(char::is_ascii_digit).collect()
}

fn pictures(run: &Run) -> impl Iterator<Item = PathBuf> {
    files(&run.folder()).into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "png"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_persona_is_nowhere_in_what_a_run_leaves_and_the_same_run_can_be_made_again() {
    let sample = Sample::start(0).await.expect("the sample app");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("shop.yaml");
    std::fs::write(&file, log_in(&sample)).expect("writes");
    let shown = file.to_str().expect("a path");

    let raw = candor(&["run", shown, "--unmasked"]).await;
    assert!(raw.err.contains("[2/2]") && !raw.err.contains("! sign_in_form"), "{}", raw.err);
    let timeline = std::fs::read_to_string(raw.folder().join("timeline.jsonl")).expect("reads");
    assert!(timeline.contains(PHONE) && timeline.contains(PASSWORD), "the steps were done");
    assert!(timeline.contains("\"unmasked\":true"), "the recording says what it is");
    assert!(
        pictures(&raw).any(|picture| digits_on(&picture).contains(PHONE)),
        "the number can be read on a picture"
    );

    let run = candor(&["run", shown]).await;
    assert!(!run.err.contains("! sign_in_form"), "{}", run.err);
    assert_holds_none(&run, &[PHONE, PASSWORD, NAME, "MTM5MTIzNDU2"]);
    for picture in pictures(&run) {
        let digits = digits_on(&picture);
        assert!(!digits.contains(&PHONE[2..]), "{} shows {digits}", picture.display());
    }
    let timeline = std::fs::read_to_string(run.folder().join("timeline.jsonl")).expect("reads");
    assert!(timeline.contains("‹persona.phone›") && timeline.contains("‹password›"));
    assert_eq!(verify(&run.folder()).expect("looks").differences, []);

    // The same again: the recording says what it lacks, and is believed once it has it.
    let recording = run.folder();
    let recording = recording.to_str().expect("a path");
    let (code, _, err) = binary(&["run", "--from", recording]);
    assert!(code == 2 && err.contains("persona.phone") && err.contains("CANDOR_TYPED_1"), "{err}");
    let again = candor(&["run", "--from", recording, "--persona", shown, "--baseline", recording]).await;
    assert_eq!(again.code, 0, "nothing is new against itself: {}", again.err);
    assert!(!again.err.contains("warning"), "{}", again.err);
    assert_holds_none(&again, &[PHONE, PASSWORD, NAME]);
    let read = |run: &Run| std::fs::read(run.folder().join("scenario.yaml")).expect("a scenario");
    assert_eq!(read(&run), read(&again), "the same scenario is kept in the same bytes");
    let second = again.folder();
    let (code, out, _) = binary(&["compare", recording, second.to_str().expect("a path")]);
    assert!(code == 0 && out.contains("nothing changed"), "{out}");
    std::fs::write(run.folder().join("scenario.yaml"), "app: {}").expect("writes");
    let (code, _, err) = binary(&["run", "--from", recording, "--persona", shown]);
    assert!(code == 2 && err.contains("was changed since it was recorded"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_is_judged_offline_to_the_same_bytes_and_attested_to() {
    let run = support::audit(&[("odd", "hostile"), ("3.4", "preticked")], &["first_run"]).await;
    let folder = run.folder();
    let recording = folder.to_str().expect("a path");
    // Whatever an app is called and says: names of files are candor's own.
    for path in files(&folder) {
        let name = path.strip_prefix(&folder).expect("inside").to_str().expect("plain").to_owned();
        assert!(
            name.bytes().all(|b| b.is_ascii_alphanumeric() || b"./-_".contains(&b)) && !name.contains(".."),
            "{name}"
        );
    }
    let judged = |folder: &str| {
        // A network of its own, with nothing in it.
        let mut command = Command::new("unshare");
        command.args(["-rn", env!("CARGO_BIN_EXE_candor"), "judge", folder, "--format", "json"]);
        let output = command.output().expect("unshare");
        if String::from_utf8_lossy(&output.stderr).contains("unshare failed") {
            eprintln!("SKIPPED: this machine gives no network of its own; judged with the network at hand");
            return binary(&["judge", folder, "--format", "json"]).1.into_bytes();
        }
        output.stdout
    };
    let findings = || std::fs::read(folder.join("findings.json")).expect("findings");
    assert_eq!(judged(recording), findings());

    let hand_in = tempfile::tempdir().expect("a folder");
    let (file, key) = (hand_in.path().join("x\u{202e}$(id).pdf"), hand_in.path().join("auditor.pem"));
    std::fs::write(&file, "signed").expect("writes");
    let (file, key) = (file.to_str().expect("a path"), key.to_str().expect("a path"));
    assert_eq!(binary(&["keygen", key]).0, 0);
    let before = std::fs::read(folder.join("timeline.jsonl")).expect("reads");
    let attest = |item: &str, verdict: &str, more: &[&str]| {
        let note = "</script><b>]]> \u{1b}[31m seen at the office";
        let mut args =
            vec!["attest", recording, item, "--verdict", verdict, "--note", note, "--by", "Li Wei"];
        args.extend(more);
        binary(&args)
    };
    let (code, out, err) = attest("5.2", "conforms", &["--file", file, "--sign", key]);
    assert_eq!(code, 0, "{out}{err}");
    assert_eq!(attest("3.4", "conforms", &["--sign", key]).0, 0);
    let after = std::fs::read(folder.join("timeline.jsonl")).expect("reads");
    assert!(after.starts_with(&before), "what was there is as it was");
    assert_eq!(judged(recording), findings(), "judging again finds the statements too");
    let told = run.finding("5.2");
    assert_eq!(
        (told["verdict"].as_str(), told["attested"][0]["verdict"].as_str()),
        (Some("not_tested"), Some("conforms"))
    );
    assert_eq!(told["attested"][0]["by"], "Li Wei");
    let page = std::fs::read_to_string(folder.join("report.html")).expect("a page");
    assert!(page.contains("Li Wei") && !page.contains("</script><b>"));
    let (code, _, _) = binary(&["judge", recording]);
    assert_eq!(code, 1, "a violation stays one, whatever is attested");
    let public = format!("{key}.pub");
    let (code, out, _) = binary(&["verify", recording, "--key", &public]);
    assert!(code == 0 && out.contains("was added by Li Wei on item 5.2"), "{out}");
    // The signature stands for OpenSSL too.
    let openssl = Command::new("openssl")
        .args([
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            "seal.pub",
            "-rawin",
            "-in",
            "seal.json",
            "-sigfile",
            "seal.sig",
        ])
        .current_dir(&folder)
        .output();
    match openssl {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(e) => eprintln!("SKIPPED: openssl is not here ({e}); its check of the signature was not tried"),
    }
    std::fs::write(folder.join("junit.xml"), "").expect("writes");
    let (code, out, err) = attest("1.1", "conforms", &[]);
    assert!(code == 1 && out.contains("junit.xml") && err.contains("nothing was attested"), "{out}{err}");
    assert_eq!(std::fs::read(folder.join("timeline.jsonl")).expect("reads"), after);
}

/// Kills a run once its timeline has so many lines.
async fn killed_after(lines: usize) -> (tempfile::TempDir, PathBuf) {
    let sample = Sample::start(0).await.expect("the sample app");
    let scenarios = tempfile::tempdir().expect("a folder");
    let file = scenario(scenarios.path(), &sample.variant(&[("1.1", "none")]), &["first_run", "find_policy"]);
    let artifacts = tempfile::tempdir().expect("a folder");
    let mut child = tokio::process::Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["run", "--quiet"])
        .arg(&file)
        .arg("--artifacts")
        .arg(artifacts.path())
        .stdout(Stdio::null())
        .spawn()
        .expect("starts");
    let under_way = || {
        let run = std::fs::read_dir(artifacts.path()).ok()?.next()?.ok()?.path();
        let text = std::fs::read(run.join("timeline.jsonl")).ok()?;
        (text.iter().filter(|&&byte| byte == b'\n').count() >= lines).then_some(run)
    };
    let mut run = None;
    for _ in 0..4000 {
        run = under_way();
        if run.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let id = child.id().expect("an id");
    // Its own chromedriver with its browser would go on without it.
    let drivers = Command::new("pgrep").args(["-P", &id.to_string()]).output().expect("pgrep");
    child.kill().await.expect("killed");
    for driver in String::from_utf8_lossy(&drivers.stdout).lines() {
        let _ = Command::new("pkill").args(["-9", "-P", driver]).status();
        let _ = Command::new("kill").args(["-9", driver]).status();
    }
    (artifacts, run.expect("lines in time"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_run_stays_readable_verifiable_and_says_that_it_is_incomplete() {
    for lines in [1, 4, 9, 14] {
        let (_artifacts, run) = killed_after(lines).await;
        let recording = Recording::open(&run).expect("opens");
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
