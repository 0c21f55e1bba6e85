//! Why a screen is taken for the privacy policy, or is not. `policy.rs` decides; this file says it in words.

use super::{
    PROMPT_BODY, TITLED_BODY, UNTITLED_BODY, UNTITLED_TOPICS, Weighed, on_screen, shows_picture, topics,
    weigh,
};
use crate::language::lexicon::{Meaning, explain as explain_label};
use crate::screen::{Document, Screen};

/// Says in a few lines why a screen shows the policy's text, or does not. `way` as for [`on_screen`].
pub fn explain(screen: &Screen, way: Option<&str>) -> Vec<String> {
    let shown = on_screen(screen, way).is_some();
    let mut why = Vec::new();
    match screen.document {
        Document::Page => {}
        Document::Pdf | Document::Picture => {
            let kind = if screen.document == Document::Pdf { "a PDF" } else { "a picture" };
            let named = if shown { "names the policy" } else { "names no policy" };
            return vec![format!("the screen is {kind}; its title, its address or the way to it {named}")];
        }
    }
    let Weighed { scope, body, characters, title, can_agree } = weigh(screen);
    match &title {
        Some(title) => {
            let word = explain_label(title, Meaning::Policy).map(|said| said.to_string());
            why.push(format!("the title “{title}” ({})", word.unwrap_or_default()));
            why.push(format!(
                "{characters} characters of running text, {TITLED_BODY} at least below a title"
            ));
            if !shown && shows_picture(screen, &scope) {
                why.push("a picture fills much of the screen".to_owned());
            }
        }
        None => {
            why.push("no line among the first 14 is a title that names the policy".to_owned());
            why.push(format!(
                "{characters} characters of running text about {} of a policy's topics; without a title {UNTITLED_BODY} about {UNTITLED_TOPICS} are needed where the way names the policy, else {}",
                topics(&body),
                UNTITLED_TOPICS + 3
            ));
        }
    }
    if can_agree && characters < PROMPT_BODY {
        why.push(format!(
            "a control agrees and the text has fewer than {PROMPT_BODY} characters: a prompt about the policy"
        ));
    }
    why
}
