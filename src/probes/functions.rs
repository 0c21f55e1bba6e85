//! The app's functions: found on its main screen or listed by the scenario, tried one by one.

use std::time::Duration;

use super::context::{Context, Function, WayIn};
use super::steps;
use crate::app::careful::Hand;
use crate::explore::ways_from;
use crate::language::danger::Place;
use crate::language::purpose;
use crate::recording::entries::ControlsLeft;
use crate::recording::{Event, FunctionTried};
use crate::screen::Screen;
use crate::screen::operation::Operation;
use crate::session::Home as _;
use crate::session::{Broken, Course, MainScreen, Manner, Sought};

/// How long a function may take to show something else (ours).
const LATE: Duration = Duration::from_secs(2);

/// The scenario's functions, or what can be tapped on the main screen, at most `most`.
pub async fn on_main(with: &mut Context<'_>, most: usize) -> Result<Vec<Function>, Broken> {
    let listed = &with.scenario.functions;
    if !listed.is_empty() {
        let function = |(at, section): (usize, &crate::scenario::FunctionSection)| Function {
            name: section.name.clone(),
            way: if section.steps.is_empty() { WayIn::Tap(section.name.clone()) } else { WayIn::Steps(at) },
            needs: section.needs.as_ref().map(|names| names.iter().map(|name| name.0.clone()).collect()),
            shown: None,
        };
        return Ok(listed.iter().enumerate().map(function).collect());
    }
    let observation = with.driven.app.observe().await?;
    let number = with.driven.record(&observation)?.screen;
    let app = &*with.driven.app;
    let found = ways_from(&observation.screen, &[], &|around, at| app.danger_of(around, at));
    let mut labels: Vec<String> = Vec::new();
    if !found.left.is_empty() {
        with.driven
            .recorder
            .append(Event::ControlsLeft(ControlsLeft { screen: number, controls: found.left.clone() }))?;
    }
    for label in found.labels() {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    // What speaks for a permission comes first. What is named shortly is a function; what is named at length, or by a
    // price, is one of many contents.
    let speaks =
        |label: &str| purpose::permission_names().iter().any(|name| purpose::speaks_for(label, name));
    labels.sort_by_key(|label| {
        let content = label.chars().count() > 8 || label.chars().any(char::is_numeric);
        (content, !speaks(label))
    });
    labels.truncate(most);
    let function =
        |label: String| Function { name: label.clone(), way: WayIn::Tap(label), needs: None, shown: None };
    Ok(labels.into_iter().map(function).collect())
}

/// Tries every function from the main screen, each after a start of its own. `refused` are the permissions that are
/// refused meanwhile; with none, what each function shows is kept to compare with.
pub async fn try_all(
    with: &mut Context<'_>,
    functions: &mut [Function],
    manner: Manner,
    refused: &[String],
) -> Result<(), Broken> {
    let mut home = MainScreen::in_manner(manner);
    let count = functions.len();
    for (at, function) in functions.iter_mut().enumerate() {
        (with.progress)(&format!("function {} of {count}: {}", at + 1, function.name));
        let main = home.go(&mut with.driven).await?;
        let mut tried = FunctionTried {
            name: function.name.clone(),
            needs: function.needs.clone(),
            refused: refused.to_vec(),
            screen: with.driven.recorder.last_screen(),
            same: None,
            not_tried: None,
        };
        let went = go(with, function, &main).await?;
        with.driven.app.set_hand(Hand::Trying).await?;
        let course = Course { manner, inside: true, ..Course::default() };
        let mut passed = with.driven.pass(course).await?;
        // A function that waits for the platform shows the main screen a while longer: that is not yet its answer.
        let now = passed.screen.identity();
        let other = function.shown.as_ref().is_some_and(|shown| !now.same_screen(shown));
        if (other || now.same_screen(&main.identity()))
            && with.driven.app.changed(&passed.screen, LATE).await?.is_some()
        {
            passed = with.driven.pass(course).await?;
        }
        tried.screen = passed.number;
        match went {
            // Its entry is gone: whatever is shown instead, the function is not.
            Err(_) if function.shown.is_some() => tried.same = Some(false),
            Err(why) => tried.not_tried = Some(why),
            Ok(()) => {
                let identity = passed.screen.identity();
                match &function.shown {
                    Some(shown) => tried.same = Some(!passed.asks_on && identity.same_screen(shown)),
                    None => function.shown = Some(identity),
                }
            }
        }
        let operation = Operation::Tap { x: 0.0, y: 0.0, label: function.name.clone() };
        with.driven.note_held_back(passed.number, &operation)?;
        with.driven.app.set_hand(Hand::Guided).await?;
        with.driven.recorder.append(Event::FunctionTried(tried))?;
    }
    Ok(())
}

/// Goes from the main screen into the function, or says why that was not possible.
async fn go(
    with: &mut Context<'_>,
    function: &Function,
    main: &Screen,
) -> Result<Result<(), String>, Broken> {
    match &function.way {
        WayIn::Tap(label) => {
            let sought = Sought { may_tick: false, ..Sought::by_label(label) };
            let Some((x, y)) = sought.find_on(main) else {
                return Ok(Err(format!("“{label}” is not on the main screen")));
            };
            let screen = with.driven.recorder.last_screen();
            let operation = Operation::Tap { x, y, label: label.clone() };
            // What the auditor listed may be used as it is; what candor found by itself is walked to.
            let listed = with.scenario.functions.iter().any(|listed| listed.name == *label);
            let hand = if listed { Hand::WithLeave } else { Hand::Walking(Place::Guest) };
            let works = with.driven.app.set_hand(hand).await?;
            if !listed {
                with.driven.recorder.guarding(with.driven.app.guard(), works)?;
            }
            let done = with.driven.perform(screen, &operation).await?;
            Ok(if done { Ok(()) } else { Err(format!("“{label}” could not be tapped")) })
        }
        WayIn::Steps(at) => {
            let Some(section) = with.scenario.functions.get(*at) else {
                return Ok(Err("the scenario does not list it".to_owned()));
            };
            Ok(match steps::run(with, &section.steps).await? {
                Ok(_) => Ok(()),
                Err(crate::recording::Outcome::Incomplete(why)) => Err(why),
                Err(crate::recording::Outcome::Complete) => Ok(()),
            })
        }
    }
}
