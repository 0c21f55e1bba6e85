//! The auditor's own steps, one after the other.

use std::time::Duration;

use serde_saphyr::Spanned;

use super::account::may_cancel;
use super::codes;
use super::context::Context;
use crate::app::careful::Hand;
use crate::language::controls;
use crate::language::lexicon::{Meaning, fold, means};
use crate::language::rights;
use crate::recording::entries::ConsentGiven;
use crate::recording::{Event, Outcome, Step as Done};
use crate::scenario::Values;
use crate::scenario::{Scenario, Selector, Step};
use crate::screen::operation::{Direction, Operation};
use crate::screen::{Rect, Screen};
use crate::session::{Broken, unsecret};
use crate::world::Start;

/// How long an element is waited for (s).
const WAIT: u64 = 20;

/// Does the steps, which the auditor wrote and so allows. What was done with where it led, or how the probe ends because a
/// step could not be done.
pub async fn run(
    with: &mut Context<'_>,
    steps: &[Spanned<Step>],
) -> Result<Result<Vec<Done>, Outcome>, Broken> {
    with.driven.app.set_hand(Hand::WithLeave).await?;
    let done = do_steps(with, steps).await;
    with.driven.app.set_hand(Hand::Guided).await?;
    done
}

async fn do_steps(
    with: &mut Context<'_>,
    steps: &[Spanned<Step>],
) -> Result<Result<Vec<Done>, Outcome>, Broken> {
    let mut done = Vec::new();
    let observation = with.driven.app.observe().await?;
    let mut here = with.driven.record(&observation)?.screen;
    let mut screen = observation.screen;
    for (at, step) in steps.iter().enumerate() {
        let line = step.referenced.line();
        let step = &step.value;
        let wording = describe(step);
        (with.progress)(&format!("step {} of {}: {wording}", at + 1, steps.len()));
        let wanted = match step {
            Step::Tap(selector) | Step::WaitFor(selector) => Some(selector),
            Step::Type(typed) => Some(&typed.into),
            _ => None,
        };
        let mut place = None;
        if let Some(selector) = wanted {
            match wait_for(with, selector).await? {
                Ok((now, found)) => {
                    // What the operation is done on must be in the recording: it may have come while we waited.
                    if now.identity() != screen.identity() {
                        here = with.driven.record_screen(now.clone()).await?.1.screen;
                    }
                    (screen, place) = (now, Some(found));
                }
                Err(shown) => {
                    return Ok(Err(Outcome::Incomplete(format!(
                        "step {} (line {line}), {wording}: not on the screen within {WAIT} s; screen {here} shows: {shown}",
                        at + 1
                    ))));
                }
            }
        }
        let operation = match (step, place) {
            (Step::Tap(_), Some((x, y, label))) => Some(Operation::Tap { x, y, label }),
            (Step::Type(typed), Some((x, y, label))) => {
                let text = match fill(&typed.text, with.scenario, with.values).await {
                    Ok(text) => text,
                    Err(why) => {
                        return Ok(Err(Outcome::Incomplete(format!(
                            "step {} (line {line}), {wording}: {why}",
                            at + 1
                        ))));
                    }
                };
                if is_secret(&screen, x, y) {
                    with.driven.recorder.hide("password", &text);
                }
                Some(Operation::Type { x, y, label, text, submit: typed.submit })
            }
            (Step::Swipe(direction), _) => Some(swipe(&screen, *direction)),
            (Step::Back, _) => Some(Operation::Back),
            (Step::Open(address), _) => Some(Operation::Open { address: address.clone() }),
            _ => None,
        };
        if let Some(Operation::Tap { label, .. }) = &operation
            && ends_account(&screen, label)
            && !may_cancel(with)
        {
            return Ok(Err(Outcome::Incomplete(format!(
                "step {} (line {line}), {wording}: this would cancel the account, which the scenario does not allow (`allow: [delete_account]`, and an account that this run registered or that is `disposable`)",
                at + 1
            ))));
        }
        if let Some(operation) = &operation {
            if !with.driven.perform(here, operation).await? {
                return Ok(Err(Outcome::Incomplete(format!(
                    "step {} (line {line}), {wording}: the app refused it; screen {here} shows it",
                    at + 1
                ))));
            }
            if let Operation::Tap { label, .. } = operation
                && means(label, Meaning::Agree)
            {
                with.driven
                    .recorder
                    .append(Event::ConsentGiven(ConsentGiven { screen: here, by: label.clone() }))?;
            }
        }
        match step {
            Step::Background(seconds) => {
                with.driven.app.background(Duration::from_secs_f64(seconds.clamp(0.0, 3600.0))).await?;
            }
            Step::Pause(what) => {
                if let Err(why) = ask_person(with.pause, with.progress, what).await {
                    return Ok(Err(Outcome::Incomplete(format!(
                        "step {} (line {line}), {wording}: {why}",
                        at + 1
                    ))));
                }
            }
            Step::Upgrade(file) => {
                with.driven.app.upgrade(file).await?;
                with.driven.start(Start::Upgraded).await?;
            }
            _ => {}
        }
        let observation = with.driven.app.observe().await?;
        let number = with.driven.record(&observation)?.screen;
        screen = observation.screen;
        // Waiting and looking are not operations: a person's hand does nothing.
        if let Some(operation) = operation.filter(|_| !matches!(step, Step::Observe | Step::WaitFor(_))) {
            done.push(Done { on: here, operation: unsecret(&operation), led_to: number });
        }
        here = number;
    }
    Ok(Ok(done))
}

