//! 6.5: no channel for complaints is published, or the limit that it promises is too long.

use super::answered::{Answered, is_stated};
use crate::case::{Case, Evidence};
use crate::language::channel::{self, Channel, For, Means, Promise};
use crate::policy::Fact;
use crate::policy::statement::{self, Serves};
use crate::recording::GoalRuledOut;
use crate::recording::follow_up::Demand;
use crate::rules::rule::{Absence, Opinion, Rule, Weighed};
use crate::text::{Bilingual, both, join, said};
use crate::working_days::{Length, length};

/// The rule of item 6.5.
pub struct NoChannel;

const PROBE: &str = "complaint_channel";
/// Channels that are named in a finding.
const NAMED: usize = 3;

impl Rule for NoChannel {
    fn item(&self) -> &'static str {
        "6.5"
    }
    fn reads(&self) -> &'static [&'static str] {
        &[PROBE]
    }
    fn stands_alone(&self, case: &Case<'_>) -> bool {
        is_stated(case, &[Demand::Complaint])
    }
    fn weigh(&self, case: &Case<'_>) -> Weighed {
        let found = case.last_answer(PROBE);
        let mut published = Published::default();
        if let Some((seq, Ok(reached))) = found {
            let way = case.path_evidence(seq, reached, both("the channel for complaints", "投诉举报渠道"));
            if let (Some(screen), Some(shown)) = (case.tree(reached.screen), way.last()) {
                published.add(channel::on_screen(&screen), |_| shown.clone());
                published.promise(channel::promises(&screen.whole_text()), |_| shown.clone());
            }
        }
        if let Some((seq, text)) = case.policy_text() {
            published.add(channel::in_text(text), |says| Evidence::of_passage(seq, says));
            published.promise(channel::promises(text), |says| Evidence::of_passage(seq, says));
            published.add_stated(case, seq);
        }
        let mut weighed = match found {
            _ if !published.channels.is_empty() => weigh_promises(case, published).into(),
            Some((_, Err(ruled_out))) => Weighed::absent(weigh_absence(case, ruled_out)),
            _ => Weighed::default(),
        };
        let answered = Answered::weigh(case, &[Demand::Complaint]);
        weighed.notes.push(match (answered.say_waiting(), &answered.in_time[..]) {
            (Some(waiting), _) => waiting,
            (None, []) => both(
                "Whether complaints are answered in time is not tested: only what is published is looked at.",
                "未检测投诉是否按期答复：只查看公布的内容。",
            ),
            (None, all) => join(all, "; ", "；"),
        });
        weighed.opinions.extend(answered.opinions);
        weighed.evidence.extend(answered.evidence);
        weighed.searched(PROBE)
    }
}

/// What the app publishes, with what shows it.
#[derive(Default)]
struct Published {
    channels: Vec<(Bilingual, Evidence)>,
    promises: Vec<(Promise, Evidence)>,
}

impl Published {
    fn add(&mut self, channels: Vec<Channel>, show: impl Fn(&str) -> Evidence) {
        let complaints = channels.into_iter().filter(|channel| channel.purpose == For::Complaints);
        self.channels.extend(complaints.map(|channel| (say_channel(&channel), show(&channel.says))));
    }
    /// Adds the channels that the policy states in other forms: short numbers, addresses on the web, customer service,
    /// accounts of messengers, ways in the app.
    fn add_stated(&mut self, case: &Case<'_>, seq: u64) {
        for statement in case.policy_statements().into_iter().flat_map(|policy| &policy.statements) {
            let Fact::Channel { means, says, serves: Serves::Complaints } = &statement.fact else { continue };
            let how = match means {
                statement::Channel::Phone => said!("by phone, {says}", "电话 {says}", says),
                statement::Channel::Web => said!("on the web, {says}", "网址 {says}", says),
                statement::Channel::Form => said!("by a form, {says}", "在线表单 {says}", says),
                statement::Channel::Chat => {
                    said!("by customer service online, {says}", "在线客服（{says}）", says)
                }
                statement::Channel::Account => said!("by an account, {says}", "社交账号 {says}", says),
                statement::Channel::InApp => said!("in the app, {says}", "应用内入口（{says}）", says),
                statement::Channel::Mail | statement::Channel::Post => continue,
            };
            let known = self.channels.iter().any(|(known, _)| *known == how);
            if statement.sure && !known {
                self.channels.push((how, Evidence::of_passage(seq, &statement.quote)));
            }
        }
    }
    fn promise(&mut self, promises: Vec<Promise>, show: impl Fn(&str) -> Evidence) {
        self.promises.extend(promises.into_iter().map(|promise| {
            let shown = show(&promise.sentence);
            (promise, shown)
        }));
    }
}

fn say_channel(channel: &Channel) -> Bilingual {
    let says = &channel.says;
    match channel.means {
        Means::Phone => said!("by phone, {says}", "电话 {says}", says),
        Means::Mail => said!("by mail, {says}", "邮箱 {says}", says),
        Means::Form => said!("by a form, {says}", "在线表单 {says}", says),
    }
}

