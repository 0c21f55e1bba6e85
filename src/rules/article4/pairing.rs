//! Which function of the app each permission is for, and where that was seen, for item 4.1.

use std::collections::BTreeMap;

use crate::app_types;
use crate::case::{Call, Case, Evidence};
use crate::language::purpose::{self, Purpose};
use crate::recording::entries::AskAnswered;
use crate::recording::{Event, FunctionTried};
use crate::rules::Table;
use crate::text::{Bilingual, both, join, said};
use crate::world::access::AccessKind;

/// Labels that are longer are contents, and name no function (characters; ours).
const LABEL: usize = 12;
/// Asks that a table names by their entries.
const NAMED: usize = 3;

/// A permission that was asked for, and what it is for.
pub struct Pair<'a> {
    pub permission: &'a str,
    pub asks: Vec<Ask>,
    /// The function that needs it.
    pub function: Option<Function>,
}

/// One asking.
pub struct Ask {
    pub seq: u64,
    /// The function's label that the person had tapped on that start.
    pub wish: Option<String>,
    /// Its purpose was told where it was asked for.
    pub told: bool,
    pub evidence: Option<Evidence>,
}

/// A function that needs a permission, and where that was seen.
pub struct Function {
    pub name: Bilingual,
    pub seen: Bilingual,
    pub evidence: Option<Evidence>,
}

/// Pairs every permission that was asked for and collects personal information with a function.
pub fn pair_permissions<'a>(case: &Case<'a>) -> Vec<Pair<'a>> {
    let mut asked: BTreeMap<&'a str, Vec<Ask>> = BTreeMap::new();
    for call in case.calls().filter(|call| call.kind == AccessKind::Ask) {
        asked.entry(call.what).or_default().push(Ask::of_call(case, &call));
    }
    for entry in case.entries {
        let Event::AskAnswered(AskAnswered { screen, permissions, .. }) = &entry.event else { continue };
        if case.is_of_version_before(entry.seq) {
            continue;
        }
        for permission in permissions {
            let ask = Ask {
                seq: entry.seq,
                wish: wish_before(case, entry.seq),
                told: is_told(case, *screen, permission, None),
                evidence: case.shown(*screen, both("the app's own ask", "应用自己的请求")),
            };
            asked.entry(permission).or_default().push(ask);
        }
    }
    let collecting = asked.into_iter().filter(|(permission, _)| purpose::collects(permission) != Some(false));
    collecting
        .map(|(permission, asks)| Pair { permission, asks, function: find_function(case, permission) })
        .collect()
}

impl Ask {
    fn of_call(case: &Case<'_>, call: &Call<'_>) -> Ask {
        Ask {
            seq: call.seq,
            wish: wish_before(case, call.seq),
            told: is_told(case, call.screen, call.what, call.dialog),
            evidence: Some(case.call_evidence(call)),
        }
    }
}

fn wish_before(case: &Case<'_>, seq: u64) -> Option<String> {
    case.state_before(seq).wish.as_ref().map(|label| label.to_string())
}

/// Tells whether the ask itself, or the screen that it was made on, says what it is for.
fn is_told(case: &Case<'_>, screen: u32, permission: &str, dialog: Option<&str>) -> bool {
    let stated =
        |text: &str, whole| matches!(purpose::of_permission(text, permission, whole), Purpose::Stated(_));
    dialog.is_some_and(|text| stated(text, true))
        || case.tree(screen).is_some_and(|tree| stated(&tree.seen_text(), false))
}

/// Finds a function that needs a permission: by the scenario's word, by the name of a function that was tried, by a control
/// that was seen, by the app's type.
fn find_function(case: &Case<'_>, permission: &str) -> Option<Function> {
    listed(case, permission)
        .or_else(|| tried(case, permission))
        .or_else(|| seen(case, permission))
        .or_else(|| of_type(case, permission))
}

fn listed(case: &Case<'_>, permission: &str) -> Option<Function> {
    let functions = &case.start()?.functions;
    let needs = |needs: &Option<Vec<String>>| needs.iter().flatten().any(|name| name == permission);
    let function = functions.iter().find(|function| needs(&function.needs))?;
    let used = find_tried(case, |tried| tried.name == function.name);
    Some(Function {
        name: both(&function.name, &function.name),
        seen: match &used {
            Some((seq, tried)) => said!(
                "the scenario says so; it was used, screen {screen} (entry {seq})",
                "场景文件说明；已试用，界面 {screen}（第 {seq} 条）",
                screen = tried.screen,
                seq
            ),
            None => both("the scenario says so; it was not used", "场景文件说明；未试用"),
        },
        evidence: used.and_then(|(_, tried)| show_function(case, tried)),
    })
}

