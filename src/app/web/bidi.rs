//! WebDriver BiDi: the second line to the browser, over which it tells what pages call for while we drive them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use jiff::{Timestamp, Unit};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use crate::app::AppError;
use crate::world::access::{Access, AccessKind, Standing};

/// A command that takes longer than this hangs (it takes milliseconds).
const COMMAND: Duration = Duration::from_secs(15);
/// How long is waited for the line to close: a driver that hangs does not answer.
const CLOSING: Duration = Duration::from_secs(2);
/// The channel on which the watching script tells.
const CHANNEL: &str = "candor";
/// Longest text kept of what a page says of itself (characters): addresses can be made of any length.
const LONGEST: usize = 300;

/// Permissions by their name here and the one the browser knows them by.
pub const PERMISSIONS: [(&str, &str); 9] = [
    ("location", "geolocation"),
    ("camera", "camera"),
    ("microphone", "microphone"),
    ("notifications", "notifications"),
    ("clipboard", "clipboard-read"),
    ("idle", "idle-detection"),
    ("fonts", "local-fonts"),
    ("storage_access", "storage-access"),
    ("midi", "midi"),
];

/// What was heard and not yet taken, and how each permission stands.
#[derive(Debug, Default)]
struct Heard {
    accesses: Vec<Access>,
    standings: BTreeMap<String, Standing>,
}

type Waiting = (Value, oneshot::Sender<Value>);

/// The open line.
#[derive(Debug)]
pub struct Bidi {
    commands: mpsc::Sender<Waiting>,
    heard: Arc<Mutex<Heard>>,
    task: tokio::task::JoinHandle<()>,
    script: Option<String>,
}

impl Bidi {
    /// Connects, and has every document tell of its calls from now on.
    ///
    /// # Errors
    /// When the line cannot be opened or the browser does not take the script.
    pub async fn open(address: &str) -> Result<Bidi, AppError> {
        let gone = |why: String| AppError::Gone(format!("WebDriver BiDi at {address}: {why}"));
        let connecting = tokio_tungstenite::connect_async(address);
        let (socket, _) = tokio::time::timeout(COMMAND, connecting)
            .await
            .map_err(|_| gone("no answer".into()))?
            .map_err(|e| gone(e.to_string()))?;
        let heard = Arc::new(Mutex::new(Heard::default()));
        let (commands, mut given) = mpsc::channel::<Waiting>(16);
        let ears = heard.clone();
        let task = tokio::spawn(async move {
            let (mut out, mut from) = socket.split();
            let mut waiting: HashMap<u64, oneshot::Sender<Value>> = HashMap::new();
            let mut number = 0u64;
            loop {
                tokio::select! {
                    command = given.recv() => {
                        let Some((mut command, answer)) = command else { break };
                        number += 1;
                        command["id"] = json!(number);
                        waiting.insert(number, answer);
                        if out.send(Message::text(command.to_string())).await.is_err() { break }
                    }
                    message = from.next() => {
                        let Some(Ok(message)) = message else { break };
                        let Ok(text) = message.to_text() else { continue };
                        let Ok(mut value) = serde_json::from_str::<Value>(text) else { continue };
                        if let Some(answer) = value["id"].as_u64().and_then(|id| waiting.remove(&id)) {
                            let _ = answer.send(value);
                        } else if value["method"] == "script.message" && value["params"]["channel"] == CHANNEL {
                            hear(&ears, &plain(&value["params"]["data"].take()));
                        }
                    }
                }
            }
            // With a code: a proxy between (Appium's) passes on what it gets, and ends itself over a line that broke
            // off or was closed with none.
            let why = CloseFrame { code: CloseCode::Normal, reason: "".into() };
            if out.send(Message::Close(Some(why))).await.is_ok() {
                while let Some(Ok(_)) = from.next().await {}
            }
        });
        let mut bidi = Bidi { commands, heard, task, script: None };
        bidi.command("session.subscribe", json!({"events": ["script.message"]})).await?;
        bidi.watch(0).await?;
        Ok(bidi)
    }

    /// Closes the line in due form, before the session is ended under it.
    pub async fn close(self) {
        let Bidi { commands, task, .. } = self;
        // Without anyone to give commands, the task says goodbye and ends.
        drop(commands);
        let _ = tokio::time::timeout(CLOSING, task).await;
    }

