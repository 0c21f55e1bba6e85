//! 3.7: misled into consent: refusing kept out of sight, a reward for agreeing, closing that agrees, a purpose that the
//! policy contradicts.

use super::disguise;
use crate::case::{Case, Evidence, Mark, Marks, say_not_measured};
use crate::language::lexicon::{Meaning, means};
use crate::language::reading::{Control, Prompt, PromptKind};
use crate::recording::ScreenSeen;
use crate::recording::entries::RefusalOutcome;
use crate::recording::{Afterwards, Event};
use crate::rules::rule::{Opinion, Rule, Weighed};
use crate::screen::Rect;
use crate::sight::prominence::{self, Prominence, Standing};
use crate::text::{Bilingual, both, said};

/// The rule of item 3.7.
pub struct Misleading;

impl Rule for Misleading {
    fn item(&self) -> &'static str {
        "3.7"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["first_run", "refuse_consent", "read_policy"]
    }
    fn must_end(&self) -> &'static [&'static str] {
        &["first_run"]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let spans = case.spans("first_run");
        let mut opinions: Vec<Opinion> =
            spans.iter().flat_map(|span| disguise::weigh_all(case, span)).collect();
        let asked = spans.iter().flat_map(|span| Case::sightings(span.entries));
        let asked = asked.filter_map(|(entry, seen)| Asked::of(case, entry, seen));
        // The gravest prompt speaks.
        let Some(asked) = asked.max_by_key(|asked| (asked.rank(), std::cmp::Reverse(asked.entry))) else {
            let clean = Opinion::not_tested(both(
                "the first run shows no control that agrees to the privacy policy",
                "首次运行没有出现同意隐私政策的控件",
            ));
            return Weighed { opinions, clean: Some(clean), ..Weighed::default() };
        };
        match asked.weigh(case) {
            Comes::Against(opinion) => {
                // What the eye sees is told first where both are as grave.
                opinions.insert(0, opinion);
                Weighed::of(opinions)
            }
            Comes::Unseen(opinion) => Weighed { opinions, unfinished: vec![opinion], ..Weighed::default() },
            Comes::Clean(opinion) => Weighed { opinions, clean: Some(opinion), ..Weighed::default() },
        }
    }
}

/// What the look of a prompt comes to.
enum Comes {
    Against(Opinion),
    /// Part of it was not looked at.
    Unseen(Opinion),
    Clean(Opinion),
}

/// A prompt that asks for consent, with what is measured of its two answers.
struct Asked<'c> {
    entry: u64,
    seen: &'c ScreenSeen,
    prompt: &'c Prompt,
    agree: Way<'c>,
    refuse: Option<Way<'c>>,
    /// Size of the picture (px), where it was measured.
    picture: Option<(u32, u32)>,
}

/// One of the two ways to answer a prompt.
struct Way<'c> {
    control: &'c Control,
    rect: Option<Rect>,
    figures: Option<Prominence>,
}

