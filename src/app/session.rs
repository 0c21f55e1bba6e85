//! One WebDriver session: commands with a time limit, and errors in our words.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use fantoccini::error::{CmdError, NewSessionError};
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use http::Method;
use serde_json::{Value, json};

use super::AppError;

/// A command that takes longer than this hangs (s). A screenshot takes 0.2 s, a page load is bounded below it.
pub const COMMAND: u64 = 45;
/// What a finger or a keyboard does to a page whose time is ours hangs after this (s); it takes less than one.
const GESTURE: u64 = 30;

/// Any command of the session, by its path below `/session/{id}/`.
#[derive(Debug)]
struct Raw {
    method: Method,
    path: String,
    body: Option<Value>,
}

impl WebDriverCompatibleCommand for Raw {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }
    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        (self.method.clone(), self.body.as_ref().map(Value::to_string))
    }
}

/// How long a command goes unanswered before its session's [`Push`] is used, and again each time.
const PATIENCE: Duration = Duration::from_millis(150);

/// What helps a driver on that gives no answer.
pub trait Push: std::fmt::Debug + Send + Sync {
    /// Called while a command goes unanswered; `first` is the first time for it.
    fn push(&self, first: bool);
}

/// What the driver was asked and how long its answers took, over all sessions of an app.
#[derive(Debug, Default)]
pub struct Meter {
    commands: AtomicU64,
    micros: AtomicU64,
}

impl Meter {
    /// Commands so far, and the time that the driver took for them.
    pub fn read(&self) -> (u64, Duration) {
        (self.commands.load(Ordering::Relaxed), Duration::from_micros(self.micros.load(Ordering::Relaxed)))
    }

    pub fn add(&self, time: Duration) {
        self.commands.fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(u64::try_from(time.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

/// A session with a browser or a phone.
#[derive(Debug)]
pub struct Session {
    client: Client,
    meter: Arc<Meter>,
    push: Option<Arc<dyn Push>>,
}

impl Session {
    /// Opens a session on a driver.
    ///
    /// # Errors
    /// When the driver cannot be reached, refuses, or does not answer within `limit` seconds.
    pub async fn open(
        driver: &str,
        capabilities: Capabilities,
        limit: u64,
        meter: Arc<Meter>,
    ) -> Result<Session, AppError> {
        let begun = Instant::now();
        let no_session = |why: String| AppError::NoSession { at: driver.to_owned(), why };
        let mut builder = ClientBuilder::rustls().map_err(|e| no_session(e.to_string()))?;
        builder.capabilities(capabilities);
        let client = tokio::time::timeout(Duration::from_secs(limit), builder.connect(driver))
            .await
            .map_err(|_| AppError::Hung { command: "new session".into(), seconds: limit })?
            .map_err(|e: NewSessionError| no_session(refusal(&e)))?;
        meter.add(begun.elapsed());
        Ok(Session { client, meter, push: None })
    }

    /// What the driver said of a capability when it opened the session.
    pub fn capability(&self, name: &str) -> Option<&Value> {
        self.client.capabilities()?.get(name)
    }

    /// Sets what is done while a command gets no answer.
    pub fn set_push(&mut self, push: Arc<dyn Push>) {
        self.push = Some(push);
    }

    /// Waits for a command's answer, at most `limit`, and helps the driver on meanwhile.
    async fn answer(&self, command: Raw, limit: Duration) -> Option<Result<Value, CmdError>> {
        let begun = Instant::now();
        let mut answer = std::pin::pin!(self.client.issue_cmd(command));
        let Some(push) = &self.push else { return tokio::time::timeout(limit, answer).await.ok() };
        let mut first = true;
        while begun.elapsed() < limit {
            match tokio::time::timeout(PATIENCE, &mut answer).await {
                Ok(answer) => return Some(answer),
                Err(_) => push.push(std::mem::replace(&mut first, false)),
            }
        }
        None
    }

    /// Runs a command, at most [`COMMAND`] seconds, a gesture [`GESTURE`], and gives its value.
    async fn command(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value, AppError> {
        let command = Raw { method, path: path.to_owned(), body };
        let begun = Instant::now();
        let seconds = if path == "actions" && self.push.is_some() { GESTURE } else { COMMAND };
        let answer = self.answer(command, Duration::from_secs(seconds)).await;
        self.meter.add(begun.elapsed());
        match answer {
            None => Err(AppError::Hung { command: path.to_owned(), seconds }),
            Some(Err(e)) => Err(explain(path, &e)),
            Some(Ok(value)) => Ok(value),
        }
    }

    pub async fn post(&self, path: &str, body: Value) -> Result<Value, AppError> {
        self.command(Method::POST, path, Some(body)).await
    }
    pub async fn get(&self, path: &str) -> Result<Value, AppError> {
        self.command(Method::GET, path, None).await
    }
    pub async fn delete(&self, path: &str) -> Result<Value, AppError> {
        self.command(Method::DELETE, path, None).await
    }

    /// Runs a script's body in the page and gives what it returns.
    pub async fn script(&self, body: &str, argument: Value) -> Result<Value, AppError> {
        self.post("execute/sync", json!({"script": body, "args": [argument]})).await
    }

    /// As [`Session::script`], for a script that calls its last argument when it is done.
    pub async fn script_async(&self, body: &str, argument: Value) -> Result<Value, AppError> {
        self.post("execute/async", json!({"script": body, "args": [argument]})).await
    }

    /// Takes a picture of the screen, as PNG; `None` where the driver refuses it.
    pub async fn take_picture(&self) -> Result<Option<Vec<u8>>, AppError> {
        match self.get("screenshot").await {
            Ok(value) => Ok(value
                .as_str()
                .and_then(|text| base64::engine::general_purpose::STANDARD.decode(text).ok())),
            Err(e) if e.is_fatal() => Err(e),
            Err(_) => Ok(None),
        }
    }

    /// A command of the browser's own protocol; drivers that do not pass it on refuse.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value, AppError> {
        self.post("goog/cdp/execute", json!({"cmd": command, "params": parameters})).await
    }

    /// Ends the session and its browser; a driver that is gone already is no error.
    pub async fn close(self) {
        let _ = tokio::time::timeout(Duration::from_secs(10), self.client.close()).await;
    }
}

/// Why a session was not opened, for a reader who knows nothing of HTTP clients.
fn refusal(error: &NewSessionError) -> String {
    let said = error.to_string();
    if said.contains("(Connect)") { "nothing answers there".to_owned() } else { said }
}

/// An error of the driver in our words: refused, gone, or nonsense.
fn explain(command: &str, error: &CmdError) -> AppError {
    let command = command.to_owned();
    match error {
        CmdError::Standard(e) => {
            let why = format!("{}: {}", e.error(), e.message.lines().next().unwrap_or_default());
            // The session or the browser is no more: not a refusal that could be lived with.
            if why.contains("invalid session id")
                || why.contains("disconnected")
                || why.contains("not connected to DevTools")
                || why.contains("tab crashed")
            {
                return AppError::Gone(why);
            }
            AppError::Refused { command, why }
        }
        CmdError::Failed(e) => AppError::Gone(e.to_string()),
        CmdError::FailedC(e) => AppError::Gone(e.to_string()),
        CmdError::Lost(e) => AppError::Gone(e.to_string()),
        other => AppError::Nonsense { command, why: other.to_string() },
    }
}