    /// Sets the watching script anew, with the clock of every later document moved forward.
    pub async fn watch(&mut self, hours: u32) -> Result<(), AppError> {
        if let Some(script) = self.script.take() {
            self.command("script.removePreloadScript", json!({"script": script})).await?;
        }
        let arguments = json!([{"type": "channel", "value": {"channel": CHANNEL}}]);
        // Only a channel can be an argument of a preload script: the hours are written into it.
        let script = format!("(tell) => ({})(tell, {hours})", include_str!("watch.js"));
        let added = self
            .command(
                "script.addPreloadScript",
                json!({"functionDeclaration": script, "arguments": arguments}),
            )
            .await?;
        self.script = added["script"].as_str().map(str::to_owned);
        Ok(())
    }

    /// Sets how a permission stands for an origin; false where the browser does not know it.
    pub async fn set_permission(
        &self,
        name: &str,
        standing: Standing,
        origin: &str,
    ) -> Result<bool, AppError> {
        let Some((_, descriptor)) = PERMISSIONS.iter().find(|(known, _)| *known == name) else {
            return Ok(false);
        };
        let state = match standing {
            Standing::Unanswered => "prompt",
            Standing::Granted => "granted",
            Standing::Refused => "denied",
        };
        let wish = json!({"descriptor": {"name": descriptor}, "state": state, "origin": origin});
        match self.command("permissions.setPermission", wish).await {
            Ok(_) => {
                self.lock().standings.insert(name.to_owned(), standing);
                Ok(true)
            }
            Err(AppError::Refused { .. }) => Ok(false),
            Err(e) => Err(e),
        }
    }

    /// What pages called for since this was asked last.
    pub fn take(&self) -> Vec<Access> {
        std::mem::take(&mut self.lock().accesses)
    }

    fn lock(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn command(&self, method: &str, params: Value) -> Result<Value, AppError> {
        let gone = || AppError::Gone(format!("WebDriver BiDi: the line closed at {method}"));
        let (answer, answered) = oneshot::channel();
        self.commands
            .send((json!({"method": method, "params": params}), answer))
            .await
            .map_err(|_| gone())?;
        let mut value = tokio::time::timeout(COMMAND, answered)
            .await
            .map_err(|_| AppError::Hung { command: method.to_owned(), seconds: COMMAND.as_secs() })?
            .map_err(|_| gone())?;
        if value["error"].is_string() {
            let why = value["message"].as_str().unwrap_or_default().chars().take(LONGEST).collect();
            return Err(AppError::Refused { command: method.to_owned(), why });
        }
        Ok(value["result"].take())
    }
}

/// What the watching script tells of one call.
#[derive(Debug, Deserialize)]
struct Told {
    kind: AccessKind,
    what: String,
    call: String,
    from: String,
    script: String,
    framed: bool,
    hand: bool,
}

fn hear(heard: &Mutex<Heard>, told: &Value) {
    let Ok(told) = Told::deserialize(told) else { return };
    let short = |text: String| text.chars().take(LONGEST).collect::<String>();
    let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
    let standing = (told.kind == AccessKind::Ask)
        .then(|| heard.standings.get(&told.what).copied().unwrap_or(Standing::Unanswered));
    heard.accesses.push(Access {
        at: Timestamp::now().round(Unit::Millisecond).unwrap_or_default(),
        kind: told.kind,
        what: short(told.what),
        call: short(told.call),
        from: short(told.from),
        script: short(without_query(&told.script)),
        framed: told.framed,
        by_hand: told.hand,
        standing,
    });
}

fn without_query(address: &str) -> String {
    address.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// A value as BiDi sends it (`{"type": "object", "value": [["key", …]]}`) as plain JSON.
fn plain(value: &Value) -> Value {
    match value["type"].as_str() {
        Some("object") => {
            let pairs = value["value"].as_array().into_iter().flatten();
            pairs.filter_map(|pair| Some((pair[0].as_str()?.to_owned(), plain(&pair[1])))).collect()
        }
        Some("string" | "boolean" | "number") => value["value"].clone(),
        _ => Value::Null,
    }
}

#[cfg(test)]
#[path = "bidi_tests.rs"]
mod tests;
