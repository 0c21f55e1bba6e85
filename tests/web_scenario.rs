//! Scenario files with the auditor's own steps, a driver that runs already, the demonstration, the explorer.

use std::io::BufRead as _;
use std::process::{Command, Stdio};

use crate::support::{Run, assert_verdict, candor, scenario};
use candor::sample::Sample;

fn write(folder: &tempfile::TempDir, text: &str) -> String {
    let path = folder.path().join("scenario.yaml");
    std::fs::write(&path, text).expect("writes");
    path.to_str().expect("a path").to_owned()
}

fn head(sample: &Sample) -> String {
    format!(
        "app:\n  name: 小满集市\n  target:\n    web: {{ url: \"{}\" }}\n",
        sample.variant(&[("1.3", "deep")])
    )
}

const STEPS: &str = "probes:
  find_policy:
    steps:
      - wait for: 我的
      - tap: 我的
      - tap: { role: link, text: 设置 }
      - tap: 关于我们
      - tap: 法律信息
      - tap: 更多条款
      - tap: { control: policy }
      - observe
  read_policy: {}
  sign_in_form:
    steps:
      - tap: 我的
      - tap: 登录 / 注册
      - type: { into: { role: text_field, text: 请输入手机号码 }, text: $phone }
      - swipe: down
      - back
      - tap: 登录 / 注册
persona:
  phone: \"13912345678\"
thresholds:
  max_operations: 6
";

/// A chromedriver of our own, ended when dropped.
struct Driver(std::process::Child, u16);

impl Driver {
    fn start() -> Driver {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver starts");
        let output = std::io::BufReader::new(child.stdout.take().expect("its output"));
        let port = output
            .lines()
            .map_while(Result::ok)
            .filter_map(|line| line.trim_end_matches('.').rsplit_once("on port ")?.1.parse().ok())
            // "Starting … on port 0" comes first.
            .find(|&port| port != 0)
            .expect("a port");
        Driver(child, port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn own_steps_are_done_on_a_running_driver_and_the_persona_is_masked() {
    let sample = Sample::start(0).await.expect("the sample app");
    let folder = tempfile::tempdir().expect("a folder");
    let file = write(&folder, &format!("{}{STEPS}", head(&sample)));
    let driver = Driver::start();
    let address = format!("http://127.0.0.1:{}/", driver.1);
    let run = candor(&["run", "--quiet", &file, "--driver", &address]).await;
    assert_verdict(&run, "1.1", "conforms");
    assert_verdict(&run, "1.3", "conforms");
    assert_eq!(run.code, 0, "{}\n{}", run.out, run.err);
    let timeline = std::fs::read_to_string(run.folder().join("timeline.jsonl")).expect("a timeline");
    assert!(timeline.contains("‹persona.phone›"));
    assert!(!holds(&run, "13912345678"), "the persona's number is in a file");
    // The driver was not ours to end.
    assert!(std::net::TcpStream::connect(("127.0.0.1", driver.1)).is_ok());
}

fn holds(run: &Run, secret: &str) -> bool {
    let folder = run.folder();
    let files = [folder.clone(), folder.join("screens")].into_iter().flat_map(|folder| {
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path())
    });
    files
        .filter(|path| path.is_file())
        .any(|path| String::from_utf8_lossy(&std::fs::read(path).expect("reads")).contains(secret))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_cannot_be_done_is_named_with_what_the_screen_shows() {
    let sample = Sample::start(0).await.expect("the sample app");
    let folder = tempfile::tempdir().expect("a folder");
    let steps = "probes:\n  find_policy:\n    steps:\n      - tap: 我的\n      - tap: 没有这个\n";
    let file = write(&folder, &format!("{}{steps}", head(&sample)));
    let run = candor(&["run", "--quiet", &file]).await;
    let finding = run.finding("1.3");
    let reason = finding["reason"]["en"].as_str().expect("a reason");
    assert_eq!(finding["verdict"], "not_tested");
    assert!(
        reason.contains("step 2") && reason.contains("没有这个") && reason.contains("收货地址"),
        "{reason}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_shows_a_violation_and_prints_its_folder_last() {
    let run = candor(&["demo", "--quick", "--switch", "3.4=preticked"]).await;
    assert_eq!(run.code, 0, "{}\n{}", run.out, run.err);
    assert_verdict(&run, "3.4", "violation");
    for item in ["1.1", "1.2", "1.3"] {
        assert_verdict(&run, item, "conforms");
    }
    let folder = run.folder();
    assert_eq!(run.out.lines().last(), folder.to_str());
    assert!(run.err.contains("[4/4]"), "progress: {}", run.err);
    for file in
        ["timeline.jsonl", "findings.json", "junit.xml", "report.html", "policy.txt", "screens/0001.png"]
    {
        assert!(folder.join(file).exists(), "{file}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_explorer_prints_the_way_step_by_step() {
    let sample = Sample::start(0).await.expect("the sample app");
    let run = candor(&["explore", "--quiet", "--shortest", sample.url(), "--goal", "policy"]).await;
    assert_eq!(run.code, 0, "{}\n{}", run.out, run.err);
    assert!(run.out.contains("3 operations (fewest: every shorter way was tried)"), "{}", run.out);
    // By the settings or by the log-in form's link: both are three taps.
    for step in ["1. tap “我的”  screens/", "3. tap “", "隐私政策", "  policy  screens/"] {
        assert!(run.out.contains(step), "{}", run.out);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_baseline_has_too_does_not_fail_a_run() {
    let sample = Sample::start(0).await.expect("the sample app");
    let folder = tempfile::tempdir().expect("a folder");
    let url = sample.variant(&[("3.4", "preticked"), ("1.1", "empty")]);
    let path = scenario(folder.path(), &url, &["first_run", "read_policy", "sign_in_form"]);
    let path = path.to_str().expect("a path");
    let baseline = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings/preticked");
    let options = ["run", "--quiet", "--baseline", baseline, path, "--items"];
    let known = candor(&[&options[..], &["3.4"]].concat()).await;
    assert_eq!(known.verdict("3.4"), "violation");
    assert!(
        known.code == 0 && known.err.contains("nothing new against the baseline (1 known)"),
        "{}",
        known.err
    );
    let new = candor(&[&options[..], &["1.1,3.4"]].concat()).await;
    assert!(new.code == 1 && new.err.contains("new against the baseline: 1.1 (1 known)"), "{}", new.err);
}
