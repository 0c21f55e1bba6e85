//! 3.7: misled into consent: refusing kept out of sight, a reward for agreeing, closing that agrees, a purpose that the
//! policy contradicts.

use super::disguise;
use crate::language::controls::{Control, Prompt, PromptKind};
use crate::language::lexicon::{Meaning, means};
use crate::recording::ScreenSeen;
use crate::rules::case::{at_screen, not_measured};
use crate::rules::catalogue::{Bilingual, both};
use crate::rules::{Case, Judgement, Mark, Marks, Rule, Verdict};
use crate::screen::{Rect, Screen};
use crate::sight::prominence::{self, Prominence, Standing};

/// The rule of item 3.7.
pub struct Misleading;

impl Rule for Misleading {
    fn item(&self) -> &'static str {
        "3.7"
    }
    fn probes(&self) -> &'static [&'static str] {
        &["first_run", "refuse_consent", "read_policy"]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let Some(span) = case.span("first_run") else { return case.unfinished("first_run") };
        let disguised = disguise::all(case, &span).into_iter().min_by_key(|found| found.verdict.gravity());
        let asked = Case::screens(span.entries).filter_map(|(entry, seen)| Asked::of(case, entry, seen));
        // The gravest prompt speaks.
        let Some(asked) = asked.max_by_key(|asked| (asked.rank(), std::cmp::Reverse(asked.entry))) else {
            if let Some(found) = disguised {
                return found;
            }
            if !span.is_complete() {
                return case.unfinished("first_run");
            }
            return Judgement::new(
                Verdict::NotTested,
                "the first run shows no control that agrees to the privacy policy",
                "首次运行没有出现同意隐私政策的控件",
            );
        };
        let seen = asked.judge(case);
        match disguised {
            Some(found) if found.verdict.gravity() < seen.verdict.gravity() => {
                found.note(seen.reason.en, seen.reason.zh)
            }
            Some(found) if found.verdict == seen.verdict => {
                seen.note(found.reason.en, found.reason.zh).with(found.evidence)
            }
            _ => seen,
        }
    }
}

/// A prompt that asks for consent, with what is measured of its two answers.
struct Asked<'a> {
    entry: u64,
    seen: &'a ScreenSeen,
    prompt: &'a Prompt,
    agree: Answer<'a>,
    refuse: Option<Answer<'a>>,
    /// Size of the picture (px), where it was measured.
    picture: Option<(u32, u32)>,
}

struct Answer<'a> {
    control: &'a Control,
    rect: Option<Rect>,
    figures: Option<Prominence>,
}

