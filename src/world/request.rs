//! A request of the app's as data: what was sent, where to, when, and how much of it could be read.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a request was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// A page of its own, or one in a frame.
    Document,
    /// `fetch`, `XMLHttpRequest`, or whatever an app's own code asks for.
    Fetch,
    /// Sent without waiting for an answer: `sendBeacon`, `<a ping>`, `keepalive`.
    Beacon,
    /// A message to the other end of a WebSocket, or the request that opened it.
    WebSocket,
    Image,
    Script,
    Style,
    Font,
    Media,
    #[default]
    Other,
}

impl RequestKind {
    /// Returns its word in the timeline and in tables.
    pub fn word(self) -> &'static str {
        match self {
            RequestKind::Document => "document",
            RequestKind::Fetch => "fetch",
            RequestKind::Beacon => "beacon",
            RequestKind::WebSocket => "websocket",
            RequestKind::Image => "image",
            RequestKind::Script => "script",
            RequestKind::Style => "style",
            RequestKind::Font => "font",
            RequestKind::Media => "media",
            RequestKind::Other => "other",
        }
    }
}

/// What a request carried beside its address and headers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Body {
    #[default]
    None,
    Bytes(Vec<u8>),
    /// There was one, and it could not be had.
    Missing {
        /// Bytes, where they are known.
        size: Option<u64>,
        why: String,
    },
}

impl Body {
    /// Returns how many bytes it has, where that is known.
    pub fn size(&self) -> Option<u64> {
        match self {
            Body::None => Some(0),
            Body::Bytes(bytes) => Some(bytes.len() as u64),
            Body::Missing { size, .. } => *size,
        }
    }
}

/// One request that left the device.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// When it was made.
    pub at: Timestamp,
    pub kind: RequestKind,
    /// `GET`, `POST`, …
    pub method: String,
    /// The whole address, with query and fragment.
    pub address: String,
    /// Names and values, in order; cookies among them.
    pub headers: Vec<(String, String)>,
    pub body: Body,
    /// Address of the document that made it; empty where that is not known.
    pub from: String,
    /// Address of the script that made it; empty where that is not known.
    pub script: String,
    /// The address that led here by a redirect.
    pub redirected_from: Option<String>,
    /// It loads the page itself, not something inside of it.
    pub main: bool,
    /// What the server answered, where that was known when it was recorded.
    pub status: Option<u16>,
    /// Why no server answered, where the platform tells.
    pub failed: Option<String>,
    /// Milliseconds from request to answer, where both were seen.
    pub took: Option<f64>,
}

impl Default for Request {
    fn default() -> Request {
        Request {
            at: Timestamp::UNIX_EPOCH,
            kind: RequestKind::default(),
            method: "GET".to_owned(),
            address: String::new(),
            headers: Vec::new(),
            body: Body::None,
            from: String::new(),
            script: String::new(),
            redirected_from: None,
            main: false,
            status: None,
            failed: None,
            took: None,
        }
    }
}

impl Request {
    /// Returns the first header with a name, in whatever case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Returns the host of its address in lower case, with the port where it is not the scheme's own; empty where the
    /// address is none.
    pub fn host(&self) -> String {
        host_of(&self.address)
    }
}

/// Returns the host of an address in lower case, with the port where it is not the scheme's own.
pub fn host_of(address: &str) -> String {
    let Ok(url) = url::Url::parse(address) else { return String::new() };
    let host = url.host_str().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    match url.port() {
        Some(port) if !host.is_empty() => format!("{host}:{port}"),
        _ => host,
    }
}
