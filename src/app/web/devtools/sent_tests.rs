use serde_json::json;

use super::*;

fn begins(id: &str, url: &str) -> Value {
    json!({"requestId": id, "loaderId": "l", "type": "Fetch", "documentURL": "https://shop.example/",
        "request": {"url": url, "method": "POST", "headers": {"X-A": "1"}, "hasPostData": true,
            "postDataEntries": [{"bytes": "AP8="}, {"bytes": "QQ=="}]},
        "initiator": {"type": "script", "stack": {"callFrames": [{"url": "https://shop.example/sdk.js"}]}}})
}

#[test]
fn a_request_is_handed_on_once_with_its_real_headers_and_its_bytes() {
    let mut sent = Sent::default();
    assert!(!sent.note("s", "Network.requestWillBeSent", &begins("1", "https://a.example/x")));
    let extra = json!({"requestId": "1", "headers": {"Cookie": "id=7", "x-a": "2"}});
    sent.note("s", "Network.requestWillBeSentExtraInfo", &extra);
    assert!(sent.take(false).is_empty(), "its end is not known");
    sent.note("s", "Network.responseReceived", &json!({"requestId": "1", "response": {"status": 204}}));
    sent.note("s", "Network.loadingFinished", &json!({"requestId": "1"}));
    let taken = sent.take(false);
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].body, Body::Bytes(vec![0, 255, b'A']));
    assert_eq!((taken[0].header("cookie"), taken[0].header("X-A")), (Some("id=7"), Some("2")));
    assert_eq!((taken[0].status, taken[0].script.as_str()), (Some(204), "https://shop.example/sdk.js"));
    assert!(sent.take(true).is_empty());
}

#[test]
fn headers_may_come_before_their_request_and_redirects_are_requests_of_their_own() {
    let mut sent = Sent::default();
    let extra = json!({"requestId": "1", "headers": {"Cookie": "a=1"}});
    sent.note("s", "Network.requestWillBeSentExtraInfo", &extra);
    sent.note("s", "Network.requestWillBeSent", &begins("1", "https://a.example/"));
    let mut next = begins("1", "https://tracker.example/?id=1");
    next["redirectResponse"] = json!({"status": 302});
    sent.note("s", "Network.requestWillBeSent", &next);
    let taken = sent.take(true);
    assert_eq!(taken[0].header("Cookie"), Some("a=1"));
    assert_eq!(
        (taken[0].status, taken[1].redirected_from.as_deref()),
        (Some(302), Some("https://a.example/"))
    );
}

#[test]
fn what_was_held_back_or_blocked_never_left() {
    let mut sent = Sent::default();
    sent.note("s", "Network.requestWillBeSent", &begins("1", "https://a.example/"));
    sent.note_held("1");
    sent.note("s", "Network.requestWillBeSent", &begins("2", "https://b.example/"));
    sent.note(
        "s",
        "Network.loadingFailed",
        &json!({"requestId": "2", "errorText": "", "blockedReason": "csp"}),
    );
    sent.note("s", "Network.requestWillBeSent", &begins("3", "https://c.example/"));
    let failed = json!({"requestId": "3", "errorText": "net::ERR_NAME_NOT_RESOLVED"});
    sent.note("s", "Network.loadingFailed", &failed);
    sent.note("s", "Network.requestWillBeSent", &begins("4", "data:text/plain,x"));
    let taken = sent.take(true);
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].failed.as_deref(), Some("net::ERR_NAME_NOT_RESOLVED"));
}

#[test]
fn a_body_that_did_not_come_is_asked_for() {
    let mut sent = Sent::default();
    let mut begun = begins("1", "https://a.example/");
    begun["request"]["postDataEntries"] = json!([]);
    assert!(sent.note("s", "Network.requestWillBeSent", &begun));
    sent.note("s", "Network.loadingFinished", &json!({"requestId": "1"}));
    assert!(sent.take(false).is_empty(), "its body is under way");
    sent.note_body("s", "1", Some(("hello", false)));
    assert_eq!(sent.take(false)[0].body, Body::Bytes(b"hello".to_vec()));
    assert!(sent.note("s", "Network.requestWillBeSent", &begun));
    sent.note_body("s", "1", None);
    assert!(matches!(sent.take(true)[0].body, Body::Missing { .. }));
}

#[test]
fn messages_of_a_socket_are_requests() {
    let mut sent = Sent::default();
    let created = json!({"requestId": "1", "url": "wss://a.example/s"});
    sent.note("s", "Network.webSocketCreated", &created);
    let text = json!({"requestId": "1", "response": {"opcode": 1, "payloadData": "hi"}});
    sent.note("s", "Network.webSocketFrameSent", &text);
    let binary = json!({"requestId": "1", "response": {"opcode": 2, "payloadData": "AP8="}});
    sent.note("s", "Network.webSocketFrameSent", &binary);
    let taken = sent.take(false);
    assert_eq!(taken.len(), 3);
    assert!(taken.iter().all(|request| request.kind == RequestKind::WebSocket));
    assert_eq!(taken[1].body, Body::Bytes(b"hi".to_vec()));
    assert_eq!(taken[2].body, Body::Bytes(vec![0, 255]));
}

#[test]
fn whatever_the_line_says_is_taken_in() {
    let mut sent = Sent::default();
    for method in ["Network.requestWillBeSent", "Network.loadingFailed", "Network.webSocketFrameSent", "x"] {
        for params in [json!({}), json!({"requestId": 7}), json!({"requestId": "1"}), json!(null)] {
            sent.note("s", method, &params);
        }
    }
    assert!(sent.take(true).is_empty());
}
