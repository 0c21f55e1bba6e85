//! 3.4: consent by default: a box, switch or circle that is on before the person touched it, or
//! "continuing means you agree" with no choice.

use crate::language::controls::{PromptKind, Reading, TickBox};
use crate::language::lexicon::Meaning;
use crate::recording::{Entry, Event, ScreenSeen};
use crate::rules::accessed::tree;
use crate::rules::case::at_screen;
use crate::rules::catalogue::both;
use crate::rules::{Case, Evidence, Judgement, Mark, Marks, Rule, Verdict};
use crate::screen::{Checked, Rect};
use crate::sight::tick::Tick;
use crate::world::Start;

/// The rule of item 3.4.
pub struct ConsentByDefault;

impl Rule for ConsentByDefault {
    fn item(&self) -> &'static str {
        "3.4"
    }
    fn probes(&self) -> &'static [&'static str] {
        &["first_run", "sign_in_form"]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let mut opinions: Vec<Opinion> = Vec::new();
        for span in self.probes().iter().filter_map(|probe| case.span(probe)) {
            let agreed = span.entries.first().is_some_and(|first| agreed_before(case.entries, first.seq));
            let mut so_far = SoFar { agreed, ..SoFar::default() };
            for entry in span.entries {
                so_far.after(entry);
                if let Event::ScreenSeen(seen) = &entry.event {
                    look(entry.seq, seen, &mut so_far, &mut opinions);
                }
            }
        }
        // The gravest speaks; a person's doubt comes before a clean bill.
        opinions.sort_by_key(|opinion| opinion.rank);
        let Some(first) = opinions.first() else {
            return nothing_seen(case, self.probes());
        };
        let rank = first.rank;
        let mut judgement = Judgement::new(rank.verdict(), first.en.clone(), first.zh.clone());
        let unfinished =
            self.probes().iter().find(|probe| !case.span(probe).is_some_and(|span| span.is_complete()));
        if rank == Rank::Clean
            && let Some(probe) = unfinished
        {
            // What was seen was clean, but not everything that should have been seen was.
            return case.unfinished(probe);
        }
        let mut seen = Vec::new();
        for opinion in opinions.iter().filter(|opinion| opinion.rank == rank) {
            if !seen.contains(&opinion.screen) {
                seen.push(opinion.screen);
                let same = opinions.iter().filter(|o| o.rank == rank && o.screen == opinion.screen);
                let marks = marks(case, opinion.seen, same);
                judgement.evidence.push(Evidence { marks, ..opinion.evidence.clone() });
            }
        }
        judgement
    }
}

/// The boxes that opinions on one screen are about, as places on its picture. Nothing where the picture's size is not known.
fn marks<'a>(
    case: &Case<'_>,
    seen: &ScreenSeen,
    opinions: impl Iterator<Item = &'a Opinion<'a>>,
) -> Option<Marks> {
    let places: Vec<Mark> = opinions
        .filter_map(|opinion| Some(Mark { rect: opinion.boxed?, says: both(&opinion.en, &opinion.zh) }))
        .collect();
    let screen = (!places.is_empty()).then(|| tree(case, seen)).flatten()?;
    Some(Marks { width: screen.width.round() as u32, height: screen.height.round() as u32, places })
}

fn nothing_seen(case: &Case<'_>, probes: &[&str]) -> Judgement {
    match probes.iter().find(|probe| !case.span(probe).is_some_and(|span| span.is_complete())) {
        Some(probe) => case.unfinished(probe),
        None => Judgement::new(
            Verdict::NotApplicable,
            "neither the first run nor a log-in form shows a control of consent",
            "首次运行和登录表单中都没有出现征求同意的控件",
        ),
    }
}

/// What the person's hand has done since the app's start.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
enum Touched {
    #[default]
    Nothing,
    /// Something was tapped, but not what consents.
    Other,
    /// A consent box or an agree control was: what is on now may be on by that.
    Consent,
}

impl Touched {
    fn after(self, entry: &Entry) -> Touched {
        match &entry.event {
            Event::AppStarted { .. } => Touched::Nothing,
            Event::ConsentGiven { .. } => Touched::Consent,
            Event::OperationDone { .. } if self == Touched::Nothing => Touched::Other,
            _ => self,
        }
    }
}

/// What was before a sighting, since the app's start.
#[derive(Debug, Default)]
struct SoFar<'a> {
    touched: Touched,
    /// Boxes that were seen, and whether they were on: once the person has touched anything, a box that was seen
    /// before may be on by the person's own doing.
    known: Vec<(&'a str, bool)>,
    /// The person agreed to something since the app was installed.
    agreed: bool,
}

