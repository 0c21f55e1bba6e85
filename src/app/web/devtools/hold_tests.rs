use proptest::prelude::*;
use serde_json::json;

use super::*;

fn asked(method: &str, address: &str, kind: &str, body: &str) -> Asked {
    let params = json!({"requestId": "1", "resourceType": kind, "request": {"method": method, "url": address, "postData": body}});
    Asked::read(&params).expect("a request")
}

fn holding(guard: Guard) -> Holding {
    let mut holding = Holding::default();
    holding.set_guard(guard);
    assert_eq!(holding.decide(&asked("POST", "https://a.example/api/heartbeat?n=1", "Fetch", "")), None);
    holding.operated = true;
    holding
}

#[test]
fn words_hold_deeds_after_an_operation_only() {
    let mut words = holding(Guard::Words);
    let delete = asked("POST", "https://a.example/api/delete?token=x", "Fetch", "");
    words.operated = false;
    assert_eq!(words.decide(&delete), None);
    words.operated = true;
    assert_eq!(words.decide(&delete).as_deref(), Some("delete"));
    assert_eq!((words.held.len(), words.held[0].address.as_str()), (1, "https://a.example/api/delete"));
    for method in ["DELETE", "PUT", "PATCH"] {
        assert!(words.decide(&asked(method, "https://a.example/api/x", "XHR", "")).is_some());
    }
    assert!(words.decide(&asked("POST", "https://a.example/x", "Fetch", r#"{"cmd":"pay"}"#)).is_some());
    assert_eq!(words.decide(&asked("POST", "https://a.example/x", "Ping", r#"{"cmd":"pay"}"#)), None);
    assert_eq!(words.decide(&asked("POST", "https://a.example/login", "Fetch", r#"{"cmd":"pay"}"#)), None);
    assert!(words.decide(&asked("GET", "https://a.example/photo/delete", "Document", "")).is_some());
    assert_eq!(words.decide(&asked("GET", "https://a.example/photo/delete", "Image", "")), None);
    assert_eq!(words.decide(&asked("OPTIONS", "https://a.example/photo/delete", "Preflight", "")), None);
}

#[test]
fn strict_holds_what_the_app_had_not_made_by_itself() {
    let mut strict = holding(Guard::Strict);
    assert_eq!(strict.decide(&asked("POST", "https://a.example/api/heartbeat?n=2", "Fetch", "x")), None);
    assert!(strict.decide(&asked("PUT", "https://a.example/api/heartbeat", "Fetch", "x")).is_some());
    assert!(strict.decide(&asked("POST", "https://a.example/login", "Fetch", "")).is_some());
    assert_eq!(strict.decide(&asked("GET", "https://a.example/list", "Fetch", "")), None);
    strict.set_guard(Guard::Off);
    assert_eq!(strict.decide(&asked("POST", "https://a.example/login", "Fetch", "")), None);
}

#[test]
fn a_body_in_pieces_is_put_together_and_cut() {
    let piece = base64::engine::general_purpose::STANDARD.encode(r#"{"action":"delete"}"#);
    let huge = base64::engine::general_purpose::STANDARD.encode(vec![b'a'; 200_000]);
    let params = json!({"requestId": "1", "request": {"method": "post", "url": "https://a.example/x", "hasPostData": true,
        "postDataEntries": [{"bytes": piece}, {"bytes": huge}, {"bytes": huge}, {"bytes": "!"}]}});
    let read = Asked::read(&params).expect("a request");
    assert_eq!((read.method.as_str(), read.body.len(), read.body_elsewhere), ("POST", request::BODY, None));
    assert!(read.body.starts_with(b"{\"action\""));
}

proptest! {
    #[test]
    fn any_event_is_survived(method in "\\PC{0,9}", address in "\\PC{0,90}", body in "\\PC{0,90}") {
        for guard in [Guard::Words, Guard::Strict] {
            let mut holding = holding(guard);
            let _ = holding.decide(&asked(&method, &address, "Fetch", &body));
        }
        let nonsense = json!({"requestId": method, "request": body});
        prop_assert!(Asked::read(&nonsense).is_none());
    }
}
