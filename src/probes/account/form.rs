//! The form that registers or logs in: turning to it, filling it in, sending it.

use crate::language::lexicon::Meaning;
use crate::language::rights::{self, FormField, Found};
use crate::probes::codes;
use crate::probes::context::Context;
use crate::recording::ScreenSeen;
use crate::screen::operation::Operation;
use crate::screen::{Role, Screen};
use crate::session::{Broken, pass, unsecret};

/// Forms that are turned through before the right one must be there.
const TURNS: usize = 3;

/// Turns from a log-in form to a registration form or back, until the wanted one is there.
pub(super) async fn turn_to(
    with: &mut Context<'_>,
    wanted: Meaning,
    other: Meaning,
) -> Result<Option<(Screen, ScreenSeen)>, Broken> {
    for turn in 0..=TURNS {
        let (screen, seen) = with.driven.see_past_asks().await?;
        let button = |found: &Found| screen.elements[found.element].role == Role::Button;
        let candidates = senders(&screen, wanted);
        let rivals = rights::controls(&screen, other);
        let form = !rights::fields(&screen).is_empty();
        let fits = form
            && !candidates.is_empty()
            && (rivals.is_empty() || (candidates.iter().any(button) && !rivals.iter().any(button)));
        if fits || (turn == TURNS && form && !candidates.is_empty()) {
            return Ok(Some((screen, seen)));
        }
        let Some(way) = candidates.first() else { return Ok(None) };
        tap(with, seen.screen, way).await?;
    }
    Ok(None)
}

/// The controls that log in or register, those that do both by one form included.
fn senders(screen: &Screen, wanted: Meaning) -> Vec<Found> {
    let mut found = rights::controls(screen, wanted);
    found.extend(rights::controls(screen, Meaning::LogInOrRegister));
    found.sort_by_key(|found| found.element);
    found
}

/// The control that sends the form: a button before a link, the last before the first.
pub(super) fn sends(screen: &Screen, wanted: Meaning) -> Option<Found> {
    let found = senders(screen, wanted);
    let button = found.iter().rev().find(|found| screen.elements[found.element].role == Role::Button);
    button.or(found.last()).cloned()
}

/// What is typed into a field of a log-in or registration form; a code is sent for first.
pub(super) async fn value_for(
    with: &mut Context<'_>,
    field: &FormField,
    screen: &Screen,
    number: u32,
) -> Result<Result<Option<String>, String>, Broken> {
    let names: &[&str] = match field.kind.as_str() {
        "phone" => &["phone"],
        "email" => &["email", "phone"],
        "account" | "nickname" => &["nickname", "name", "phone", "email"],
        "name" => &["name"],
        "password" => &["password"],
        "code" => return code(with, screen, number).await.map(|code| code.map(Some)),
        other => {
            return Ok(Ok(with.values.get(other).cloned()));
        }
    };
    let value = names.iter().find_map(|name| with.values.get(*name)).cloned();
    Ok(match (value, names[0]) {
        (None, "phone" | "password") => Err(format!(
            "the form asks for “{}”, and the scenario has no `account.{}`",
            field.label, names[0]
        )),
        (value, _) => Ok(value),
    })
}

/// Has a code sent, and takes it from where the scenario says.
pub async fn code(
    with: &mut Context<'_>,
    screen: &Screen,
    number: u32,
) -> Result<Result<String, String>, Broken> {
    if let Some(send) = rights::controls(screen, Meaning::SendsCode).first() {
        tap(with, number, send).await?;
        with.driven.app.look().await?;
    }
    Ok(codes::fetch(with.scenario).await)
}

/// Types a value into a field, in place of what it holds.
pub async fn fill(
    with: &mut Context<'_>,
    screen: &Screen,
    number: u32,
    field: &FormField,
    value: &str,
) -> Result<bool, Broken> {
    let element = &screen.elements[field.element];
    let Some((x, y)) = element.tap_at else { return Ok(false) };
    // The end of the line, and back over every character.
    let emptied = match element.value.chars().count() {
        0 => String::new(),
        held => format!("\u{E010}{}", "\u{E003}".repeat(held)),
    };
    let label: String = field.label.chars().take(60).collect();
    let operation = Operation::Type { x, y, label, text: format!("{emptied}{value}"), submit: false };
    with.driven.perform(number, &operation).await
}

/// Ticks the boxes of a form that stand for consent and are off.
pub async fn tick(with: &mut Context<'_>, number: u32, seen: &ScreenSeen) -> Result<(), Broken> {
    for control in pass::boxes_to_tick(seen) {
        let at = seen.reading.boxes.iter().find(|tick| tick.element == control.element);
        if let Some((x, y)) = at.and_then(|tick| tick.tap_at) {
            let operation = Operation::Tap { x, y, label: control.label };
            with.driven.perform(number, &operation).await?;
        }
    }
    Ok(())
}

/// Taps a control.
pub async fn tap(with: &mut Context<'_>, number: u32, found: &Found) -> Result<Operation, Broken> {
    with.driven.app.listen().await?;
    let label: String = found.label.chars().take(60).collect();
    let operation = Operation::Tap { x: found.at.0, y: found.at.1, label };
    with.driven.perform(number, &operation).await?;
    Ok(unsecret(&operation))
}
