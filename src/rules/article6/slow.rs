//! 6.3: requests are handled too slowly: the limit that the policy promises is too long, or what was asked for was not
//! answered within it. Without a later look at a request nothing here conforms.

use super::answered::{Answered, is_stated};
use crate::case::{Case, Evidence};
use crate::policy::statement::{About, Unit};
use crate::policy::{Fact, Statement};
use crate::recording::follow_up::Demand;
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{both, join, said};
use crate::working_days::{Length, length};

/// The rule of item 6.3.
pub struct Slow;

/// What the item is about.
const KINDS: [Demand; 3] = [Demand::Correction, Demand::Deletion, Demand::Cancellation];

impl Rule for Slow {
    fn item(&self) -> &'static str {
        "6.3"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["read_policy"]
    }
    fn stands_alone(&self, case: &Case<'_>) -> bool {
        is_stated(case, &KINDS) || case.follow_ups().iter().any(|follow_up| !follow_up.looks.is_empty())
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let answered = Answered::weigh(case, &KINDS);
        let waiting = answered.say_waiting();
        let in_time = join(&answered.in_time, "; ", "；");
        let mut weighed =
            Weighed { opinions: answered.opinions, evidence: answered.evidence, ..Weighed::default() };
        let Some((seq, policy)) = case.policy().map(|(seq, _)| seq).zip(case.policy_statements()) else {
            let clean = Opinion::not_tested(match (&waiting, answered.in_time.is_empty()) {
                (Some(waiting), _) => waiting.clone(),
                (None, false) => said!(
                    "what was asked for was answered in time ({in_time}), but no policy's text was read that could promise a limit",
                    "所提请求已按期处理（{in_time}），但没有读取到可能承诺时限的隐私政策文字",
                    in_time
                ),
                (None, true) => both(
                    "no policy's text was read that could promise a limit, and no request was made",
                    "没有读取到可能承诺时限的隐私政策文字，也没有提出请求",
                ),
            });
            // What was asked for says more than that the policy was not read.
            match waiting.is_some() || !answered.in_time.is_empty() {
                true => weighed.unfinished.push(clean),
                false => weighed.clean = Some(clean),
            }
            return weighed;
        };
        let most = case.thresholds.get("max_answer_days").max(0.0);
        let promised: Vec<(&Statement, Length)> = policy
            .statements
            .iter()
            .filter_map(|statement| Some((statement, measure(case, statement, most)?)))
            .collect();
        weighed.opinions.extend(weigh_promises(case, seq, &promised, most));
        weighed.clean = Some(match (waiting, answered.in_time.is_empty(), promised.first()) {
            (Some(waiting), ..) => Opinion::not_tested(waiting),
            (None, false, _) => Opinion::conforms(said!(
                "what was asked for was answered in time: {in_time}",
                "所提请求均已按期处理：{in_time}",
                in_time
            )),
            (None, true, Some((first, _))) => Opinion::not_tested(said!(
                "the limit that is promised is within {most} working days ({says}), but whether requests are handled in time was not tested",
                "承诺的时限在 {most} 个工作日之内（{says}），但没有检测是否按期处理",
                most,
                says = first.quote
            )),
            (None, true, None) => Opinion::not_tested(said!(
                "no limit is promised, so {most} working days hold; whether requests are handled in time was not tested",
                "没有承诺时限，按 {most} 个工作日计；没有检测是否按期处理",
                most
            )),
        });
        weighed
    }
}

/// Measures a limit for requests of a person on what is theirs; `None` for any other statement.
fn measure(case: &Case<'_>, statement: &Statement, most: f64) -> Option<Length> {
    match statement.fact {
        Fact::Limit { about: About::Request | About::Cancellation | About::Unclear, count, unit } => {
            Some(length(unit.in_days(count), unit == Unit::WorkingDays, most, case.day()))
        }
        _ => None,
    }
}

fn weigh_promises(case: &Case<'_>, seq: u64, promised: &[(&Statement, Length)], most: f64) -> Vec<Opinion> {
    let longer: Vec<_> = promised.iter().filter(|(_, length)| *length != Length::Fits).collect();
    let Some((worst, _)) = longer.iter().find(|(_, length)| *length == Length::TooLong).or(longer.first())
    else {
        return Vec::new();
    };
    let surely = |(statement, length): &&(&Statement, Length)| {
        *length == Length::TooLong
            && statement.sure
            && !matches!(statement.fact, Fact::Limit { about: About::Unclear, .. })
    };
    // Each promise that may be about requests is too long, and plainly so.
    let all = promised.iter().all(|promise| surely(&promise));
    let opinion = match all {
        true => Opinion::violation(said!(
            "the limit that is promised for handling requests is over {most} working days: {says}",
            "承诺的请求处理时限超过 {most} 个工作日：{says}",
            most,
            says = worst.quote
        )),
        false => Opinion::review(said!(
            "a limit may be over {most} working days: look what it is about and which one holds: {says}",
            "有时限可能超过 {most} 个工作日，请核实其适用范围以及以哪一个为准：{says}",
            most,
            says = worst.quote
        )),
    };
    let shown = longer.iter().take(3).map(|(statement, _)| Evidence::of_passage(seq, &statement.quote));
    let in_days = longer
        .iter()
        .any(|(statement, _)| !matches!(statement.fact, Fact::Limit { unit: Unit::WorkingDays, .. }));
    let opinion = opinion.with(shown);
    vec![if in_days { opinion.note(case.counting_of_days()) } else { opinion }]
}

#[cfg(test)]
#[path = "slow_tests.rs"]
mod tests;
