//! Coming into the app's account: finding the form by meaning, filling it in, and knowing how it ended.

mod answer;
mod form;
mod leave;
mod way;

pub use self::answer::{Told, answer, fresh, texts};
pub use self::form::{code, fill, tap, tick};
pub use self::leave::{SOMEBODYS_OWN, is_expendable, may_cancel, may_walk};
pub use self::way::{find, operations, search};

use self::form::{sends, turn_to, value_for};
use super::context::{Context, Entered};
use super::steps;
use crate::app::careful::Hand;
use crate::explore::Answer;
use crate::explore::goal::{Goal, SignInForm};
use crate::language::lexicon::Meaning;
use crate::language::rights::{self, Answered};
use crate::recording::account::{AccountEntered, Entering};
use crate::recording::entries::SessionChanged;
use crate::recording::state::Consent;
use crate::recording::{Event, Outcome};
use crate::screen::operation::Operation;
use crate::screen::{Identity, Screen};
use crate::session::{Broken, OnTheWay, Sought};
use crate::world::Start;

/// How deep a log-in form may lie: a person who wants to log in is led there.
const DEPTH: usize = 3;

/// The log-in form as an account needs it: looked for everywhere where no label speaks for it.
#[derive(Debug)]
struct EntryForm;

impl Goal for EntryForm {
    fn name(&self) -> &'static str {
        SignInForm.name()
    }
    fn reached(&self, screen: &Screen, way: Option<&str>) -> bool {
        SignInForm.reached(screen, way)
    }
    fn promise(&self, label: &str) -> usize {
        SignInForm.promise(label)
    }
}

/// Comes into the account, unless the session still is in it: registers where the scenario says so, else logs in. How
/// the probe ends where neither works.
pub async fn ensure(with: &mut Context<'_>) -> Result<Result<(), Outcome>, Broken> {
    let Some(account) = &with.scenario.account else {
        let why = "the scenario has no `account:`, so there is nobody to log in as".to_owned();
        return Ok(Err(Outcome::Incomplete(why)));
    };
    if matches!(with.driven.recorder.consent(), Consent::Refused | Consent::Withdrawn) {
        // What an app shows of itself without consent is no way into an account.
        with.driven.start(Start::Fresh).await?;
    }
    if let Some(known) = with.known.account.clone() {
        if signed_in(with).await?.there == Some(true) {
            return Ok(Ok(()));
        }
        let again = enter(with, Entering::LoggingIn).await?;
        return Ok(match again.answered {
            Answered::Accepted => {
                with.known.account = Some(known);
                Ok(())
            }
            _ => Err(Outcome::Incomplete(failure(&again))),
        });
    }
    let mut registered = account.register.is_some();
    let mut entered = match registered {
        true => enter(with, Entering::Registering).await?,
        false => enter(with, Entering::LoggingIn).await?,
    };
    if entered.answered == Answered::Taken {
        // An earlier run left it: it is not this run's own.
        registered = false;
        entered = enter(with, Entering::LoggingIn).await?;
    }
    if entered.answered != Answered::Accepted {
        return Ok(Err(Outcome::Incomplete(failure(&entered))));
    }
    with.known.account = Some(Entered { registered });
    Ok(Ok(()))
}

/// Why there is no account to go on with.
fn failure(entered: &AccountEntered) -> String {
    let doing = match entered.entering {
        Entering::Registering => "registering",
        Entering::LoggingIn | Entering::LoggingInAgain => "logging in",
    };
    let why = match entered.answered {
        Answered::NoSuchAccount => "the app says that there is no such account",
        Answered::WrongCredentials => "the app refuses the credentials",
        Answered::Taken => "the app says that the account exists already",
        Answered::ServerError => "the app's server answers with an error",
        Answered::Network => "the connection failed",
        Answered::Failed => "the app refuses what was filled in",
        Answered::Nothing => "nothing came of it",
        Answered::Accepted => "it went on",
    };
    let says = if entered.says.is_empty() { String::new() } else { format!(": {}", entered.says) };
    format!("{doing} failed: {why} (screen {}){says}", entered.screen)
}

