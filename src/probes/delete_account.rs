//! `delete_account`: finds where the account is cancelled, records what that costs, does it where the scenario allows
//! it, and looks what is left.

use async_trait::async_trait;

use super::account::{self, signed_in};
use super::cancel_entry::{CancelEntry, SeenOnTheWay};
use super::cancelling::{self, Ended};
use super::context::Context;
use super::probe::{Facts, Probe};
use super::{steps, survey};
use crate::app::App;
use crate::app::careful::Hand;
use crate::explore::Answer;
use crate::explore::goal::Goal;
use crate::language::danger;
use crate::language::rights::{self, Answered, Found};
use crate::recording::account::{AccountChecked, Cancellation, Check, Entering, Progress};
use crate::recording::entries::SessionChanged;
use crate::recording::{Event, Outcome, Step};
use crate::scenario::Allowed;
use crate::screen::operation::Operation;
use crate::screen::{Identity, Screen};
use crate::session::Broken;
use crate::world::Start;
use crate::world::guard::Guard;

/// Controls that turn out to be no entry before the search is given up (ours).
const WRONG: usize = 4;

/// The probe that cancels the account.
#[derive(Debug)]
pub struct DeleteAccount;

static FACTS: Facts = Facts {
    name: "delete_account",
    about: "where the account is cancelled, what that costs, and what is left",
    does: (
        "finds where the account is cancelled and what that costs; with `allow: [delete_account]` does it and looks what is left",
        "找到注销账号的入口及其条件；在 `allow: [delete_account]` 时完成注销并查看所余",
    ),
    goals: &[&SeenOnTheWay],
    account: true,
    person: true,
    leave: Some(Allowed::DeleteAccount),
    after: &["correct_information"],
};

#[async_trait]
impl Probe for DeleteAccount {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        if let Err(outcome) = account::ensure(with).await? {
            return Ok(outcome);
        }
        let may = account::may_cancel(with);
        let mut other = None;
        let mut before = Before::default();
        if may {
            (with.progress)("logging in a second time, in a session that knows nothing");
            other = account::other_session(with).await?;
            if let Some(app) = &mut other {
                let prepared = prepare(&mut with.of(app.as_mut())).await;
                match prepared {
                    Ok(known) => before = known,
                    Err(e) => {
                        app.stop().await;
                        return Err(e);
                    }
                }
                with.driven
                    .recorder
                    .append(Event::SessionChanged(SessionChanged { session: "first".to_owned() }))?;
            }
        }
        let result = cancel(with, may, &mut other, &before).await;
        if let Some(app) = &mut other {
            app.stop().await;
        }
        result
    }
}

/// How the second session was before.
#[derive(Default)]
struct Before {
    /// The screen that a person sees who is logged in; `None` where logging in did not work.
    inside: Option<Identity>,
    held: Vec<Held>,
}

/// What an address served before.
struct Held {
    address: String,
    text: String,
}

/// Logs in and keeps what the account's addresses serve.
async fn prepare(with: &mut Context<'_>) -> Result<Before, Broken> {
    if account::enter(with, Entering::LoggingIn).await?.answered != Answered::Accepted {
        return Ok(Before::default());
    }
    let state = signed_in(with).await?;
    let inside = (state.there == Some(true)).then_some(state.identity);
    let addresses = with.scenario.account.as_ref().map(|account| account.holds.clone()).unwrap_or_default();
    let mut held = Vec::new();
    for address in addresses {
        let (text, _) = open(with, &address).await?;
        held.push(Held { address, text });
    }
    Ok(Before { inside, held })
}

/// Opens an address of the app's and gives what it serves.
async fn open(with: &mut Context<'_>, address: &str) -> Result<(String, u32), Broken> {
    let base = match &with.scenario.app.target {
        crate::scenario::Target::Web(web) => web.url.join(address).map(String::from).ok(),
        _ => None,
    };
    let address = base.unwrap_or_else(|| address.to_owned());
    let here = with.driven.recorder.last_screen();
    with.driven.perform(here, &Operation::Open { address }).await?;
    let (screen, seen) = with.driven.see_past_asks().await?;
    Ok((screen.whole_text(), seen.screen))
}

async fn cancel(
    with: &mut Context<'_>,
    may: bool,
    other: &mut Option<Box<dyn App>>,
    before: &Before,
) -> Result<Outcome, Broken> {
    let cancellation = match follow(with, may).await? {
        Ok(cancellation) => cancellation,
        Err(outcome) => return Ok(outcome),
    };
    let (progress, confirmed) = (cancellation.progress, cancellation.confirmed);
    let says = cancellation.says.clone();
    with.driven.recorder.append(Event::Cancellation(cancellation))?;
    if confirmed {
        // A request that waits is undone by logging in, so only what cannot undo it is looked at.
        let waits = progress == Progress::Requested;
        (with.progress)("looking what is left of the account");
        match other {
            Some(app) => {
                with.driven
                    .recorder
                    .append(Event::SessionChanged(SessionChanged { session: "second".to_owned() }))?;
                look_after(&mut with.of(app.as_mut()), before, waits).await?;
                with.driven
                    .recorder
                    .append(Event::SessionChanged(SessionChanged { session: "first".to_owned() }))?;
            }
            None => look_after(with, before, waits).await?,
        }
        with.known.account = None;
    }
    Ok(match progress {
        Progress::NeedsPerson | Progress::Lacks => Outcome::Incomplete(says),
        _ => Outcome::Complete,
    })
}

