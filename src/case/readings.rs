//! What a recorded screen shows, read again from its tree by the words that candor knows now. A mended lexicon mends old
//! recordings; what the run took the screen for is kept beside it, and [`differences`] says where both part.

use crate::language::controls;
use crate::language::lexicon::Meaning;
use crate::language::reading::{Prompt, PromptKind, Reading};
use crate::recording::ScreenSeen;
use crate::screen::Screen;
use crate::sight::tick::Tick;
use crate::text::{Bilingual, both, said};

/// What is read of a screen, with what its pixels showed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Read {
    pub reading: Reading,
    /// State of each of the reading's boxes as its pixels show it, in the same order.
    pub ticks: Vec<Tick>,
    /// Contrast ratio of each of the reading's mentions of the policy, from pixels, in the same order.
    pub contrasts: Vec<Option<f32>>,
    /// Elements that were left out of the tree because the page has too many.
    pub omitted: usize,
    /// Where the run had read the screen otherwise.
    pub differs: Vec<Bilingual>,
}

impl Read {
    /// Takes what the run had read, where there is no tree to read again or none is wanted.
    pub fn as_recorded(seen: &ScreenSeen) -> Read {
        Read {
            reading: seen.reading.clone(),
            ticks: seen.ticks.clone(),
            contrasts: seen.contrasts.clone(),
            omitted: 0,
            differs: Vec::new(),
        }
    }

    /// Reads a screen's tree again. Pixels were measured where the run saw boxes and mentions of the policy: where the run
    /// saw none, nothing is known of them.
    pub fn again(seen: &ScreenSeen, screen: &Screen) -> Read {
        let reading = controls::read(screen);
        let ticks = reading.boxes.iter().map(|tick| {
            let at = seen.reading.boxes.iter().position(|known| known.element == tick.element);
            at.and_then(|at| seen.ticks.get(at)).copied().unwrap_or(Tick::Unsure)
        });
        let contrasts = reading.mentions.iter().map(|mention| {
            let at = seen.reading.mentions.iter().position(|known| known.element == mention.element);
            at.and_then(|at| seen.contrasts.get(at)).copied().flatten()
        });
        let (ticks, contrasts) = (ticks.collect(), contrasts.collect());
        let differs = differences(&seen.reading, &reading);
        Read { reading, ticks, contrasts, omitted: screen.omitted, differs }
    }
}

/// Says where a reading differs from the one that the run made, as far as rules ask for it.
fn differences(was: &Reading, now: &Reading) -> Vec<Bilingual> {
    let mut all = Vec::new();
    let mut compare = |what: (&str, &str), was: Bilingual, now: Bilingual| {
        if was != now {
            all.push(said!(
                "{what}: the run read {was}, now {now}",
                "{what}：运行时为{was}，现在为{now}",
                what,
                was,
                now
            ));
        }
    };
    compare(("what asks", "提示"), kind_of(was.prompt.as_ref()), kind_of(now.prompt.as_ref()));
    for (meaning, en, zh) in [
        (Meaning::Agree, "a control that agrees", "同意控件"),
        (Meaning::Refuse, "a control that refuses", "拒绝控件"),
        (Meaning::Skip, "a control that closes", "关闭控件"),
        (Meaning::SignIn, "a way to the log-in", "登录入口"),
        (Meaning::Policy, "a link to the policy", "隐私政策链接"),
    ] {
        let there = |reading: &Reading| is_there(reading.control(meaning).is_some());
        compare((en, zh), there(was), there(now));
    }
    let count = |count: usize| both(count.to_string(), count.to_string());
    let boxes = |reading: &Reading| count(reading.consent_boxes().count());
    compare(("boxes of consent", "同意勾选框"), boxes(was), boxes(now));
    compare(("mentions of the policy", "提及隐私政策"), count(was.mentions.len()), count(now.mentions.len()));
    let implied = |reading: &Reading| is_there(reading.implied_consent.is_some());
    compare(("“going on is consent”", "“继续即同意”"), implied(was), implied(now));
    compare(("fields", "输入项"), count(was.fields), count(now.fields));
    all
}

fn is_there(there: bool) -> Bilingual {
    if there { both("one", "有") } else { both("none", "无") }
}

fn kind_of(prompt: Option<&Prompt>) -> Bilingual {
    let Some(prompt) = prompt else { return both("nothing", "无") };
    let kind = match prompt.kind {
        PromptKind::Dialog => ("a dialog", "弹窗"),
        PromptKind::Alert => ("an alert", "系统对话框"),
        PromptKind::Page => ("a page", "整页界面"),
        PromptKind::Form => ("a form", "表单"),
    };
    match prompt.names_policy {
        true => said!("{kind} that names the policy", "写有隐私政策的{kind}", kind),
        false => said!("{kind} that does not name the policy", "未写隐私政策的{kind}", kind),
    }
}
