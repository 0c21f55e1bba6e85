//! What a run leaves as evidence: sealed, judged again offline, masked, replayed, attested to.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Run, binary, candor};
use candor::recording::verify::verify;
use candor::sample::Sample;

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
    let run = crate::support::audit(&[("odd", "hostile"), ("3.4", "preticked")], &["first_run"]).await;
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
    assert!(code == 1 && out.contains("junit.xml") && err.contains("nothing was added"), "{out}{err}");
    assert_eq!(std::fs::read(folder.join("timeline.jsonl")).expect("reads"), after);
}

/// A prompt that draws a number on a canvas, where no tree tells of it.
const DRAWN: &str =
    "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><title>演示</title>
<div role=dialog aria-modal=true><h2>个人信息保护提示</h2>
<p>请您阅读<a href='#p'>《隐私政策》</a>和<a href='#u'>《用户协议》</a>，同意后开始使用。</p>
<canvas width=360 height=60></canvas><p><button>不同意</button> <button>同意</button></p></div>
<script>const pen = document.querySelector('canvas').getContext('2d');
pen.font = '30px sans-serif'; pen.fillText('139' + '1234' + '5678', 20, 40)</script>";

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_an_app_draws_is_not_painted_over_and_the_run_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.html");
    std::fs::write(&page, DRAWN).expect("writes");
    let file = folder.path().join("drawn.yaml");
    let address = url::Url::from_file_path(&page).expect("an address");
    let text = format!(
        "app:\n  name: 演示\n  target:\n    web: {{ url: \"{address}\" }}\nprobes:\n  first_run: {{}}\npersona:\n  phone: \"{PHONE}\"\n"
    );
    std::fs::write(&file, text).expect("writes");
    let run = candor(&["run", "--quiet", file.to_str().expect("a path")]).await;
    let told = "‹persona.phone› can be read on the picture";
    assert!(run.err.contains(&format!("warning: {told}")), "{}{}", run.out, run.err);
    assert!(pictures(&run).any(|picture| digits_on(&picture).contains(PHONE)), "as it says");
    let trouble = run.timeline().into_iter().find(|entry| entry["event"] == "trouble").expect("an entry");
    assert!(trouble["what"].as_str().is_some_and(|what| what.starts_with(told)), "{trouble}");
    assert_holds_none(&run, &[PHONE]);
    assert_eq!(verify(&run.folder()).expect("looks").differences, []);
}
