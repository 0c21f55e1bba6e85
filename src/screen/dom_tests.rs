use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// A node as a page might answer, sound or not.
fn node() -> impl Strategy<Value = Value> {
    let number = prop_oneof![Just(0.0f32), -5000.0f32..5000.0, Just(f32::MAX), Just(f32::MIN_POSITIVE)];
    let place = (number.clone(), number.clone(), number.clone(), number);
    let role = prop_oneof![Just("text"), Just("button"), Just("dialog"), Just("checkbox"), Just("image")];
    (proptest::option::of(0usize..60), role, place, ".{0,30}", proptest::option::of(0usize..60), 0u8..3).prop_map(
        |(parent, role, place, text, labelled, seen)| {
            json!({"p": parent, "r": role, "k": "div", "b": place, "t": text, "z": labelled, "s": seen, "l": seen / 2,
                "o": [place.0, place.1], "c": if role == "checkbox" { Some("on") } else { None }, "a": "native"})
        },
    )
}

fn snapshot(nodes: Vec<Value>) -> Value {
    json!({"width": 1082.0, "height": 2402.0, "density": 2.625, "address": "x", "title": "y", "type": "text/html",
        "omitted": 0, "nodes": nodes, "foreign": [], "down": 10.0})
}

proptest! {
    /// Whatever a hostile page answers: parents come before their children, and everything above the reader
    /// (identity, controls, policy) reads the screen without a panic.
    #[test]
    fn a_hostile_snapshot_is_read_without_harm(nodes in proptest::collection::vec(node(), 0..50)) {
        let screen = Snapshot::parse(snapshot(nodes)).expect("of the right form").into_screen();
        for (at, element) in screen.elements.iter().enumerate() {
            prop_assert!(element.parent.is_none_or(|parent| parent < at));
            prop_assert!(element.labels.is_none_or(|labelled| labelled < screen.elements.len()));
        }
        let _ = screen.identity();
        let _ = crate::language::controls::read(&screen);
        let _ = crate::language::policy::on_screen(&screen, Some("隐私政策"));
    }

    /// An answer of another form is an error, never a panic.
    #[test]
    fn any_answer_is_an_answer_or_an_error(text in ".{0,80}", number in any::<i64>()) {
        for value in [json!(text), json!(number), json!([text]), json!({"nodes": [{"p": number}]}), Value::Null] {
            prop_assert!(Snapshot::parse(value).is_err());
        }
    }
}

#[test]
fn a_foreign_frame_is_grafted_below_its_element() {
    let own = json!({"p": null, "r": "frame", "k": "iframe", "b": [0.0, 0.0, 10.0, 10.0]});
    let inside = json!({"p": null, "r": "text", "k": "p", "b": [0.0, 0.0, 10.0, 10.0], "t": "里面"});
    let child = json!({"p": 0, "r": "text", "k": "b", "b": [0.0, 0.0, 10.0, 10.0], "t": "更里面"});
    let mut outer = Snapshot::parse(snapshot(vec![own])).expect("reads");
    let inner = Snapshot::parse(snapshot(vec![inside, child])).expect("reads");
    let frame = ForeignFrame {
        index: 0,
        parent: 0,
        ox: 0.0,
        oy: 0.0,
        clip: Clip { l: 0.0, t: 0.0, r: 10.0, b: 10.0 },
    };
    outer.graft(&frame, inner);
    let screen = outer.into_screen();
    assert_eq!(screen.elements[1].parent, Some(0));
    assert_eq!(screen.elements[2].parent, Some(1));
    assert_eq!(screen.text_within(0), "里面更里面");
}
