//! `read_policy`: the policy's whole text, written beside the timeline, and what it says on collecting.

use async_trait::async_trait;

use super::context::Context;
use super::probe::{Facts, NOTHING, Probe};
use super::{steps, survey};
use crate::explore::Answer;
use crate::explore::goal::{Goal as _, PolicyText};
use crate::language::lexicon::Meaning;
use crate::language::policy::{self, Form};
use crate::recording::{Event, OpenedFrom, Outcome, PolicyRead, ScreenSeen};
use crate::screen::operation::{Direction, Operation};
use crate::screen::{Rect, Role, Screen};
use crate::session::Broken;
use crate::world::Start;

/// Sentences on collecting that are kept in the timeline; the text itself is kept whole.
const RULES_KEPT: usize = 40;
/// Swipes to the end of a policy, at most: a text of 60,000 characters (ours).
const SWIPES: usize = 150;
/// Screens of a start that are passed in search of a link to the policy.
const PROMPTS: usize = 6;

/// The probe that reads the policy.
#[derive(Debug)]
pub struct ReadPolicy;

static FACTS: Facts = Facts {
    name: "read_policy",
    about: "the policy's text",
    does: (
        "reads the policy's whole text (page, new tab, frame, shadow root, PDF), scrolls to its end and has its pictures measured",
        "读取隐私政策全文（页面、新标签页、框架、影子根、PDF），滚动到末尾并测量其截图",
    ),
    after: &["find_policy"],
    ..NOTHING
};

#[async_trait]
impl Probe for ReadPolicy {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        let own = with.scenario.steps(self.name());
        if !own.is_empty() {
            with.driven.go_to_main_screen().await?;
            if let Err(outcome) = steps::run(with, own).await? {
                return Ok(outcome);
            }
            return read(with, OpenedFrom::MainScreen, Some("隐私政策")).await;
        }
        if with.known.policy_open.take().is_some() {
            return read(with, OpenedFrom::MainScreen, Some("隐私政策")).await;
        }
        if let Some(Answer::Reached(reached)) = with.known.answer(PolicyText.name()).cloned()
            && survey::go_to(with, &PolicyText, &reached).await?.is_some()
        {
            return read(with, OpenedFrom::MainScreen, Some("隐私政策")).await;
        }
        (with.progress)("opening the policy from the first-run prompt");
        if let Some(label) = open_at_first_run(with).await? {
            return read(with, OpenedFrom::FirstRun, Some(&label)).await;
        }
        // `find_policy` has searched already where it ran; without it, this probe looks for itself.
        if with.runs("find_policy") {
            return Ok(Outcome::Complete);
        }
        match survey::answer(with, &PolicyText).await? {
            Answer::Reached(reached) => match survey::go_to(with, &PolicyText, &reached).await? {
                Some(_) => read(with, OpenedFrom::MainScreen, Some("隐私政策")).await,
                None => Ok(Outcome::Incomplete("the way to the policy leads elsewhere now".to_owned())),
            },
            Answer::RuledOut(_) => Ok(Outcome::Complete),
        }
    }
}

/// Opens the policy from a prompt of the first run; the label that was tapped, or `None` where no prompt offers it.
async fn open_at_first_run(with: &mut Context<'_>) -> Result<Option<String>, Broken> {
    with.driven.start(Start::Fresh).await?;
    let mut last = None;
    for _ in 0..PROMPTS {
        let observation = with.driven.app.observe().await?;
        let seen = with.driven.record(&observation)?;
        let screen = &observation.screen;
        let link = seen.reading.controls.iter().find(|control| {
            control.meaning == Meaning::Policy && screen.elements[control.element].tap_at.is_some()
        });
        if let Some(link) = link
            && let Some((x, y)) = screen.elements[link.element].tap_at
        {
            let label = link.label.clone();
            let operation = Operation::Tap { x, y, label: label.clone() };
            with.driven.perform(seen.screen, &operation).await?;
            let opened = with.driven.app.look().await?;
            return Ok(policy::on_screen(&opened, Some(&label)).map(|_| label));
        }
        // A splash: wait for what comes after it.
        if last == Some(seen.screen) || seen.reading.prompt.is_some() {
            return Ok(None);
        }
        last = Some(seen.screen);
        let watch = with.thresholds.get("first_run_watch").clamp(0.0, 600.0);
        with.driven.app.changed(screen, std::time::Duration::from_secs_f64(watch)).await?;
    }
    Ok(None)
}

/// A policy from its beginning to its end.
struct Scrolled {
    /// What was in sight on the way, joined.
    text: String,
    screens: Vec<u32>,
}

