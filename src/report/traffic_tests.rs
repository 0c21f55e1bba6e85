use super::*;
use crate::traffic::party::Declared;
use crate::traffic::{How, Place};

fn hostile() -> Searched {
    Searched {
        found: vec![Found {
            kind: "phone".to_owned(),
            value: Some("phone".to_owned()),
            place: Place::Header("\u{1b}[31mX\u{202e}</script><script>alert(1)".to_owned()),
            field: "a\r\nb\u{0}".to_owned(),
            how: vec![How::Gzip, How::Md5],
            definite: true,
        }],
        unread: vec![Unread { place: Place::Body, size: Some(4000), why: "encrypted".to_owned() }],
    }
}

#[test]
fn the_table_tells_who_received_what_and_holds_no_control_characters() {
    let parties = Parties::of("", &Declared { own: vec!["shop.cn".to_owned()], ..Declared::default() });
    let mut traffic = Traffic::default();
    traffic.add_searched(1, "a.umeng.com", &parties, &hostile());
    traffic.add_searched(2, "a.umeng.com", &parties, &hostile());
    traffic.add_searched(3, "www.shop.cn", &parties, &Searched::default());
    let table = traffic.table(Some(140));
    assert!(
        table.contains("Umeng 友盟")
            && table.contains("gzip › MD5")
            && table.contains("3 requests to 2 hosts"),
        "{table}"
    );
    assert!(table.contains("8000"), "bytes that were not read are added up: {table}");
    assert!(!table.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{table:?}");
    let json: serde_json::Value = serde_json::from_str(&traffic.json()).expect("JSON");
    assert_eq!((json["requests"].as_u64(), json["hosts"].as_u64()), (Some(3), Some(2)));
    assert_eq!(
        (json["found"][0]["requests"].as_u64(), json["found"][0]["first"].as_u64()),
        (Some(2), Some(1))
    );
}

#[test]
fn five_thousand_parties_are_a_table_still() {
    let parties = Parties::of("", &Declared::default());
    let mut traffic = Traffic::default();
    for number in 0..5000 {
        traffic.add_searched(number, &format!("t{number}.example"), &parties, &hostile());
    }
    assert_eq!(traffic.rows.len(), 5000);
    assert!(traffic.table(Some(100)).lines().count() > 5000);
}
