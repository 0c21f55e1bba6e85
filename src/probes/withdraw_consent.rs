//! `withdraw_consent`: finds how consent is taken back, does it on an installation that this run consented on, and
//! watches what the app does then. An entry that would cancel an account is not followed.

use async_trait::async_trait;

use super::choices::switch_off_all;
use super::context::Context;
use super::probe::{Facts, NOTHING, Probe};
use super::{account, refuse_consent, steps, survey};
use crate::app::careful::Hand;
use crate::explore::Answer;
use crate::explore::goal::{WithdrawalEntry, withdrawal_control};
use crate::language::controls;
use crate::language::lexicon::{Meaning, fold, means};
use crate::language::reading::Control;
use crate::language::{channel, danger, rights};
use crate::recording::consent::{CameTo, WithdrawalTried};
use crate::recording::entries::{ConsentWithdrawn, LeftOut};
use crate::recording::{Event, GoalReached, Omission, Outcome, ScreenSeen};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::session::pass::where_now;
use crate::session::{Broken, Course};
use crate::world::Start;

/// Screens that are confirmed one after the other, at most.
const CONFIRMED: usize = 6;

/// The probe that withdraws.
#[derive(Debug)]
pub struct WithdrawConsent;

static FACTS: Facts = Facts {
    name: "withdraw_consent",
    about: "consent taken back, and what the app does then",
    does: (
        "finds how consent is taken back, does it on a fresh installation that it consented on, and watches what the app calls for then; an entry that cancels the account is not followed",
        "找到撤回同意的方式，在重新安装并同意之后撤回，观察应用此后的调用；会注销账号的入口不予点按",
    ),
    goals: &[&WithdrawalEntry],
    ..NOTHING
};

#[async_trait]
impl Probe for WithdrawConsent {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        let own = with.scenario.steps(self.name());
        let entry = match own.is_empty() {
            false => None,
            true => match survey::answer(with, &WithdrawalEntry).await? {
                // The timeline says how far it was looked for.
                Answer::RuledOut(_) => return Ok(Outcome::Complete),
                Answer::Reached(reached) => Some(reached),
            },
        };
        (with.progress)("consenting on a fresh start, to take it back");
        with.driven.start(Start::Fresh).await?;
        let course = Course { watch: with.seconds("consent_watch"), ..Course::default() };
        with.driven.reach_main_screen(course).await?;
        if !with.driven.recorder.consented() {
            return Ok(Outcome::Complete);
        }
        let came_to = match entry {
            Some(reached) => match found(with, &reached).await? {
                Ok(came_to) => came_to,
                Err(outcome) => return Ok(outcome),
            },
            // The auditor's steps end on the screen with the entry, or have done it all.
            None => {
                if let Err(outcome) = steps::run(with, own).await? {
                    return Ok(outcome);
                }
                let observation = with.driven.app.observe().await?;
                let number = with.driven.record(&observation)?.screen;
                if withdrawal_control(&observation.screen).is_some() && !says_done(&observation.screen) {
                    follow(with, observation.screen, number).await?
                } else {
                    let entry = "the scenario's steps".to_owned();
                    told(with, number, entry, CameTo::Done, number, &observation.screen)?
                }
            }
        };
        if came_to == CameTo::Done {
            refuse_consent::watch(with, "consent was taken back").await?;
        }
        Ok(Outcome::Complete)
    }
}

/// Follows the entry that was found; in the account where it asks for a log-in and the scenario has one.
async fn found(with: &mut Context<'_>, reached: &GoalReached) -> Result<Result<CameTo, Outcome>, Broken> {
    let lost = || {
        let on = reached.screen;
        Outcome::Incomplete(format!(
            "the way to the entry on screen {on} leads elsewhere after a fresh start"
        ))
    };
    let Some((screen, number)) = survey::go_to(with, &WithdrawalEntry, reached).await? else {
        return Ok(Err(lost()));
    };
    let came_to = follow(with, screen, number).await?;
    if came_to != CameTo::NeedsLogIn || with.scenario.account.is_none() {
        return Ok(Ok(came_to));
    }
    if account::ensure(with).await?.is_err() {
        return Ok(Ok(came_to));
    }
    if !account::is_expendable(with) {
        with.driven
            .recorder
            .append(Event::LeftOut(LeftOut { what: Omission::WithdrawalInAccount, goals: vec![] }))?;
        return Ok(Ok(came_to));
    }
    match survey::go_to(with, &WithdrawalEntry, reached).await? {
        Some((screen, number)) => Ok(Ok(follow(with, screen, number).await?)),
        None => Ok(Err(lost())),
    }
}

