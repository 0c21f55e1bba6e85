//! What the version before says in its policy, and where the audited one keeps messages.

use crate::app::careful::Hand;
use crate::explore::Answer;
use crate::explore::goal::{Goal, PolicyText};
use crate::language::danger::Place;
use crate::language::notice;
use crate::probes::context::Context;
use crate::probes::{account, read_policy};
use crate::recording::Event;
use crate::recording::version::EarlierPolicyRead;
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::session::{Broken, Home as _, MainScreen, Manner};

/// How deep the policy of the version before is looked for (ours): labels speak for it.
const DEPTH: usize = 5;
/// The name of the file that holds its text.
const FILE: &str = "policy-before.txt";

/// The policy of the version before, which is not the one that counts for 1.1 and 1.3.
#[derive(Debug)]
struct PolicyBefore;

impl Goal for PolicyBefore {
    fn name(&self) -> &'static str {
        "policy_before"
    }
    fn reached(&self, screen: &Screen, way: Option<&str>) -> bool {
        PolicyText.reached(screen, way)
    }
    fn promise(&self, label: &str) -> usize {
        PolicyText.promise(label)
    }
}

/// Reads the policy of the version that is driven, where labels lead to it.
pub(super) async fn read_policy_before(with: &mut Context<'_>) -> Result<(), Broken> {
    (with.progress)("reading the policy of the version before");
    let Answer::Reached(_) = account::search(with, &PolicyBefore, DEPTH, true).await? else { return Ok(()) };
    if let Some((screen, text)) = read_policy::read_text(with, Some("隐私政策")).await? {
        let text = with.driven.recorder.text(FILE, &text)?;
        with.driven.recorder.append(Event::EarlierPolicyRead(EarlierPolicyRead { screen, text }))?;
    }
    Ok(())
}

/// Opens the place where the app keeps messages, where the main screen has one.
pub(super) async fn look_for_messages(with: &mut Context<'_>) -> Result<(), Broken> {
    let main = MainScreen::in_manner(Manner::RefusingAsks).go(&mut with.driven).await?;
    let way = (0..main.elements.len()).rev().find_map(|at| {
        let element = &main.elements[at];
        let label = main.label(at);
        let at = element.tap_at.filter(|_| element.seen && element.tappable.is_some())?;
        notice::leads_to_messages(&label).then_some((at, label))
    });
    let Some(((x, y), label)) = way else { return Ok(()) };
    (with.progress)("looking into the app's messages");
    let number = with.driven.recorder.last_screen();
    let works = with.driven.app.set_hand(Hand::Walking(Place::Guest)).await?;
    with.driven.recorder.guarding(with.driven.app.guard(), works)?;
    let operation = Operation::Tap { x, y, label };
    if with.driven.perform(number, &operation).await? {
        with.driven.see().await?;
        with.driven.note_held_back(number, &operation)?;
    }
    with.driven.app.set_hand(Hand::Guided).await?;
    Ok(())
}