/// Registers or logs in from the main screen, and records how it ended.
pub async fn enter(with: &mut Context<'_>, entering: Entering) -> Result<AccountEntered, Broken> {
    let account = with.scenario.account.clone().unwrap_or_default();
    let own = match entering {
        Entering::Registering => account.register.unwrap_or_default().steps,
        _ => account.log_in.steps,
    };
    let entered = if own.is_empty() {
        by_meaning(with, entering).await?
    } else {
        with.driven.go_to_main_screen().await?;
        let (before, _) = with.driven.see_past_asks().await?;
        match steps::run(with, &own).await? {
            Err(outcome) => {
                let says = match outcome {
                    Outcome::Incomplete(why) => why,
                    Outcome::Complete => String::new(),
                };
                let screen = with.driven.recorder.last_screen();
                AccountEntered { entering, answered: Answered::Nothing, says, screen, form: 0, asked: vec![] }
            }
            Ok(path) => {
                let asked = path.iter().filter_map(|step| match &step.operation {
                    Operation::Type { label, .. } => rights::kind_of(label).map(str::to_owned),
                    _ => None,
                });
                let asked = asked.collect();
                let form = path.last().map_or(0, |step| step.on);
                let answer = answer(with, &before, &is_gone).await?;
                let Told { answered, says, screen, .. } = answer;
                AccountEntered { entering, answered, says, screen, form, asked }
            }
        }
    };
    with.driven.recorder.append(Event::AccountEntered(entered.clone()))?;
    Ok(entered)
}

/// The form's fields for who one is are no longer there.
fn is_gone(screen: &Screen) -> bool {
    screen.alert.is_none()
        && !screen.is_loading()
        && !rights::fields(screen).iter().any(|field| matches!(field.kind.as_str(), "password" | "code"))
}

async fn by_meaning(with: &mut Context<'_>, entering: Entering) -> Result<AccountEntered, Broken> {
    let (wanted, other) = match entering {
        Entering::Registering => (Meaning::Register, Meaning::LogIn),
        _ => (Meaning::LogIn, Meaning::Register),
    };
    if !to_form(with).await? {
        let why = "no log-in form was found; `account.log_in.steps` can lead to it".to_owned();
        let screen = with.driven.recorder.last_screen();
        return Ok(AccountEntered {
            entering,
            answered: Answered::Nothing,
            says: why,
            screen,
            form: 0,
            asked: vec![],
        });
    }
    // The scenario gives an account to come into: what its forms ask for is done.
    with.driven.app.set_hand(Hand::WithLeave).await?;
    let entered = through_form(with, entering, (wanted, other)).await;
    with.driven.app.set_hand(Hand::Guided).await?;
    entered
}

/// Turns to the form that is wanted, fills it in and sends it.
async fn through_form(
    with: &mut Context<'_>,
    entering: Entering,
    (wanted, other): (Meaning, Meaning),
) -> Result<AccountEntered, Broken> {
    let ended = |answered, says: String, screen, form, asked| AccountEntered {
        entering,
        answered,
        says,
        screen,
        form,
        asked,
    };
    let Some((screen, seen)) = turn_to(with, wanted, other).await? else {
        let why = "the form has no control that sends it; `steps` can lead through it".to_owned();
        return Ok(ended(Answered::Nothing, why, with.driven.recorder.last_screen(), 0, vec![]));
    };
    let form = seen.screen;
    let fields = rights::fields(&screen);
    let asked: Vec<String> = fields.iter().map(|field| field.kind.clone()).collect();
    for field in &fields {
        let value = match value_for(with, field, &screen, form).await? {
            Ok(Some(value)) => value,
            Ok(None) => continue,
            Err(why) => return Ok(ended(Answered::Nothing, why, form, form, asked)),
        };
        fill(with, &screen, form, field, &value).await?;
    }
    tick(with, form, &seen).await?;
    let now = with.driven.app.look().await?;
    let Some(send) = sends(&now, wanted) else {
        let why = "the control that sends the form is gone".to_owned();
        return Ok(ended(Answered::Nothing, why, form, form, asked));
    };
    tap(with, form, &send).await?;
    // A form of which no field told who one is cannot be seen to go by its fields: another screen must come.
    let (here, told) = (now.identity(), !is_gone(&now));
    let done = move |screen: &Screen| is_gone(screen) && (told || !screen.identity().same_screen(&here));
    let Told { answered, says, screen, .. } = answer(with, &now, &done).await?;
    Ok(ended(answered, says, screen, form, asked))
}

