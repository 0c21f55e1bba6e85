//! `accept_consent`: agrees to everything with every permission granted, to see what the app can do then, and looks
//! for fields that ask for sensitive information.

use std::collections::BTreeMap;

use async_trait::async_trait;

use super::context::{Context, Function};
use super::probe::{Facts, NOTHING, Probe};
use super::{functions, steps};
use crate::explore::Explorer;
use crate::explore::goal::SensitiveField;
use crate::recording::entries::PermissionsSet;
use crate::recording::{Event, Outcome};
use crate::session::{Broken, Course, MainScreen, Manner};
use crate::world::Start;
use crate::world::access::Standing;

/// Deep enough for a form that asks who one is: such forms hang on an account's page.
const DEPTH: usize = 4;

/// The probe that accepts.
#[derive(Debug)]
pub struct AcceptConsent;

static FACTS: Facts = Facts {
    name: "accept_consent",
    about: "consent and permissions given, and what the app can do then",
    does: (
        "agrees with every permission granted, opens the functions, looks for fields for sensitive information",
        "授予全部权限并同意，打开各项功能，寻找填写敏感信息的栏目",
    ),
    ..NOTHING
};

#[async_trait]
impl Probe for AcceptConsent {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }
    async fn run(&self, with: &mut Context<'_>) -> Result<Outcome, Broken> {
        let found = match granted(with).await? {
            Ok(found) => found,
            Err(outcome) => return Ok(outcome),
        };
        let none = found.is_empty();
        with.known.functions = Some(found);
        (with.progress)("looking for fields that ask for sensitive information");
        let mut limits = with.limits(DEPTH);
        limits.promising_only = true;
        let mut home = MainScreen::default();
        let explorer = Explorer::new(with.driven.lend(), &mut home, with.progress, limits);
        explorer.search(&SensitiveField).await?;
        Ok(if none {
            Outcome::Incomplete(
                "nothing on the main screen can be tapped, and the scenario lists no functions".into(),
            )
        } else {
            Outcome::Complete
        })
    }
}

/// The functions as they are with everything granted.
pub(super) async fn granted(with: &mut Context<'_>) -> Result<Result<Vec<Function>, Outcome>, Broken> {
    (with.progress)("starting the app as newly installed, every permission granted");
    start_with(with, &[]).await?;
    let course = Course { watch: with.seconds("first_run_watch"), ..Course::default() };
    let own = with.scenario.steps("accept_consent");
    if own.is_empty() {
        with.driven.reach_main_screen(course).await?;
    } else if let Err(outcome) = steps::run(with, own).await? {
        return Ok(Err(outcome));
    }
    let most = with.thresholds.get("functions").clamp(1.0, 100.0) as usize;
    let mut found = functions::on_main(with, most).await?;
    functions::try_all(with, &mut found, Manner::Agreeing, &[]).await?;
    Ok(Ok(found))
}

/// Starts the app as newly installed with every permission granted that can be, but for `refused`: those are left for
/// the person to refuse. Started twice, as a permission can only be set for an app that is there.
pub(super) async fn start_with(with: &mut Context<'_>, refused: &[String]) -> Result<(), Broken> {
    with.driven.start(Start::Fresh).await?;
    let mut standings = BTreeMap::new();
    for name in with.driven.app.settable_permissions() {
        let left = refused.iter().any(|refused| refused == name);
        let standing = if left { Standing::Unanswered } else { Standing::Granted };
        if with.driven.app.set_permission(name, standing).await? {
            standings.insert(name.to_owned(), standing);
        }
    }
    with.driven.recorder.append(Event::PermissionsSet(PermissionsSet { standings }))?;
    with.driven.start(Start::Resumed).await
}