fn weigh_promises(case: &Case<'_>, published: Published) -> Opinion {
    let Published { channels, promises } = published;
    // Limits for other requests count only where complaints have none of their own.
    let own = promises.iter().any(|(promise, _)| promise.complaints);
    let promises: Vec<(Promise, Evidence)> =
        promises.into_iter().filter(|(promise, _)| promise.complaints || !own).collect();
    let most = case.thresholds.get("max_answer_days").max(0.0) as u32;
    let measured = |promise: &Promise| length(promise.days, promise.working, f64::from(most), case.day());
    let lengths: Vec<Length> = promises.iter().map(|(promise, _)| measured(promise)).collect();
    let longest = promises.iter().max_by_key(|(promise, _)| (promise.days, promise.working));
    let says = longest.map(|(promise, _)| promise.sentence.as_str()).unwrap_or_default();
    let opinion = if !lengths.is_empty() && lengths.iter().all(|length| *length == Length::TooLong) {
        Opinion::violation(said!(
            "the limit that is promised for an answer is over {most} working days: {says}",
            "承诺的处理时限超过 {most} 个工作日：{says}",
            most,
            says
        ))
    } else if lengths.iter().any(|length| *length != Length::Fits) {
        Opinion::review(said!(
            "a limit may be over {most} working days: look which one holds for complaints: {says}",
            "有时限可能超过 {most} 个工作日，请核实投诉适用哪一个：{says}",
            most,
            says
        ))
    } else {
        let mut named: Vec<Bilingual> = Vec::new();
        for (words, _) in &channels {
            if !named.contains(words) && named.len() < NAMED {
                named.push(words.clone());
            }
        }
        let list = join(&named, "; ", "；");
        let opinion =
            Opinion::conforms(said!("complaints can be made {list}", "可以投诉举报：{list}", list)).settled();
        opinion.note(match longest {
            Some(_) => said!("Promised: {says}", "承诺：{says}", says),
            None => said!(
                "No limit is promised; {most} working days hold.",
                "没有承诺时限，按 {most} 个工作日计。",
                most
            ),
        })
    };
    let opinion = match promises.iter().any(|(promise, _)| !promise.working) {
        true => opinion.note(case.counting_of_days()),
        false => opinion,
    };
    let shown = channels.into_iter().take(NAMED).map(|(_, evidence)| evidence);
    opinion.with(shown).with(longest.map(|(_, evidence)| evidence.clone()))
}

/// No channel was found: weighs what may be one.
fn weigh_absence(case: &Case<'_>, ruled_out: &GoalRuledOut) -> Absence {
    let violation = Opinion::violation(said!(
        "no channel for complaints is published: none on the {extent}, and none in the policy",
        "没有公布投诉举报渠道：{extent}和隐私政策中都没有",
        extent = case.extent(ruled_out)
    ))
    .with(case.search_evidence(ruled_out));
    let what = both("no channel for complaints was found", "没有找到投诉举报渠道");
    let reviews = find_others(case).into_iter().map(|(why, shown)| {
        let reason = said!("{what}, but {why}", "{what}，但{why}", what, why);
        Opinion::review(reason).with([shown]).with(case.search_evidence(ruled_out))
    });
    let reviews: Vec<Opinion> = reviews.collect();
    Absence::of_search(case, what, ruled_out, violation)
        .reviewed(reviews)
        .doubted(case.doubt_trees())
        .doubted(case.doubt_policy(("it may name one", "其中可能写有渠道")))
}

/// Finds a contact that is there for something else, or of which nothing says what for; else a page for contacts.
fn find_others(case: &Case<'_>) -> Option<(Bilingual, Evidence)> {
    let say_other = |channel: &Channel| {
        said!(
            "there is a contact that does not say it takes complaints: {says}",
            "有未说明受理投诉的联系方式：{says}",
            says = channel.says
        )
    };
    if let Some((at, text)) = case.policy_text()
        && let Some(other) = channel::in_text(text).first()
    {
        return Some((say_other(other), Evidence::of_passage(at, &other.says)));
    }
    let mut page = None;
    for (entry, seen) in case.distinct_screens() {
        let Some(screen) = case.tree(seen.screen) else { continue };
        let shown = || Evidence::of_screen(entry, seen, both("a contact", "联系方式"));
        // A person's own number in a form or a list is no contact of the app's.
        if let Some(other) =
            channel::on_screen(&screen).iter().find(|c| matches!(c.purpose, For::Sales | For::ThirdParty))
        {
            return Some((say_other(other), shown()));
        }
        if page.is_none() && channel::is_contact_page(&screen) {
            page = Some(shown());
        }
    }
    let why = both(
        "there is a page for contacts, on which no phone, mail or form was found: look at it",
        "有联系页面，但没有找到电话、邮箱或表单：请人工查看",
    );
    page.map(|page| (why, page))
}
