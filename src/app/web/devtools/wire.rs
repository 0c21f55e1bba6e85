//! The socket of the side line: commands out, answers and events in, and our word on requests that wait.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::budget::POLICY;
use super::hold::Asked;
use super::targets::State;
use crate::language::request;

/// Longest message that is taken (bytes): a request's body of many megabytes comes with its event.
const LONGEST: usize = 512 << 20;

/// How long the line may take to open.
pub const OPENING: Duration = Duration::from_secs(5);

pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What is done with an answer.
#[derive(Debug)]
pub enum Reply {
    Nothing,
    Caller(oneshot::Sender<Value>),
    /// It is the answer to a budget.
    Time,
}

/// A command to send.
#[derive(Debug)]
pub struct Order {
    /// The target's session; the browser itself without it.
    pub session: Option<String>,
    pub method: String,
    pub params: Value,
    pub reply: Reply,
}

/// Who waits for an answer.
enum Waiting {
    Caller(oneshot::Sender<Value>),
    /// The body of a request that waits for our word, in this session.
    Body(String, Box<Asked>),
    /// The body of a request that was sent: its session and its number.
    Sent(String, String),
    /// The answer to a budget of this session.
    Time(String),
}

/// Connects to the endpoint.
///
/// # Errors
/// When nothing answers there in time: a sentence for the recording.
pub async fn connect(endpoint: &str) -> Result<Socket, String> {
    let config = WebSocketConfig::default().max_message_size(Some(LONGEST)).max_frame_size(Some(LONGEST));
    let connecting = tokio_tungstenite::connect_async_with_config(endpoint, Some(config), true);
    let connected = tokio::time::timeout(OPENING, connecting).await;
    connected
        .map_err(|_| "the DevTools line did not open in time".to_owned())?
        .map(|(socket, _)| socket)
        .map_err(|e| format!("the DevTools line did not open: {e}"))
}

/// Runs the line until nobody gives orders any more, or the browser ends it.
pub async fn run(
    socket: Socket,
    mut given: mpsc::UnboundedReceiver<Order>,
    state: Arc<Mutex<State>>,
    beat: watch::Sender<u64>,
) {
    let (out, mut from): (_, SplitStream<Socket>) = socket.split();
    let mut wire = Wire { out, number: 0, waiting: HashMap::new(), state };
    loop {
        tokio::select! {
            order = given.recv() => {
                let Some(order) = order else { break };
                if !wire.send(order).await { break }
            }
            message = from.next() => {
                let Some(Ok(message)) = message else { break };
                let Ok(text) = message.to_text() else { continue };
                let Ok(value) = serde_json::from_str::<Value>(text) else { continue };
                if !wire.take_in(value).await { break }
                beat.send_modify(|count| *count = count.wrapping_add(1));
            }
        }
    }
    let _ = wire.out.send(Message::Close(None)).await;
}

struct Wire {
    out: SplitSink<Socket, Message>,
    number: u64,
    waiting: HashMap<u64, Waiting>,
    state: Arc<Mutex<State>>,
}

impl Wire {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends an order; false where the line is no more.
    async fn send(&mut self, order: Order) -> bool {
        let waiting = match order.reply {
            Reply::Nothing => None,
            Reply::Caller(answer) => Some(Waiting::Caller(answer)),
            Reply::Time => order.session.clone().map(Waiting::Time),
        };
        self.tell(order.session.as_deref(), &order.method, order.params, waiting).await
    }

    async fn tell(
        &mut self,
        session: Option<&str>,
        method: &str,
        params: Value,
        waiting: Option<Waiting>,
    ) -> bool {
        self.number += 1;
        let mut message = json!({"id": self.number, "method": method, "params": params});
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        if let Some(waiting) = waiting {
            self.waiting.insert(self.number, waiting);
        }
        self.out.send(Message::text(message.to_string())).await.is_ok()
    }

    /// Takes in an answer or an event; false where the line is no more.
    async fn take_in(&mut self, mut message: Value) -> bool {
        if let Some(id) = message["id"].as_u64() {
            return match self.waiting.remove(&id) {
                Some(Waiting::Caller(answer)) => {
                    let _ = answer.send(message);
                    true
                }
                Some(Waiting::Body(session, mut asked)) => {
                    match message["result"]["postData"].as_str() {
                        Some(body) => asked.body = body.bytes().take(request::BODY).collect(),
                        // A body that cannot be read, such as a file: its address has to do.
                        None => asked.body.clear(),
                    }
                    self.answer_request(&session, &asked).await
                }
                Some(Waiting::Sent(session, id)) => {
                    let result = &message["result"];
                    let body =
                        result["postData"].as_str().map(|body| (body, result["base64Encoded"] == true));
                    self.lock().sent.note_body(&session, &id, body);
                    true
                }
                Some(Waiting::Time(session)) => {
                    self.lock().note_process(&session, &message["result"]);
                    true
                }
                None => true,
            };
        }
        let session = message["sessionId"].as_str().map(str::to_owned);
        let params = message["params"].take();
        match message["method"].as_str().unwrap_or_default() {
            "Target.attachedToTarget" => {
                let told = self.lock().attach(session.as_deref(), &params);
                for (session, method, params) in told {
                    let waiting = (method == POLICY).then(|| Waiting::Time(session.clone()));
                    if !self.tell(Some(&session), method, params, waiting).await {
                        return false;
                    }
                }
                true
            }
            "Target.detachedFromTarget" => {
                self.lock().detach(&params);
                true
            }
            "Fetch.requestPaused" => self.take_request(session.as_deref().unwrap_or_default(), &params).await,
            method => {
                let Some(session) = &session else { return true };
                let asks = {
                    let mut state = self.lock();
                    state.note(session, method, &params);
                    state.sent.note(session, method, &params)
                };
                match params["requestId"].as_str() {
                    Some(id) if asks => self.ask_body(session, id).await,
                    _ => true,
                }
            }
        }
    }

    /// Asks for the body of a request that was sent: it is too long to come with its event.
    async fn ask_body(&mut self, session: &str, id: &str) -> bool {
        let waiting = Waiting::Sent(session.to_owned(), id.to_owned());
        let params = json!({"requestId": id});
        self.tell(Some(session), "Network.getRequestPostData", params, Some(waiting)).await
    }

    async fn take_request(&mut self, session: &str, params: &Value) -> bool {
        let Some(mut asked) = Asked::read(params) else {
            // Whatever it is, nothing may wait for ever.
            let id = json!({"requestId": params["requestId"]});
            return self.tell(Some(session), "Fetch.continueRequest", id, None).await;
        };
        if self.lock().holding.needs_body(&asked)
            && let Some(id) = asked.body_elsewhere.take()
        {
            let waiting = Waiting::Body(session.to_owned(), Box::new(asked));
            return self
                .tell(Some(session), "Network.getRequestPostData", json!({"requestId": id}), Some(waiting))
                .await;
        }
        self.answer_request(session, &asked).await
    }

    async fn answer_request(&mut self, session: &str, asked: &Asked) -> bool {
        let held = {
            let mut state = self.lock();
            let held = state.holding.decide(asked).is_some();
            if held && let Some(id) = &asked.network {
                state.sent.note_held(id);
            }
            held
        };
        let mut params = json!({"requestId": asked.id});
        if held {
            // A page that is left stays as it is; with any other reason it would become the browser's error page.
            let why = if asked.kind == "Document" { "Aborted" } else { "BlockedByClient" };
            params["errorReason"] = json!(why);
        }
        let method = if held { "Fetch.failRequest" } else { "Fetch.continueRequest" };
        self.tell(Some(session), method, params, None).await
    }
}