impl SoFar<'_> {
    fn after(&mut self, entry: &Entry) {
        self.touched = self.touched.after(entry);
        match entry.event {
            Event::AppStarted { how } => {
                self.known.clear();
                self.agreed &= how != Start::Fresh;
            }
            Event::ConsentGiven { .. } => self.agreed = true,
            _ => {}
        }
    }
}

/// Whether the person agreed before this entry, and the app was not newly installed since.
fn agreed_before(entries: &[Entry], seq: u64) -> bool {
    let mut so_far = SoFar::default();
    entries.iter().take_while(|entry| entry.seq < seq).for_each(|entry| so_far.after(entry));
    so_far.agreed
}

/// From grave to harmless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    On,
    Doubt,
    Clean,
}

impl Rank {
    fn verdict(self) -> Verdict {
        match self {
            Rank::On => Verdict::Violation,
            Rank::Doubt => Verdict::Review,
            Rank::Clean => Verdict::Conforms,
        }
    }
}

struct Opinion<'a> {
    rank: Rank,
    seen: &'a ScreenSeen,
    /// The box that it is about.
    boxed: Option<Rect>,
    en: String,
    zh: String,
    screen: u32,
    evidence: Evidence,
}

/// The boxes of consent with what their pixels say. What nothing shows to be tappable and does not look like a box
/// (a shield beside the words) is none.
fn judged_boxes(seen: &ScreenSeen) -> impl Iterator<Item = (&TickBox, Tick)> {
    let boxes = seen.reading.boxes.iter().enumerate().filter(|(_, tick)| tick.consent);
    boxes
        .map(|(at, tick)| (tick, seen.ticks.get(at).copied().unwrap_or(Tick::Unsure)))
        .filter(|(tick, pixels)| !tick.ornament || *pixels != Tick::Unsure)
}

/// Looks at one sighting of a screen.
fn look<'a>(seq: u64, seen: &'a ScreenSeen, so_far: &mut SoFar<'a>, opinions: &mut Vec<Opinion<'a>>) {
    let reading = &seen.reading;
    let mut say = |rank, en: String, zh: String, shows: (&str, &str), boxed: Option<Rect>| {
        let evidence = at_screen(seq, seen, shows.0, shows.1);
        opinions.push(Opinion { rank, seen, boxed, en, zh, screen: seen.screen, evidence });
    };
    let boxes: Vec<(&TickBox, Tick)> = judged_boxes(seen).collect();
    for &(tick, pixels) in &boxes {
        let before = so_far.known.iter().rev().find(|(label, _)| *label == tick.label).map(|known| known.1);
        if before.is_some() && so_far.touched != Touched::Nothing {
            continue;
        }
        let (rank, mut en, mut zh) = judge_box(tick, pixels, so_far.touched);
        if before == Some(false) && rank == Rank::On {
            en.push_str("; it was off when it came, and the app switched it on by itself");
            zh.push_str("；出现时未选中，随后由应用自行选中");
        }
        so_far.known.push((&tick.label, rank == Rank::On));
        say(rank, en, zh, ("the box as the person finds it", "用户看到的勾选框"), Some(tick.rect));
    }
    // Below what is used after an express consent, such words are a reminder and not the way of consenting.
    let form =
        reading.fields > 1 || reading.prompt.as_ref().is_some_and(|prompt| prompt.kind == PromptKind::Form);
    let reminder = so_far.agreed && !form;
    if let Some(wording) = reading.implied_consent.as_ref().filter(|_| !reminder) {
        let wording: String = wording.chars().take(80).collect();
        if !has_choice(reading) {
            // On a form, typing and sending are acts of their own: whether they are consent is for a person.
            let rank = if form { Rank::Doubt } else { Rank::On };
            say(
                rank,
                format!(
                    "the only wording is that going on is consent (“{wording}”), with no box, no agree and no refuse"
                ),
                format!("仅以“{wording}”的方式默认同意，没有勾选框，也没有同意或拒绝的选择"),
                ("the wording, and the only control", "该表述及唯一的按钮"),
                None,
            );
        }
    }
    let asks = reading.prompt.as_ref().is_some_and(|prompt| prompt.names_policy);
    if asks && boxes.is_empty() && reading.control(Meaning::Agree).is_some() {
        let label = reading.control(Meaning::Agree).map_or("", |control| control.label.as_str());
        say(
            Rank::Clean,
            format!("consent is given by an act of the person's own: “{label}”"),
            format!("由用户主动点击“{label}”表示同意"),
            ("the prompt", "提示"),
            None,
        );
    }
    if asks && reading.prompt.as_ref().is_some_and(|prompt| prompt.kind == PromptKind::Alert) {
        say(
            Rank::Clean,
            "consent is asked for by an alert that can be dismissed".to_owned(),
            "通过可以取消的系统对话框征求同意".to_owned(),
            ("the alert", "系统对话框"),
            None,
        );
    }
}