fn tried(case: &Case<'_>, permission: &str) -> Option<Function> {
    let (seq, tried) = find_tried(case, |tried| purpose::speaks_for(&tried.name, permission))?;
    Some(Function {
        name: both(&tried.name, &tried.name),
        seen: said!(
            "a function that was used, screen {screen} (entry {seq})",
            "试用过的功能，界面 {screen}（第 {seq} 条）",
            screen = tried.screen,
            seq
        ),
        evidence: show_function(case, tried),
    })
}

fn seen(case: &Case<'_>, permission: &str) -> Option<Function> {
    case.distinct_screens().find_map(|(entry, sighted)| {
        let screen = case.tree(sighted.screen)?;
        let label = (0..screen.elements.len()).find_map(|at| {
            let element = &screen.elements[at];
            if !element.seen || element.tappable.is_none() || element.overlay {
                return None;
            }
            let label = screen.label(at);
            let short = label.chars().count() <= LABEL && !purpose::asks_for_leave(&label);
            (short && purpose::speaks_for(&label, permission)).then_some(label)
        })?;
        Some(Function {
            name: both(&label, &label),
            seen: said!(
                "a control on screen {screen} (entry {entry})",
                "界面 {screen} 上的控件（第 {entry} 条）",
                screen = sighted.screen,
                entry
            ),
            evidence: Some(Evidence::of_screen(
                entry,
                sighted,
                said!("“{label}” speaks for it", "“{label}”说明其用途", label),
            )),
        })
    })
}

fn of_type(case: &Case<'_>, permission: &str) -> Option<Function> {
    let types = app_types::find(&case.start()?.types);
    let fits = types.into_iter().find(|known| known.permissions.iter().any(|name| name == permission))?;
    Some(Function {
        name: fits.basic.clone(),
        seen: said!("the basic function of its type, {name}", "其类型（{name}）的基本功能", name = fits.name),
        evidence: None,
    })
}

/// Returns the first function that was used with everything granted, or at all, and is of this kind.
fn find_tried<'a>(
    case: &Case<'a>,
    is_of_kind: impl Fn(&FunctionTried) -> bool,
) -> Option<(u64, &'a FunctionTried)> {
    case.entries.iter().find_map(|entry| match &entry.event {
        Event::FunctionTried(tried) if tried.not_tried.is_none() && is_of_kind(tried) => {
            Some((entry.seq, tried))
        }
        _ => None,
    })
}

fn show_function(case: &Case<'_>, tried: &FunctionTried) -> Option<Evidence> {
    case.shown(tried.screen, said!("what “{name}” leads to", "“{name}”进入的画面", name = tried.name))
}

/// Draws the pairs as a table.
pub fn draw_pairs(pairs: &[Pair<'_>]) -> Table {
    let row = |pair: &Pair<'_>| {
        let (name, seen) = match &pair.function {
            Some(function) => (function.name.clone(), function.seen.clone()),
            None => (both("none found", "未找到"), both("–", "–")),
        };
        let asks: Vec<Bilingual> = pair.asks.iter().take(NAMED).map(say_ask).collect();
        let more = pair.asks.len().saturating_sub(NAMED);
        let more = match more {
            0 => both("", ""),
            more => said!(", and {more} times more", "，另有 {more} 次", more),
        };
        let asks = join(&asks, ", ", "，");
        vec![
            both(pair.permission, purpose::chinese(pair.permission)),
            name,
            seen,
            said!("{asks}{more}", "{asks}{more}", asks, more),
        ]
    };
    Table {
        title: both("Permissions and the functions that they are for", "权限与其对应的功能"),
        head: vec![
            both("permission", "权限"),
            both("function", "功能"),
            both("where it was seen", "依据"),
            both("asked for", "申请时机"),
        ],
        rows: pairs.iter().map(row).collect(),
    }
}

fn say_ask(ask: &Ask) -> Bilingual {
    match &ask.wish {
        Some(label) => {
            said!("after “{label}” (entry {seq})", "点击“{label}”之后（第 {seq} 条）", label, seq = ask.seq)
        }
        None => said!("before any function (entry {seq})", "使用任何功能之前（第 {seq} 条）", seq = ask.seq),
    }
}
