use proptest::prelude::*;

use super::*;

fn told(what: &str, standings: &[(&str, Standing)]) -> Vec<Access> {
    let text = |text: &str| json!({"type": "string", "value": text});
    let data = json!({"type": "object", "value": [
        ["kind", text("ask")], ["what", text(what)], ["call", text("navigator.x")], ["from", text("https://a.example/p")],
        ["script", text("https://cdn.example/sdk.js?user=7#x")], ["framed", {"type": "boolean", "value": true}],
        ["hand", {"type": "boolean", "value": false}]]});
    let heard = Mutex::new(Heard {
        standings: standings.iter().map(|(name, standing)| ((*name).to_owned(), *standing)).collect(),
        ..Heard::default()
    });
    hear(&heard, &plain(&data));
    heard.into_inner().expect("one thread").accesses
}

#[test]
fn a_call_is_heard_with_how_the_permission_stands() {
    let heard = told("location", &[("location", Standing::Refused)]);
    assert_eq!(heard.len(), 1);
    assert_eq!((heard[0].standing, heard[0].framed), (Some(Standing::Refused), true));
    assert!(!heard[0].shows_a_prompt());
    assert_eq!(heard[0].script, "https://cdn.example/sdk.js", "a query may hold anything");
    assert!(told("camera", &[])[0].shows_a_prompt());
}

#[test]
fn what_a_page_says_of_itself_is_cut() {
    assert_eq!(told(&"长".repeat(5000), &[])[0].what.chars().count(), LONGEST);
}

proptest! {
    /// Whatever comes over the line, nothing panics and nothing is made up.
    #[test]
    fn any_message_is_survived(text in "\\PC{0,200}", number in any::<f64>()) {
        let heard = Mutex::new(Heard::default());
        for data in [json!(text), json!({"type": text, "value": number}), json!({"type": "object", "value": [[text, number], text]})] {
            hear(&heard, &plain(&data));
        }
        prop_assert!(heard.into_inner().expect("one thread").accesses.is_empty());
    }
}
