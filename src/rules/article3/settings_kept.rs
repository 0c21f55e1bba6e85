//! 3.5: what the person set became looser without an act of theirs: switches that the run itself switched off, permissions that
//! it refused in the system's own dialogs. What the harness grants without asking is no person's setting.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Case, Evidence, Span};
use crate::language::{permission, purpose};
use crate::recording::Event;
use crate::recording::entries::PermissionAnswered;
use crate::recording::version::{Leg, SettingSeen, VersionUsed};
use crate::rules::Table;
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::text::{Bilingual, both, said};
use crate::world::{Start, Version};

/// The rule of item 3.5.
pub struct SettingsKept;

const UPGRADES: &str = "upgrade";

impl Rule for SettingsKept {
    fn item(&self) -> &'static str {
        "3.5"
    }
    fn reads(&self) -> &'static [&'static str] {
        &[UPGRADES]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let Some(span) = case.last_span(UPGRADES) else { return Weighed::default() };
        let switches = follow_switches(&span);
        let permissions = follow_permissions(case, &span);
        let mut weighed = Weighed::default();
        for (label, legs) in &switches {
            weighed.opinions.push(weigh_switch(case, label, legs));
        }
        for refused in &permissions {
            weighed.opinions.push(refused.weigh());
        }
        if switches.is_empty() && permissions.is_empty() {
            // Labels led to no switch; others may be anywhere, so this is no proof that there are none.
            weighed.unfinished.push(Opinion::not_tested(both(
                "the run set nothing: no switch about personal information was found by its label, and the system asked for no permission that could be refused",
                "本次运行没有可设置的内容：没有按名称找到与个人信息有关的开关，系统也没有弹窗申请权限",
            )));
        }
        if !switches.is_empty() {
            weighed.tables.push(draw_switches(&switches));
        }
        weighed.notes.push(both(
            "Logging out and in again, and restarting the phone, were not tried.",
            "没有检测退出后重新登录以及重启手机的情形。",
        ));
        weighed
    }
}

/// How a switch stood at each leg, with its entry.
type Legs<'a> = BTreeMap<Leg, (u64, &'a SettingSeen)>;

/// Follows the switches that the run set, by their labels, through the first passage: the later one is another installation.
fn follow_switches<'a>(span: &Span<'a>) -> BTreeMap<&'a str, Legs<'a>> {
    let mut all: BTreeMap<&str, Legs<'a>> = BTreeMap::new();
    for entry in span.entries {
        if let Event::SettingSeen(seen) = &entry.event {
            all.entry(&seen.label).or_default().entry(seen.leg).or_insert((entry.seq, seen));
        }
    }
    // What was off already was set by nobody; what the tap did not turn off was not set either.
    all.retain(|_, legs| {
        let on = |leg| legs.get(&leg).and_then(|(_, seen)| seen.on);
        on(Leg::Found) == Some(true)
    });
    all
}

fn weigh_switch(case: &Case<'_>, label: &str, legs: &Legs<'_>) -> Opinion {
    let on = |leg: Leg| legs.get(&leg).map(|(_, seen)| seen.on);
    let shown: Vec<Evidence> = legs
        .iter()
        .filter_map(|(leg, (seq, seen))| {
            let when = leg.words();
            let shown = case.shown(seen.screen, said!("“{label}” {when}", "“{label}”{when}", label, when))?;
            Some(Evidence { entry: *seq, ..shown })
        })
        .collect();
    let opinion = match on(Leg::Set) {
        Some(Some(false)) => {
            let later = [Leg::Restarted, Leg::Upgraded];
            let looser = later.into_iter().find(|leg| on(*leg) == Some(Some(true)));
            let unknown = later.into_iter().find(|leg| !matches!(on(*leg), Some(Some(_))));
            match (looser, unknown) {
                (Some(leg), _) => Opinion::violation(said!(
                    "“{label}” was switched off and is on {when}, without anything being tapped",
                    "“{label}”已关闭，{when}未经操作又变为开启",
                    label,
                    when = leg.words()
                )),
                (None, Some(leg)) => Opinion::review(said!(
                    "“{label}” was switched off; {when} it is gone, or its state cannot be told: look whether what it is about went, too",
                    "“{label}”已关闭，{when}该开关不见了或状态无法判断：请查看相应功能是否一并取消",
                    label,
                    when = leg.words()
                )),
                (None, None) => Opinion::conforms(said!(
                    "“{label}” was switched off and is still off after a restart and after the upgrade",
                    "“{label}”关闭后，重启和升级后仍为关闭",
                    label
                )),
            }
        }
        _ => Opinion::review(said!(
            "“{label}” was tapped and is not seen to be off: whether the switch works is for 3.6 and 6.1 to say",
            "点击“{label}”后未见关闭：开关是否有效见 3.6、6.1",
            label
        )),
    };
    opinion.with(shown)
}

/// A permission that the run refused in the version before.
struct Refused<'a> {
    permission: &'a str,
    /// The entry that refused it.
    seq: u64,
    /// The system said in the version before that it is not granted.
    denied: bool,
    /// What the system said later, with its entry: the system's own names that are granted.
    granted: Option<(u64, Vec<&'a str>)>,
    /// Something was told after the upgrade.
    told: bool,
    /// Something granted it without asking: the harness, or a person's later yes.
    by_other_hands: bool,
}

