//! Finding the entry of the cancellation and following it; what turns out to be none is left, and the search goes on.

use crate::app::App;
use crate::app::careful::Hand;
use crate::explore::Answer;
use crate::explore::goal::Goal;
use crate::language::danger;
use crate::language::rights::{self, Found};
use crate::probes::cancel_entry::CancelEntry;
use crate::probes::cancelling::{self, Ended};
use crate::probes::context::Context;
use crate::probes::{account, steps, survey};
use crate::recording::account::{Cancellation, Progress};
use crate::recording::{Outcome, Step};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::session::Broken;
use crate::world::guard::Guard;

/// Controls that turn out to be no entry before the search is given up (ours).
const WRONG: usize = 4;

/// Finds the entry and follows it; what is none is left out and the search goes on.
pub(super) async fn follow_entry(
    with: &mut Context<'_>,
    may: bool,
) -> Result<Result<Cancellation, Outcome>, Broken> {
    let own = with.scenario.steps("delete_account");
    if !own.is_empty() {
        with.driven.go_to_main_screen().await?;
        let path = match steps::run(with, own).await? {
            Ok(path) => path,
            Err(outcome) => return Ok(Err(outcome)),
        };
        let (screen, seen) = with.driven.see_past_asks().await?;
        let entry = CancelEntry::default().entry(&screen).filter(|_| rights::fields(&screen).is_empty());
        return Ok(Ok(match entry {
            Some(entry) => try_entry(with, may, path, &screen, seen.screen, entry).await?.0,
            None => {
                with.driven.app.set_hand(Hand::WithLeave).await?;
                let ended = cancelling::go_on(with, &Screen::default(), may).await?;
                with.driven.app.set_hand(Hand::Guided).await?;
                describe_cancellation(path, String::new(), ended)
            }
        }));
    }
    if !account::may_walk(with).await? {
        return Ok(Err(Outcome::Incomplete(format!(
            "the entry was not looked for: {}; `steps` can lead to it",
            account::SOMEBODYS_OWN
        ))));
    }
    let mut goal = CancelEntry::default();
    let mut no_entries = Vec::new();
    let mut fallback: Option<Cancellation> = None;
    for _ in 0..WRONG {
        let reached = match go_to_entry(with, &goal).await? {
            Answer::Reached(reached) => reached,
            Answer::RuledOut(ruled_out) => {
                let last = fallback.take().unwrap_or(Cancellation {
                    progress: Progress::NoEntry,
                    path: vec![],
                    entry: String::new(),
                    screen: with.driven.recorder.last_screen(),
                    says: ruled_out.stopped.clone().unwrap_or_default(),
                    confirmed: false,
                    no_entries: vec![],
                    exhaustive: ruled_out.stopped.is_none() && !ruled_out.promising_only,
                    shortest: false,
                });
                return Ok(Ok(Cancellation { no_entries, ..last }));
            }
        };
        // The shortest way of a guest is not the shortest way of a person who is logged in.
        let shortest = reached.shortest && reached.breadth.signed_in;
        let (screen, seen) = with.driven.see_past_asks().await?;
        let Some(entry) = goal.entry(&screen) else {
            let why = format!("the entry on screen {} was gone when it was to be tapped", reached.screen);
            return Ok(Err(Outcome::Incomplete(why)));
        };
        goal.wrong.push((entry.label.clone(), screen.identity()));
        let label = entry.label.clone();
        let (found, no_entry) = try_entry(with, may, reached.path, &screen, seen.screen, entry).await?;
        if !no_entry {
            return Ok(Ok(Cancellation { no_entries, shortest, ..found }));
        }
        if found.progress == Progress::NoWay && !found.says.is_empty() {
            fallback.get_or_insert(found);
        } else {
            no_entries.push(label);
        }
        if let Err(outcome) = account::ensure(with).await? {
            return Ok(Err(outcome));
        }
    }
    let why = format!("{WRONG} controls that name a cancellation are none; `steps` can lead to it");
    Ok(fallback.map(|last| Cancellation { no_entries, ..last }).ok_or(Outcome::Incomplete(why)))
}

/// Stands on the screen with an entry: by the way that this run's walks know, the shortest that they saw, else by a
/// search of its own.
async fn go_to_entry(with: &mut Context<'_>, goal: &CancelEntry) -> Result<Answer, Broken> {
    if let Some(Answer::Reached(known)) = with.known.answer(goal.name()).cloned()
        && goal.wrong.is_empty()
        && survey::go_to(with, goal, &known).await?.is_some()
    {
        return Ok(Answer::Reached(known));
    }
    account::find(with, goal).await
}

/// Follows the entry and goes on; the second value says whether it was none. Without leave only a link that leads to a page of the app is
/// followed, with the guard strict, and the page is read.
async fn try_entry(
    with: &mut Context<'_>,
    may: bool,
    mut path: Vec<Step>,
    screen: &Screen,
    number: u32,
    entry: Found,
) -> Result<(Cancellation, bool), Broken> {
    // A guard that cannot hold anything back would be no guard.
    let page = leads_to_page(with.driven.app, screen, entry.element);
    let follows = may || page && with.driven.app.set_guard(Guard::Strict).await?;
    if !follows {
        let says = "without leave the entry was not tapped, as it could cancel by itself".to_owned();
        let (progress, confirmed, no_entry) = (Progress::NotFollowed, false, false);
        let operation = Operation::Tap { x: entry.at.0, y: entry.at.1, label: entry.label.clone() };
        path.push(Step { on: number, operation, led_to: number });
        let ended = Ended { progress, says, screen: number, confirmed, no_entry };
        return Ok((describe_cancellation(path, entry.label, ended), false));
    }
    with.driven.app.set_hand(Hand::WithLeave).await?;
    if !may {
        with.driven.app.set_guard(Guard::Strict).await?;
    }
    let operation = account::tap(with, number, &entry).await?;
    let ended = cancelling::go_on(with, screen, may).await?;
    with.driven.app.set_hand(Hand::Guided).await?;
    path.push(Step { on: number, operation, led_to: ended.screen });
    let no_entry = ended.no_entry;
    Ok((describe_cancellation(path, entry.label, ended), no_entry))
}

/// A link to a page of the app: by its address it shows something and does nothing. What follows `#` never reaches a server.
fn leads_to_page(app: &dyn App, screen: &Screen, entry: usize) -> bool {
    let Some(element) = screen.elements.get(entry) else { return false };
    let page = |address: &str| address.split('#').next().unwrap_or_default().to_owned();
    let href = &element.href;
    let within = href.contains('#') && page(href) == page(&screen.address) && !href.ends_with('#');
    !href.is_empty()
        && app.is_own(href)
        && (within || danger::of_address(href).is_none())
        && element.hints.split_whitespace().all(|name| !name.contains('('))
}

/// The entry of the timeline for a cancellation that ended so.
fn describe_cancellation(path: Vec<Step>, entry: String, ended: Ended) -> Cancellation {
    let Ended { progress, says, screen, confirmed, .. } = ended;
    let (no_entries, exhaustive, shortest) = (vec![], false, false);
    Cancellation { progress, path, entry, screen, says, confirmed, no_entries, exhaustive, shortest }
}
