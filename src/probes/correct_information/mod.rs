//! `correct_information`: changes what the account says of a person, deletes an address, and looks whether both last.

mod address;
mod change;

use async_trait::async_trait;

use self::change::{KEEP, unlike, unproven, way_to};
use super::account::{self, answer, fill, operations, tap};
use super::context::{Context, Mark};
use super::probe::{Facts, NOTHING, Probe};
use crate::app::careful::Hand;
use crate::explore::goal::{Goal, NO_PROMISE};
use crate::language::lexicon::{Meaning, rank};
use crate::language::rights::{self, Answered, FormField};
use crate::recording::account::{Change, InformationChanged, Lasted};
use crate::recording::entries::Trouble;
use crate::recording::{Event, Outcome};
use crate::scenario::Allowed;
use crate::screen::Screen;
use crate::session::{Broken, OnTheWay, text_with_values};

/// The probe that corrects and deletes information.
#[derive(Debug)]
pub struct CorrectInformation;

/// A form for what a person tells about themselves.
#[derive(Debug)]
struct ProfileForm;

impl Goal for ProfileForm {
    fn name(&self) -> &'static str {
        "profile_form"
    }
    fn reached(&self, screen: &Screen, _: Option<&str>) -> bool {
        profile_field(screen).is_some() && !rights::controls(screen, Meaning::Saves).is_empty()
    }
    fn promise(&self, label: &str) -> usize {
        rank(label, Meaning::EditProfile).unwrap_or(NO_PROMISE)
    }
}

/// The field that is changed: a nickname before anything else.
pub(super) fn profile_field(screen: &Screen) -> Option<FormField> {
    let fields = rights::fields(screen);
    let secret = fields.iter().any(|field| matches!(field.kind.as_str(), "password" | "code"));
    let of = |kind: &str| fields.iter().find(|field| field.kind == kind).cloned();
    if secret {
        return None;
    }
    // A name alone is in many forms (an address, a review); a nickname, a sex or a birthday makes it a profile.
    of("nickname").or_else(|| of("gender")).or_else(|| of("birthday"))
}

static FACTS: Facts = Facts {
    name: "correct_information",
    about: "correcting and deleting what the account holds",
    does: (
        "logs in, changes the profile, adds and deletes an address, and looks for both after a restart",
        "登录后修改资料，新增并删除一个地址，重启后再查看两者",
    ),
    account: true,
    leave: Some(Allowed::CorrectInformation),
    ..NOTHING
};

#[async_trait]
impl Probe for CorrectInformation {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        if let Err(outcome) = account::ensure(with).await? {
            return Ok(outcome);
        }
        if !account::is_expendable(with) && !with.scenario.allows(Allowed::CorrectInformation) {
            let why =
                format!("nothing was changed: {}; or `allow: [correct_information]`", account::SOMEBODYS_OWN);
            return Ok(Outcome::Incomplete(why));
        }
        (with.progress)("changing the profile");
        let corrected = match correct(with).await? {
            Ok(changed) => changed,
            Err(outcome) => return Ok(outcome),
        };
        with.driven.recorder.append(Event::InformationChanged(corrected))?;
        (with.progress)("deleting an address");
        let deleted = match address::delete(with).await? {
            Ok(changed) => changed,
            Err(outcome) => return Ok(outcome),
        };
        with.driven.recorder.append(Event::InformationChanged(deleted))?;
        Ok(Outcome::Complete)
    }
}