impl<'a> Asked<'a> {
    fn of(case: &Case<'_>, entry: u64, seen: &'a ScreenSeen) -> Option<Asked<'a>> {
        let prompt = seen.reading.prompt.as_ref().filter(|prompt| prompt.names_policy)?;
        // A native alert is drawn by the system, with two buttons that it chose.
        if matches!(prompt.kind, PromptKind::Alert | PromptKind::Form) {
            return None;
        }
        let tree: Option<Screen> = case.text(&seen.tree).and_then(|text| serde_json::from_str(&text).ok());
        let sight = case.sight(seen.screen).ok().map(|(_, sight)| sight);
        let answer = |meaning: Meaning| {
            let control = seen.reading.control(meaning)?;
            let element = tree.as_ref().and_then(|tree| tree.elements.get(control.element));
            let rect = element.map(|element| element.rect);
            let figures = rect.zip(sight.as_ref()).and_then(|(rect, sight)| prominence::of(rect, sight));
            Some(Answer { control, rect, figures })
        };
        let (agree, refuse) = (answer(Meaning::Agree)?, answer(Meaning::Refuse));
        let picture = sight.as_ref().map(|sight| (sight.width, sight.height));
        Some(Asked { entry, seen, prompt, agree, refuse, picture })
    }

    fn standing(&self) -> Option<Standing> {
        let (refuse, agree) = (self.refuse.as_ref()?.figures.as_ref()?, self.agree.figures.as_ref()?);
        Some(prominence::beside(refuse, agree))
    }

    /// The words that promise something: on the control itself, or anywhere in the prompt.
    fn lure(&self) -> (bool, bool) {
        (means(&self.agree.control.label, Meaning::Lure), means(&self.prompt.text, Meaning::Lure))
    }

    /// The higher the graver.
    fn rank(&self) -> u8 {
        match (self.lure(), self.standing()) {
            ((true, _), _) | (_, Some(Standing::Hidden)) => 2,
            ((_, true), _) | (_, Some(Standing::Weaker)) => 1,
            _ => u8::from(self.refuse.is_none()),
        }
    }

    fn judge(self, case: &Case<'_>) -> Judgement {
        let agree = &self.agree.control.label;
        let refuse = self.refuse.as_ref().map_or("", |refuse| refuse.control.label.as_str());
        let judgement = match (self.lure(), self.standing()) {
            ((true, _), _) => Judgement::new(
                Verdict::Violation,
                format!("agreeing is rewarded: the control that agrees says “{agree}”"),
                format!("以奖励诱导同意：同意按钮写着“{agree}”"),
            ),
            (_, Some(Standing::Hidden)) => Judgement::new(
                Verdict::Violation,
                format!("“{refuse}” can hardly be seen beside “{agree}”"),
                format!("“{refuse}”几乎看不见，而“{agree}”清晰可见"),
            ),
            ((_, true), _) => Judgement::new(
                Verdict::Review,
                "the prompt speaks of a reward: decide whether it is one for agreeing",
                "提示中提到奖励：请判断是否以奖励诱导同意",
            ),
            (_, Some(Standing::Weaker)) => Judgement::new(
                Verdict::Review,
                format!(
                    "“{refuse}” is far less visible than “{agree}”: decide whether it is kept out of sight"
                ),
                format!("“{refuse}”远不如“{agree}”醒目：请判断是否刻意隐藏"),
            ),
            _ if self.refuse.is_none() => Judgement::new(
                Verdict::Review,
                format!("nothing beside “{agree}” refuses: decide whether refusing is kept out of sight"),
                format!("除“{agree}”外没有拒绝的控件：请判断是否隐藏了拒绝选项"),
            ),
            (_, None) => {
                let (en, zh) = match case.sight(self.seen.screen) {
                    Ok(_) => ("their words were not made out on the picture", "未能在画面上识别其文字"),
                    Err(why) => not_measured(why),
                };
                Judgement::new(
                    Verdict::NotTested,
                    format!("how visible agreeing and refusing are was not measured: {en}"),
                    format!("同意与拒绝的醒目程度没有测量：{zh}"),
                )
            }
            (_, Some(Standing::Alike)) => alike(case),
        };
        let notes: Vec<Bilingual> = [Some(&self.agree), self.refuse.as_ref()]
            .into_iter()
            .flatten()
            .filter_map(Answer::figures)
            .collect();
        let judgement = notes.iter().fold(judgement, |judgement, note| judgement.note(&note.en, &note.zh));
        let mut evidence = at_screen(self.entry, self.seen, "the prompt", "提示");
        evidence.marks = self.picture.map(|(width, height)| {
            let answers = [Some(&self.agree), self.refuse.as_ref()].into_iter().flatten();
            let place = |answer: &Answer<'_>| Some(Mark { rect: answer.rect?, says: answer.figures()? });
            Marks { width, height, places: answers.filter_map(place).collect() }
        });
        judgement.with([evidence])
    }
}

/// Both answers are as visible: it conforms where the prompt was refused as well and the policy read, with nothing found.
fn alike(case: &Case<'_>) -> Judgement {
    let missing = ["refuse_consent", "read_policy"]
        .into_iter()
        .find(|probe| !case.span(probe).is_some_and(|span| span.is_complete()));
    if let Some(probe) = missing {
        return Judgement::new(
            Verdict::NotTested,
            format!(
                "agreeing and refusing are alike to the eye and nothing rewards agreeing; whether a control is disguised or a purpose false was not looked at, as the probe {probe} did not run to its end"
            ),
            format!(
                "同意与拒绝同样醒目，也没有以奖励诱导；探测 {probe} 没有完成，未检测控件是否伪装、用途是否真实"
            ),
        );
    }
    Judgement::new(
        Verdict::Conforms,
        "agreeing and refusing are alike to the eye, nothing rewards agreeing, refusing refuses, and no purpose in the prompt is contradicted by the policy",
        "同意与拒绝同样醒目，没有以奖励诱导，拒绝有效，提示中的用途与政策没有矛盾",
    )
}

impl Answer<'_> {
    /// `“Agree”: text of 16.0 dp, contrast 4.6:1, 150 dp² to tap`.
    fn figures(&self) -> Option<Bilingual> {
        let (label, figures) = (&self.control.label, self.figures.as_ref()?);
        let ratio = figures.contrast.map_or("?".to_owned(), |contrast| format!("{:.1}", contrast.value));
        let (size, area) = (figures.size.value, figures.area);
        Some(both(
            format!("“{label}”: text of {size:.1} dp, contrast {ratio}:1, {area:.0} dp² to tap"),
            format!("“{label}”：字号 {size:.1} dp，对比度 {ratio}:1，可点面积 {area:.0} dp²"),
        ))
    }
}
