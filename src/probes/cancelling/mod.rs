//! Through the screens of a cancellation: what each asks for, what can be given, and how it ends.

mod screen;

use std::time::Duration;

use self::screen::{find_conditions, find_finals, find_layer, find_next, is_about_cancelling, is_outside};
use super::account::{self, answer, fresh, texts};
use super::context::Context;
use super::steps;
use crate::language::lexicon::Meaning;
use crate::language::rights::{self, Answered, Condition, FormField};
use crate::recording::account::{CancellationStep, Progress};
use crate::recording::{Event, ScreenSeen};
use crate::screen::operation::Operation;
use crate::screen::{Identity, Screen};
use crate::session::Broken;

/// How long an app may take to say that the account has ended (ours).
const END: Duration = Duration::from_secs(2);
/// Screens of one cancellation (ours).
const ROUNDS: usize = 12;
/// The reason that is typed where one must be.
const REASON: &str =
    "我不再使用这个应用了，请注销我的账号并删除个人信息。以后如有需要，我会重新注册新的账号，谢谢。";

/// How a cancellation ended.
#[derive(Debug)]
pub struct Ended {
    pub progress: Progress,
    pub says: String,
    pub screen: u32,
    /// The last confirmation was given.
    pub confirmed: bool,
    /// It was no cancellation: an article, or a log-out.
    pub no_entry: bool,
}

/// Goes on from the screen behind the entry. Without `may`, reads that screen and taps nothing.
pub async fn go_on(with: &mut Context<'_>, entry: &Screen, may: bool) -> Result<Ended, Broken> {
    let at_entry = texts(entry);
    let mut tried: Vec<(Identity, String)> = Vec::new();
    let mut filled: Vec<(Identity, String)> = Vec::new();
    let mut confirmed = false;
    let mut says = String::new();
    let mut number = 0;
    for round in 0..ROUNDS {
        let (screen, seen) = with.driven.see_past_asks().await?;
        number = seen.screen;
        let ended = |progress, says: String, confirmed, no_entry| {
            Ok(Ended { progress, says, screen: number, confirmed, no_entry })
        };
        let text = rights::collect_words(&screen);
        let new = fresh(&at_entry, &screen);
        if confirmed {
            if rights::says_done(&new) {
                return ended(Progress::Done, new.chars().take(160).collect(), true, false);
            }
            if !is_about_cancelling(&screen) {
                return ended(Progress::Unclear, says, true, false);
            }
        }
        let fields = rights::fields(&screen);
        let conditions = find_conditions(&screen, &text, &fields);
        let finals = find_finals(&screen);
        if round == 0 {
            if rights::says_logged_out(&new) && fields.is_empty() {
                return ended(Progress::NoEntry, new, false, true);
            }
            let nothing = finals.is_empty() && fields.is_empty() && screen.alert.is_none();
            if nothing && rights::controls(&screen, Meaning::Next).is_empty() {
                let outside = conditions.iter().find(|condition| is_outside(&condition.kind));
                let says = outside.map(|condition| condition.says.clone()).unwrap_or_default();
                with.driven
                    .recorder
                    .append(Event::CancellationStep(CancellationStep { screen: number, conditions }))?;
                return ended(Progress::NoWay, says, false, true);
            }
        }
        with.driven.recorder.append(Event::CancellationStep(CancellationStep {
            screen: number,
            conditions: conditions.clone(),
        }))?;
        // Behind a dialog it stands solved already.
        let in_front = find_layer(&screen).map(|top| screen.text_within(top));
        let asks = |condition: &&Condition| {
            condition.kind == "captcha" && in_front.as_ref().is_none_or(|text| text.contains(&condition.says))
        };
        if let Some(captcha) = conditions.iter().find(asks) {
            let what = format!("solve the captcha: {}", captcha.says);
            if let Err(why) = steps::ask_person(with.pause, with.progress, &what).await {
                return ended(Progress::NeedsPerson, why, confirmed, false);
            }
        }
        // Without leave the page behind the entry is read, and nothing on it is tapped.
        if !may {
            let says: String = text.chars().take(160).collect();
            return match screen.alert.is_none() && finals.is_empty() && fields.is_empty() {
                true => ended(Progress::NoWay, says, false, false),
                false => ended(Progress::NotAllowed, String::new(), false, false),
            };
        }
        if screen.alert.is_some() {
            confirmed = true;
            with.driven.perform(number, &Operation::Answer { accept: true }).await?;
            continue;
        }
        if let Some(photo) = conditions.iter().find(|condition| condition.kind == "identity_photo") {
            return ended(Progress::Lacks, photo.says.clone(), confirmed, false);
        }
        if let Some(lacks) = fill_in(with, &screen, number, &fields, &text, &mut filled).await? {
            return ended(Progress::Lacks, lacks, confirmed, false);
        }
        tick(with, &screen, &seen).await?;
        let before = with.driven.app.look().await?;
        let next = find_next(&before, &tried);
        let Some((next, last)) = next else {
            let progress = if confirmed { Progress::Unclear } else { Progress::NoWay };
            let says = if says.is_empty() { text.chars().take(160).collect() } else { says };
            return ended(progress, says, confirmed, false);
        };
        tried.push((before.identity(), next.label.clone()));
        account::tap(with, number, &next).await?;
        confirmed |= last;
        let identity = before.identity();
        let moved = move |now: &Screen| {
            now.alert.is_some() || !now.identity().same_position(&identity) || says_end(&now.seen_text())
        };
        let told = answer(with, &before, &moved).await?;
        let (now, heard) = hear_end(with, confirmed).await?;
        let later = fresh(&texts(&before), &now);
        // A short message may be gone already.
        let message = told.heard.iter().chain(&heard).find(|text| says_end(text));
        let mut new = if later.contains(&told.new) { later } else { format!("{} {later}", told.new) };
        if let Some(message) = message.filter(|message| !new.contains(*message)) {
            new = format!("{message} {new}");
        }
        // The message alone, where it came by itself.
        let short: String = message.map_or(new.trim(), String::as_str).chars().take(160).collect();
        let end = |progress| {
            Ok(Ended { progress, says: short.clone(), screen: told.screen, confirmed, no_entry: false })
        };
        if rights::says_done(&new) {
            return end(Progress::Done);
        }
        if rights::says_requested(&new) {
            return end(Progress::Requested);
        }
        if round == 0 && rights::says_logged_out(&new) && !is_about_cancelling(&now) {
            return Ok(Ended {
                progress: Progress::NoEntry,
                says: short,
                screen: told.screen,
                confirmed: false,
                no_entry: true,
            });
        }
        let asks_on =
            now.alert.is_some() || now.elements.iter().any(|element| element.overlay && element.seen);
        let failed = match told.answered {
            Answered::Accepted => rights::answered(&new).filter(|_| !asks_on && is_about_cancelling(&now)),
            Answered::Nothing => None,
            other => Some(other),
        };
        if failed.is_some() && !asks_on {
            return end(Progress::Failed);
        }
        says = short;
    }
    Ok(Ended { progress: Progress::Unclear, says, screen: number, confirmed, no_entry: false })
}