type Place = (f32, f32, String);

/// The selected element once it is there, or what the screen shows in its place.
async fn wait_for(
    with: &mut Context<'_>,
    selector: &Selector,
) -> Result<Result<(Screen, Place), String>, Broken> {
    let until = with.driven.app.now() + Duration::from_secs(WAIT);
    loop {
        let screen = with.driven.app.look().await?;
        if let Some(place) = find(&screen, selector) {
            return Ok(Ok((screen, place)));
        }
        let left = until.saturating_sub(with.driven.app.now());
        if left.is_zero() || with.driven.app.changed(&screen, left).await?.is_none() {
            return Ok(Err(screen.seen_text().chars().take(160).collect()));
        }
    }
}

/// The best match: whole words before a part of them, what can be tapped before what cannot.
fn find(screen: &Screen, selector: &Selector) -> Option<Place> {
    let reading = controls::read(screen);
    let wanted = selector.text.as_deref().map(fold);
    let mut best: Option<(u8, Place)> = None;
    for (at, element) in screen.elements.iter().enumerate().filter(|(_, element)| element.seen) {
        let label = screen.label(at);
        let folded = fold(&label);
        let whole = match &wanted {
            Some(wanted) if folded == *wanted => true,
            Some(wanted) if folded.contains(wanted.as_str()) && folded.chars().count() < 200 => false,
            Some(_) => continue,
            None => true,
        };
        let meant = selector.control.is_none_or(|meaning| {
            reading.controls.iter().any(|control| control.element == at && control.meaning == meaning)
                || (meaning == Meaning::ConsentWording
                    && reading.consent_boxes().any(|tick| tick.element == at))
        });
        let of_role = selector.role.is_none_or(|role| role == element.role);
        let of_id = selector
            .id
            .as_ref()
            .is_none_or(|id| element.id == *id || element.id.ends_with(&format!("/{id}")));
        if !(meant && of_role && of_id) {
            continue;
        }
        let (x, y) = element.tap_at.unwrap_or_else(|| element.rect.center());
        let score = u8::from(!whole) * 2 + u8::from(element.tap_at.is_none());
        if best.as_ref().is_none_or(|(known, _)| score < *known) {
            best = Some((score, (x, y, label.chars().take(60).collect())));
        }
    }
    best.map(|(_, place)| place)
}

/// `$name` stands for the persona's or the account's value of that name, `$code` for a fresh code.
async fn fill(text: &str, scenario: &Scenario, values: &Values) -> Result<String, String> {
    let Some(name) = text.strip_prefix('$') else { return Ok(text.to_owned()) };
    if name == "code" && !values.contains_key(name) {
        return codes::fetch(scenario).await;
    }
    Ok(values.get(name).cloned().unwrap_or_else(|| text.to_owned()))
}

/// Whether a tap on this would be the last word of a cancellation, on a screen that is about one.
fn ends_account(screen: &Screen, label: &str) -> bool {
    let about = screen.seen_text().contains("注销") || means(label, Meaning::CancelAccount);
    let form = rights::fields(screen).iter().any(|field| field.kind != "other") || screen.alert.is_some();
    let dialog = screen.elements.iter().any(|element| element.overlay && element.seen);
    about && means(label, Meaning::ConfirmCancel) && (form || dialog || !means(label, Meaning::CancelAccount))
}

/// Asks the person before the visible browser to do something, and waits for Enter.
pub(super) async fn ask_person(
    pause: bool,
    progress: &(dyn Fn(&str) + Send + Sync),
    what: &str,
) -> Result<(), String> {
    if !pause {
        return Err(format!("this needs a person ({what}); run with --pause and do it in the browser"));
    }
    progress(&format!("waiting for you: {what} — press Enter when it is done"));
    eprintln!("\nPlease do this in the browser: {}\nPress Enter when it is done.", crate::text::clean(what));
    let read = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await;
    match read {
        Ok(Ok(count)) if count > 0 => Ok(()),
        _ => Err(format!("this needs a person ({what}), and nobody answered")),
    }
}

/// Whether the field at a point hides what is typed into it.
fn is_secret(screen: &Screen, x: f32, y: f32) -> bool {
    let here = |rect: &Rect| x >= rect.x && x <= rect.right() && y >= rect.y && y <= rect.bottom();
    screen.elements.iter().any(|element| element.secret && here(&element.rect))
}

fn swipe(screen: &Screen, direction: Direction) -> Operation {
    let reach =
        0.6 * if matches!(direction, Direction::Up | Direction::Down) { screen.height } else { screen.width };
    Operation::Swipe { direction, x: screen.width / 2.0, y: screen.height / 2.0, reach }
}

fn describe(step: &Step) -> String {
    match step {
        Step::Tap(selector) => format!("tap {selector}"),
        Step::Type(typed) => format!("type into {}", typed.into),
        Step::Swipe(direction) => format!("swipe {direction:?}").to_lowercase(),
        Step::Back => "back".to_owned(),
        Step::WaitFor(selector) => format!("wait for {selector}"),
        Step::Open(address) => format!("open {address}"),
        Step::Background(seconds) => format!("background for {seconds} s"),
        Step::Upgrade(file) => format!("upgrade to {file}"),
        Step::Observe => "observe".to_owned(),
        Step::Pause(what) => format!("pause: {what}"),
    }
}
