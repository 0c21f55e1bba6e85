//! 1.1: no policy, or no collection rules in it.

use crate::case::{Case, Evidence};
use crate::language::policy::{self, Form};
use crate::policy::Fact;
use crate::recording::{GoalRuledOut, OpenedFrom, PolicyRead};
use crate::rules::rule::{Absence, Opinion, Rule, Weighed};
use crate::text::{both, said};

/// Sentences that are quoted in a finding.
const QUOTED: usize = 3;

/// The rule of item 1.1.
pub struct NoPolicy;

impl Rule for NoPolicy {
    fn item(&self) -> &'static str {
        "1.1"
    }
    fn reads(&self) -> &'static [&'static str] {
        &["read_policy", "find_policy"]
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        if let Some((seq, read)) = case.policy() {
            return weigh_text(case, seq, read).into();
        }
        match case.last_answer("policy") {
            Some((_, Err(ruled_out))) => Weighed::absent(weigh_absence(case, ruled_out)).searched("policy"),
            _ => Weighed::default(),
        }
    }
}

fn weigh_text(case: &Case<'_>, seq: u64, read: &PolicyRead) -> Opinion {
    let opinion = if read.text.is_none() {
        Opinion::review(both(
            "the policy is shown, but its text could not be read (a picture or an unreadable document): look whether it says what is collected",
            "找到了隐私政策，但无法读取其文字（图片或无法读取的文档）：请人工查看是否写明收集使用规则",
        ))
    } else if !still_a_policy(case, read) {
        Opinion::review(both(
            "what was read as the policy may be another text: look whether it is the policy",
            "读取的内容可能不是隐私政策：请人工查看",
        ))
    } else {
        weigh_rules(case, read)
    };
    let mut files: Vec<String> = read.text.iter().map(|file| file.file.clone()).collect();
    files.extend(case.screen(read.screen).and_then(|(_, seen)| seen.picture.clone()).map(|file| file.file));
    let shows = said!(
        "{title}, {characters} characters",
        "{title}，共 {characters} 字",
        title = both(format!("“{}”", read.title), format!("《{}》", read.title.trim_matches(['《', '》']))),
        characters = read.characters
    );
    let not_found = matches!(case.first_answer("policy"), Some((_, Err(_))));
    let opinion = match read.opened_from {
        OpenedFrom::FirstRun if not_found => opinion.note(both(
            "it was opened from the first-run prompt, because it was not found from the main screen (see 1.3)",
            "从首次运行的提示中打开，因为从主界面没有找到（见 1.3）",
        )),
        OpenedFrom::FirstRun => {
            opinion.note(both("it was opened from the first-run prompt", "从首次运行的提示中打开"))
        }
        OpenedFrom::MainScreen => opinion,
    };
    opinion.with([Evidence { entry: seq, shows, files, marks: None }])
}

/// Tells whether the screen that was read as the policy is still taken for one: a page that only names the policy is none.
fn still_a_policy(case: &Case<'_>, read: &PolicyRead) -> bool {
    let seen = case.screen(read.screen).zip(case.tree(read.screen));
    let Some(((entry, _), tree)) = seen.filter(|_| read.form == Form::Text) else { return true };
    let way = case.state_before(entry).tapped.clone();
    policy::on_screen(&tree, way.as_deref()).or_else(|| policy::on_screen(&tree, Some(&read.title))).is_some()
}

/// Weighs the sentences on collecting, which are looked for again in the recorded text.
fn weigh_rules(case: &Case<'_>, read: &PolicyRead) -> Opinion {
    let rules = match case.policy_text() {
        Some((_, text)) => policy::collection_rules(text),
        None => read.rules.clone(),
    };
    let Some(first) = rules.first() else {
        // Accused only where the other reading, of statements, finds no rule either.
        let stated = case.policy_statements().and_then(|policy| {
            policy.statements.iter().find(|statement| matches!(statement.fact, Fact::Collects { .. }))
        });
        if let Some(statement) = stated {
            return Opinion::conforms(said!(
                "the app has a privacy policy that says what it collects: {says}",
                "有隐私政策，其中写明了收集使用规则：{says}",
                says = statement.quote
            ))
            .settled();
        }
        let otherwise = case.policy_text().and_then(|(_, text)| policy::collected_otherwise(text));
        if let Some(named) = otherwise {
            return Opinion::review(said!(
                "the policy's text says that “{named}” is collected, which is no kind of personal information that candor knows: look whether it says what is collected",
                "隐私政策写明收集“{named}”，但不在已知的个人信息种类之内：请人工查看是否写明收集使用规则",
                named
            ));
        }
        return Opinion::violation(said!(
            "the policy's text ({characters} characters) names no kind of personal information together with collecting or using it",
            "隐私政策全文（{characters} 字）没有一处写明收集或使用哪种个人信息",
            characters = read.characters
        ));
    };
    // A finding counts no further than a recording keeps them.
    let count = rules.len().min(40);
    let opinion = Opinion::conforms(said!(
        "the app has a privacy policy with rules on collection ({count} or more sentences, such as one on “{kind}”)",
        "有隐私政策，其中写明了收集使用规则（至少 {count} 句，例如关于“{kind}”的一句）",
        count,
        kind = first.kind
    ))
    .settled();
    rules.iter().take(QUOTED).fold(opinion, |opinion, rule| {
        opinion.note(said!("says: {sentence}", "原文：{sentence}", sentence = rule.sentence))
    })
}

fn weigh_absence(case: &Case<'_>, ruled_out: &GoalRuledOut) -> Absence {
    let violation = Opinion::violation(said!(
        "the app shows no privacy policy: all {extent} were searched, and no prompt of the first run links to one",
        "应用中没有隐私政策：{extent}都已搜索，首次运行的提示中也没有链接",
        extent = case.extent(ruled_out)
    ))
    .with(case.search_evidence(ruled_out));
    Absence::of_search(case, both("no privacy policy was found", "没有找到隐私政策"), ruled_out, violation)
}
