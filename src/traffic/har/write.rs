//! Writes a HAR file that is whole after every entry: a run that is cut off leaves one that opens.

use std::io::{Seek, SeekFrom, Write};

use serde_json::{Value, json};

use crate::world::request::{Body, Request, RequestKind};

/// What ends the file.
const END: &str = "\n]}}\n";

/// The writing end of a HAR file.
#[derive(Debug)]
pub struct HarWriter<W> {
    to: W,
    /// Where the file's end stands now.
    end: u64,
    entries: u64,
}

impl<W: Write + Seek> HarWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(mut to: W) -> std::io::Result<HarWriter<W>> {
        let creator = json!({"name": "candor", "version": env!("CARGO_PKG_VERSION")});
        let head =
            format!("{{\"log\":{{\"version\":\"1.2\",\"creator\":{creator},\"pages\":[],\"entries\":[");
        to.write_all(head.as_bytes())?;
        to.write_all(END.as_bytes())?;
        to.flush()?;
        Ok(HarWriter { to, end: head.len() as u64, entries: 0 })
    }

    /// Adds a request as it is given; `comment` says what a reader should know of it. Returns its number, from 0.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn push(&mut self, request: &Request, comment: &str) -> std::io::Result<u64> {
        let entry = entry_of(request, comment).to_string();
        let mut text = String::with_capacity(entry.len() + 8);
        text.push_str(if self.entries == 0 { "\n" } else { ",\n" });
        text.push_str(&entry);
        self.to.seek(SeekFrom::Start(self.end))?;
        self.end += text.len() as u64;
        // The entry and the end in one write: what is cut off there is cut off in the last entry only.
        text.push_str(END);
        self.to.write_all(text.as_bytes())?;
        self.to.flush()?;
        self.entries += 1;
        Ok(self.entries - 1)
    }
}

fn entry_of(request: &Request, comment: &str) -> Value {
    let query: Vec<Value> = url::Url::parse(&request.address)
        .map(|url| url.query_pairs().map(|(name, value)| json!({"name": name, "value": value})).collect())
        .unwrap_or_default();
    let headers: Vec<Value> =
        request.headers.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    let size = request.body.size().map_or(-1, |size| size as i64);
    let mut sent = json!({
        "method": request.method,
        "url": request.address,
        "httpVersion": "",
        "cookies": [],
        "headers": headers,
        "queryString": query,
        "headersSize": -1,
        "bodySize": size,
    });
    if let Body::Bytes(bytes) = &request.body {
        let mime = request.header("content-type").unwrap_or_default();
        sent["postData"] = match std::str::from_utf8(bytes) {
            Ok(text) => json!({"mimeType": mime, "text": text}),
            Err(_) => {
                use base64::Engine as _;
                let text = base64::engine::general_purpose::STANDARD.encode(bytes);
                json!({"mimeType": mime, "text": text, "encoding": "base64"})
            }
        };
    }
    let took = request.took.unwrap_or(0.0).max(0.0);
    let mut entry = json!({
        "startedDateTime": request.at.to_string(),
        "time": took,
        "request": sent,
        "response": {
            "status": request.status.unwrap_or(0),
            "statusText": "",
            "httpVersion": "",
            "cookies": [],
            "headers": [],
            "content": {"size": 0, "mimeType": "x-unknown"},
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        },
        "cache": {},
        "timings": {"send": 0, "wait": took, "receive": 0},
        "_resourceType": resource_of(request.kind),
    });
    if !request.script.is_empty() {
        entry["_initiator"] = json!({"type": "script", "url": request.script});
    }
    if !comment.is_empty() {
        entry["comment"] = json!(comment);
    }
    entry
}

fn resource_of(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Beacon => "ping",
        RequestKind::Style => "stylesheet",
        kind => kind.word(),
    }
}
