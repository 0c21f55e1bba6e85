//! Reads a HAR file entry by entry: no more than one is in memory.

use std::fmt;
use std::io::Read;

use base64::Engine as _;
use jiff::Timestamp;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::world::request::{Body, Request, RequestKind};

/// A HAR file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum HarError {
    #[error("line {line}, column {column}: {why}")]
    Form { line: usize, column: usize, why: String },
    #[error("it holds no `log` with `entries`: it is JSON, and no HAR file")]
    NotHar,
}

/// Reads a HAR file and hands each request to `each`, in the file's order; false from there ends it early. Returns how many
/// entries there were.
///
/// # Errors
/// When it is no JSON, or no HAR: the place and what is wrong there. Entries before it were handed on.
pub fn read_har(from: impl Read, each: &mut dyn FnMut(Request) -> bool) -> Result<usize, HarError> {
    let mut state = State { each, count: 0, log: false, stopped: false };
    let mut deserializer = serde_json::Deserializer::from_reader(WithoutMark::new(from));
    let read = Top(&mut state).deserialize(&mut deserializer).and_then(|()| deserializer.end());
    match read {
        Err(_) if state.stopped => Ok(state.count),
        Err(e) => {
            let why = e.to_string();
            let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why).to_owned();
            Err(HarError::Form { line: e.line(), column: e.column(), why })
        }
        Ok(()) if !state.log => Err(HarError::NotHar),
        Ok(()) => Ok(state.count),
    }
}

/// Leaves out the byte order mark that some tools write.
struct WithoutMark<R> {
    from: std::io::BufReader<R>,
    begun: bool,
}

impl<R: Read> WithoutMark<R> {
    fn new(from: R) -> WithoutMark<R> {
        WithoutMark { from: std::io::BufReader::with_capacity(256 << 10, from), begun: false }
    }
}

impl<R: Read> Read for WithoutMark<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        use std::io::BufRead as _;
        if !self.begun {
            self.begun = true;
            if self.from.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
                self.from.consume(3);
            }
        }
        self.from.read(into)
    }
}

struct State<'a> {
    each: &'a mut dyn FnMut(Request) -> bool,
    count: usize,
    log: bool,
    stopped: bool,
}

struct Top<'a, 'b>(&'a mut State<'b>);

