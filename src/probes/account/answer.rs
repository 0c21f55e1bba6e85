//! What an app answers to a form: in messages that come and go, in new words on the screen, or by going on.

use std::collections::HashSet;
use std::time::Duration;

use crate::language::rights::{self, Answered};
use crate::probes::context::Context;
use crate::screen::Screen;
use crate::session::Broken;

/// How long an answer to a form is waited for (ours).
const ANSWER: Duration = Duration::from_secs(8);
/// Characters of what it showed that are kept (ours: a list that is drawn anew stands before the message, too).
const TOLD: usize = 6000;

/// What an app answered, in its words, and on which screen.
pub struct Told {
    pub answered: Answered,
    pub says: String,
    /// All that it showed and did not show before.
    pub new: String,
    /// The same, text by text, without what stands on the screen at the end.
    pub heard: Vec<String>,
    pub screen: u32,
}

/// Texts of a screen, one by one, with its alert.
pub fn texts(screen: &Screen) -> HashSet<String> {
    let own = screen.elements.iter().filter(|element| element.seen && !element.text.is_empty());
    own.map(|element| element.text.clone()).chain(screen.alert.clone()).collect()
}

/// What a screen says that another did not.
pub fn fresh(before: &HashSet<String>, now: &Screen) -> String {
    let mut new: Vec<String> = Vec::new();
    new.extend(now.alert.clone().filter(|alert| !before.contains(alert)));
    for element in now.elements.iter().filter(|element| element.seen && !element.text.is_empty()) {
        if !before.contains(&element.text) {
            new.push(element.text.clone());
        }
    }
    new.join(" ").chars().take(600).collect()
}

/// Waits until the app has answered: `done` tells a screen on which it went on.
pub async fn answer(
    with: &mut Context<'_>,
    before: &Screen,
    done: &(dyn Fn(&Screen) -> bool + Send + Sync),
) -> Result<Told, Broken> {
    let known = texts(before);
    let until = with.driven.app.now() + ANSWER;
    loop {
        let screen = with.driven.app.look().await?;
        // Messages that came and went stand first: they are the answer.
        let heard = with.driven.app.heard().await?;
        let mut new: Vec<String> = Vec::new();
        for text in heard.into_iter().filter(|text| !known.contains(text)) {
            if !new.contains(&text) {
                new.push(text);
            }
        }
        let heard = new.clone();
        new.push(fresh(&known, &screen));
        let new: String = new.join(" ").trim().chars().take(TOLD).collect();
        let told = rights::answered(&new);
        let answered = if done(&screen) {
            // An error page has no form either; it says little else.
            match told {
                Some(kind @ (Answered::ServerError | Answered::Network)) if new.chars().count() < 200 => {
                    Some(kind)
                }
                _ => Some(Answered::Accepted),
            }
        } else {
            told
        };
        let answered = match answered {
            Some(answered) => answered,
            None if with.driven.app.now() < until => {
                with.driven.app.pass_time(Duration::from_millis(150)).await?;
                continue;
            }
            None => Answered::Nothing,
        };
        let (_, seen) = with.driven.record_screen(screen).await?;
        let says = match answered {
            Answered::Accepted => String::new(),
            _ => new.chars().take(160).collect(),
        };
        return Ok(Told { answered, says, new, heard, screen: seen.screen });
    }
}
