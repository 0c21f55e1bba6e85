//! Coming into the app's account: finding the form by meaning, filling it in, and knowing how it ended.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use super::main_screen::{self, MainScreen, perform, unsecret};
use super::{Context, asks, codes, pass, steps};
use crate::explore::goal::{Goal, SignInForm};
use crate::explore::{Answer, Broken, Explorer, Home as _};
use crate::language::lexicon::{Meaning, fold};
use crate::language::rights::{self, Answered, FormField, Found};
use crate::recording::account::{AccountEntered, Entering};
use crate::recording::{Event, Observation, Outcome, ScreenSeen, Start, Step};
use crate::scenario::Allowed;
use crate::screen::operation::Operation;
use crate::screen::{Identity, Role, Screen};

/// How deep a log-in form may lie: a person who wants to log in is led there.
const DEPTH: usize = 3;
/// How long an answer to a form is waited for (ours).
const ANSWER: Duration = Duration::from_secs(8);
/// Forms that are turned through before the right one must be there.
const TURNS: usize = 3;

/// How the account was come into.
#[derive(Debug, Clone)]
pub struct Entered {
    /// This run registered it.
    pub registered: bool,
}

/// A form to register or log in with. What leads there may say more than one word ("log in to see your orders").
#[derive(Debug)]
struct EntryForm;

/// Words that a way to the form begins with.
const BEGINS: [&str; 7] = ["登录", "登陆", "请登录", "注册", "log in", "sign in", "register"];

impl Goal for EntryForm {
    fn name(&self) -> &'static str {
        SignInForm.name()
    }
    fn reached(&self, screen: &Screen, way: Option<&str>) -> bool {
        SignInForm.reached(screen, way)
    }
    fn promise(&self, label: &str) -> usize {
        let folded = fold(label);
        let begins = folded.chars().count() <= 40 && BEGINS.iter().any(|word| folded.starts_with(word));
        if begins { 0 } else { SignInForm.promise(label) }
    }
}

/// Whether the account may be cancelled: the scenario says so, and nobody loses it.
pub fn may_cancel(with: &Context<'_>) -> bool {
    let own = with.known.account.as_ref().is_some_and(|entered| entered.registered);
    let disposable = with.scenario.account.as_ref().is_some_and(|account| account.disposable);
    with.scenario.allows(Allowed::DeleteAccount) && (own || disposable)
}

/// Looks and records what is seen.
pub async fn observe(with: &mut Context<'_>) -> Result<(Screen, ScreenSeen), Broken> {
    asks::look_past(with.app, with.recorder).await?;
    let observation = with.app.observe().await?;
    let seen = with.recorder.see(&observation)?;
    Ok((observation.screen, seen))
}

