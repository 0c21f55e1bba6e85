//! What registering demands beyond what the app's type needs, for item 4.2: every field for which the scenario gives nothing is
//! left empty, and the app's answer says whether it insists.

use super::wall::say_source;
use crate::app_types::{self, AppType};
use crate::case::Case;
use crate::language::answers;
use crate::language::rights::{self, Answered, FormField};
use crate::recording::Event;
use crate::recording::account::{AccountEntered, Entering};
use crate::rules::rule::Opinion;
use crate::screen::operation::Operation;
use crate::text::{Bilingual, both, said};

/// Kinds of fields that open an account, whatever the app does.
const OPENS: [&str; 8] =
    ["phone", "email", "password", "code", "account", "nickname", "captcha", "confirmation"];
/// Kinds of fields, and the information of the list that each stands for.
const STANDS_FOR: [(&str, &[&str]); 6] = [
    ("name", &["name", "name_or_title"]),
    ("gender", &["gender"]),
    ("birthday", &["age"]),
    ("identity_card", &["identity_document"]),
    ("address", &["address", "origin", "destination"]),
    ("bank_card", &["bank_card"]),
];
/// Weighs the run's registering; nothing where it did not register.
pub fn weigh_registration(case: &Case<'_>) -> Vec<Opinion> {
    let entered = case.entries.iter().find_map(|entry| match &entry.event {
        Event::AccountEntered(entered) if entered.entering == Entering::Registering => Some(entered),
        _ => None,
    });
    let Some(entered) = entered else { return Vec::new() };
    let Some(form) = case.tree(entered.form) else { return Vec::new() };
    let types = case.start().map(|start| app_types::find(&start.types)).unwrap_or_default();
    let beyond: Vec<FormField> = rights::fields(&form)
        .into_iter()
        .filter(|field| !OPENS.contains(&field.kind.as_str()) && !is_filled(case, entered, field))
        .collect();
    if beyond.is_empty() {
        return Vec::new();
    }
    if entered.answered == Answered::Accepted {
        let names = list(&beyond);
        return vec![
            Opinion::conforms(said!(
                "registering works with these fields left empty: {names}",
                "以下栏目留空也可以注册：{names}",
                names
            ))
            .with(case.shown(entered.form, both("the form for registering", "注册表单"))),
        ];
    }
    let says = entered.says.to_lowercase();
    let insists = answers::insists(&says);
    let named = beyond.iter().filter(|field| insists && names_field(&says, field));
    named.map(|field| weigh_field(case, entered, field, &types)).collect()
}

/// Weighs a field without which the app does not register anyone.
fn weigh_field(case: &Case<'_>, entered: &AccountEntered, field: &FormField, types: &[&AppType]) -> Opinion {
    let (label, says) = (short(&field.label), &entered.says);
    let needed = types.iter().any(|known| is_necessary(known, &field.kind));
    let open = types
        .iter()
        .find_map(|known| known.beside.as_ref().or(known.unsure.as_ref().filter(|_| known.fields_open)));
    let known = STANDS_FOR.iter().any(|(kind, _)| *kind == field.kind);
    let opinion = match (types.is_empty() || !known, needed, open) {
        (true, ..) => Opinion::review(said!(
            "registering insists on “{label}” (“{says}”): decide whether the app's basic function needs it",
            "注册时强制填写“{label}”（“{says}”）：请判断应用的基本功能是否需要",
            label,
            says
        )),
        (false, true, _) => Opinion::conforms(said!(
            "registering insists on “{label}”, which the basic function of its type needs",
            "注册时要求填写“{label}”，属于其类型的必要个人信息",
            label
        )),
        (false, false, Some(open)) => Opinion::review(said!(
            "registering insists on “{label}” (“{says}”), which is not in the list of its type: {open}",
            "注册时强制填写“{label}”（“{says}”），不在其类型的必要个人信息之列：{open}",
            label,
            says,
            open
        )),
        (false, false, None) => Opinion::violation(said!(
            "registering insists on “{label}” (“{says}”), which the basic function of its type does not need",
            "注册时强制填写“{label}”（“{says}”），而其类型的基本功能并不需要",
            label,
            says
        )),
    };
    opinion
        .with(case.shown(entered.form, both("the form for registering", "注册表单")))
        .with(case.shown(entered.screen, both("the app's answer to an empty field", "栏目留空时应用的提示")))
        .note(say_source())
}

fn is_necessary(known: &AppType, kind: &str) -> bool {
    STANDS_FOR
        .iter()
        .filter(|(of, _)| *of == kind)
        .flat_map(|(_, infos)| infos.iter())
        .any(|info| known.necessary.iter().any(|necessary| necessary == info))
}

/// Tells whether the run typed something into a field of the form.
fn is_filled(case: &Case<'_>, entered: &AccountEntered, field: &FormField) -> bool {
    let wanted: String = field.label.chars().take(60).collect();
    case.entries.iter().any(|entry| match &entry.event {
        Event::OperationDone(done) if done.screen == entered.form => match &done.operation {
            Operation::Type { label, .. } => *label == wanted,
            _ => false,
        },
        _ => false,
    })
}

/// Tells whether an app's answer names a field: by a word of its label.
fn names_field(says: &str, field: &FormField) -> bool {
    let label = field.label.to_lowercase();
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 2);
    let mut words = words.filter(|word| !answers::is_insisting_word(word));
    words.any(|word| says.contains(word)) || rights::kind_of(says) == Some(field.kind.as_str())
}

fn list(fields: &[FormField]) -> Bilingual {
    let names: Vec<String> = fields.iter().map(|field| short(&field.label)).collect();
    both(names.join(", "), names.join("、"))
}

fn short(label: &str) -> String {
    crate::language::sentences::shorten(label, 24)
}

#[cfg(test)]
#[path = "registration_tests.rs"]
mod tests;
