use std::io::Write as _;

use super::super::{Entry, Event, Recorder};
use super::*;
use crate::traffic::har::read_har;
use crate::world::request::RequestKind;

const PHONE: &str = "16312345678";

fn gzip(text: &str) -> Vec<u8> {
    let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    to.write_all(text.as_bytes()).expect("packs");
    to.finish().expect("packs")
}

/// What is recorded of some requests: the entries, and the folder.
fn recorded(requests: &[Request]) -> (tempfile::TempDir, Vec<RequestSent>) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut masks = Masks::salted("salt".to_owned());
    masks.hide("persona.phone", PHONE);
    masks.hide("account.password", "Qm17-secret");
    let mut recorder = Recorder::create(&folder.path().join("run"), masks).expect("a recorder");
    recorder.plant("location", "30.25713,120.17346");
    recorder.note_requests(requests).expect("writes");
    let text = std::fs::read_to_string(folder.path().join("run/timeline.jsonl")).expect("a timeline");
    let entries = text.lines().map(|line| serde_json::from_str::<Entry>(line).expect("an entry"));
    let sent = entries.filter_map(|entry| match entry.event {
        Event::RequestSent(sent) => Some(*sent),
        _ => None,
    });
    let sent = sent.collect();
    (folder, sent)
}

fn post(body: Vec<u8>) -> Request {
    Request {
        kind: RequestKind::Fetch,
        method: "POST".to_owned(),
        address: "https://a.example/collect".to_owned(),
        body: Body::Bytes(body),
        ..Request::default()
    }
}

#[test]
fn what_is_kept_holds_no_planted_value_in_any_form() {
    use crate::traffic::How;
    use md5::Digest as _;
    let hash = hex::encode(md5::Md5::digest(PHONE));
    let requests = [
        post(format!("phone={PHONE}&x=1").into_bytes()),
        post(format!("{{\"h\":\"{hash}\"}}").into_bytes()),
        post(gzip(&format!("{{\"phone\":\"{PHONE}\"}}"))),
        Request {
            address: format!("https://a.example/u/{PHONE}?h={hash}&token=abcdefgh#x"),
            headers: vec![
                ("Authorization".to_owned(), "Bearer abcdefghijklmnopqrstuvwxyz".to_owned()),
                ("Cookie".to_owned(), format!("sid=1234567890; who={hash}")),
                ("X-Hash".to_owned(), hash.to_uppercase()),
            ],
            ..post(b"password=Qm17-secret".to_vec())
        },
    ];
    let (folder, sent) = recorded(&requests);
    assert_eq!(sent.len(), 4);
    assert!(
        sent.iter().all(|sent| sent.found.iter().any(|found| found.value.as_deref() == Some("phone"))),
        "{sent:#?}"
    );
    assert_eq!(
        (sent[1].found[0].how.as_slice(), sent[2].found[0].how.as_slice()),
        (&[How::Md5][..], &[How::Gzip][..])
    );
    let har = std::fs::read(folder.path().join("run").join(HAR)).expect("a file");
    let timeline = std::fs::read_to_string(folder.path().join("run/timeline.jsonl")).expect("a timeline");
    for text in [String::from_utf8_lossy(&har).into_owned(), timeline] {
        for secret in
            [PHONE, &hash, &hash.to_uppercase(), "Qm17-secret", "abcdefghijklmnopqrstuvwxyz", "1234567890"]
        {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    let finder = Finder::new(vec![Plant::of("phone", PHONE).expect("long enough")]);
    let mut count = 0;
    read_har(&har[..], &mut |request| {
        count += 1;
        assert!(finder.search(&request).found.iter().all(|found| found.value.is_none()), "{request:?}");
        true
    })
    .expect("a HAR file");
    assert_eq!(count, 4);
}

#[test]
fn what_is_nobodys_is_kept_as_it_is() {
    let (folder, sent) = recorded(&[post(b"lat=30.25713&lng=120.17346&note=hello".to_vec())]);
    assert_eq!((sent[0].found[0].kind.as_str(), sent[0].found[0].definite), ("location", true));
    let har = std::fs::read_to_string(folder.path().join("run").join(HAR)).expect("a file");
    assert!(har.contains("lat=30.25713&lng=120.17346&note=hello"), "{har}");
}

#[test]
fn many_megabytes_in_one_body_are_searched_and_not_kept() {
    let mut body = "so it goes on, ".repeat(700_000).into_bytes();
    body.extend(format!("tel {PHONE}").bytes());
    let size = body.len() as u64;
    let (folder, sent) = recorded(&[post(body)]);
    assert_eq!((sent[0].size, sent[0].found.len()), (Some(size), 1), "{sent:?}");
    let har = std::fs::metadata(folder.path().join("run").join(HAR)).expect("a file");
    assert!(har.len() < 1 << 20, "{} bytes", har.len());
}
