//! 1.2: not prompted to read the policy at first run.

use crate::case::{Case, Evidence, Read};
use crate::language::reading::PromptKind;
use crate::recording::{Event, ScreenSeen};
use crate::rules::rule::{Absence, Opinion, Rule, Weighed};
use crate::rules::ruling::say_unfinished;
use crate::text::{Bilingual, both, join, said};

/// Fewer characters on every screen than this are an app that did not start (ours).
const EMPTY: usize = 12;
const PROBE: &str = "first_run";

/// The rule of item 1.2.
pub struct NotPrompted;

/// A sighting of a screen with what is read of it.
type Sighting<'c, 'a> = (u64, &'a ScreenSeen, &'c Read);

impl Rule for NotPrompted {
    fn item(&self) -> &'static str {
        "1.2"
    }
    fn reads(&self) -> &'static [&'static str] {
        &[PROBE]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let spans = case.spans(PROBE);
        let sightings = spans.iter().flat_map(|span| Case::sightings(span.entries));
        let screens: Vec<Sighting<'_, '_>> =
            sightings.map(|(entry, seen)| (entry, seen, case.read(seen))).collect();
        let prompts: Vec<&Sighting<'_, '_>> =
            screens.iter().filter(|(_, _, read)| names_policy(read)).collect();
        let shown = |(entry, seen, _): &Sighting<'_, '_>| {
            Evidence::of_screen(*entry, seen, both("the prompt", "提示"))
        };
        // A prompt seen is a prompt seen, however the probe ended.
        let plain =
            prompts.iter().find(|(_, _, read)| read.reading.mentions.is_empty() || is_obvious(case, read));
        if let Some(prompt) = plain {
            let kind = prompt.2.reading.prompt.as_ref().map_or(PromptKind::Page, |prompt| prompt.kind);
            let reason = said!(
                "{kind} of the first run names the privacy policy",
                "首次运行时，{kind}提示了隐私政策",
                kind = kind_words(kind)
            );
            return Opinion::conforms(reason).settled().with([shown(prompt)]).into();
        }
        if let Some(prompt) = prompts.first() {
            let reason = said!(
                "a prompt of the first run names the privacy policy, but small or pale: {figures}",
                "首次运行的提示中有隐私政策，但字小或色淡：{figures}",
                figures = figures(prompt.2)
            );
            return Opinion::review(reason).with([shown(prompt)]).into();
        }
        let main = spans
            .iter()
            .any(|span| span.entries.iter().any(|entry| matches!(entry.event, Event::MainReached(_))));
        Weighed::absent(weigh_absence(case, &screens, main))
    }
}

fn names_policy(read: &Read) -> bool {
    read.reading.prompt.as_ref().is_some_and(|prompt| prompt.names_policy)
}

/// No screen of the first run prompts.
fn weigh_absence(case: &Case<'_>, screens: &[Sighting<'_, '_>], main: bool) -> Absence {
    let shown = |en: &str, zh: &str| -> Vec<Evidence> {
        let evidence = |(entry, seen, _): &Sighting<'_, '_>| Evidence::of_screen(*entry, seen, both(en, zh));
        screens.iter().map(evidence).collect()
    };
    let all = || shown("a screen of the first run, in order", "首次运行的界面，按顺序");
    let empty = screens.iter().all(|(_, seen, _)| seen.characters < EMPTY).then(|| {
        Opinion::review(both(
            "the app shows hardly any text at its first run: look whether it started at all",
            "首次运行时应用几乎没有显示文字：请查看应用是否正常启动",
        ))
        .with(shown("what it shows", "所显示的界面"))
    });
    let plain = screens.iter().find(|(_, _, read)| is_obvious(case, read)).map(|(_, _, read)| {
        Opinion::review(said!(
            "nothing asks to read the privacy policy, but a screen of the first run names it plainly ({figures}): decide whether that is obvious",
            "没有提示阅读隐私政策，但首次运行的界面上清楚地写有其名称（{figures}）：请判断是否明显",
            figures = figures(read)
        ))
        .with(all())
    });
    let comes_to = match screens.iter().find(|(_, _, read)| !read.reading.mentions.is_empty()) {
        _ if !main => say_unfinished(case, PROBE),
        Some((_, _, read)) => Opinion::violation(said!(
            "no prompt names the privacy policy at first run; it is only named where it is easily overlooked: {figures}",
            "首次运行没有提示阅读隐私政策，仅在不易察觉处出现：{figures}",
            figures = figures(read)
        ))
        .with(all()),
        None => Opinion::violation(said!(
            "from a cleared install to {watched} s on the main screen, nothing names the privacy policy",
            "从全新安装到进入主界面后 {watched} 秒，没有任何界面提示隐私政策",
            watched = case.thresholds.get("first_run_watch")
        ))
        .with(all()),
    };
    let seen: Vec<(u64, &ScreenSeen)> = screens.iter().map(|(entry, seen, _)| (*entry, *seen)).collect();
    let what = both("no prompt was found in the screens' text", "在界面文字中没有找到提示");
    Absence::new(what, comes_to).reviewed(empty.into_iter().chain(plain)).doubted(case.doubt_screens(&seen))
}

fn kind_words(kind: PromptKind) -> (&'static str, &'static str) {
    match kind {
        PromptKind::Dialog => ("a dialog", "弹窗"),
        PromptKind::Alert => ("an alert", "系统对话框"),
        PromptKind::Page => ("a page", "整页界面"),
        PromptKind::Form => ("a form", "表单"),
    }
}

/// Tells whether a screen names the policy neither small nor pale, by pixels for the colour and by the tree for the size.
/// What was not measured counts for the app.
fn is_obvious(case: &Case<'_>, read: &Read) -> bool {
    let size = case.thresholds.get("min_text_size") as f32;
    let contrast = case.thresholds.get("min_obvious_contrast") as f32;
    read.reading.mentions.iter().enumerate().any(|(at, mention)| {
        mention.font.is_none_or(|font| font >= size - 0.05)
            && read.contrasts.get(at).copied().flatten().is_none_or(|measured| measured >= contrast)
    })
}

/// Says how large and how clear the mentions of a screen are.
fn figures(read: &Read) -> Bilingual {
    let mentions = read.reading.mentions.iter().enumerate().map(|(at, mention)| {
        let contrast = read.contrasts.get(at).copied().flatten();
        said!(
            "“{text}” at {size} dp, contrast {contrast}:1",
            "“{text}”字号 {size} dp，对比度 {contrast}:1",
            text = mention.text.chars().take(24).collect::<String>(),
            size = mention.font.map_or("?".to_owned(), |font| format!("{font:.0}")),
            contrast = contrast.map_or("?".to_owned(), |contrast| format!("{contrast:.1}"))
        )
    });
    join(&mentions.take(3).collect::<Vec<_>>(), "; ", "；")
}
