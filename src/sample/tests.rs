use std::collections::HashSet;
use std::io::{Read as _, Write as _};

use super::*;

/// One request over a plain socket: status line and body.
async fn request(address: &str, method: &str, path: &str, headers: &str, body: &str) -> (String, String) {
    let host = address.trim_start_matches("http://").trim_end_matches('/').to_owned();
    let text = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/json\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = tokio::task::spawn_blocking(move || {
        let mut socket =
            std::net::TcpStream::connect(host.replace("localhost", "127.0.0.1")).expect("connects");
        socket.write_all(text.as_bytes()).expect("sends");
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).expect("answers");
        String::from_utf8_lossy(&answer).into_owned()
    })
    .await
    .expect("not cancelled");
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
    (head.lines().next().unwrap_or_default().to_owned(), body.to_owned())
}

#[test]
fn switches_are_read_and_told_apart() {
    let mut names = HashSet::new();
    assert!(switches().len() > 40);
    for switch in switches() {
        assert!(names.insert((&switch.item, &switch.value)), "{switch:?} twice");
        let judged = switch.verdict.as_deref();
        let verdicts = ["violation", "conforms", "review", "not_tested", "not_applicable"];
        assert!(judged.is_none_or(|word| verdicts.contains(&word)), "{switch:?}");
        assert_eq!(judged.is_none(), ["opens", "odd", "phone"].contains(&switch.item.as_str()), "{switch:?}");
    }
}

#[tokio::test]
async fn an_unknown_switch_is_answered_with_those_that_exist() {
    let sample = Sample::start(0).await.expect("starts");
    let (status, body) = request(sample.url(), "GET", "/?1.3=abyss", "", "").await;
    assert!(
        status.contains("400") && body.contains("no value \"abyss\"") && body.contains("toofar"),
        "{status} {body}"
    );
    let (status, _) = request(sample.url(), "GET", "/?1.3=four", "", "").await;
    assert!(status.contains("200"));
}

#[tokio::test]
async fn an_account_is_opened_used_and_really_closed() {
    let sample = Sample::start(0).await.expect("starts");
    let who = r#"{"phone":"13800138000","password":"secret1","code":"246810"}"#;
    let (status, body) = request(sample.url(), "POST", "/api/register", "", who).await;
    assert!(status.contains("201"), "{status} {body}");
    let token = body.split("\"token\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token");
    let signed = format!("Authorization: Bearer {token}\r\n");
    let (status, body) = request(sample.url(), "GET", "/api/profile", &signed, "").await;
    assert!(status.contains("200") && body.contains("nickname"), "{status} {body}");
    let (status, _) = request(sample.url(), "DELETE", "/api/account", &signed, "").await;
    assert!(status.contains("204"), "{status}");
    let (status, _) = request(sample.url(), "GET", "/api/profile", &signed, "").await;
    assert!(status.contains("401"), "{status}");
    let (status, _) = request(sample.url(), "POST", "/api/login", "", who).await;
    assert!(status.contains("401"), "{status}");
}

#[tokio::test]
async fn what_is_dangerous_to_touch_is_remembered() {
    let sample = Sample::start(0).await.expect("starts");
    request(sample.url(), "POST", "/api/touched", "", r#"{"name":"pay"}"#).await;
    assert_eq!(sample.touched(), ["pay"]);
}

#[tokio::test]
async fn the_policy_comes_in_the_form_that_was_asked_for() {
    let sample = Sample::start(0).await.expect("starts");
    for (path, holds) in [
        ("/policy.html", "小满集市隐私政策"),
        ("/texts/policy.html?1.1=empty", "联系"),
        ("/texts/policy.html?1.1=picture", "policy.png"),
        ("/policy.pdf", "%PDF-"),
    ] {
        let (status, body) = request(sample.url(), "GET", path, "", "").await;
        assert!(status.contains("200") && body.contains(holds), "{path}: {status}");
    }
    let (status, _) = request(sample.url(), "GET", "/texts/policy.html?1.1=none", "", "").await;
    assert!(status.contains("404"));
}