/// Swipes through a policy to its end, having every screen of it measured.
async fn scroll(with: &mut Context<'_>, first: ScreenSeen, seen: Screen) -> Result<Scrolled, Broken> {
    let mut policy = Scrolled { text: policy::text_of(&seen), screens: vec![first.screen] };
    let whole = !with.driven.app.shows_only_what_is_in_sight();
    let mut screen = seen;
    for turn in 0..SWIPES {
        (with.progress)(&format!(
            "reading the policy: {turn} swipes, {} characters",
            policy.text.chars().count()
        ));
        let Some(swipe) = down(&screen) else { break };
        with.driven.perform(with.driven.recorder.last_screen(), &swipe).await?;
        let observation = with.driven.app.observe().await?;
        let seen = with.driven.record(&observation)?;
        let added = policy::text_of(&observation.screen);
        // Nothing new came into sight: this is the end. A tree that holds the whole document says so by its scrolling.
        let end = match whole {
            true => policy.screens.last() == Some(&seen.screen),
            false => added == policy::text_of(&screen),
        };
        if end {
            break;
        }
        with.driven.measure(&seen, &observation);
        policy.screens.push(seen.screen);
        if !whole {
            policy.text = policy::joined(&policy.text, &added);
        }
        screen = observation.screen;
    }
    Ok(policy)
}

/// A web view with a document of its own is in sight.
fn shows_document(screen: &Screen) -> bool {
    screen.elements.iter().any(|element| element.seen && element.role == Role::Document)
}

/// A swipe in the largest area that can be scrolled down.
fn down(screen: &Screen) -> Option<Operation> {
    let areas = screen.elements.iter().filter(|element| element.seen && element.scroll_left.1 > 4.0);
    let area = areas.max_by(|a, b| a.rect.area().total_cmp(&b.rect.area()))?.rect;
    let shown = area.intersection(&Rect::new(0.0, 0.0, screen.width, screen.height))?;
    let (x, y) = shown.center();
    Some(Operation::Swipe { direction: Direction::Down, x, y, reach: shown.height * 0.6 })
}

/// Reads the text of the policy that is on the screen, as a page of the web or by scrolling; `None` where there is none.
///
/// # Errors
/// When the driver or the disk fails.
pub(super) async fn read_text(
    with: &mut Context<'_>,
    way: Option<&str>,
) -> Result<Option<(u32, String)>, Broken> {
    let (screen, seen) = with.driven.see().await?;
    let Some(page) = policy::on_screen(&screen, way) else { return Ok(None) };
    let number = seen.screen;
    let text = match page.form {
        Form::Text if !with.driven.app.shows_only_what_is_in_sight() => policy::text_of(&screen),
        Form::Text if shows_document(&screen) => with.driven.app.document_text().await?.unwrap_or_default(),
        Form::Text => scroll(with, seen, screen).await?.text,
        Form::Pdf => with.driven.app.document_text().await?.unwrap_or_default(),
        Form::Picture => String::new(),
    };
    Ok((!text.trim().is_empty()).then_some((number, text)))
}

/// Reads the policy that is on the screen.
async fn read(with: &mut Context<'_>, opened_from: OpenedFrom, way: Option<&str>) -> Result<Outcome, Broken> {
    (with.progress)("reading the policy");
    let observation = with.driven.app.observe().await?;
    let seen = with.driven.record(&observation)?;
    let screen = seen.screen;
    let Some(page) = policy::on_screen(&observation.screen, way) else {
        return Ok(Outcome::Incomplete(format!("screen {screen} no longer shows the policy")));
    };
    with.driven.measure(&seen, &observation);
    // A page of the web's tree holds the whole text, and so does a document's own: that is read before it is scrolled.
    let own = match page.form {
        Form::Text if !with.driven.app.shows_only_what_is_in_sight() => {
            Some(policy::text_of(&observation.screen))
        }
        Form::Text if shows_document(&observation.screen) => with.driven.app.document_text().await?,
        Form::Pdf => with.driven.app.document_text().await?,
        Form::Text | Form::Picture => None,
    };
    let scrolled = scroll(with, seen, observation.screen).await?;
    let text = own.or_else(|| (page.form == Form::Text).then_some(scrolled.text));
    let text = text.filter(|text| !text.trim().is_empty());
    let mut rules = text.as_deref().map(policy::collection_rules).unwrap_or_default();
    rules.truncate(RULES_KEPT);
    let characters = text.as_deref().map_or(0, |text| text.chars().filter(|c| !c.is_whitespace()).count());
    let file = text.map(|text| with.driven.recorder.text("policy.txt", &text)).transpose()?;
    with.driven.recorder.append(Event::PolicyRead(PolicyRead {
        screen,
        screens: scrolled.screens,
        title: page.title,
        form: page.form,
        opened_from,
        text: file,
        characters,
        rules,
    }))?;
    Ok(Outcome::Complete)
}