impl<'de> DeserializeSeed<'de> for Top<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a HAR file, which is an object with `log`")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "log" {
                map.next_value_seed(Log(self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct Log<'a, 'b>(&'a mut State<'b>);

impl<'de> DeserializeSeed<'de> for Log<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Log<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("`log` with `entries`")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "entries" {
                self.0.log = true;
                map.next_value_seed(Entries(self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct Entries<'a, 'b>(&'a mut State<'b>);

impl<'de> DeserializeSeed<'de> for Entries<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of entries")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(entry) = seq.next_element::<HarEntry>()? {
            self.0.count += 1;
            for request in entry.into_requests() {
                if !(self.0.each)(request) {
                    self.0.stopped = true;
                    return Err(A::Error::custom("stopped"));
                }
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct HarEntry {
    #[serde(rename = "startedDateTime", default)]
    started: Value,
    #[serde(default)]
    time: Value,
    request: HarRequest,
    #[serde(default)]
    response: Option<HarResponse>,
    #[serde(rename = "_resourceType", default)]
    resource: Value,
    #[serde(rename = "_initiator", default)]
    initiator: Option<Initiator>,
    #[serde(rename = "_webSocketMessages", default)]
    messages: Option<Vec<SocketMessage>>,
}

#[derive(Deserialize)]
struct HarRequest {
    #[serde(default)]
    method: Value,
    url: String,
    #[serde(default)]
    headers: Option<Vec<Pair>>,
    #[serde(default)]
    cookies: Option<Vec<Pair>>,
    #[serde(rename = "postData", default)]
    post: Option<PostData>,
    #[serde(rename = "bodySize", default)]
    size: Value,
}

#[derive(Deserialize)]
struct HarResponse {
    #[serde(default)]
    status: Value,
}

#[derive(Deserialize)]
struct Initiator {
    #[serde(default)]
    url: Value,
}

#[derive(Deserialize)]
struct Pair {
    #[serde(default)]
    name: Value,
    #[serde(default)]
    value: Value,
}

#[derive(Deserialize)]
struct PostData {
    #[serde(rename = "mimeType", default)]
    mime: Value,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    params: Option<Vec<Pair>>,
    /// `base64`, as some tools write it.
    #[serde(alias = "_encoding", default)]
    encoding: Value,
}

#[derive(Deserialize)]
struct SocketMessage {
    #[serde(rename = "type", default)]
    kind: Value,
    #[serde(default)]
    opcode: Value,
    #[serde(default)]
    data: Option<String>,
}

/// Text of a value that should be one; empty for anything else.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

impl HarEntry {
    /// Takes it as the requests that it tells of: itself, and what was sent over its WebSocket.
    fn into_requests(self) -> Vec<Request> {
        let at: Timestamp = text(&self.started).parse().unwrap_or(Timestamp::UNIX_EPOCH);
        let mut headers: Vec<(String, String)> = self
            .request
            .headers
            .iter()
            .flatten()
            .map(|pair| (text(&pair.name), text(&pair.value)))
            // The pseudo headers of HTTP/2 repeat the address.
            .filter(|(name, _)| !name.starts_with(':'))
            .collect();
        let has_cookies = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("cookie"));
        let cookies: Vec<String> = self
            .request
            .cookies
            .iter()
            .flatten()
            .map(|pair| format!("{}={}", text(&pair.name), text(&pair.value)))
            .collect();
        if !has_cookies && !cookies.is_empty() {
            headers.push(("Cookie".to_owned(), cookies.join("; ")));
        }
        let referer = headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("referer"))
            .map(|(_, value)| value.clone())
            .unwrap_or_default();
        let mime = self.request.post.as_ref().map(|post| text(&post.mime)).filter(|mime| !mime.is_empty());
        if let Some(mime) =
            mime.filter(|_| !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")))
        {
            headers.push(("Content-Type".to_owned(), mime));
        }
        let body = body_of(self.request.post, &self.request.size, &headers);
        let kind = kind_of(&text(&self.resource));
        let method = text(&self.request.method);
        let request = Request {
            at,
            kind,
            method: if method.is_empty() { "GET".to_owned() } else { method.to_ascii_uppercase() },
            address: self.request.url,
            headers,
            body,
            from: referer,
            script: self.initiator.map(|initiator| text(&initiator.url)).unwrap_or_default(),
            redirected_from: None,
            main: kind == RequestKind::Document,
            status: self
                .response
                .and_then(|response| response.status.as_u64())
                .and_then(|status| u16::try_from(status).ok())
                .filter(|status| *status > 0),
            failed: None,
            took: self.time.as_f64().filter(|time| time.is_finite()),
        };
        let sent = self.messages.into_iter().flatten().filter(|message| message.kind != "receive");
        let messages: Vec<Request> = sent
            .map(|message| {
                let data = message.data.unwrap_or_default();
                // Opcode 2 is binary, which the file holds as base64.
                let bytes = match message.opcode.as_u64() {
                    Some(2) => base64::engine::general_purpose::STANDARD
                        .decode(&data)
                        .unwrap_or_else(|_| data.into_bytes()),
                    _ => data.into_bytes(),
                };
                Request {
                    kind: RequestKind::WebSocket,
                    method: "SEND".to_owned(),
                    headers: Vec::new(),
                    body: Body::Bytes(bytes),
                    ..request.clone()
                }
            })
            .collect();
        std::iter::once(request).chain(messages).collect()
    }
}

fn body_of(post: Option<PostData>, size: &Value, headers: &[(String, String)]) -> Body {
    let size = size.as_i64().and_then(|size| u64::try_from(size).ok());
    let Some(post) = post else {
        return match size {
            Some(0) | None => Body::None,
            size => Body::Missing { size, why: "the HAR file does not hold it".to_owned() },
        };
    };
    let text = post.text.unwrap_or_default();
    if text.is_empty() {
        let params: Vec<String> = post
            .params
            .iter()
            .flatten()
            .map(|pair| format!("{}={}", self::text(&pair.name), self::text(&pair.value)))
            .collect();
        return match (params.is_empty(), size) {
            (false, _) => Body::Bytes(params.join("&").into_bytes()),
            (true, Some(1..)) => Body::Missing { size, why: "the HAR file does not hold it".to_owned() },
            (true, _) => Body::None,
        };
    }
    if self::text(&post.encoding) == "base64"
        && let Ok(bytes) = base64::engine::general_purpose::STANDARD.decode(text.trim())
    {
        return Body::Bytes(bytes);
    }
    let encoded = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-encoding"));
    let mime = self::text(&post.mime);
    let binary =
        encoded || ["octet-stream", "protobuf", "msgpack", "gzip"].iter().any(|word| mime.contains(word));
    // Tools write each byte as the character of that number.
    if binary && !text.is_ascii() && text.chars().all(|c| u32::from(c) < 256) {
        return Body::Bytes(text.chars().map(|c| c as u32 as u8).collect());
    }
    Body::Bytes(text.into_bytes())
}

fn kind_of(resource: &str) -> RequestKind {
    match resource {
        "document" => RequestKind::Document,
        "xhr" | "fetch" => RequestKind::Fetch,
        "ping" | "beacon" => RequestKind::Beacon,
        "websocket" => RequestKind::WebSocket,
        "image" => RequestKind::Image,
        "script" => RequestKind::Script,
        "stylesheet" => RequestKind::Style,
        "font" => RequestKind::Font,
        "media" => RequestKind::Media,
        _ => RequestKind::Other,
    }
}
