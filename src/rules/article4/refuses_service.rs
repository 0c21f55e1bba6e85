//! 4.2: refuses service because a permission was refused that the service does not need.

use std::collections::{BTreeMap, BTreeSet};

use crate::language::purpose;
use crate::recording::{Entry, Event, FunctionTried};
use crate::rules::accessed::{calls, tree};
use crate::rules::article3::before_consent::blind;
use crate::rules::{Case, Evidence, Judgement, Rule, Verdict};
use crate::world::access::AccessKind;

const PROBE: &str = "refuse_permissions";
/// Of fewer functions, losing all of them says little (ours).
const ALL: usize = 2;

/// The rule of item 4.2.
pub struct RefusesService;

impl Rule for RefusesService {
    fn item(&self) -> &'static str {
        "4.2"
    }
    fn probes(&self) -> &'static [&'static str] {
        &[PROBE]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let Some(span) = case.span(PROBE) else { return case.unfinished(PROBE) };
        let asked = asked_for(span.entries);
        let mut opinions: Vec<Opinion> = Vec::new();
        for (refused, tried) in passes(span.entries) {
            let refused: Vec<&str> = refused.iter().copied().filter(|name| asked.contains(name)).collect();
            opinions.extend(of_pass(case, &refused, &tried));
        }
        opinions.sort_by_key(|opinion| opinion.verdict.gravity());
        let grave = opinions.first().is_some_and(|opinion| opinion.verdict != Verdict::Conforms);
        if !grave && !span.is_complete() {
            return case.unfinished(PROBE);
        }
        if !grave && let Some(blind) = blind(case, &[AccessKind::Ask]) {
            return blind;
        }
        if asked.is_empty() && !grave {
            return Judgement::new(
                Verdict::NotApplicable,
                "the app asked for no permission, at its start or in the functions that were tried",
                "应用启动时和所试用的功能中都没有申请权限",
            );
        }
        let Some(first) = opinions.first() else { return case.unfinished(PROBE) };
        let verdict = first.verdict;
        let mut judgement = Judgement::new(verdict, first.en.clone(), first.zh.clone());
        for opinion in &opinions[1..] {
            judgement = judgement.note(&opinion.en, &opinion.zh);
        }
        judgement.with(
            opinions
                .into_iter()
                .filter(|opinion| opinion.verdict == verdict)
                .flat_map(|opinion| opinion.evidence),
        )
    }
}

/// Permissions that the app asked for, by the system's prompt or by its own.
pub fn asked_for(entries: &[Entry]) -> BTreeSet<&str> {
    let own = entries.iter().filter_map(|entry| match &entry.event {
        Event::AskAnswered { permissions, .. } => Some(permissions.iter().map(String::as_str)),
        _ => None,
    });
    let system = calls(entries).filter(|call| call.kind == AccessKind::Ask).map(|call| call.what);
    own.flatten().chain(system).collect()
}

/// Functions tried, by the permissions that were refused meanwhile, with their entries.
pub fn passes(entries: &[Entry]) -> BTreeMap<Vec<&str>, Vec<(u64, &FunctionTried)>> {
    let mut passes: BTreeMap<Vec<&str>, Vec<(u64, &FunctionTried)>> = BTreeMap::new();
    for entry in entries {
        if let Event::FunctionTried(tried) = &entry.event
            && !tried.refused.is_empty()
        {
            passes
                .entry(tried.refused.iter().map(String::as_str).collect())
                .or_default()
                .push((entry.seq, tried));
        }
    }
    passes
}

/// Whether a function needs one of these permissions: as the scenario says, else where its name speaks for one.
pub fn cannot_do_without(tried: &FunctionTried, refused: &[&str]) -> bool {
    match &tried.needs {
        Some(needs) => refused.iter().any(|refused| needs.iter().any(|need| need == refused)),
        None => refused.iter().any(|refused| purpose::speaks_for(&tried.name, refused)),
    }
}

struct Opinion {
    verdict: Verdict,
    en: String,
    zh: String,
    evidence: Vec<Evidence>,
}

