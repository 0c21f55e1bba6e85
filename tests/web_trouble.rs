//! Apps that are hard to drive, and drivers that fail: a clear error, and the recording whole.

use crate::support::shop::Shop;
use crate::support::{assert_verdict, candor, candor_with, scenario};
use candor::recording::Recording;
use candor::sample::Sample;

const PROBES: &[&str] = &["first_run", "find_policy", "read_policy"];

macro_rules! odd {
    ($($name:ident: $value:literal;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let name = concat!("trouble/odd/", $value);
                let shop = match DRIVEN.contains(&$value) {
                    true => Shop::driven(name).await,
                    false => Shop::kept(name).await,
                };
                let run = shop.audit(&[("odd", $value)], PROBES, "").await;
                for item in ["1.1", "1.2", "1.3"] {
                    assert_verdict(&run, item, "conforms");
                }
                // A policy without simplified Chinese is hard to read, however well it is set.
                let hard = $value == "english";
                if hard {
                    assert_verdict(&run, "1.4", "violation");
                }
                assert_eq!(run.code, i32::from(hard), "{}\n{}", run.out, run.err);
                if shop.is_driven() {
                    assert_eq!(Recording::verify(&run.folder()).expect("verifies"), []);
                }
            }
        )*
    };
}

/// Driven by every run of the suite; the others are judged as they were kept.
const DRIVEN: &[&str] = &["never-settles", "alert", "leaves"];

odd! {
    a_page_that_never_settles: "never-settles";
    a_page_of_50_000_nodes: "huge";
    a_page_whose_words_change: "counter";
    a_page_of_plain_divs: "div-soup";
    an_alert_on_the_main_screen: "alert";
    an_app_in_english: "english";
    an_app_with_hostile_texts: "hostile";
    an_app_that_leads_elsewhere: "leaves";
}

#[tokio::test(flavor = "multi_thread")]
async fn a_url_that_refuses_is_exit_3_and_says_so() {
    let run = candor(&["run", "--quiet", "--url", "http://127.0.0.1:9/"]).await;
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(run.err.contains("http://127.0.0.1:9/") && run.err.contains("being served"), "{}", run.err);
    assert_verdict(&run, "1.1", "not_tested");
    assert_eq!(Recording::verify(&run.folder()).expect("verifies"), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_driver_that_is_missing_is_exit_3_and_says_how_to_get_it() {
    let run = candor_with(
        &["run", "--quiet", "--url", "http://127.0.0.1:9/"],
        &[("PATH", "/nonexistent"), ("CANDOR_CHROMEDRIVER", "")],
    )
    .await;
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(run.err.contains("chromedriver") && run.err.contains("not found"), "{}", run.err);
}

/// Runs a long search, does `harm` to the process with this number once it is under way, and gives the folder
/// of the run and what was printed. Whatever the harm: exit 3, and a recording that is whole up to there.
async fn harmed(harm: impl FnOnce(u32)) -> String {
    let sample = Sample::start(0).await.expect("the sample app");
    let folder = tempfile::tempdir().expect("a folder");
    let file = scenario(folder.path(), &sample.variant(&[("1.1", "none")]), PROBES);
    let artifacts = tempfile::tempdir().expect("a folder");
    let child = tokio::process::Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["run", "--quiet"])
        .arg(&file)
        .arg("--artifacts")
        .arg(artifacts.path())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("starts");
    let enough = |timeline: &str| timeline.matches("operation_done").count() > 4;
    let run = crate::support::under_way(artifacts.path(), enough).await;
    harm(child.id().expect("an id"));
    let output = child.wait_with_output().await.expect("ends");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{err}");
    assert_eq!(Recording::verify(&run).expect("verifies"), []);
    assert!(Recording::open(&run).expect("opens").incomplete);
    assert!(run.join("findings.json").exists() && run.join("junit.xml").exists());
    err
}

fn ends(program: &str, arguments: &[&str]) {
    assert!(std::process::Command::new(program).args(arguments).status().expect("runs").success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_driver_killed_mid_run_is_exit_3_and_the_recording_is_whole() {
    let err = harmed(|candor| ends("pkill", &["-9", "-P", &candor.to_string(), "chromedriver"])).await;
    assert!(err.contains("the driver is gone"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_is_exit_3_and_the_recording_is_whole() {
    let err = harmed(|candor| ends("kill", &["-INT", &candor.to_string()])).await;
    assert!(err.contains("stopped by the user"), "{err}");
}

/// A server that is no WebDriver: says `answer` to whatever comes, or nothing at all.
fn impostor(answer: Option<&'static str>) -> String {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        let mut silent = Vec::new();
        for mut socket in listener.incoming().flatten() {
            match answer {
                Some(text) => {
                    let _ = socket.read(&mut [0; 4096]);
                    let _ = write!(
                        socket,
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{text}",
                        text.len()
                    );
                }
                None => silent.push(socket),
            }
        }
    });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn a_driver_that_hangs_or_lies_is_exit_3_and_says_which() {
    let lies = impostor(Some("{\"value\": 42}"));
    let hangs = impostor(None);
    for (driver, word) in [(lies, "did not start a session"), (hangs, "gave no answer")] {
        let run = candor(&["run", "--quiet", "--url", "http://127.0.0.1:1/", "--driver", &driver]).await;
        assert_eq!(run.code, 3, "{}", run.err);
        assert!(run.err.contains(word), "{}", run.err);
        assert_eq!(Recording::verify(&run.folder()).expect("verifies"), []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_off_run_is_sealed_and_signed_as_far_as_it_got() {
    let keys = tempfile::tempdir().expect("a folder");
    let private = keys.path().join("auditor.pem").display().to_string();
    let public = format!("{private}.pub");
    let binary = |args: &[&str]| {
        let output =
            std::process::Command::new(env!("CARGO_BIN_EXE_candor")).args(args).output().expect("runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(binary(&["keygen", &private]).0, Some(0));
    let run = candor(&["run", "--quiet", "--url", "http://127.0.0.1:9/", "--sign", &private]).await;
    assert_eq!(run.code, 3, "{}\n{}", run.out, run.err);
    let folder = run.folder();
    let recording = folder.to_str().expect("a path");
    let (code, said) = binary(&["verify", recording, "--key", &public]);
    assert!(code == Some(0) && said.contains("signed by the key that was asked for"), "{said}");
    let seal = folder.join("seal.json");
    let changed =
        std::fs::read_to_string(&seal).expect("a seal").replace("\"whole\": false", "\"whole\": true");
    std::fs::write(&seal, changed).expect("writes");
    let (code, said) = binary(&["verify", recording]);
    assert!(code == Some(1) && said.contains("seal.sig: the signature does not stand"), "{said}");
    let unreadable = candor(&["run", "--quiet", "--url", "http://127.0.0.1:9/", "--sign", &public]).await;
    assert_eq!(unreadable.code, 2);
    assert!(unreadable.err.contains("no private ed25519 key"), "{}", unreadable.err);
}
