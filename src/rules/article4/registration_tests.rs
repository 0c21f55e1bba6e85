use crate::case::made_up::{form, record_run, sighting};
use crate::language::reading::Reading;
use crate::language::rights::Answered;
use crate::recording::account::{AccountEntered, Entering};
use crate::recording::entries::{OperationDone, ProbeEnded, ProbeStarted};
use crate::recording::{Event, Outcome, RunStarted};
use crate::rules::{Finding, Overrides, Verdict, judge};
use crate::screen::operation::Operation;
use crate::world::access::{AccessKind, Watch};

/// Judges 4.2 of a run that registered on a form with these fields, filled in those, and was answered so.
fn judged(types: &[&str], fields: &[&str], filled: &[&str], answered: Answered, says: &str) -> Finding {
    let start =
        RunStarted { types: types.iter().map(|id| (*id).to_owned()).collect(), ..RunStarted::default() };
    let probe = |name: &str| Event::ProbeStarted(ProbeStarted { probe: name.to_owned() });
    let ended =
        |name: &str| Event::ProbeEnded(ProbeEnded { probe: name.to_owned(), outcome: Outcome::Complete });
    let watch = Watch { sees: [AccessKind::Ask].into(), ..Watch::default() };
    let mut events = vec![Event::Watching(watch), probe("refuse_permissions"), ended("refuse_permissions")];
    events.extend([probe("correct_information"), sighting(1, Reading::default(), true)]);
    events.extend(filled.iter().map(|label| {
        let operation = Operation::Type {
            x: 1.0,
            y: 1.0,
            label: (*label).to_owned(),
            text: "…".to_owned(),
            submit: false,
        };
        Event::OperationDone(OperationDone { screen: 1, operation })
    }));
    events.push(Event::AccountEntered(AccountEntered {
        entering: Entering::Registering,
        answered,
        says: says.to_owned(),
        screen: 1,
        form: 1,
        asked: vec![],
    }));
    events.push(ended("correct_information"));
    let (_folder, recording) = record_run(start, events, &[(1, form(fields, &["注册"]))]);
    let findings = judge(&recording, &Overrides::default());
    findings.findings.into_iter().find(|finding| finding.item.to_string() == "4.2").expect("all are there")
}

const FIELDS: [&str; 4] = ["手机号", "密码", "性别", "生日"];
const FILLED: [&str; 2] = ["手机号", "密码"];

#[test]
fn a_field_that_registering_insists_on_is_a_violation_where_the_type_does_not_need_it() {
    for (types, says, verdict) in [
        (&["online_shopping"][..], "请选择性别", Verdict::Violation),
        // Matchmaking needs both.
        (&["dating"], "请选择性别", Verdict::Conforms),
        // Other rules may ask for more, or the type is not told.
        (&["games"], "请选择性别", Verdict::Review),
        // Who comments owes a real name: what that takes is for a person.
        (&["news"], "生日不能为空", Verdict::Review),
        (&["recruitment"], "请选择性别", Verdict::Review),
        (&[], "请选择性别", Verdict::Review),
    ] {
        let finding = judged(types, &FIELDS, &FILLED, Answered::Failed, says);
        assert_eq!(finding.verdict, verdict, "{types:?} {says}: {finding:#?}");
    }
}

#[test]
fn an_answer_about_something_else_accuses_nobody() {
    for says in ["验证码错误", "请输入密码", "网络异常，请稍后再试", "该手机号已注册"]
    {
        let finding = judged(&["online_shopping"], &FIELDS, &FILLED, Answered::Failed, says);
        assert!(finding.verdict.gravity() > 1, "{says}: {finding:#?}");
    }
    // A number in a field of the app's own naming is left to a person.
    let own =
        judged(&["online_shopping"], &["手机号", "邀请码"], &["手机号"], Answered::Nothing, "请填写邀请码");
    assert_ne!(own.verdict, Verdict::Violation, "{own:#?}");
}

#[test]
fn registering_with_everything_else_left_empty_conforms() {
    let finding = judged(&["online_shopping"], &FIELDS, &FILLED, Answered::Accepted, "");
    assert_eq!(finding.verdict, Verdict::Conforms, "{finding:#?}");
    assert!(finding.reason.en.contains("性别") || finding.notes.iter().any(|note| note.en.contains("性别")));
    let nothing_left = judged(&["online_shopping"], &FILLED, &FILLED, Answered::Accepted, "");
    assert_eq!(nothing_left.verdict, Verdict::NotApplicable, "nothing but what opens an account");
}
