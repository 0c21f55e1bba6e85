//! A real Chromium for looking at pages that candor wrote.

use std::io::BufRead as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};

/// A chromedriver, ended when dropped.
struct Driver(Child, u16);

impl Driver {
    fn start() -> Driver {
        // It ends at once where its port was taken meanwhile.
        (0..5).find_map(|_| Driver::attempt()).expect("chromedriver listens")
    }

    fn attempt() -> Option<Driver> {
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
            .find(|&port| port != 0);
        port.map(|port| Driver(child, port))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A command that fantoccini does not know.
#[derive(Debug)]
struct Raw(http::Method, String, Value);

impl WebDriverCompatibleCommand for Raw {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.1))
    }
    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (self.0.clone(), Some(self.2.to_string()))
    }
}

/// A browser of a phone's or a desk's width.
pub struct Browser {
    client: Client,
    _driver: Driver,
}

impl Browser {
    /// Opens one, `width` CSS px wide, whose user reads `language` (`zh-CN`, `en-US`).
    pub async fn open(width: u32, language: &str) -> Browser {
        let driver = Driver::start();
        let capabilities = json!({
            "browserName": "chrome",
            "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
            "goog:chromeOptions": {
                "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--hide-scrollbars", format!("--lang={language}")],
                "prefs": {"intl.accept_languages": language},
                "mobileEmulation": {"deviceMetrics": {"width": width, "height": 900, "pixelRatio": 1.0, "touch": false, "mobile": true}},
            },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object was written above") };
        let client = ClientBuilder::rustls()
            .expect("certificates")
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.1))
            .await
            .expect("a session");
        let browser = Browser { client, _driver: driver };
        browser.raw("timeouts", json!({"script": 180_000, "pageLoad": 60_000})).await;
        browser
    }

    async fn raw(&self, path: &str, body: Value) -> Value {
        self.client.issue_cmd(Raw(http::Method::POST, path.to_owned(), body)).await.expect("the driver obeys")
    }

    /// Opens a file.
    pub async fn show(&self, file: &Path) {
        let address = url::Url::from_file_path(file.canonicalize().expect("a file")).expect("an address");
        self.client.goto(address.as_str()).await.expect("opens");
    }

    /// Opens an address.
    pub async fn go(&self, address: &str) {
        self.client.goto(address).await.expect("opens");
    }

    /// Touches a point of the page, CSS px.
    pub async fn touch(&self, x: i64, y: i64) {
        let actions = json!([
            {"type": "pointerMove", "duration": 0, "x": x, "y": y, "origin": "viewport"},
            {"type": "pointerDown", "button": 0}, {"type": "pause", "duration": 60}, {"type": "pointerUp", "button": 0},
        ]);
        let finger = json!({"type": "pointer", "id": "finger", "parameters": {"pointerType": "touch"}, "actions": actions});
        self.raw("actions", json!({"actions": [finger]})).await;
    }

    /// Runs a script's body, which may wait for something, and gives what it returns.
    pub async fn script(&self, body: &str) -> Value {
        let body = format!("return (async () => {{ {body} }})()");
        self.client.execute(&body, vec![]).await.expect("the script runs")
    }

    /// Presses keys one after the other.
    pub async fn press(&self, keys: &[char]) {
        let actions: Vec<Value> = keys
            .iter()
            .flat_map(|key| {
                [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})]
            })
            .collect();
        self.raw("actions", json!({"actions": [{"type": "key", "id": "keys", "actions": actions}]})).await;
    }

    /// Shows the page as in the dark, on paper, or as it is.
    pub async fn media(&self, medium: &str, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        let parameters = json!({"media": medium, "features": features});
        self.raw("goog/cdp/execute", json!({"cmd": "Emulation.setEmulatedMedia", "params": parameters}))
            .await;
    }

    /// What axe-core holds against the page: rule and element. `rules` says which rules are run otherwise than usual.
    pub async fn axe(&self, rules: &str) -> Vec<String> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/axe/node_modules/axe-core/axe.min.js");
        let axe =
            std::fs::read_to_string(path).expect("axe-core is there (scripts/install --tests brings it)");
        let run = format!("const rules = {rules};
            const done = arguments[arguments.length - 1];
            axe.run(document, {{ rules, resultTypes: ['violations'] }}).then(
                result => done(result.violations.flatMap(rule => rule.nodes.map(node => `${{rule.id}}: ${{node.html.slice(0, 200)}} ${{node.failureSummary || ''}}`))),
                error => done(['axe failed: ' + error]));");
        self.client.execute(&axe, vec![]).await.expect("axe is loaded");
        let answer = self.client.execute_async(&run, vec![]).await.expect("axe runs");
        serde_json::from_value(answer).expect("a list of texts")
    }

    /// Addresses that the page asked for beside its own, as the browser's own log says; data inside the page is none.
    pub async fn fetched(&self) -> Vec<String> {
        let log = self.raw("se/log", json!({"type": "performance"})).await;
        let messages = log.as_array().cloned().unwrap_or_default();
        assert!(!messages.is_empty(), "the log is kept");
        messages
            .iter()
            .filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok())
            .filter(|message| message["message"]["method"] == "Network.requestWillBeSent")
            .filter_map(|message| Some(message["message"]["params"]["request"]["url"].as_str()?.to_owned()))
            .filter(|url| !url.starts_with("data:"))
            .collect()
    }

    /// What the browser complained of: refused styles, scripts, errors.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.raw("se/log", json!({"type": "browser"})).await;
        let entries = log.as_array().cloned().unwrap_or_default();
        entries.iter().filter_map(|entry| Some(entry["message"].as_str()?.to_owned())).collect()
    }

    /// Ends it.
    pub async fn close(self) {
        let _ = self.client.close().await;
    }
}
