//! 1.1: no policy, or no collection rules in it.

use crate::recording::{Event, GoalRuledOut, OpenedFrom, PolicyRead};
use crate::rules::catalogue::both;
use crate::rules::searched::{self, UNREAD};
use crate::rules::{Case, Evidence, Judgement, Rule, Verdict};

/// Sentences that are quoted in a finding.
const QUOTED: usize = 3;

/// The rule of item 1.1.
pub struct NoPolicy;

impl Rule for NoPolicy {
    fn item(&self) -> &'static str {
        "1.1"
    }
    fn probes(&self) -> &'static [&'static str] {
        &["find_policy", "read_policy"]
    }
    fn judge(&self, case: &Case<'_>) -> Judgement {
        let read = case.entries.iter().rev().find_map(|entry| match &entry.event {
            Event::PolicyRead(read) => Some((entry.seq, read)),
            _ => None,
        });
        if let Some((seq, read)) = read {
            return judge_text(case, seq, read);
        }
        if !case.span("read_policy").is_some_and(|span| span.is_complete()) {
            return case.unfinished("read_policy");
        }
        match ruled_out(case) {
            None => case.unfinished("find_policy"),
            Some((_, ruled_out)) => judge_absence(case, ruled_out),
        }
    }
}

/// The search from the main screen that did not find the policy.
fn ruled_out<'a>(case: &Case<'a>) -> Option<(u64, &'a GoalRuledOut)> {
    case.entries.iter().find_map(|entry| match &entry.event {
        Event::GoalRuledOut(ruled_out) if ruled_out.goal == "policy" => Some((entry.seq, ruled_out)),
        _ => None,
    })
}

fn judge_text(case: &Case<'_>, seq: u64, read: &PolicyRead) -> Judgement {
    let mut files: Vec<String> = read.text.iter().map(|file| file.file.clone()).collect();
    files.extend(case.screen(read.screen).and_then(|(_, seen)| seen.picture.clone()).map(|file| file.file));
    let evidence = Evidence {
        entry: seq,
        shows: both(
            format!("“{}”, {} characters", read.title, read.characters),
            format!("《{}》，共 {} 字", read.title.trim_matches(['《', '》']), read.characters),
        ),
        files,
        marks: None,
    };
    let judgement = if read.text.is_none() {
        Judgement::new(
            Verdict::Review,
            "the policy is shown, but its text could not be read (a picture or an unreadable document): look whether it says what is collected",
            "找到了隐私政策，但无法读取其文字（图片或无法读取的文档）：请人工查看是否写明收集使用规则",
        )
    } else if let Some(rule) = read.rules.first() {
        let count = read.rules.len();
        let mut judgement = Judgement::new(
            Verdict::Conforms,
            format!(
                "the app has a privacy policy with rules on collection ({count} or more sentences, such as one on “{}”)",
                rule.kind
            ),
            format!("有隐私政策，其中写明了收集使用规则（至少 {count} 句，例如关于“{}”的一句）", rule.kind),
        );
        for rule in read.rules.iter().take(QUOTED) {
            judgement =
                judgement.note(format!("says: {}", rule.sentence), format!("原文：{}", rule.sentence));
        }
        judgement
    } else {
        Judgement::new(
            Verdict::Violation,
            format!(
                "the policy's text ({} characters) names no kind of personal information together with collecting or using it",
                read.characters
            ),
            format!("隐私政策全文（{} 字）没有一处写明收集或使用哪种个人信息", read.characters),
        )
    };
    let ruled_out = ruled_out(case).is_some();
    let judgement = match read.opened_from {
        OpenedFrom::FirstRun if ruled_out => judgement.note(
            "it was opened from the first-run prompt, because it was not found from the main screen (see 1.3)",
            "从首次运行的提示中打开，因为从主界面没有找到（见 1.3）",
        ),
        OpenedFrom::FirstRun => {
            judgement.note("it was opened from the first-run prompt", "从首次运行的提示中打开")
        }
        OpenedFrom::MainScreen => judgement,
    };
    judgement.with([evidence])
}

fn judge_absence(case: &Case<'_>, ruled_out: &GoalRuledOut) -> Judgement {
    let breadth = &ruled_out.breadth;
    let evidence = searched::evidence(case, ruled_out);
    let unread = Case::screens(case.entries).find(|(_, seen)| seen.reading.unread_share > UNREAD);
    let judgement = if let Some(why) = &ruled_out.stopped {
        Judgement::new(
            Verdict::Review,
            format!("no privacy policy was found, but the search was cut: {why}"),
            format!("没有找到隐私政策，但搜索没有做完：{why}"),
        )
    } else if unread.is_some() {
        Judgement::new(
            Verdict::Review,
            "no privacy policy was found in the screens' text, but pictures fill whole screens and were not read: look at them",
            "在界面文字中没有找到隐私政策，但有整屏的图片未能识别：请人工查看",
        )
        .with(unread.map(|(entry, seen)| {
            crate::rules::case::at_screen(entry, seen, "a picture fills this screen", "此界面被图片占满")
        }))
    } else if breadth.screens <= 1 {
        Judgement::new(
            Verdict::Review,
            "no privacy policy was found, but the search saw one screen only: look whether the app works and whether it needs a log-in",
            "没有找到隐私政策，但只看到一个界面：请查看应用是否正常工作、是否需要登录",
        )
    } else {
        Judgement::new(
            Verdict::Violation,
            format!(
                "the app shows no privacy policy: all {} screens within {} operations of the main screen were searched, and no prompt of the first run links to one",
                breadth.screens, ruled_out.depth
            ),
            format!(
                "应用中没有隐私政策：主界面 {} 步之内的全部 {} 个界面都已搜索，首次运行的提示中也没有链接",
                ruled_out.depth, breadth.screens
            ),
        )
    };
    searched::noted(case, judgement, "policy").with(evidence)
}
