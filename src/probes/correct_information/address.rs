//! An address that the run adds, deletes, and looks for again.

use super::change::{KEEP, unlike, unproven, way_to};
use crate::app::careful::Hand;
use crate::explore::goal::{Goal, NO_PROMISE};
use crate::language::lexicon::{Meaning, rank};
use crate::language::rights::{self, Answered};
use crate::probes::account::{self, answer, fill, operations, tap};
use crate::probes::context::Context;
use crate::recording::account::{Change, Entering, InformationChanged, Lasted};
use crate::recording::entries::SessionChanged;
use crate::recording::{Event, Outcome, Step};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::session::{Broken, OnTheWay};

/// A list of what one can add and delete: addresses.
#[derive(Debug)]
struct AddressList;

impl Goal for AddressList {
    fn name(&self) -> &'static str {
        "address_list"
    }
    fn reached(&self, screen: &Screen, _: Option<&str>) -> bool {
        !rights::controls(screen, Meaning::AddsAddress).is_empty()
    }
    fn promise(&self, label: &str) -> usize {
        rank(label, Meaning::Addresses).unwrap_or(NO_PROMISE)
    }
}

/// Adds an address, deletes it, and looks whether it is gone.
pub(super) async fn delete(with: &mut Context<'_>) -> Result<Result<InformationChanged, Outcome>, Broken> {
    let mut changed = unproven(Change::Deletion, "address");
    let own = with.scenario.delete_steps("correct_information");
    let path = match way_to(with, own, &AddressList).await? {
        Err(outcome) => return Ok(Err(outcome)),
        Ok(Err(_)) => {
            // Not every app keeps addresses: none found proves nothing.
            let screen = with.driven.recorder.last_screen();
            let lasted = Lasted::NotFound;
            return Ok(Ok(InformationChanged { lasted, before: screen, after: screen, ..changed }));
        }
        Ok(Ok(path)) => path,
    };
    changed.path = path;
    with.driven.app.set_hand(Hand::WithLeave).await?;
    let mark = format!("南山路{}号", unlike(""));
    let (list, seen) = match with_address(with, &mark).await? {
        Ok(found) => found,
        Err(why) => {
            changed.after = with.driven.recorder.last_screen();
            changed.says = why;
            return Ok(Ok(changed));
        }
    };
    (changed.before, changed.after) = (seen, seen);
    let Some(remove) = delete_control(with, &list, seen, &mark).await? else {
        changed.after = with.driven.recorder.last_screen();
        changed.lasted = Lasted::NoEntry;
        return Ok(Ok(changed));
    };
    if !confirm(with, &remove).await? {
        changed.says = "the dialog that asks once more has nothing that confirms".to_owned();
        return Ok(Ok(changed));
    }
    changed.wanted.clone_from(&mark);
    with.driven.app.pass_time(KEEP).await?;
    (with.progress)("looking for the deleted address after a restart");
    with.driven.go_to_main_screen().await?;
    let walked = with.driven.walk(&operations(&changed.path), OnTheWay::Read).await?;
    changed.after = walked.number;
    let there = walked.shown.contains(&mark);
    changed.lasted = match (there, walked.whole) {
        (true, _) => Lasted::No,
        (false, true) => Lasted::Yes,
        (false, false) => Lasted::Unclear,
    };
    if changed.lasted == Lasted::Yes {
        changed.elsewhere = elsewhere(with, &changed.path, &mark).await?;
        if changed.elsewhere == Some(false) {
            changed.lasted = Lasted::No;
        }
    }
    Ok(Ok(changed))
}

/// Adds an address that is known again, and stands on the list that shows it.
async fn with_address(with: &mut Context<'_>, mark: &str) -> Result<Result<(Screen, u32), String>, Broken> {
    let (list, seen) = with.driven.see_past_asks().await?;
    let Some(add) = rights::controls(&list, Meaning::AddsAddress).into_iter().next() else {
        return Ok(Err("there is no control that adds an address".to_owned()));
    };
    tap(with, seen.screen, &add).await?;
    let (form, seen) = with.driven.see_past_asks().await?;
    for field in rights::fields(&form) {
        let value = match field.kind.as_str() {
            "name" | "nickname" => with.values.get("name").cloned().unwrap_or_else(|| "林小满".to_owned()),
            "phone" => with.values.get("phone").cloned().unwrap_or_else(|| "13800000000".to_owned()),
            "region" => "浙江省 杭州市 西湖区".to_owned(),
            "address" => mark.to_owned(),
            _ => continue,
        };
        fill(with, &form, seen.screen, &field, &value).await?;
    }
    let before = with.driven.app.look().await?;
    let Some(save) = rights::controls(&before, Meaning::Saves).pop() else {
        return Ok(Err("the form for an address has no control that saves".to_owned()));
    };
    tap(with, seen.screen, &save).await?;
    let left = before.identity();
    let wanted = mark.to_owned();
    let done = move |now: &Screen| !now.identity().same_screen(&left) && now.whole_text().contains(&wanted);
    let told = answer(with, &before, &done).await?;
    let (list, seen) = with.driven.see_past_asks().await?;
    if list.whole_text().contains(mark) {
        return Ok(Ok((list, seen.screen)));
    }
    let says = if told.says.is_empty() { "the new address is not shown".to_owned() } else { told.says };
    Ok(Err(format!("an address could not be added: {says}")))
}

