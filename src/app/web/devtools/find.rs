//! Finding the browser's DevTools endpoint from what the driver tells of its session.

use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::app::session::Session;

/// How long the endpoint may take to answer (it takes milliseconds).
const ANSWER: Duration = Duration::from_secs(5);
/// Longest answer that is read (bytes; it has 400).
const LONGEST: u64 = 64 * 1024;

/// Returns the address of the browser-wide WebSocket.
///
/// # Errors
/// Where the session tells of none, or nothing answers there: a sentence for the recording.
pub async fn find_endpoint(session: &Session) -> Result<String, String> {
    if let Some(address) = session.capability("se:cdp").and_then(Value::as_str) {
        return Ok(address.to_owned());
    }
    let options = session.capability("goog:chromeOptions").or_else(|| session.capability("ms:edgeOptions"));
    let address = options
        .and_then(|options| options["debuggerAddress"].as_str())
        .ok_or_else(|| "the driver offers no DevTools line".to_owned())?;
    let answer = tokio::time::timeout(ANSWER, ask_version(address))
        .await
        .map_err(|_| format!("no DevTools answer at {address}"))?
        .map_err(|e| format!("no DevTools answer at {address}: {e}"))?;
    let body = answer.split_once("\r\n\r\n").map_or(answer.as_str(), |(_, body)| body);
    let version: Value = serde_json::from_str(body.trim())
        .map_err(|e| format!("the DevTools answer at {address} is no JSON: {e}"))?;
    version["webSocketDebuggerUrl"]
        .as_str()
        .filter(|url| url.starts_with("ws://") || url.starts_with("wss://"))
        .map(str::to_owned)
        .ok_or_else(|| format!("the DevTools answer at {address} names no line"))
}

/// Asks for `/json/version`.
async fn ask_version(address: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET /json/version HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    // The browser keeps the connection open: what counts is how long it says its answer is.
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    while answer.len() < usize::try_from(LONGEST).unwrap_or(usize::MAX) && !is_whole(&answer) {
        match stream.read(&mut piece).await? {
            0 => break,
            read => answer.extend_from_slice(&piece[..read]),
        }
    }
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    length.is_some_and(|length| body.len() >= length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_whole_once_its_length_is_there() {
        assert!(!is_whole(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{"));
        assert!(is_whole(b"HTTP/1.1 200 OK\r\ncontent-length:2\r\n\r\n{}"));
        assert!(!is_whole(b"HTTP/1.1 200 OK\r\n\r\n{}"));
        assert!(!is_whole(&[0xff, 0xfe]));
    }
}