/// Goes to the log-in form: by the way that is known, else by a search.
async fn to_form(with: &mut Context<'_>) -> Result<bool, Broken> {
    if with.known.sign_in_way.is_empty()
        && let Some(Answer::Reached(reached)) = with.known.answer(SignInForm.name())
    {
        with.known.sign_in_way = operations(&reached.path);
    }
    let way = with.known.sign_in_way.clone();
    if !way.is_empty() {
        with.driven.go_to_main_screen().await?;
        let walked = with.driven.walk(&way, OnTheWay::Read).await?;
        if walked.whole && SignInForm.reached(&walked.screen, None) {
            return Ok(true);
        }
    }
    for promising_only in [true, false] {
        if let Answer::Reached(reached) = search(with, &EntryForm, DEPTH, promising_only).await? {
            with.known.sign_in_way = operations(&reached.path);
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a session is in the account.
pub struct SignedIn {
    /// `None` where it cannot be told.
    pub there: Option<bool>,
    pub screen: u32,
    /// What that screen is like.
    pub identity: Identity,
}

/// Whether the session is in the account: what leads a guest to the log-in form is not there, or leads elsewhere.
pub async fn signed_in(with: &mut Context<'_>) -> Result<SignedIn, Broken> {
    let way = with.known.sign_in_way.clone();
    if way.is_empty() {
        let answer = search(with, &EntryForm, DEPTH, true).await?;
        let there = Some(matches!(answer, Answer::RuledOut(_)));
        let identity = with.driven.app.look().await?.identity();
        return Ok(SignedIn { there, screen: with.driven.recorder.last_screen(), identity });
    }
    with.driven.go_to_main_screen().await?;
    let walked = with.driven.walk(&way, OnTheWay::Read).await?;
    let guest = SignInForm.reached(&walked.screen, None)
        || !rights::controls(&walked.screen, Meaning::SignIn).is_empty();
    // The first steps are the same for everyone: an app that cannot even be walked there says nothing.
    let told = guest || walked.whole || by_steps(&way, &walked.screen);
    let identity = walked.screen.identity();
    Ok(SignedIn { there: told.then_some(!guest), screen: walked.number, identity })
}

/// The walk got as far as the last step, whose words a guest alone sees.
fn by_steps(way: &[Operation], screen: &Screen) -> bool {
    let last = way.last().is_some_and(
        |last| matches!(last, Operation::Tap { label, .. } if Sought::by_label(label).find_on(screen).is_none()),
    );
    last && !screen.elements.is_empty()
}

/// Another session of the app, with nothing of the first; `None` where the platform has one only.
pub async fn other_session(with: &mut Context<'_>) -> Result<Option<Box<dyn crate::app::App>>, Broken> {
    if !with.sessions.side_by_side() {
        return Ok(None);
    }
    let mut app = with.sessions.open().await?;
    with.driven.recorder.append(Event::SessionChanged(SessionChanged { session: "second".to_owned() }))?;
    with.driven.in_session(app.as_mut()).start(Start::Fresh).await?;
    Ok(Some(app))
}
