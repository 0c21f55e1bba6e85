//! What is left of an account: how a second session saw it before the cancellation, and how it is afterwards.

use super::marks::look_for_mark;
use crate::language::rights::{self, Answered};
use crate::probes::account::{self, signed_in};
use crate::probes::context::Context;
use crate::recording::Event;
use crate::recording::account::{AccountChecked, Check, Entering};
use crate::scenario::Target;
use crate::screen::Identity;
use crate::screen::operation::Operation;
use crate::session::Broken;
use crate::world::Start;

/// How the second session was before.
#[derive(Default)]
pub(super) struct Before {
    /// The screen of a person who is logged in; `None` where logging in did not work.
    inside: Option<Identity>,
    held: Vec<Held>,
}

/// What an address served before.
struct Held {
    address: String,
    text: String,
}

/// Logs in and keeps what the account's addresses serve.
pub(super) async fn prepare(with: &mut Context<'_>) -> Result<Before, Broken> {
    if account::enter(with, Entering::LoggingIn).await?.answered != Answered::Accepted {
        return Ok(Before::default());
    }
    let state = signed_in(with).await?;
    let inside = (state.there == Some(true)).then_some(state.identity);
    let addresses = with.scenario.account.as_ref().map(|account| account.holds.clone()).unwrap_or_default();
    let mut held = Vec::new();
    for address in addresses {
        let (text, _) = open_address(with, &address).await?;
        held.push(Held { address, text });
    }
    Ok(Before { inside, held })
}

/// Opens an address of the app's and gives what it serves.
async fn open_address(with: &mut Context<'_>, address: &str) -> Result<(String, u32), Broken> {
    let base = match &with.scenario.app.target {
        Target::Web(web) => web.url.join(address).map(String::from).ok(),
        _ => None,
    };
    let address = base.unwrap_or_else(|| address.to_owned());
    let here = with.driven.recorder.last_screen();
    with.driven.perform(here, &Operation::Open { address }).await?;
    let (screen, seen) = with.driven.see_past_asks().await?;
    Ok((screen.whole_text(), seen.screen))
}

/// Looks whether the account, its sessions and what it held are still there.
pub(super) async fn look_after(with: &mut Context<'_>, before: &Before, waits: bool) -> Result<(), Broken> {
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
            let (text, screen) = open_address(with, &before.address).await?;
            let alike = strsim::normalized_levenshtein(&shorten(&before.text), &shorten(&text));
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
    if there == Some(true)
        && let Some(mark) = with.known.mark.clone()
    {
        look_for_mark(with, &mark).await?;
    }
    Ok(())
}

/// The beginning of a text without its spaces, for comparing.
fn shorten(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).take(2000).collect()
}
