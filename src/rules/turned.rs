//! What another candor judged of the same recording: which verdicts turned since, and by which reading. The run's own
//! findings are in the folder of the recording.

use super::finding::{Finding, Findings};
use super::rule::Rule;
use super::ruling::rule_on;
use crate::case::{Case, Readings};
use crate::recording::{FileRef, Recording};
use crate::text::{Bilingual, both, said};
use crate::thresholds::Thresholds;

/// This candor, as a recording names the one that made it.
const TOOL: &str = concat!("candor ", env!("CARGO_PKG_VERSION"));
/// Where a run leaves what it judged.
const FINDINGS: &str = "findings.json";

/// What the candor that made the recording judged.
pub struct Earlier {
    tool: String,
    findings: Findings,
}

impl Earlier {
    /// Reads it from the recording's folder; `None` where this candor made the recording, or its findings are not there.
    pub fn of(recording: &Recording) -> Option<Earlier> {
        let tool = recording.start()?.tool.clone();
        if tool == TOOL {
            return None;
        }
        let file = FileRef { file: FINDINGS.to_owned(), sha256: String::new() };
        let findings = serde_json::from_str(&recording.text(&file)?).ok()?;
        Some(Earlier { tool, findings })
    }

    /// Says how the verdict of a finding turned; `None` where it did not.
    pub fn note_turn(
        &self,
        finding: &Finding,
        rule: &dyn Rule,
        (case, recording, thresholds): (&Case<'_>, &Recording, &Thresholds),
    ) -> Option<Bilingual> {
        let before = self.findings.findings.iter().find(|earlier| earlier.item == finding.item)?.verdict;
        if before == finding.verdict {
            return None;
        }
        let screens: Vec<String> =
            case.differences().iter().map(|(_, seen, _)| seen.screen.to_string()).collect();
        let as_recorded = rule_on(rule, &Case::new(recording, thresholds, Readings::AsRecorded)).verdict;
        let cause = if as_recorded != finding.verdict && !screens.is_empty() {
            let list = screens.join(", ");
            said!("by what is read of screen {list} now", "原因是界面 {list} 的读取结果不同", list)
        } else {
            both("by the rule, not by what is read of the screens", "原因在于规则，而非界面的读取结果")
        };
        let was = both(before.words(), before.words_zh());
        Some(said!(
            "{tool}, which made the recording, judged this “{was}”; the verdict turned {cause}.",
            "录制所用的 {tool} 判定为“{was}”；结论改变，{cause}。",
            tool = self.tool,
            was,
            cause
        ))
    }
}

#[cfg(test)]
#[path = "turned_tests.rs"]
mod tests;