/// Changes the profile, and looks whether the change lasts.
async fn correct(with: &mut Context<'_>) -> Result<Result<InformationChanged, Outcome>, Broken> {
    let mut changed = unproven(Change::Correction, "profile");
    let own = with.scenario.steps("correct_information");
    let path = match way_to(with, own, &ProfileForm).await? {
        Err(outcome) => return Ok(Err(outcome)),
        Ok(Err(lasted)) => {
            let screen = with.driven.recorder.last_screen();
            return Ok(Ok(InformationChanged { lasted, before: screen, after: screen, ..changed }));
        }
        Ok(Ok(path)) => path,
    };
    let (screen, seen) = with.driven.see_past_asks().await?;
    (changed.path, changed.before, changed.after) = (path, seen.screen, seen.screen);
    let Some(field) = profile_field(&screen) else {
        let why = format!(
            "the scenario's steps end on screen {}, which has no field for a nickname or the like",
            seen.screen
        );
        return Ok(Err(Outcome::Incomplete(why)));
    };
    changed.what = field.kind.clone();
    let value = match field.kind.as_str() {
        "gender" => "女".to_owned(),
        "birthday" => "1990-02-03".to_owned(),
        _ => format!("小满{}", unlike(&text_with_values(&screen))),
    };
    let original = held(&screen, &field);
    with.driven.app.set_hand(Hand::WithLeave).await?;
    fill(with, &screen, seen.screen, &field, &value).await?;
    let before = with.driven.app.look().await?;
    let Some(save) = rights::controls(&before, Meaning::Saves).pop() else {
        changed.says = "there is no control that saves".to_owned();
        return Ok(Ok(changed));
    };
    tap(with, seen.screen, &save).await?;
    let left = before.identity();
    let saved = |text: &str| {
        ["已保存", "成功", "saved", "updated"].iter().any(|word| text.to_lowercase().contains(word))
    };
    let done = move |now: &Screen| !now.identity().same_screen(&left) || saved(&now.seen_text());
    let told = answer(with, &before, &done).await?;
    changed.after = told.screen;
    if !matches!(told.answered, Answered::Accepted | Answered::Nothing) {
        (changed.lasted, changed.says) = (Lasted::Refused, told.says);
        return Ok(Ok(changed));
    }
    changed.wanted.clone_from(&value);
    let looked_at = ["审核", "review"].iter().any(|word| told.new.to_lowercase().contains(word));
    with.driven.app.pass_time(KEEP).await?;
    (with.progress)("looking for the change after a restart");
    with.driven.go_to_main_screen().await?;
    let walked = with.driven.walk(&operations(&changed.path), OnTheWay::Read).await?;
    changed.after = walked.number;
    changed.lasted = match walked.shown.contains(&value) {
        true => Lasted::Yes,
        // Only what stood there before proves that it came back: an app may shorten what was typed, or look at it first.
        false
            if walked.whole
                && !looked_at
                && profile_field(&walked.screen)
                    .is_some_and(|field| held(&walked.screen, &field) == original) =>
        {
            Lasted::No
        }
        false => Lasted::Unclear,
    };
    if changed.lasted == Lasted::Unclear {
        changed.says = told.new.chars().take(160).collect();
    }
    if changed.lasted == Lasted::Yes {
        if !account::is_expendable(with) {
            put_back(with, &walked.screen, walked.number, &original).await?;
        } else if field.kind == "nickname" {
            with.known.mark = Some(Mark { value, way: operations(&changed.path) });
        }
    }
    Ok(Ok(changed))
}

/// Gives a person's own profile back what it said, and records where that did not work.
async fn put_back(with: &mut Context<'_>, form: &Screen, number: u32, original: &str) -> Result<(), Broken> {
    (with.progress)("putting the profile back as it was");
    let mut done = false;
    if let Some(field) = profile_field(form) {
        fill(with, form, number, &field, original).await?;
        let before = with.driven.app.look().await?;
        if let Some(save) = rights::controls(&before, Meaning::Saves).pop() {
            tap(with, number, &save).await?;
            let left = before.identity();
            let told = answer(with, &before, &move |now: &Screen| !now.identity().same_screen(&left)).await?;
            done = matches!(told.answered, Answered::Accepted | Answered::Nothing);
        }
    }
    if !done {
        let what = "the profile could not be put back as it was: look at it by hand".to_owned();
        with.driven.recorder.append(Event::Trouble(Trouble { what }))?;
    }
    Ok(())
}

/// What a field holds: on phones its own text.
fn held(screen: &Screen, field: &FormField) -> String {
    let element = &screen.elements[field.element];
    if element.value.is_empty() { element.text.clone() } else { element.value.clone() }
}
