//! `upgrade`: drives the version that people have, upgrades it in place to the one that is audited, and looks how the app tells
//! of a changed policy, whether what was set stays set, and whether functions stay when what the new version asks for is
//! refused.

mod settings;
mod told;

use async_trait::async_trait;

use self::settings::Settings;
use super::context::{Context, Function};
use super::probe::{Facts, NOTHING, Probe};
use super::{accept_consent, functions};
use crate::recording::entries::PermissionStates;
use crate::recording::version::{Leg, VersionUsed};
use crate::recording::{Event, Outcome};
use crate::scenario::Target;
use crate::session::{Broken, Course, Manner};
use crate::world::{Start, Version};

/// What the functions that are tried after the upgrade go without: whatever the new version asks for.
const NEW: &str = "new requests";

/// The probe that upgrades.
#[derive(Debug)]
pub struct Upgrade;

static FACTS: Facts = Facts {
    name: "upgrade",
    about: "the version before, upgraded in place",
    does: (
        "with `upgrade:` drives the version before, sets its privacy switches, upgrades it in place, looks for a notice, at the settings and at the functions",
        "在场景含 `upgrade:` 时驱动旧版本并设置隐私开关，原位升级后查看通知、设置和原有功能",
    ),
    versions: true,
    after: &["read_policy"],
    ..NOTHING
};

#[async_trait]
impl Probe for Upgrade {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        if with.scenario.upgrade.is_none() {
            return Ok(Outcome::Incomplete(
                "the scenario has no `upgrade:`, so there is no version before".to_owned(),
            ));
        }
        let ended = go_through(with).await;
        // Whatever happened, what comes after is about the version that is audited.
        with.driven.app.use_version(None, true).await?;
        ended
    }
}

async fn go_through(with: &mut Context<'_>) -> Result<Outcome, Broken> {
    (with.progress)("driving the version before");
    begin_before(with, Manner::RefusingAsks).await?;
    told::read_policy_before(with).await?;
    let mut settings = Settings::find(with).await?;
    settings.switch_off(with).await?;
    settings.look_after_restart(with).await?;
    let mut found = functions_before(with).await?;
    (with.progress)("upgrading in place");
    upgrade(with, Manner::RefusingAsks).await?;
    compare_at_new_address(with, &mut found);
    told::look_for_messages(with).await?;
    settings.look(with, Leg::Upgraded).await?;
    functions::try_all(with, &mut found, Manner::RefusingAsks, &[NEW.to_owned()]).await?;
    (with.progress)("upgrading once more, everything granted");
    begin_before(with, Manner::Agreeing).await?;
    upgrade(with, Manner::Agreeing).await?;
    functions::try_all(with, &mut found, Manner::Agreeing, &[]).await?;
    Ok(match (found.is_empty(), settings.lost()) {
        (_, Some(why)) => Outcome::Incomplete(why),
        (true, _) => Outcome::Incomplete(
            "nothing on the main screen of the version before can be tapped, and the scenario lists no functions"
                .to_owned(),
        ),
        (false, None) => Outcome::Complete,
    })
}

/// Has what the functions showed compared with what they show at the audited version's address.
fn compare_at_new_address(with: &Context<'_>, found: &mut [Function]) {
    let (Some(section), Target::Web(web)) = (&with.scenario.upgrade, &with.scenario.app.target) else {
        return;
    };
    let (Ok(mut before), mut now) = (url::Url::parse(&section.from.value), web.url.clone()) else { return };
    before.set_fragment(None);
    now.set_fragment(None);
    for function in found {
        let shown = function.shown.take();
        function.shown = shown.map(|shown| shown.served_from(before.as_str(), now.as_str()));
    }
}

/// Starts the version before as newly installed, and goes to its main screen.
async fn begin_before(with: &mut Context<'_>, manner: Manner) -> Result<(), Broken> {
    let Some(section) = &with.scenario.upgrade else { return Ok(()) };
    let from = section.from.value.clone();
    with.driven.app.use_version(Some(&from), false).await?;
    note_version(with, Version::Before, &from, manner)?;
    match manner {
        // What the harness grants is recorded as set by it, and on an installation of its own.
        Manner::Agreeing => accept_consent::start_with(with, &[]).await?,
        _ => with.driven.start(Start::Fresh).await?,
    }
    let watch = with.seconds("first_run_watch");
    with.driven.reach_main_screen(Course { manner, watch, ..Course::default() }).await?;
    note_permissions(with).await
}

/// Puts the audited version in its place, and watches its first screens.
async fn upgrade(with: &mut Context<'_>, manner: Manner) -> Result<(), Broken> {
    let Some(section) = &with.scenario.upgrade else { return Ok(()) };
    let to = section.to.clone();
    with.driven.app.use_version(to.as_deref(), true).await?;
    let shown = to.unwrap_or_else(|| "the target".to_owned());
    note_version(with, Version::Now, &shown, manner)?;
    with.driven.start(Start::Upgraded).await?;
    let watch = with.seconds("first_run_watch");
    with.driven.reach_main_screen(Course { manner, watch, ..Course::default() }).await?;
    note_permissions(with).await
}

fn note_version(with: &mut Context<'_>, version: Version, from: &str, manner: Manner) -> Result<(), Broken> {
    // The last part of a path says which package it is; an address says more than it may.
    let from = match url::Url::parse(from) {
        Ok(mut url) => {
            let _ = url.set_password(None);
            let _ = url.set_username("");
            url.to_string()
        }
        Err(_) => from.rsplit(['/', '\\']).next().unwrap_or(from).to_owned(),
    };
    let refusing = manner != Manner::Agreeing;
    with.driven.recorder.append(Event::VersionUsed(VersionUsed { version, from, refusing }))?;
    Ok(())
}

/// Records what the system says is granted, where it tells.
async fn note_permissions(with: &mut Context<'_>) -> Result<(), Broken> {
    if let Some(states) = with.driven.app.permissions().await? {
        with.driven.recorder.append(Event::PermissionStates(PermissionStates { states }))?;
    }
    Ok(())
}

/// The functions of the version before, as they are there.
async fn functions_before(with: &mut Context<'_>) -> Result<Vec<Function>, Broken> {
    let course = Course { manner: Manner::RefusingAsks, ..Course::default() };
    with.driven.start(Start::Resumed).await?;
    with.driven.reach_main_screen(course).await?;
    let most = with.thresholds.get("functions").clamp(1.0, 100.0) as usize;
    let mut found = functions::on_main(with, most).await?;
    functions::try_all(with, &mut found, Manner::RefusingAsks, &[]).await?;
    Ok(found)
}
