//! 1.2: not prompted to read the policy at first run.

use crate::language::controls::PromptKind;
use crate::recording::{Event, ScreenSeen};
use crate::rules::case::at_screen;
use crate::rules::searched::UNREAD;
use crate::rules::{Case, Judgement, Rule, Verdict};

/// Fewer characters on every screen than this are an app that did not start (ours).
const EMPTY: usize = 12;

/// The rule of item 1.2.
pub struct NotPrompted;

impl Rule for NotPrompted {
    fn item(&self) -> &'static str {
        "1.2"
    }
    fn probes(&self) -> &'static [&'static str] {
        &["first_run"]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let Some(span) = case.span("first_run") else { return case.unfinished("first_run") };
        let screens: Vec<(u64, &ScreenSeen)> = Case::screens(span.entries).collect();
        let prompt = |(_, seen): &&(u64, &ScreenSeen)| {
            seen.reading.prompt.as_ref().is_some_and(|prompt| prompt.names_policy)
        };
        // A prompt seen is a prompt seen, however the probe ended.
        if let Some((entry, seen)) = screens
            .iter()
            .filter(prompt)
            .find(|(_, seen)| seen.reading.mentions.is_empty() || obvious(case, seen))
        {
            let kind = seen.reading.prompt.as_ref().map_or(PromptKind::Page, |prompt| prompt.kind);
            let (en, zh) = kind_words(kind);
            return Judgement::new(
                Verdict::Conforms,
                format!("{en} of the first run names the privacy policy"),
                format!("首次运行时，{zh}提示了隐私政策"),
            )
            .with([at_screen(*entry, seen, "the prompt", "提示")]);
        }
        if let Some((entry, seen)) = screens.iter().find(prompt) {
            let (en, zh) = figures(seen);
            return Judgement::new(
                Verdict::Review,
                format!("a prompt of the first run names the privacy policy, but small or pale: {en}"),
                format!("首次运行的提示中有隐私政策，但字小或色淡：{zh}"),
            )
            .with([at_screen(*entry, seen, "the prompt", "提示")]);
        }
        if !span.is_complete() {
            return case.unfinished("first_run");
        }
        if screens.iter().all(|(_, seen)| seen.characters < EMPTY) {
            return Judgement::new(
                Verdict::Review,
                "the app shows hardly any text at its first run: look whether it started at all",
                "首次运行时应用几乎没有显示文字：请查看应用是否正常启动",
            )
            .with(
                screens.iter().map(|(entry, seen)| at_screen(*entry, seen, "what it shows", "所显示的界面")),
            );
        }
        let all = || {
            screens.iter().map(|(entry, seen)| {
                at_screen(*entry, seen, "a screen of the first run, in order", "首次运行的界面，按顺序")
            })
        };
        if let Some((_, seen)) = screens.iter().find(|(_, seen)| obvious(case, seen)) {
            let (en, zh) = figures(seen);
            return Judgement::new(
                Verdict::Review,
                format!("nothing asks to read the privacy policy, but a screen of the first run names it plainly ({en}): decide whether that is obvious"),
                format!("没有提示阅读隐私政策，但首次运行的界面上清楚地写有其名称（{zh}）：请判断是否明显"),
            )
            .with(all());
        }
        if screens.iter().any(|(_, seen)| seen.reading.unread_share > UNREAD) {
            return Judgement::new(
                Verdict::Review,
                "no prompt was found in the screens' text, but a picture or canvas fills a screen of the first run and was not read: look at it",
                "在界面文字中没有找到提示，但首次运行有界面被图片或画布占满、未能识别：请人工查看",
            )
            .with(all());
        }
        let watched = case.thresholds.get("first_run_watch");
        let judgement = match screens.iter().find(|(_, seen)| !seen.reading.mentions.is_empty()) {
            Some((_, seen)) => {
                let (en, zh) = figures(seen);
                Judgement::new(
                    Verdict::Violation,
                    format!(
                        "no prompt names the privacy policy at first run; it is only named where it is easily overlooked: {en}"
                    ),
                    format!("首次运行没有提示阅读隐私政策，仅在不易察觉处出现：{zh}"),
                )
            }
            None => Judgement::new(
                Verdict::Violation,
                format!(
                    "from a cleared install to {watched} s on the main screen, nothing names the privacy policy"
                ),
                format!("从全新安装到进入主界面后 {watched} 秒，没有任何界面提示隐私政策"),
            ),
        };
        let main = span.entries.iter().any(|entry| matches!(entry.event, Event::MainReached { .. }));
        if main { judgement.with(all()) } else { case.unfinished("first_run") }
    }
}

fn kind_words(kind: PromptKind) -> (&'static str, &'static str) {
    match kind {
        PromptKind::Dialog => ("a dialog", "弹窗"),
        PromptKind::Alert => ("an alert", "系统对话框"),
        PromptKind::Page => ("a page", "整页界面"),
        PromptKind::Form => ("a form", "表单"),
    }
}

/// A mention that is neither small nor pale, by pixels for the colour and by the tree for the size.
/// What was not measured counts for the app.
fn obvious(case: &Case<'_>, seen: &ScreenSeen) -> bool {
    let size = case.thresholds.get("min_text_size") as f32;
    let contrast = case.thresholds.get("min_obvious_contrast") as f32;
    seen.reading.mentions.iter().enumerate().any(|(at, mention)| {
        mention.font.is_none_or(|font| font >= size - 0.05)
            && seen.contrasts.get(at).copied().flatten().is_none_or(|measured| measured >= contrast)
    })
}

/// Size and contrast of the mentions of a screen.
fn figures(seen: &ScreenSeen) -> (String, String) {
    let mentions = seen.reading.mentions.iter().enumerate().map(|(at, mention)| {
        let size = mention.font.map_or("?".to_owned(), |font| format!("{font:.0}"));
        let contrast =
            seen.contrasts.get(at).copied().flatten().map_or("?".to_owned(), |c| format!("{c:.1}"));
        let text: String = mention.text.chars().take(24).collect();
        (
            format!("“{text}” at {size} dp, contrast {contrast}:1"),
            format!("“{text}”字号 {size} dp，对比度 {contrast}:1"),
        )
    });
    let (en, zh): (Vec<_>, Vec<_>) = mentions.take(3).unzip();
    (en.join("; "), zh.join("；"))
}