/// One pass over the functions with some permissions refused.
fn of_pass(case: &Case<'_>, refused: &[&str], tried: &[(u64, &FunctionTried)]) -> Vec<Opinion> {
    let compared: Vec<_> = tried.iter().filter(|(_, tried)| tried.same.is_some()).collect();
    // A function that cannot do without what was refused may well be lost with it.
    let needs = |tried: &FunctionTried| cannot_do_without(tried, refused);
    let lost: Vec<_> = compared.iter().filter(|(_, each)| each.same == Some(false) && !needs(each)).collect();
    let independent = compared.iter().filter(|(_, each)| !needs(each)).count();
    let (names, zh) = names(refused);
    if lost.is_empty() {
        let (count, all) = (
            compared.len() - compared.iter().filter(|(_, each)| each.same == Some(false)).count(),
            compared.len(),
        );
        return vec![Opinion {
            verdict: Verdict::Conforms,
            en: format!(
                "with {names} refused, {count} of {all} functions show what they showed before; none that does without it was lost"
            ),
            zh: format!("拒绝{zh}后，{all} 项功能中有 {count} 项与之前一致；不需要该权限的功能均可使用"),
            evidence: tried.last().and_then(|(_, tried)| shown(case, tried)).into_iter().collect(),
        }];
    }
    let evidence = |lost: &[&&(u64, &FunctionTried)]| {
        lost.iter().filter_map(|(_, tried)| shown(case, tried)).take(4).collect()
    };
    let named = lost.iter().any(|(_, tried)| names_refused(case, tried, refused));
    if lost.len() == independent && independent >= ALL {
        let (verdict, doubt, doubt_zh) = if named {
            (Verdict::Violation, "", "")
        } else {
            (
                Verdict::Review,
                "; nothing shown in their place speaks of the refusal, so look at it",
                "；替代画面没有提到该权限，请人工查看",
            )
        };
        return vec![Opinion {
            verdict,
            en: format!(
                "with {names} refused, the whole app is blocked: none of {independent} functions that worked before can be reached{doubt}"
            ),
            zh: format!("拒绝{zh}后整个应用无法使用：此前可用的 {independent} 项功能都无法进入{doubt_zh}"),
            evidence: evidence(&lost),
        }];
    }
    lost.into_iter()
        .map(|each| {
            let tried = each.1;
            let name = &tried.name;
            let stated = tried.needs.is_some();
            let named = names_refused(case, tried, refused);
            if stated && named {
                return Opinion {
                    verdict: Verdict::Violation,
                    en: format!("with {names} refused, “{name}” can no longer be reached, and the scenario says that it does without"),
                    zh: format!("拒绝{zh}后无法进入“{name}”，而场景文件说明该功能不需要此权限"),
                    evidence: evidence(&[each]),
                };
            }
            Opinion {
                verdict: Verdict::Review,
                en: format!("with {names} refused, “{name}” no longer shows what it showed: decide whether it needs what was refused (or say so under `functions`)"),
                zh: format!("拒绝{zh}后，“{name}”与之前不一致：请判断该功能是否需要此权限（或在 functions 中说明）"),
                evidence: evidence(&[each]),
            }
        })
        .collect()
}

/// `location and camera`, in both languages.
pub fn names(refused: &[&str]) -> (String, String) {
    let zh: Vec<&str> = refused.iter().map(|name| purpose::chinese(name)).collect();
    if refused.is_empty() {
        ("permissions".to_owned(), "权限".to_owned())
    } else {
        (refused.join(", "), zh.join("、"))
    }
}

/// What was shown in the function's place speaks of what was refused.
fn names_refused(case: &Case<'_>, tried: &FunctionTried, refused: &[&str]) -> bool {
    let Some((_, seen)) = case.screen(tried.screen) else { return false };
    let text =
        tree(case, seen).map(|screen| screen.seen_text() + screen.alert.as_deref().unwrap_or_default());
    let named = purpose::permissions_in(&text.unwrap_or_default());
    refused.iter().any(|refused| named.contains(refused))
}

fn shown(case: &Case<'_>, tried: &FunctionTried) -> Option<Evidence> {
    let name = &tried.name;
    case.shown(tried.screen, format!("what “{name}” leads to"), format!("“{name}”进入的画面"))
}