impl<'c> Asked<'c> {
    fn of<'a: 'c>(case: &'c Case<'a>, entry: u64, seen: &'a ScreenSeen) -> Option<Asked<'c>> {
        let reading = &case.read(seen).reading;
        let prompt = reading.prompt.as_ref().filter(|prompt| prompt.names_policy)?;
        // A native alert is drawn by the system, with two buttons that it chose.
        if matches!(prompt.kind, PromptKind::Alert | PromptKind::Form) {
            return None;
        }
        let tree = case.tree(seen.screen);
        let sight = case.sight(seen.screen).ok().map(|(_, sight)| sight);
        let way = |meaning: Meaning| {
            let control = reading.control(meaning)?;
            let element = tree.as_ref().and_then(|tree| tree.elements.get(control.element));
            let rect = element.map(|element| element.rect);
            let figures = rect.zip(sight.as_ref()).and_then(|(rect, sight)| prominence::of(rect, sight));
            Some(Way { control, rect, figures })
        };
        let (agree, refuse) = (way(Meaning::Agree)?, way(Meaning::Refuse));
        let picture = sight.as_ref().map(|sight| (sight.width, sight.height));
        Some(Asked { entry, seen, prompt, agree, refuse, picture })
    }

    fn standing(&self) -> Option<Standing> {
        let (refuse, agree) = (self.refuse.as_ref()?.figures.as_ref()?, self.agree.figures.as_ref()?);
        Some(prominence::beside(refuse, agree))
    }

    /// Tells whether something is promised: on the control itself, or anywhere in the prompt.
    fn lure(&self) -> (bool, bool) {
        (means(&self.agree.control.label, Meaning::Lure), means(&self.prompt.text, Meaning::Lure))
    }

    /// Returns how grave it is; the higher the graver.
    fn rank(&self) -> u8 {
        match (self.lure(), self.standing()) {
            ((true, _), _) | (_, Some(Standing::Hidden)) => 2,
            ((_, true), _) | (_, Some(Standing::Weaker)) => 1,
            _ => u8::from(self.refuse.is_none()),
        }
    }

    fn weigh(&self, case: &Case<'_>) -> Comes {
        let agree = self.agree.control.label.as_str();
        let refuse = self.refuse.as_ref().map_or("", |refuse| refuse.control.label.as_str());
        match (self.lure(), self.standing()) {
            ((true, _), _) => Comes::Against(self.shown(Opinion::violation(said!(
                "agreeing is rewarded: the control that agrees says “{agree}”",
                "以奖励诱导同意：同意按钮写着“{agree}”",
                agree
            )))),
            (_, Some(Standing::Hidden)) => Comes::Against(self.shown(Opinion::violation(said!(
                "“{refuse}” can hardly be seen beside “{agree}”",
                "“{refuse}”几乎看不见，而“{agree}”清晰可见",
                refuse,
                agree
            )))),
            ((_, true), _) => Comes::Against(self.shown(Opinion::review(both(
                "the prompt speaks of a reward: decide whether it is one for agreeing",
                "提示中提到奖励：请判断是否以奖励诱导同意",
            )))),
            (_, Some(Standing::Weaker)) => Comes::Against(self.shown(Opinion::review(said!(
                "“{refuse}” is far less visible than “{agree}”: decide whether it is kept out of sight",
                "“{refuse}”远不如“{agree}”醒目：请判断是否刻意隐藏",
                refuse,
                agree
            )))),
            _ if self.refuse.is_none() => Comes::Against(self.shown(Opinion::review(said!(
                "nothing beside “{agree}” refuses: decide whether refusing is kept out of sight",
                "除“{agree}”外没有拒绝的控件：请判断是否隐藏了拒绝选项",
                agree
            )))),
            (_, None) => {
                let why = match case.sight(self.seen.screen) {
                    Ok(_) => both("their words were not made out on the picture", "未能在画面上识别其文字"),
                    Err(why) => say_not_measured(why),
                };
                Comes::Unseen(self.shown(Opinion::not_tested(said!(
                    "how visible agreeing and refusing are was not measured: {why}",
                    "同意与拒绝的醒目程度没有测量：{why}",
                    why
                ))))
            }
            (_, Some(Standing::Alike)) => self.weigh_alike(case),
        }
    }

    /// Both answers are as visible: it conforms where the prompt was refused as well and the policy read, with nothing found.
    fn weigh_alike(&self, case: &Case<'_>) -> Comes {
        let missing = ["refuse_consent", "read_policy"].into_iter().find(|probe| !case.is_complete(probe));
        if let Some(probe) = missing {
            return Comes::Unseen(self.shown(Opinion::not_tested(said!(
                "agreeing and refusing are alike to the eye and nothing rewards agreeing; whether a control is disguised or a purpose false was not looked at, as the probe {probe} did not run to its end",
                "同意与拒绝同样醒目，也没有以奖励诱导；探测 {probe} 没有完成，未检测控件是否伪装、用途是否真实",
                probe
            ))));
        }
        let came_of_it =
            case.spans("refuse_consent").iter().flat_map(|span| span.entries.iter().rev()).find_map(
                |entry| match &entry.event {
                    Event::AfterRefusal(RefusalOutcome { outcome, .. }) => Some(*outcome),
                    _ => None,
                },
            );
        if matches!(came_of_it, Some(Afterwards::AsksOn | Afterwards::CannotRefuse)) {
            return Comes::Against(self.shown(Opinion::review(both(
                "agreeing and refusing are alike to the eye, and refusing led to the same question again: decide whether it refuses",
                "同意与拒绝同样醒目，但拒绝之后又出现同样的询问：请判断拒绝是否有效",
            ))));
        }
        Comes::Clean(self.shown(Opinion::conforms(both(
            "agreeing and refusing are alike to the eye, nothing rewards agreeing, refusing refuses, and no purpose in the prompt is contradicted by the policy",
            "同意与拒绝同样醒目，没有以奖励诱导，拒绝有效，提示中的用途与政策没有矛盾",
        ))))
    }

    /// Adds the figures of both answers and marks them on the picture.
    fn shown(&self, opinion: Opinion) -> Opinion {
        let ways = || [Some(&self.agree), self.refuse.as_ref()].into_iter().flatten();
        let opinion = ways().filter_map(Way::figures).fold(opinion, Opinion::note);
        let marks = self.picture.map(|(width, height)| {
            let place = |way: &Way<'_>| Some(Mark { rect: way.rect?, says: way.figures()? });
            Marks { width, height, places: ways().filter_map(place).collect() }
        });
        let prompt = Evidence::of_screen(self.entry, self.seen, both("the prompt", "提示"));
        opinion.with([Evidence { marks, ..prompt }])
    }
}

impl Way<'_> {
    /// Says how visible it is: `“Agree”: text of 16.0 dp, contrast 4.6:1, 150 dp² to tap`.
    fn figures(&self) -> Option<Bilingual> {
        let figures = self.figures.as_ref()?;
        Some(said!(
            "“{label}”: text of {size:.1} dp, contrast {ratio}:1, {area:.0} dp² to tap",
            "“{label}”：字号 {size:.1} dp，对比度 {ratio}:1，可点面积 {area:.0} dp²",
            label = self.control.label,
            size = figures.size.value,
            ratio = figures.contrast.map_or("?".to_owned(), |contrast| format!("{:.1}", contrast.value)),
            area = figures.area
        ))
    }
}