/// Comes into the account, unless the session still is in it: registers where the scenario says so, else logs in. How
/// the probe ends where neither works.
pub async fn ensure(with: &mut Context<'_>) -> Result<Result<(), Outcome>, Broken> {
    let Some(account) = &with.scenario.account else {
        let why = "the scenario has no `account:`, so there is nobody to log in as".to_owned();
        return Ok(Err(Outcome::Incomplete(why)));
    };
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
        MainScreen::default().go(with.app, with.recorder).await?;
        let (before, _) = observe(with).await?;
        match steps::run(with, &own).await? {
            Err(outcome) => {
                let says = match outcome {
                    Outcome::Incomplete(why) => why,
                    Outcome::Complete => String::new(),
                };
                let screen = with.recorder.last_screen();
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
    with.recorder.append(Event::AccountEntered(entered.clone()))?;
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
    let ended = |answered, says: String, screen, form, asked| AccountEntered {
        entering,
        answered,
        says,
        screen,
        form,
        asked,
    };
    if !to_form(with).await? {
        let why = "no log-in form was found; `account.log_in.steps` can lead to it".to_owned();
        return Ok(ended(Answered::Nothing, why, with.recorder.last_screen(), 0, vec![]));
    }
    let Some((screen, seen)) = turn_to(with, wanted, other).await? else {
        let why = "the form has no control that sends it; `steps` can lead through it".to_owned();
        return Ok(ended(Answered::Nothing, why, with.recorder.last_screen(), 0, vec![]));
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
    let now = with.app.look().await?;
    let Some(send) = sends(&now, wanted) else {
        let why = "the control that sends the form is gone".to_owned();
        return Ok(ended(Answered::Nothing, why, form, form, asked));
    };
    tap(with, form, &send).await?;
    let Told { answered, says, screen, .. } = answer(with, &now, &is_gone).await?;
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
        MainScreen::default().go(with.app, with.recorder).await?;
        let walked = walk(with, &way).await?;
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

/// One search of the app.
pub async fn search(
    with: &mut Context<'_>,
    goal: &dyn Goal,
    depth: usize,
    promising_only: bool,
) -> Result<Answer, Broken> {
    let mut limits = with.limits(depth);
    limits.promising_only = promising_only;
    let mut home = MainScreen::default();
    Explorer::new(with.app, with.recorder, &mut home, with.progress, limits).search(goal).await
}

/// Searches where labels speak for it first, then everywhere; the app stands on what was reached.
pub async fn find(with: &mut Context<'_>, goal: &dyn Goal) -> Result<Answer, Broken> {
    let depth = with.thresholds.get("search_depth").clamp(1.0, 50.0) as usize;
    match search(with, goal, depth.min(5), true).await? {
        Answer::RuledOut(_) => search(with, goal, depth, false).await,
        reached => Ok(reached),
    }
}

/// The operations of a path.
pub fn operations(path: &[Step]) -> Vec<Operation> {
    path.iter().map(|step| step.operation.clone()).collect()
}

/// Where walking a known way ended.
pub struct Walked {
    pub screen: Screen,
    pub number: u32,
    /// Every operation of it could be done.
    pub whole: bool,
    /// All that was shown on the way, the last screen included.
    pub shown: String,
}

/// Does the operations of a known way, taps by their words.
pub async fn walk(with: &mut Context<'_>, way: &[Operation]) -> Result<Walked, Broken> {
    let (mut screen, seen) = observe(with).await?;
    let mut number = seen.screen;
    let mut shown = whole(&screen);
    for operation in way {
        let operation = match operation {
            Operation::Tap { label, .. } if !label.is_empty() => match by_label(&screen, label) {
                Some((x, y)) => Operation::Tap { x, y, label: label.clone() },
                None => return Ok(Walked { screen, number, whole: false, shown }),
            },
            other => other.clone(),
        };
        perform(with.app, with.recorder, number, &operation).await?;
        let (now, seen) = observe(with).await?;
        (screen, number) = (now, seen.screen);
        shown.push_str(&whole(&screen));
    }
    Ok(Walked { screen, number, whole: true, shown })
}

/// All text of a screen with what its fields hold.
pub fn whole(screen: &Screen) -> String {
    let values = screen.elements.iter().map(|element| element.value.as_str());
    let held: Vec<&str> = values.filter(|value| !value.is_empty()).collect();
    format!("{}\n{}\n", screen.whole_text(), held.join("\n"))
}

fn by_label(screen: &Screen, label: &str) -> Option<(f32, f32)> {
    let short = |text: &str| text.chars().take(60).collect::<String>();
    let wanted = fold(label);
    let at = (0..screen.elements.len())
        .find(|&at| screen.elements[at].tap_at.is_some() && fold(&short(&screen.label(at))) == wanted)?;
    screen.elements[at].tap_at
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
        let identity = with.app.look().await?.identity();
        return Ok(SignedIn { there, screen: with.recorder.last_screen(), identity });
    }
    MainScreen::default().go(with.app, with.recorder).await?;
    let walked = walk(with, &way).await?;
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
        |last| matches!(last, Operation::Tap { label, .. } if by_label(screen, label).is_none()),
    );
    last && !screen.elements.is_empty()
}

/// Turns from a log-in form to a registration form or back, until the wanted one is there.
async fn turn_to(
    with: &mut Context<'_>,
    wanted: Meaning,
    other: Meaning,
) -> Result<Option<(Screen, ScreenSeen)>, Broken> {
    for turn in 0..=TURNS {
        let (screen, seen) = observe(with).await?;
        let button = |found: &Found| screen.elements[found.element].role == Role::Button;
        let candidates = rights::controls(&screen, wanted);
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

/// The control that sends the form: a button before a link, the last before the first.
fn sends(screen: &Screen, wanted: Meaning) -> Option<Found> {
    let found = rights::controls(screen, wanted);
    let button = found.iter().rev().find(|found| screen.elements[found.element].role == Role::Button);
    button.or(found.last()).cloned()
}

/// What is typed into a field of a log-in or registration form; a code is sent for first.
async fn value_for(
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
        with.app.look().await?;
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
    perform(with.app, with.recorder, number, &operation).await
}

/// Ticks the boxes of a form that stand for consent and are off.
pub async fn tick(with: &mut Context<'_>, number: u32, seen: &ScreenSeen) -> Result<(), Broken> {
    for control in pass::boxes_to_tick(seen) {
        let at = seen.reading.boxes.iter().find(|tick| tick.element == control.element);
        if let Some((x, y)) = at.and_then(|tick| tick.tap_at) {
            let operation = Operation::Tap { x, y, label: control.label };
            perform(with.app, with.recorder, number, &operation).await?;
        }
    }
    Ok(())
}

/// Taps a control.
pub async fn tap(with: &mut Context<'_>, number: u32, found: &Found) -> Result<Operation, Broken> {
    with.app.listen().await?;
    let label: String = found.label.chars().take(60).collect();
    let operation = Operation::Tap { x: found.at.0, y: found.at.1, label };
    perform(with.app, with.recorder, number, &operation).await?;
    Ok(unsecret(&operation))
}

/// What an app answered, in its words, and on which screen.
pub struct Told {
    pub answered: Answered,
    pub says: String,
    /// All that it showed and did not show before.
    pub new: String,
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
    let until = Instant::now() + ANSWER;
    loop {
        let screen = with.app.look().await?;
        // Messages that came and went stand first: they are the answer.
        let heard = with.app.heard().await?;
        let mut new: Vec<String> = Vec::new();
        for text in heard.into_iter().filter(|text| !known.contains(text)) {
            if !new.contains(&text) {
                new.push(text);
            }
        }
        new.push(fresh(&known, &screen));
        let new: String = new.join(" ").trim().chars().take(600).collect();
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
            None if Instant::now() < until => {
                tokio::time::sleep(Duration::from_millis(150)).await;
                continue;
            }
            None => Answered::Nothing,
        };
        let picture = with.app.picture().await?;
        let accesses = with.app.accesses();
        let seen = with.recorder.see(&Observation { screen, picture, accesses })?;
        let says = match answered {
            Answered::Accepted => String::new(),
            _ => new.chars().take(160).collect(),
        };
        return Ok(Told { answered, says, new, screen: seen.screen });
    }
}

/// Another session of the app, with nothing of the first; `None` where the platform has one only.
pub async fn other_session(with: &mut Context<'_>) -> Result<Option<Box<dyn crate::app::App>>, Broken> {
    if !with.sessions.side_by_side() {
        return Ok(None);
    }
    let mut app = with.sessions.open().await?;
    with.recorder.append(Event::SessionChanged { session: "second".to_owned() })?;
    main_screen::start(app.as_mut(), with.recorder, Start::Fresh).await?;
    Ok(Some(app))
}
