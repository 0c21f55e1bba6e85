//! What a search of the app came to: how wide it was, what cut it, the ways that it found.

use super::base::Case;
use super::evidence::Evidence;
use crate::recording::{Breadth, GoalReached, GoalRuledOut};
use crate::text::{Bilingual, both, said};

impl<'a> Case<'a> {
    /// Returns the walks that did not find a goal, the last as a guest before the last in the account, each with its entry's
    /// number.
    pub(super) fn walks(&self, goal: &str) -> Vec<(u64, &'a GoalRuledOut)> {
        let last = |signed_in: bool| {
            self.answers(goal).rev().find_map(|(seq, answer)| {
                answer.err().filter(|walk| walk.breadth.signed_in == signed_in).map(|walk| (seq, walk))
            })
        };
        [last(false), last(true)].into_iter().flatten().collect()
    }

    /// Says why a walk did not see the whole app, as far as it was to be seen.
    pub fn cut(&self, ruled_out: &GoalRuledOut) -> Option<Bilingual> {
        let walks = self.walks(&ruled_out.goal);
        if let Some(why) = walks.iter().find_map(|(_, walk)| walk.stopped.as_ref()) {
            return Some(said!("the search was cut: {why}", "搜索没有做完：{why}", why));
        }
        // What a guest's walk looked for in passing only, a walk in the account may have looked for everywhere.
        let (_, last) = walks.last()?;
        last.promising_only
            .then(|| both("only ways that a label speaks for were tried", "只试了名称相关的路径"))
    }

    /// Makes evidence of how widely was looked, as a guest and in the account.
    pub fn search_evidence(&self, ruled_out: &GoalRuledOut) -> Vec<Evidence> {
        let shows = |walk: &GoalRuledOut| {
            let breadth = &walk.breadth;
            said!(
                "{who}searched {screens} screens, {depth} operations deep, with {operations} operations",
                "{who}搜索了 {screens} 个界面，深度 {depth} 步，操作 {operations} 次",
                who = if breadth.signed_in { ("logged in, ", "登录后") } else { ("", "") },
                screens = breadth.screens,
                depth = walk.depth,
                operations = breadth.operations
            )
        };
        let walks = self.walks(&ruled_out.goal).into_iter();
        walks.map(|(seq, walk)| Evidence::of_entry(seq, shows(walk))).collect()
    }

    /// Says what was searched without finding it, for a sentence.
    pub fn extent(&self, ruled_out: &GoalRuledOut) -> Bilingual {
        let (screens, depth) = (ruled_out.breadth.screens, ruled_out.depth);
        match self.walks(&ruled_out.goal)[..] {
            [(_, guest), (_, inside)] => said!(
                "{guest} screens as a guest and {inside} when logged in, within {depth} operations of the main screen",
                "主界面 {depth} 步之内、未登录时的 {guest} 个和登录后的 {inside} 个界面",
                guest = guest.breadth.screens,
                inside = inside.breadth.screens,
                depth
            ),
            _ => said!(
                "{screens} screens within {depth} operations of the main screen",
                "主界面 {depth} 步之内的 {screens} 个界面",
                screens,
                depth
            ),
        }
    }

    /// Makes evidence of the way to what was found, step by step, and of the screen that shows it, last.
    pub fn path_evidence(&self, seq: u64, reached: &GoalReached, what: Bilingual) -> Vec<Evidence> {
        let found = self.shown(reached.screen, what.clone());
        self.steps_evidence(reached)
            .into_iter()
            .chain([found.unwrap_or_else(|| Evidence::of_entry(seq, what))])
            .collect()
    }

    /// Makes evidence of each step of a way.
    pub fn steps_evidence(&self, reached: &GoalReached) -> Vec<Evidence> {
        let step = |(at, step): (usize, &crate::recording::Step)| {
            let operation = both(step.operation.to_string(), step.operation.chinese());
            let number = at + 1;
            self.shown(
                step.on,
                said!("{number}. {operation}", "第 {number} 步：{operation}", number, operation),
            )
        };
        reached.path.iter().enumerate().filter_map(step).collect()
    }

    /// Says what every walk for this goal was allowed and used, what it left alone, and why one was cut.
    pub fn notes_on_search(&self, goal: &str) -> Vec<Bilingual> {
        let mut notes = Vec::new();
        let walks = self.walks(goal).into_iter();
        let mut walked: Vec<(&Breadth, Option<&String>)> =
            walks.map(|(_, walk)| (&walk.breadth, walk.stopped.as_ref())).collect();
        if let Some((_, Ok(reached))) = self.last_answer(goal) {
            let guest = walked.iter().any(|(breadth, _)| !breadth.signed_in);
            if reached.breadth.signed_in && guest {
                notes.push(both(
                    "It is there only after logging in: as a guest it was not found.",
                    "登录之后才有：未登录时没有找到。",
                ));
            }
            walked.retain(|(breadth, _)| breadth.signed_in != reached.breadth.signed_in);
            walked.push((&reached.breadth, None));
        }
        if !walked.is_empty() {
            notes.extend(self.notes_on_safety());
        }
        for (breadth, stopped) in walked {
            notes.extend(notes_on_budget(breadth));
            notes.extend(stopped.map(|why| {
                said!(
                    "The search was cut before the whole app was seen: {why}.",
                    "没有搜索完整个应用：{why}。",
                    why
                )
            }));
        }
        notes
    }

    /// Tells that there is no policy: the search for it went as far as it was told, and nothing opened one.
    pub fn has_no_policy(&self) -> bool {
        let none =
            matches!(self.last_answer("policy"), Some((_, Err(ruled_out))) if ruled_out.stopped.is_none());
        none && self.is_complete("read_policy") && self.policy().is_none()
    }
}

fn notes_on_budget(breadth: &Breadth) -> Vec<Bilingual> {
    let Some(budget) = breadth.budget else { return Vec::new() };
    let who = if breadth.signed_in { (" when logged in", "登录后") } else { ("", "") };
    vec![
        said!(
            "The search{who} used {operations} of {limit} operations and {seconds:.0} s of {minutes:.0} min, which the scenario's limits set.",
            "{who}搜索操作 {operations} 次（上限 {limit} 次），用时 {seconds:.0} 秒（上限 {minutes:.0} 分钟），上限由场景的 limits 设定。",
            who,
            operations = breadth.operations,
            limit = budget.operations,
            seconds = breadth.seconds,
            minutes = budget.seconds / 60.0
        ),
        said!(
            "Left out{who}: {alike} list entries like others that were opened, {dangerous} controls that pay, call, post, log out, delete or withdraw consent.",
            "{who}未打开：{alike} 个与已打开者同类的列表项，{dangerous} 个付款、拨号、发布、退出、删除或撤回类控件。",
            who,
            alike = breadth.alike_skipped,
            dangerous = breadth.dangerous_skipped
        ),
    ]
}
