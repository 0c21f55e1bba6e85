//! Within how many days something that a person asked for must be answered, and who says so: the policy, the app's own words,
//! the operator's, or the law where nobody promised anything.

use jiff::civil::Date;

use super::Case;
use crate::language::days;
use crate::policy::statement::{About, Unit};
use crate::policy::{Fact, Policy, Statement};
use crate::recording::follow_up::Demand;
use crate::text::{Bilingual, both, said};
use crate::working_days::{Due, due_in_days, due_in_working_days};

/// Who says within how many days there is an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A passage of the policy.
    Policy,
    /// The app, as it took the request.
    App,
    /// The operator's answer, as a person states it.
    Operator,
    /// The notice: 15 working days where nobody promises anything, and at most.
    Law,
    /// Nobody: what an app does by itself is done at once, and is looked at again after a day (ours).
    AtOnce,
}

/// A limit for an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerLimit {
    pub count: u32,
    /// They are working days.
    pub working: bool,
    pub source: Source,
    /// The words that promise it; empty for the law's own.
    pub says: String,
    /// The entry that read them.
    pub entry: Option<u64>,
}

impl AnswerLimit {
    /// Returns when it ends for what was asked on a day; `None` where the calendar ends before.
    pub fn due(&self, asked: Date) -> Option<Due> {
        match self.working {
            true => due_in_working_days(asked, self.count),
            false => due_in_days(asked, self.count),
        }
    }

    /// Says how long it is, and who says so.
    pub fn words(&self) -> Bilingual {
        let long = match self.working {
            true => said!("{count} working days", "{count} 个工作日", count = self.count),
            false => said!("{count} days", "{count} 天", count = self.count),
        };
        let whose = match self.source {
            Source::Policy => {
                said!("promised by the policy: {says}", "隐私政策承诺：{says}", says = self.says)
            }
            Source::App => said!("promised by the app: {says}", "应用承诺：{says}", says = self.says),
            Source::Operator => {
                said!("promised by the operator: {says}", "运营者承诺：{says}", says = self.says)
            }
            Source::Law => both("the notice's own limit", "认定方法规定的时限"),
            Source::AtOnce => both(
                "what an app does by itself is done at once; a day is candor's own measure",
                "自动处理的操作应即时完成；一天为本工具的尺度",
            ),
        };
        said!("{long} ({whose})", "{long}（{whose}）", long, whose)
    }
}

/// Returns the notice's own limit.
pub fn limit_of_law(case: &Case<'_>) -> AnswerLimit {
    let count = case.thresholds.get("max_answer_days").clamp(0.0, 1000.0) as u32;
    AnswerLimit { count, working: true, source: Source::Law, says: String::new(), entry: None }
}

/// Returns the limit for what an app does by itself.
pub fn limit_at_once() -> AnswerLimit {
    AnswerLimit { count: 1, working: false, source: Source::AtOnce, says: String::new(), entry: None }
}

/// Returns the limit that words promise for an answer; `None` where they promise none.
pub fn limit_in_words(says: &str, source: Source, entry: u64) -> Option<AnswerLimit> {
    let stated = Policy::of_text(says).statements.into_iter().find_map(|statement| match statement.fact {
        Fact::Limit { about: About::CoolingOff, .. } => None,
        Fact::Limit { count, unit, .. } => Some((unit.in_days(count).min(10_000), unit == Unit::WorkingDays)),
        _ => None,
    });
    let (count, working) = match stated {
        Some(stated) => stated,
        // A person states the operator's promise: its days are what it is about.
        None if source == Source::Operator => {
            let all = days::all_in(&says.to_lowercase());
            let first = all.iter().find(|days| days.working).or(all.first())?;
            (first.count, first.working)
        }
        None => return None,
    };
    Some(AnswerLimit { count, working, source, says: says.to_owned(), entry: Some(entry) })
}

/// Returns the longest limit that the policy plainly promises for what is asked; one for its very kind goes before one for
/// requests at large.
pub fn limit_in_policy(case: &Case<'_>, what: Demand) -> Option<AnswerLimit> {
    let (seq, _) = case.policy()?;
    let policy = case.policy_statements()?;
    let wanted: &[About] = match what {
        Demand::Correction | Demand::Deletion => &[About::Request],
        Demand::Cancellation => &[About::Cancellation, About::Request],
        Demand::Complaint => &[About::Complaint],
    };
    wanted.iter().find_map(|about| {
        let limits = policy.statements.iter().filter_map(|statement| plain_limit(statement, *about));
        let longest = limits.max_by_key(|(count, working, _)| count * if *working { 14 } else { 10 });
        longest.map(|(count, working, quote)| AnswerLimit {
            count,
            working,
            source: Source::Policy,
            says: quote.to_owned(),
            entry: Some(seq),
        })
    })
}

fn plain_limit(statement: &Statement, wanted: About) -> Option<(u32, bool, &str)> {
    match statement.fact {
        Fact::Limit { about, count, unit } if about == wanted && statement.sure => {
            let days = unit.in_days(count).min(10_000);
            Some((days, unit == Unit::WorkingDays, &statement.quote))
        }
        _ => None,
    }
}