/// A choice: something to tick (what looks like an ornament may be that), or agree and refuse.
fn has_choice(reading: &Reading) -> bool {
    reading.consent_boxes().next().is_some()
        || reading.control(Meaning::Refuse).is_some()
        || reading.control(Meaning::Agree).is_some()
        || reading.prompt.as_ref().is_some_and(|prompt| prompt.kind == PromptKind::Alert)
}

fn judge_box(tick: &TickBox, pixels: Tick, touched: Touched) -> (Rank, String, String) {
    let label: String = tick.label.chars().take(60).collect();
    let on = Some(Checked::On);
    if touched == Touched::Consent && (pixels == Tick::On || tick.by_tree == on) {
        return (
            Rank::Doubt,
            format!(
                "“{label}” is on, but after the person had agreed to something before: decide whether this is its own consent"
            ),
            format!("“{label}”为选中状态，但此前用户已表示过同意：请判断是否属于另一项同意"),
        );
    }
    match (pixels, tick.by_tree) {
        (Tick::On, None) if tick.ornament => (
            Rank::Doubt,
            format!(
                "a mark stands beside “{label}”, and nothing shows that it can be tapped: decide whether it is a ticked box or an ornament"
            ),
            format!("“{label}”旁有一个标记，但没有迹象表明可以点击：请判断是已勾选的框还是装饰图标"),
        ),
        (_, Some(Checked::Mixed)) => (
            Rank::Doubt,
            format!("“{label}” is half on before the person touched it: look at what it stands for"),
            format!("“{label}”在用户操作之前为部分选中状态：请人工查看"),
        ),
        (Tick::On, Some(Checked::Off)) => (
            Rank::Doubt,
            format!("“{label}” looks ticked, but the app's own tree says that it is off: look at it"),
            format!("“{label}”看上去已勾选，但应用的控件状态为未勾选：请人工查看"),
        ),
        (Tick::On, _) => (
            Rank::On,
            format!("“{label}” is on before the person touched it ({})", by(tick)),
            format!("“{label}”在用户操作之前已经选中（{}）", by_zh(tick)),
        ),
        (Tick::Off, state) if state == on => (
            Rank::Doubt,
            format!(
                "“{label}” looks empty, but the app's own tree says that it is on: the person cannot see that consent is set"
            ),
            format!("“{label}”看上去未勾选，但应用的控件状态为已选中：用户看不出已被默认同意"),
        ),
        (Tick::Unsure, state) if state == on && !tick.hidden_native => (
            Rank::On,
            format!(
                "“{label}” is on before the person touched it (by the app's own tree; its pixels could not be told)"
            ),
            format!("“{label}”在用户操作之前已经选中（依据控件状态；像素无法判断）"),
        ),
        (Tick::Unsure, state) if state != Some(Checked::Off) => (
            Rank::Doubt,
            format!("whether “{label}” is on could not be told: look at it"),
            format!("无法判断“{label}”是否选中：请人工查看"),
        ),
        _ => (
            Rank::Clean,
            format!("“{label}” is off until the person touches it"),
            format!("“{label}”默认未选中，由用户主动勾选"),
        ),
    }
}

fn by(tick: &TickBox) -> &'static str {
    match (tick.by_tree, tick.hidden_native) {
        (Some(Checked::On), true) => "by its pixels; the native control hidden behind it agrees",
        (Some(Checked::On), false) => "by its pixels and by the app's own tree",
        _ => "by its pixels; it is drawn, and the app's tree holds no state of it",
    }
}

fn by_zh(tick: &TickBox) -> &'static str {
    match (tick.by_tree, tick.hidden_native) {
        (Some(Checked::On), true) => "依据像素；背后隐藏的原生控件也是选中状态",
        (Some(Checked::On), false) => "像素与控件状态一致",
        _ => "依据像素；该框为绘制而成，控件树中没有状态",
    }
}