/// Taps the entry on this screen and confirms what is asked: this is what the probe is for.
async fn follow(with: &mut Context<'_>, screen: Screen, entry_on: u32) -> Result<CameTo, Broken> {
    with.driven.app.set_hand(Hand::WithLeave).await?;
    let came_to = follow_entry(with, screen, entry_on).await?;
    with.driven.app.set_hand(Hand::Guided).await?;
    Ok(came_to)
}

async fn follow_entry(with: &mut Context<'_>, screen: Screen, entry_on: u32) -> Result<CameTo, Broken> {
    let Some((at, entry)) = withdrawal_control(&screen) else {
        return told(with, entry_on, String::new(), CameTo::Unclear, entry_on, &screen);
    };
    if closes_account(&entry) {
        return told(with, entry_on, entry, CameTo::ClosesAccount, entry_on, &screen);
    }
    let leaves =
        danger::of_address(&screen.elements[at].href).is_some_and(|danger| danger.deed == "leaves_app");
    if leaves {
        return told(with, entry_on, entry, CameTo::OnlyContact, entry_on, &screen);
    }
    let control = Control { meaning: Meaning::Withdraws, element: at, label: entry.clone() };
    let Some((x, y)) = where_now(&screen, &control) else {
        return told(with, entry_on, entry, CameTo::Unclear, entry_on, &screen);
    };
    let label: String = entry.chars().take(60).collect();
    with.driven.perform(entry_on, &Operation::Tap { x, y, label }).await?;
    let (mut before, mut confirmed) = (screen, false);
    let mut number = entry_on;
    for _ in 0..CONFIRMED {
        let observation = with.driven.app.observe().await?;
        let seen = with.driven.record(&observation)?;
        let now = observation.screen;
        number = seen.screen;
        // On a dialog, or on a page of its own: what the tap before brought.
        let moved = seen.reading.prompt.is_some() || !now.identity().same_screen(&before.identity());
        if moved && closes_account(&lines(&now)) {
            let operation =
                if now.alert.is_some() { Operation::Answer { accept: false } } else { Operation::Back };
            with.driven.perform(number, &operation).await?;
            return told(with, entry_on, entry, CameTo::ClosesAccount, number, &now);
        }
        if says_done(&now) {
            return told(with, entry_on, entry, CameTo::Done, number, &now);
        }
        if now.alert.is_some() {
            with.driven.perform(number, &Operation::Answer { accept: true }).await?;
            (before, confirmed) = (now, true);
            continue;
        }
        let confirm = moved.then(|| confirming(&now)).flatten();
        if let Some((x, y, label)) = confirm {
            with.driven.perform(number, &Operation::Tap { x, y, label }).await?;
            (before, confirmed) = (now, true);
            continue;
        }
        // The choices of the first prompt, opened again: refusing there takes back what was agreed to.
        let refuses = moved.then(|| refusing_again(&now, &seen)).flatten();
        if let Some((x, y, label)) = refuses {
            with.driven.perform(number, &Operation::Tap { x, y, label }).await?;
            (before, confirmed) = (now, true);
            continue;
        }
        if moved && !confirmed && switch_off_all(with, &now, &seen).await? {
            (before, confirmed) = (now, true);
            continue;
        }
        let reading = controls::read(&now);
        let came_to = if confirmed {
            // A person who has confirmed takes it as done.
            CameTo::Done
        } else if reading.fields > 0 && reading.control(Meaning::SignIn).is_some() {
            CameTo::NeedsLogIn
        } else if moved && !channel::on_screen(&now).is_empty() {
            CameTo::OnlyContact
        } else {
            CameTo::Unclear
        };
        return told(with, entry_on, entry, came_to, number, &now);
    }
    told(with, entry_on, entry, CameTo::Unclear, number, &before)
}

