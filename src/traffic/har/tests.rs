use std::io::Cursor;

use proptest::prelude::*;

use super::*;
use crate::world::request::{Body, Request, RequestKind};

fn read(text: &[u8]) -> Result<Vec<Request>, HarError> {
    let mut all = Vec::new();
    read_har(text, &mut |request| {
        all.push(request);
        true
    })?;
    Ok(all)
}

fn written(requests: &[Request]) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let mut writer = HarWriter::begin(&mut file).expect("writes");
    for request in requests {
        writer.push(request, "").expect("writes");
    }
    file.into_inner()
}

#[test]
fn what_is_written_is_read_again() {
    let requests = [
        Request {
            at: "2026-11-26T10:00:00.4Z".parse().expect("a time"),
            kind: RequestKind::Beacon,
            method: "POST".to_owned(),
            address: "https://a.example/x?y=%E5%BC%A0&z".to_owned(),
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: Body::Bytes(b"{\"a\":\"\\u0000\"}".to_vec()),
            took: Some(0.0),
            ..Request::default()
        },
        Request {
            body: Body::Bytes(vec![0, 255, 31, 139]),
            address: "x".to_owned(),
            took: Some(0.0),
            ..Request::default()
        },
    ];
    assert_eq!(read(&written(&requests)).expect("reads"), requests);
    assert_eq!(read(&written(&[])).expect("an empty file is one"), []);
}

#[test]
fn a_broken_file_is_refused_with_its_place() {
    let whole = written(&[Request { address: "https://a.example/".to_owned(), ..Request::default() }]);
    let said = |text: &[u8]| read(text).expect_err("broken").to_string();
    assert_eq!(said(b"{}"), "it holds no `log` with `entries`: it is JSON, and no HAR file");
    assert_eq!(said(b"{\"log\":{\"entries\":["), "line 1, column 19: EOF while parsing a list");
    assert!(said(&whole[..whole.len() / 2]).starts_with("line 2, column "));
    assert_eq!(said(b"{\"log\":{\"entries\":[{}]}}"), "line 1, column 21: missing field `request`");
    assert!(said(b"").starts_with("line 1, column 0: EOF"));
    assert!(said(b"{\"log\":{\"entries\":[{\"request\":{\"url\":\"\xff\"}}]}}").contains("line 1, column"));
}

#[test]
fn entries_before_the_fault_were_handed_on() {
    let mut text = written(&[Request { address: "https://a.example/".to_owned(), ..Request::default() }]);
    text.truncate(text.len() - 3);
    let mut count = 0;
    let result = read_har(&text[..], &mut |_| {
        count += 1;
        true
    });
    assert!(result.is_err() && count == 1);
}

#[test]
fn odd_files_of_real_tools_are_read() {
    let text = "\u{feff}{\"log\":{\"entries\":[{\"startedDateTime\":null,\"time\":\"x\",\"request\":{\"method\":\"post\",\"url\":\"https://a/\",
        \"headers\":[{\"name\":\":authority\",\"value\":\"a\"},{\"name\":\"Content-Encoding\",\"value\":\"gzip\"}],
        \"cookies\":[{\"name\":\"id\",\"value\":7}],
        \"postData\":{\"mimeType\":\"\",\"text\":\"\\u001f\\u008b\\b\"}},\"response\":null},
        {\"request\":{\"url\":\"wss://a/\",\"bodySize\":5},\"_webSocketMessages\":[{\"type\":\"send\",\"opcode\":1,\"data\":\"hi\"},{\"type\":\"receive\",\"data\":\"no\"}]}]}}";
    let read = read(text.as_bytes()).expect("reads");
    assert_eq!(read.len(), 3);
    assert_eq!(read[0].method, "POST");
    assert_eq!(read[0].body, Body::Bytes(vec![0x1f, 0x8b, 8]));
    assert_eq!(read[0].header("cookie"), Some("id=7"));
    assert!(matches!(&read[1].body, Body::Missing { size: Some(5), .. }));
    assert_eq!((read[2].kind, &read[2].body), (RequestKind::WebSocket, &Body::Bytes(b"hi".to_vec())));
}

#[test]
fn reading_can_be_ended_early() {
    let two = written(&[Request::default(), Request::default()]);
    let mut count = 0;
    read_har(&two[..], &mut |_| {
        count += 1;
        false
    })
    .expect("ends");
    assert_eq!(count, 1);
}

proptest! {
    #[test]
    fn any_bytes_end_with_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }

    #[test]
    fn a_spoiled_file_ends_with_an_answer(at in 0usize..600, byte in any::<u8>()) {
        let mut text = written(&[Request { address: "https://a.example/?a=1".to_owned(), ..Request::default() }]);
        let at = at % text.len();
        text[at] = byte;
        let _ = read(&text);
    }
}