/// Follows the permissions that the run refused in the system's dialogs of the version before.
fn follow_permissions<'a>(case: &Case<'a>, span: &Span<'a>) -> Vec<Refused<'a>> {
    let platform = case.start().map(|start| start.platform.as_str()).unwrap_or_default();
    let mut version = None;
    let mut passages = 0;
    let mut all: Vec<Refused<'a>> = Vec::new();
    let mut known = BTreeSet::new();
    for entry in span.entries {
        match &entry.event {
            Event::VersionUsed(VersionUsed { version: used, .. }) => {
                version = Some(*used);
                passages += usize::from(*used == Version::Before);
            }
            // The second passage is another installation, with everything granted.
            _ if passages > 1 => break,
            Event::PermissionAnswered(PermissionAnswered { permission, answer, .. }) => {
                if answer.refuses() && version == Some(Version::Before) && known.insert(permission.as_str()) {
                    all.push(Refused {
                        permission,
                        seq: entry.seq,
                        denied: false,
                        granted: None,
                        told: false,
                        by_other_hands: false,
                    });
                } else if !answer.refuses() {
                    note_other_hands(&mut all, |refused| refused.permission == permission);
                }
            }
            Event::PermissionsSet(set) => {
                note_other_hands(&mut all, |refused| set.standings.contains_key(refused.permission));
            }
            Event::AppStarted(started) if started.how == Start::Fresh && version == Some(Version::Now) => {
                // Nothing of what was set is left then.
                all.clear();
            }
            Event::PermissionStates(told) => {
                for refused in &mut all {
                    let own = permission::names_of(refused.permission, platform);
                    let states = own.iter().filter_map(|name| told.states.get_key_value(name));
                    let states: Vec<_> = states.collect();
                    let granted: Vec<&str> = states
                        .iter()
                        .filter(|(_, granted)| **granted)
                        .map(|(name, _)| name.as_str())
                        .collect();
                    if version != Some(Version::Now) {
                        refused.denied = !states.is_empty() && granted.is_empty();
                        continue;
                    }
                    refused.told |= !states.is_empty();
                    if !granted.is_empty() && refused.granted.is_none() {
                        refused.granted = Some((entry.seq, granted));
                    }
                }
            }
            _ => {}
        }
    }
    all.retain(|refused| purpose::collects(refused.permission) != Some(false));
    all
}

fn note_other_hands(all: &mut [Refused<'_>], is_meant: impl Fn(&Refused<'_>) -> bool) {
    for refused in all.iter_mut().filter(|refused| is_meant(refused)) {
        refused.by_other_hands = true;
    }
}

impl Refused<'_> {
    fn weigh(&self) -> Opinion {
        let what = both(self.permission, purpose::chinese(self.permission));
        let refusal = Evidence::of_entry(self.seq, said!("{what} refused", "拒绝{what}权限", what));
        let opinion = match (&self.granted, self.told, self.by_other_hands) {
            (Some(_), _, false) if !self.denied => Opinion::review(said!(
                "{what} was refused, and the system did not say so in the version before: nothing follows from how it stands now",
                "{what}权限被拒绝，但系统在旧版本中没有显示为拒绝：无法据此判断",
                what
            )),
            (_, _, true) => Opinion::review(said!(
                "{what} was refused, and set or granted later in this run: nothing follows from how it stands",
                "{what}权限被拒绝后，在本次运行中又被设置或授予：无法据此判断",
                what
            )),
            (Some((seq, names)), _, false) => Opinion::violation(said!(
                "{what} was refused, and the system says after the upgrade that it is granted ({names}), without anybody having been asked",
                "{what}权限已被拒绝，升级后系统显示已授予（{names}），而用户未经询问",
                what,
                names = names.join(", ")
            ))
            .with([Evidence::of_entry(*seq, both("what the system says is granted", "系统显示的授权状态"))]),
            (None, true, false) => Opinion::conforms(said!(
                "{what} was refused and is still refused after the upgrade",
                "{what}权限被拒绝，升级后仍为拒绝",
                what
            )),
            (None, false, false) => Opinion::review(said!(
                "{what} was refused; how it stands after the upgrade the system does not tell",
                "{what}权限被拒绝；升级后系统没有提供其状态",
                what
            )),
        };
        opinion.with([refusal])
    }
}

fn draw_switches(switches: &BTreeMap<&str, Legs<'_>>) -> Table {
    let legs = [Leg::Found, Leg::Set, Leg::Restarted, Leg::Upgraded];
    let state = |seen: Option<&(u64, &SettingSeen)>| -> Bilingual {
        match seen.map(|(_, seen)| seen.on) {
            Some(Some(true)) => both("on", "开启"),
            Some(Some(false)) => both("off", "关闭"),
            Some(None) => both("cannot be told", "无法判断"),
            None => both("not seen", "未见"),
        }
    };
    let head = legs.iter().map(|leg| both(leg.words().0, leg.words().1));
    Table {
        title: both("Switches about personal information", "与个人信息有关的开关"),
        head: std::iter::once(both("switch", "开关")).chain(head).collect(),
        rows: switches
            .iter()
            .map(|(label, seen)| {
                let cells = legs.iter().map(|leg| state(seen.get(leg)));
                std::iter::once(both(*label, *label)).chain(cells).collect()
            })
            .collect(),
    }
}

#[cfg(test)]
#[path = "settings_kept_tests.rs"]
mod tests;