/// Records what came of it.
fn told(
    with: &mut Context<'_>,
    entry_on: u32,
    entry: String,
    came_to: CameTo,
    screen: u32,
    shown: &Screen,
) -> Result<CameTo, Broken> {
    with.driven.note_calls()?;
    let says = shown.seen_text().chars().take(300).collect();
    let by = entry.clone();
    with.driven.recorder.append(Event::WithdrawalTried(WithdrawalTried {
        entry_on,
        entry,
        came_to,
        screen,
        says,
    }))?;
    if came_to == CameTo::Done {
        with.driven.recorder.append(Event::ConsentWithdrawn(ConsentWithdrawn { screen, by }))?;
    }
    Ok(came_to)
}

/// What confirms: in the dialog if there is one, and never the entry's own row behind it.
fn confirming(screen: &Screen) -> Option<(f32, f32, String)> {
    let overlay = screen.elements.iter().rposition(|element| element.overlay && element.seen);
    let scope: Vec<usize> = match overlay {
        Some(at) => screen.descendants(at).collect(),
        None => (0..screen.elements.len()).collect(),
    };
    scope.into_iter().rev().find_map(|at| {
        let element = &screen.elements[at];
        let label = screen.label(at);
        let usable = element.seen && !element.disabled && element.tappable.is_some();
        let (x, y) = element.tap_at.filter(|_| usable && means(&label, Meaning::ConfirmsWithdrawal))?;
        Some((x, y, label))
    })
}

/// What refuses in the choices of the first prompt, and not merely leaves them.
fn refusing_again(screen: &Screen, seen: &ScreenSeen) -> Option<(f32, f32, String)> {
    seen.reading.prompt.as_ref()?;
    let mut found = rights::controls(screen, Meaning::Refuse).into_iter();
    let found = found.find(|found| means(&found.label, Meaning::RefusesUse))?;
    Some((found.at.0, found.at.1, found.label))
}

/// The app says that it is done.
fn says_done(screen: &Screen) -> bool {
    let text = fold(&screen.seen_text());
    [
        "已撤回",
        "撤回成功",
        "已撤销",
        "撤销成功",
        "已取消授权",
        "consent withdrawn",
        "has been withdrawn",
        "consent revoked",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// Labels of controls that only stand beside it are shorter than a sentence that says so (characters; ours).
const LABEL: usize = 6;

/// Says that the account goes with it, not that it stays.
fn closes_account(text: &str) -> bool {
    text.split(['。', '，', '；', ',', '.', ';', '\n']).any(|part| {
        let folded = fold(part);
        let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
        has(&["注销", "删除", "销户", "close", "delete", "cancel"])
            && has(&["账", "帐", "户", "account"])
            && !has(&["不会", "不影响", "无需", "不等于", "并不", "不必", "如需", "如果", "will not", "does not", "without"])
            // A row beside it that cancels the account is not what this is about.
            && (folded.chars().count() > LABEL || folded.contains('撤'))
    })
}

/// What a screen says, a line per element; the dialog on top alone where there is one.
fn lines(screen: &Screen) -> String {
    let overlay = screen.elements.iter().rposition(|element| element.overlay && element.seen);
    let within = |at: &usize| overlay.is_none_or(|top| *at == top || screen.is_within(*at, top));
    let texts = (0..screen.elements.len()).filter(within).map(|at| &screen.elements[at]);
    let texts = texts.filter(|element| element.seen && !element.text.is_empty());
    let alert = screen.alert.iter().map(String::as_str);
    alert.chain(texts.map(|element| element.text.as_str())).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::closes_account;

    #[test]
    fn what_takes_the_account_with_it_is_told_from_what_does_not() {
        for (text, closes) in [
            ("撤回同意后，您的账号将被注销，且无法恢复。", true),
            ("撤回同意并注销账号", true),
            ("撤回后应用回到仅浏览模式，我们停止收集您的个人信息。", false),
            ("撤回同意不会注销您的账号", false),
            ("After you withdraw, we delete your account", true),
            ("撤回同意\n注销账号", false),
        ] {
            assert_eq!(closes_account(text), closes, "{text}");
        }
    }
}
