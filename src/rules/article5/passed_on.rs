//! 5.2: the app's server passes personal information on. No client sees that: a person rules, by what was planted.

use crate::case::Case;
use crate::recording::Event;
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{both, said};

/// The rule of item 5.2.
pub struct PassedOn;

impl Rule for PassedOn {
    fn item(&self) -> &'static str {
        "5.2"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["first_run"]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let planted: Vec<&str> = case
            .entries
            .iter()
            .find_map(|entry| match &entry.event {
                Event::RunStarted(start) => Some(start.persona.keys().map(String::as_str).collect()),
                _ => None,
            })
            .unwrap_or_default();
        let reason = both(
            "what the app's server passes on cannot be seen from outside: it needs contracts, interface lists, or a planted value that turns up elsewhere, and a person's statement (`candor attest`)",
            "服务器向第三方提供信息的行为无法从外部看到：需要合同、接口清单，或预设信息出现在他处的证据，并由人工声明（candor attest）",
        );
        let opinion = Opinion::not_tested(reason);
        let opinion = match planted.is_empty() {
            true => opinion,
            false => {
                let list = planted.join(", ");
                opinion.note(said!(
                    "Planted in this run, and to be looked out for: {list}.",
                    "本次运行预设、可供日后追踪的信息：{list}。",
                    list
                ))
            }
        };
        Weighed { unfinished: vec![opinion], ..Weighed::default() }
    }
}