/// The control that deletes the marked address: on the list, else on the screen behind its edit control.
async fn delete_control(
    with: &mut Context<'_>,
    list: &Screen,
    number: u32,
    mark: &str,
) -> Result<Option<(Screen, u32)>, Broken> {
    if let Some(found) = nearest(list, mark, Meaning::Deletes) {
        tap(with, number, &found).await?;
        return Ok(Some((list.clone(), number)));
    }
    let Some(edit) = nearest(list, mark, Meaning::Edits) else { return Ok(None) };
    tap(with, number, &edit).await?;
    let (form, seen) = with.driven.see_past_asks().await?;
    let Some(found) = rights::controls(&form, Meaning::Deletes).into_iter().next() else { return Ok(None) };
    tap(with, seen.screen, &found).await?;
    Ok(Some((form, seen.screen)))
}

/// The control of a meaning that is nearest to a text, and nearer to it than to the next entry of the list.
fn nearest(screen: &Screen, mark: &str, meaning: Meaning) -> Option<rights::Found> {
    let line = screen.elements.iter().find(|element| element.text.contains(mark))?.rect.center().1;
    let distance = |found: &rights::Found| (found.at.1 - line).abs();
    let found = rights::controls(screen, meaning);
    let best = found.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    (distance(&best) < screen.height * 0.25).then_some(best)
}

/// Confirms a dialog that asks once more, where one came; false where it cannot be.
async fn confirm(with: &mut Context<'_>, before: &(Screen, u32)) -> Result<bool, Broken> {
    let now = with.driven.app.look().await?;
    if now.alert.is_some() {
        with.driven.perform(before.1, &Operation::Answer { accept: true }).await?;
        return Ok(true);
    }
    let over = |screen: &Screen| screen.elements.iter().filter(|e| e.overlay && e.seen).count();
    let (screen, seen) = with.driven.see_past_asks().await?;
    if over(&screen) <= over(&before.0) {
        return Ok(true);
    }
    let layer = screen.elements.iter().position(|element| element.overlay && element.seen).unwrap_or(0);
    let answers = [Meaning::Deletes, Meaning::Next, Meaning::ConfirmCancel];
    let yes = answers
        .into_iter()
        .flat_map(|meaning| rights::controls(&screen, meaning))
        .find(|found| screen.is_within(found.element, layer) && !rights::keeps(&found.label));
    // A short message lies over the screen, too, and asks nothing.
    let asks = screen.descendants(layer).any(|inner| screen.elements[inner].tappable.is_some());
    match yes {
        Some(yes) => {
            tap(with, seen.screen, &yes).await?;
            Ok(true)
        }
        None => Ok(!asks),
    }
}

/// Whether a second session sees the address gone, too; `None` where there can be none.
async fn elsewhere(with: &mut Context<'_>, path: &[Step], mark: &str) -> Result<Option<bool>, Broken> {
    let Some(mut app) = account::other_session(with).await? else { return Ok(None) };
    let seen = look_elsewhere(&mut with.of(app.as_mut()), path, mark).await;
    app.stop().await;
    with.driven.recorder.append(Event::SessionChanged(SessionChanged { session: "first".to_owned() }))?;
    seen
}

async fn look_elsewhere(with: &mut Context<'_>, path: &[Step], mark: &str) -> Result<Option<bool>, Broken> {
    if account::enter(with, Entering::LoggingIn).await?.answered != Answered::Accepted {
        return Ok(None);
    }
    with.driven.go_to_main_screen().await?;
    let walked = with.driven.walk(&operations(path), OnTheWay::Read).await?;
    Ok(match (walked.shown.contains(mark), walked.whole) {
        (true, _) => Some(false),
        (false, true) => Some(true),
        (false, false) => None,
    })
}
