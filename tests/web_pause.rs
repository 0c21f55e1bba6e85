//! `--pause`: a visible browser on a screen (Xvfb), and a person who solves the captcha in it and presses Enter. The
//! person is played through the browser's own debugging line: keys on the slider, nothing of candor's.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use candor::sample::Sample;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

const PHONE: &str = "13800138123";

/// A screen of its own, gone when dropped.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn open() -> Display {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1400x1200x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb, which `scripts/install --tests` installs");
        let mut number = String::new();
        BufReader::new(server.stdout.take().expect("its output")).read_line(&mut number).expect("a number");
        Display { server, name: format!(":{}", number.trim()) }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// One line to a browser, over which its pages can be told to do things.
struct Line(tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>);

impl Line {
    /// To the browser with this profile: it says there where it listens.
    async fn to(profile: &Path) -> Option<Line> {
        let told = std::fs::read_to_string(profile.join("DevToolsActivePort")).ok()?;
        let (port, path) = told.trim().split_once('\n')?;
        let (line, _) =
            tokio_tungstenite::connect_async(format!("ws://127.0.0.1:{port}{path}")).await.ok()?;
        Some(Line(line))
    }
    async fn call(&mut self, session: Option<&str>, method: &str, params: Value) -> Value {
        let mut call = json!({"id": 1, "method": method, "params": params});
        if let Some(session) = session {
            call["sessionId"] = json!(session);
        }
        self.0.send(Message::text(call.to_string())).await.expect("sends");
        while let Some(Ok(message)) = self.0.next().await {
            let answer: Value = serde_json::from_str(message.to_text().unwrap_or("")).unwrap_or_default();
            if answer["id"] == 1 {
                return answer["result"].clone();
            }
        }
        panic!("the browser closed the line")
    }
    /// Drags the slider of whichever page has one to its end, by the keyboard; whether there was one.
    async fn solve(&mut self) -> bool {
        let targets = self.call(None, "Target.getTargets", json!({})).await;
        for target in targets["targetInfos"].as_array().into_iter().flatten().filter(|t| t["type"] == "page")
        {
            let (id, flat) = (&target["targetId"], true);
            let attached =
                self.call(None, "Target.attachToTarget", json!({"targetId": id, "flatten": flat})).await;
            let session = attached["sessionId"].as_str().expect("a session").to_owned();
            let of = |expression: &str| json!({"expression": expression, "returnByValue": true});
            let focus =
                of("document.querySelector('input[type=range]')?.focus() ?? document.activeElement.type");
            if self.call(Some(&session), "Runtime.evaluate", focus).await["result"]["value"] != "range" {
                continue;
            }
            for kind in ["keyDown", "keyUp"] {
                let key = json!({"type": kind, "key": "End", "code": "End", "windowsVirtualKeyCode": 35});
                self.call(Some(&session), "Input.dispatchKeyEvent", key).await;
            }
            let value = of("document.activeElement.value");
            return self.call(Some(&session), "Runtime.evaluate", value).await["result"]["value"] == "100";
        }
        false
    }
}

/// Solves the captcha in whichever browser of this folder shows one.
async fn person(profiles: &Path) -> bool {
    for entry in std::fs::read_dir(profiles).expect("lists").flatten() {
        if entry.file_name().to_string_lossy().starts_with("candor-profile-")
            && let Some(mut line) = Line::to(&entry.path()).await
            && line.solve().await
        {
            return true;
        }
    }
    false
}

fn scenario(sample: &Sample) -> String {
    format!(
        "app:\n  name: 小满集市\n  target:\n    web: \"{}\"\nprobes:\n  delete_account:\n    steps: [{{ tap: 我的 }}, {{ tap: 设置 }}, {{ tap: 隐私设置 }}]\npersona: {{ phone: \"{PHONE}\" }}\naccount:\n  register: {{}}\n  code: {{ url: \"{}api/outbox\" }}\nallow: [delete_account]\n",
        sample.variant(&[("6.2", "captcha")]),
        sample.url()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_captcha_is_solved_by_a_person_in_the_visible_browser() {
    let sample = Sample::start(0).await.expect("the sample app");
    let display = Display::open();
    let folder = tempfile::tempdir().expect("a folder");
    let (profiles, artifacts) = (folder.path().join("tmp"), folder.path().join("artifacts"));
    std::fs::create_dir(&profiles).expect("creates");
    let path = folder.path().join("scenario.yaml");
    std::fs::write(&path, scenario(&sample)).expect("writes");
    let mut run = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["run", "--quiet", "--pause"])
        .arg(&path)
        .arg("--artifacts")
        .arg(&artifacts)
        .env("DISPLAY", &display.name)
        .env("TMPDIR", &profiles)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let errors = BufReader::new(run.stderr.take().expect("its errors"));
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let reading = tokio::task::spawn_blocking(move || {
        errors.lines().map_while(Result::ok).for_each(|line| drop(tell.send(line)));
    });
    let mut keyboard = run.stdin.take().expect("its input");
    let (mut asked, mut said) = (Vec::new(), String::new());
    while let Ok(Some(line)) = tokio::time::timeout(Duration::from_secs(180), told.recv()).await {
        if line.contains("Please do this") {
            asked.push(line.clone());
        }
        if line.contains("Press Enter") {
            assert!(person(&profiles).await, "a page with a slider is open in a visible browser");
            keyboard.write_all(b"\n").expect("types");
        }
        said.push_str(&line);
        said.push('\n');
    }
    let status = tokio::task::spawn_blocking(move || run.wait()).await.expect("waits").expect("ends");
    reading.await.expect("reads");
    assert_eq!(status.code(), Some(0), "{said}");
    assert_eq!(asked.len(), 1, "one captcha is asked for once: {asked:?}");
    assert!(asked[0].contains("滑块"), "{asked:?}");
    assert!(!sample.has_account(PHONE), "the account is cancelled");
    let recorded = std::fs::read_dir(&artifacts).expect("lists").flatten().next().expect("one run").path();
    let findings: Value =
        serde_json::from_str(&std::fs::read_to_string(recorded.join("findings.json")).expect("findings"))
            .expect("JSON");
    for item in ["6.2", "6.4"] {
        let finding = findings["findings"].as_array().into_iter().flatten().find(|f| f["item"] == item);
        assert_eq!(finding.expect("is there")["verdict"], "conforms", "{item}: {said}");
    }
}