/// Looks at what came of a tap, and hears what was said meanwhile; after the last confirmation the end is waited for, as an app may
/// say it while it goes back to its main screen.
async fn hear_end(with: &mut Context<'_>, confirmed: bool) -> Result<(Screen, Vec<String>), Broken> {
    let until = with.driven.app.now() + END;
    loop {
        let now = with.driven.app.look().await?;
        let heard = with.driven.app.heard().await?;
        let told = says_end(&now.seen_text()) || heard.iter().any(|text| says_end(text));
        if told || !confirmed || with.driven.app.now() >= until {
            return Ok((now, heard));
        }
        with.driven.app.pass_time(Duration::from_millis(300)).await?;
    }
}

/// Something that is said only at the end.
fn says_end(text: &str) -> bool {
    rights::says_done(text) || rights::says_requested(text)
}

/// Fills in what is asked for; what is lacking where something must be given that the scenario does not have.
async fn fill_in(
    with: &mut Context<'_>,
    screen: &Screen,
    number: u32,
    fields: &[FormField],
    text: &str,
    filled: &mut Vec<(Identity, String)>,
) -> Result<Option<String>, Broken> {
    let here = screen.identity();
    for field in fields {
        let done = |(on, label): &(Identity, String)| *label == field.label && on.same_screen(&here);
        if filled.iter().any(done) {
            continue;
        }
        let word = rights::word_to_type(&field.label).or_else(|| rights::word_to_type(text));
        let value = match field.kind.as_str() {
            "code" => match account::code(with, screen, number).await? {
                Ok(code) => Some(code),
                Err(why) => return Ok(Some(why)),
            },
            "confirmation" => Some(word.unwrap_or_else(|| "注销".to_owned())),
            "reason" if field.required == Some(false) => None,
            "reason" => Some(REASON.to_owned()),
            "identity_card" => {
                ["identity_card", "id_number"].iter().find_map(|name| with.values.get(*name)).cloned()
            }
            "other" => word.filter(|_| field.required != Some(false)),
            kind => with
                .values
                .get(kind)
                .or_else(|| with.values.get("phone").filter(|_| kind == "account"))
                .cloned(),
        };
        match value {
            Some(value) => {
                account::fill(with, screen, number, field, &value).await?;
                filled.push((here.clone(), field.label.clone()));
            }
            None if field.required == Some(false) || matches!(field.kind.as_str(), "other" | "reason") => {}
            None => {
                return Ok(Some(format!("it asks for “{}”, which the scenario does not have", field.label)));
            }
        }
    }
    Ok(None)
}

/// Ticks what is off: on a screen that is about cancelling, a box is a condition that is read and accepted.
async fn tick(with: &mut Context<'_>, screen: &Screen, seen: &ScreenSeen) -> Result<(), Broken> {
    for tick in seen.reading.boxes.iter().filter(|tick| tick.by_tree != Some(crate::screen::Checked::On)) {
        let near =
            screen.elements.get(tick.element).is_some_and(|element| element.seen || tick.hidden_native);
        if let Some((x, y)) = tick.tap_at.filter(|_| near && (tick.consent || rights::accepts(&tick.label))) {
            let operation = Operation::Tap { x, y, label: tick.label.clone() };
            with.driven.perform(seen.screen, &operation).await?;
        }
    }
    Ok(())
}