/// Finds the entry and follows it; what is none is left out and the search goes on.
async fn follow(with: &mut Context<'_>, may: bool) -> Result<Result<Cancellation, Outcome>, Broken> {
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
            Some(entry) => enter(with, may, path, &screen, seen.screen, entry).await?.0,
            None => {
                with.driven.app.set_hand(Hand::WithLeave).await?;
                let ended = cancelling::go_on(with, &Screen::default(), may).await?;
                with.driven.app.set_hand(Hand::Guided).await?;
                made(path, String::new(), ended)
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
        let reached = match find(with, &goal).await? {
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
        // What a guest needs is not what who is logged in needs at least.
        let shortest = reached.shortest && reached.breadth.signed_in;
        let (screen, seen) = with.driven.see_past_asks().await?;
        let Some(entry) = goal.entry(&screen) else {
            let why = format!("the entry on screen {} was gone when it was to be tapped", reached.screen);
            return Ok(Err(Outcome::Incomplete(why)));
        };
        goal.wrong.push((entry.label.clone(), screen.identity()));
        let label = entry.label.clone();
        let (found, no_entry) = enter(with, may, reached.path, &screen, seen.screen, entry).await?;
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
async fn find(with: &mut Context<'_>, goal: &CancelEntry) -> Result<Answer, Broken> {
    if let Some(Answer::Reached(known)) = with.known.answer(goal.name()).cloned()
        && goal.wrong.is_empty()
        && survey::go_to(with, goal, &known).await?.is_some()
    {
        return Ok(Answer::Reached(known));
    }
    account::find(with, goal).await
}

/// Follows the entry and goes on; whether it was none. Without leave only a link that leads to a page of the app is
/// followed, with the guard strict, and the page is read.
async fn enter(
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
        return Ok((made(path, entry.label, ended), false));
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
    Ok((made(path, entry.label, ended), no_entry))
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

fn made(path: Vec<Step>, entry: String, ended: Ended) -> Cancellation {
    let Ended { progress, says, screen, confirmed, .. } = ended;
    let (no_entries, exhaustive, shortest) = (vec![], false, false);
    Cancellation { progress, path, entry, screen, says, confirmed, no_entries, exhaustive, shortest }
}

/// Looks whether the account, its sessions and what it held are still there.
async fn look_after(with: &mut Context<'_>, before: &Before, waits: bool) -> Result<(), Broken> {
    if let Some(inside) = &before.inside {
        let state = signed_in(with).await?;
        // Neither a guest's screen nor the one from before: an error page, perhaps.
        let there = state.there.filter(|there| !there || state.identity.same_screen(inside));
        with.driven.recorder.append(Event::AccountChecked(AccountChecked {
            check: Check::OtherSession,
            there,
            says: String::new(),
            answered: None,
            screen: state.screen,
            address: String::new(),
        }))?;
        for before in &before.held {
            let (text, screen) = open(with, &before.address).await?;
            let alike = strsim::normalized_levenshtein(&short(&before.text), &short(&text));
            // An address that served nothing worth comparing tells nothing.
            let telling =
                before.text.trim().chars().count() >= 12 && rights::answered(&before.text).is_none();
            let there = match alike {
                _ if !telling => None,
                alike if alike > 0.8 => Some(true),
                alike if alike < 0.5 => Some(false),
                _ => None,
            };
            with.driven.recorder.append(Event::AccountChecked(AccountChecked {
                check: Check::Data,
                there,
                says: text.trim().chars().take(160).collect(),
                answered: None,
                screen,
                address: before.address.clone(),
            }))?;
        }
    }
    if waits {
        return Ok(());
    }
    with.driven.start(Start::Fresh).await?;
    let again = account::enter(with, Entering::LoggingInAgain).await?;
    let there = match again.answered {
        Answered::Accepted => Some(true),
        Answered::NoSuchAccount | Answered::WrongCredentials => Some(false),
        _ => None,
    };
    with.driven.recorder.append(Event::AccountChecked(AccountChecked {
        check: Check::LogIn,
        there,
        says: again.says,
        answered: Some(again.answered),
        screen: again.screen,
        address: String::new(),
    }))?;
    Ok(())
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).take(2000).collect()
}
