//! Whether the account that somebody logs in to after the cancellation is the old one: by the nickname that the run gave it.

use crate::probes::context::{Context, Mark};
use crate::probes::correct_information::profile_field;
use crate::recording::Event;
use crate::recording::account::{AccountChecked, Check};
use crate::session::{Broken, OnTheWay, text_with_values};

/// Looks for the mark on the way to the profile and in it. Where the profile is open and shows another nickname, the account is
/// another one.
pub(super) async fn look_for_mark(with: &mut Context<'_>, mark: &Mark) -> Result<(), Broken> {
    with.driven.go_to_main_screen().await?;
    let walked = with.driven.walk(&mark.way, OnTheWay::Read).await?;
    let shown = walked.shown.contains(&mark.value) || text_with_values(&walked.screen).contains(&mark.value);
    let there = match shown {
        true => Some(true),
        false if walked.whole && profile_field(&walked.screen).is_some() => Some(false),
        false => None,
    };
    with.driven.recorder.append(Event::AccountChecked(AccountChecked {
        check: Check::Marks,
        there,
        says: mark.value.clone(),
        answered: None,
        screen: walked.number,
        address: String::new(),
    }))?;
    Ok(())
}
