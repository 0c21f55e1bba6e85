//! What an app sent, as rules look at it: each request with its party and with what the person had said when it was made.

use std::collections::BTreeSet;
use std::rc::Rc;

use jiff::Timestamp;

use super::base::Case;
use super::evidence::{Evidence, files_of};
use super::sent::{Known, Sent};
use super::span::Span;
use crate::language::purpose;
use crate::recording::entries::{AppStarted, RequestSent};
use crate::recording::state::Consent;
use crate::recording::{Event, HAR};
use crate::text::{Bilingual, both, join, said};
use crate::traffic::how::say_how;
use crate::traffic::party::{Parties, Party};
use crate::traffic::{Found, Kind, kind};
use crate::world::Start;

/// Hosts that a note names at most.
const HOSTS: usize = 6;

/// The moments at which what the person had said turned, in order.
#[derive(Debug, Default)]
pub(super) struct Turns(Vec<(Timestamp, Consent)>);

impl Turns {
    fn at(&self, at: Timestamp) -> Consent {
        let before = self.0.partition_point(|(moment, _)| *moment <= at);
        before.checked_sub(1).map_or(Consent::NotGiven, |last| self.0[last].1)
    }
}

impl<'a> Case<'a> {
    /// Returns every request of the version that is judged, in the order of the timeline.
    pub fn sent(&self) -> Vec<Sent<'a>> {
        let known = self.sent.get_or_init(|| self.find_sent());
        let sent = known.iter().filter_map(|known| {
            let entry = &self.entries[known.at];
            let Event::RequestSent(request) = &entry.event else { return None };
            if self.is_of_version_before(entry.seq) {
                return None;
            }
            Some(Sent { seq: entry.seq, request, party: known.party.clone(), consent: known.consent })
        });
        sent.collect()
    }

    /// Returns the requests that a stretch made, from its beginning on.
    pub fn sent_in(&self, span: &Span<'a>) -> impl Iterator<Item = Sent<'a>> + use<'a> {
        let begun = span.entries.first().map_or(Timestamp::MIN, |entry| entry.time);
        let (first, last) = (
            span.entries.first().map_or(0, |entry| entry.seq),
            span.entries.last().map_or(0, |entry| entry.seq),
        );
        self.sent()
            .into_iter()
            .filter(move |sent| (first..=last).contains(&sent.seq) && sent.request.at >= begun)
    }

    /// Tells whether what the app sends was seen; `None` where the recording is of a candor that did not look.
    pub fn sees_requests(&self) -> Option<bool> {
        let told = self.entries.iter().filter_map(|entry| match &entry.event {
            Event::Watching(watch) => watch.requests,
            _ => None,
        });
        let told: BTreeSet<bool> = told.collect();
        match (told.contains(&true), told.contains(&false)) {
            (true, lost) => Some(!lost),
            // What candor did not see by itself is in a HAR file.
            (false, _) if !self.sent().is_empty() => Some(true),
            (false, blind) => blind.then_some(false),
        }
    }

    /// Tells whether a planted value that a person enters was seen to be sent to anybody: without one, what becomes of such
    /// values was not seen, however many requests were. The place is told by the browser in every run and shows nothing.
    pub fn sends_what_was_planted(&self) -> bool {
        let planted = |found: &Found| found.value.is_some() && found.kind != "location";
        self.sent().iter().any(|sent| sent.request.found.iter().any(planted))
    }

    /// Says what has to be done so that planted values are sent.
    pub fn say_nothing_was_planted(&self) -> Bilingual {
        both(
            "no planted value was seen to be sent to anybody, so what becomes of what a person enters was not seen (`persona` with `planted` values, and an `account` to come into)",
            "没有看到任何预设信息被发送，无法得知用户填写的信息去向（可在场景中设置 persona 的 planted 值和 account）",
        )
    }

    /// Says why nothing can be said of what the app sends; `None` where it was seen.
    pub fn blind_to_requests(&self) -> Option<Bilingual> {
        match self.sees_requests() {
            Some(true) => None,
            Some(false) => Some(both(
                "what the app sends could not be seen in this run: give a HAR file (`traffic: { har: FILE }`)",
                "本次运行无法看到应用发送的内容：请提供 HAR 文件（traffic: { har: FILE }）",
            )),
            None => Some(both(
                "the recording, of an older candor, does not hold what the app sent",
                "录制来自较早的版本，没有记录应用发送的内容",
            )),
        }
    }

    /// Says how much was seen of what the app sends, for a clean verdict.
    pub fn note_on_requests(&self) -> Bilingual {
        if let Some(blind) = self.blind_to_requests() {
            return said!("Not looked at: {blind}.", "未检测：{blind}。", blind);
        }
        let sent = self.sent();
        let hosts: BTreeSet<&str> = sent.iter().map(|sent| sent.request.host.as_str()).collect();
        let unread: Vec<&Sent<'_>> = sent.iter().filter(|sent| sent.unread().is_some()).collect();
        let read = said!(
            "{count} requests to {hosts} hosts were looked at",
            "检查了发往 {hosts} 个主机的 {count} 个请求",
            count = sent.len(),
            hosts = hosts.len()
        );
        if unread.is_empty() {
            return said!("{read}, all of them whole.", "{read}，内容全部可读。", read);
        }
        let hosts: BTreeSet<&str> = unread.iter().map(|sent| sent.request.host.as_str()).collect();
        let named: Vec<&str> = hosts.iter().copied().take(HOSTS).collect();
        said!(
            "{read}; {count} of them could not be read whole ({hosts}).",
            "{read}，其中 {count} 个不能完整读出（{hosts}）。",
            read,
            count = unread.len(),
            hosts = both(named.join(", "), named.join("、"))
        )
    }

    /// Says what was sent in some requests to whom: `sends the phone number (MD5) to 友盟 (umeng.com)`, each once.
    pub fn say_sent(sent: &[&Sent<'_>]) -> Bilingual {
        let mut all: Vec<Bilingual> = Vec::new();
        for one in sent {
            for found in &one.request.found {
                let words = say_found(found, &one.party);
                if !all.contains(&words) {
                    all.push(words);
                }
            }
        }
        join(&all, ", ", "，")
    }

    /// Makes evidence of a request: what was found in it, where, and how it was written.
    pub fn sent_evidence(&self, sent: &Sent<'a>) -> Evidence {
        let request = sent.request;
        let found: Vec<Bilingual> = request
            .found
            .iter()
            .map(|found| {
                let field =
                    if found.field.is_empty() { String::new() } else { format!(" “{}”", found.field) };
                said!(
                    "{kind} in {place}{field}, {how}",
                    "{place}{field}中有{kind}（{how}）",
                    kind = kind(&found.kind).words(),
                    place = say_place(found),
                    field,
                    how = say_how(&found.how)
                )
            })
            .chain(
                request
                    .unread
                    .iter()
                    .map(|unread| said!("not read: {why}", "未能读出：{why}", why = unread.why)),
            )
            .collect();
        let what = join(&found, "; ", "；");
        let (method, address) = (&request.method, request.address.split('?').next().unwrap_or_default());
        let script = match request.script.as_str() {
            "" => both("", ""),
            script => said!("; made by {script}", "；由 {script} 发出", script),
        };
        let failed = match &request.failed {
            None => both("", ""),
            Some(why) => said!("; it did not arrive: {why}", "；未送达：{why}", why),
        };
        let shows = said!(
            "{method} {address} to {party}: {what}{script}{failed}",
            "{method} {address}，接收方为{party}：{what}{script}{failed}",
            method,
            address,
            party = sent.party.name(),
            what,
            script,
            failed
        );
        let mut files = self.screen(request.screen).map(|(_, seen)| files_of(seen)).unwrap_or_default();
        if request.har.is_some() {
            files.push(HAR.to_owned());
        }
        Evidence { entry: sent.seq, shows, files, marks: None }
    }

    /// Tells whether the person wished for it by tapping what is named after its kind.
    pub(super) fn is_wished(&self, sent: &Sent<'_>) -> bool {
        let state = self.state_before(sent.seq);
        state.tapped.as_ref().is_some_and(|label| {
            sent.request.found.iter().all(|found| purpose::speaks_for(label, &found.kind))
        })
    }

    fn find_sent(&self) -> Vec<Known> {
        let start = self.entries.iter().find_map(|entry| match &entry.event {
            Event::RunStarted(start) => Some(start),
            _ => None,
        });
        let requests: Vec<(usize, &RequestSent)> = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(at, entry)| match &entry.event {
                Event::RequestSent(request) => Some((at, &**request)),
                _ => None,
            })
            .collect();
        let Some(start) = start.filter(|_| !requests.is_empty()) else { return Vec::new() };
        let parties = Parties::of(&start.target, &start.parties);
        let turns = self.find_turns();
        let mut known: std::collections::HashMap<&str, Rc<Party>> = std::collections::HashMap::new();
        requests
            .into_iter()
            .map(|(at, request)| {
                let party = known
                    .entry(request.host.as_str())
                    .or_insert_with(|| Rc::new(parties.of_host(&request.host)))
                    .clone();
                Known { at, party, consent: turns.at(request.at) }
            })
            .collect()
    }

    fn find_turns(&self) -> Turns {
        let mut turns = Turns::default();
        for (at, entry) in self.entries.iter().enumerate() {
            let moment = self.states.before(at).brought_about(entry.time);
            let turn = match &entry.event {
                Event::AppStarted(AppStarted { how: Start::Fresh }) => (entry.time, Consent::NotGiven),
                // What only acknowledges the documents is no consent; 3.1 says so, and other items go on from it.
                Event::ConsentGiven(_) => (moment, Consent::Given),
                Event::ConsentRefused(_) => (moment, Consent::Refused),
                Event::ConsentWithdrawn(_) => (
                    self.states.before(at).operation.map_or(entry.time, |done| done.time),
                    Consent::Withdrawn,
                ),
                _ => continue,
            };
            turns.0.push(turn);
        }
        turns.0.sort_by_key(|(moment, _)| *moment);
        turns
    }
}

/// Says one thing that was sent: `phone number (MD5) to 友盟 (umeng.com)`.
fn say_found(found: &Found, party: &Party) -> Bilingual {
    let kind: &Kind = kind(&found.kind);
    let how = match found.how.is_empty() {
        true => both("", ""),
        false => said!(" ({how})", "（{how}）", how = say_how(&found.how)),
    };
    let coarse = match found.kind == "location" && !found.definite {
        true => ("coarse ", "（概略）"),
        false => ("", ""),
    };
    said!(
        "sends {coarse}{kind}{how} to {party}",
        "向{party}发送{kind}{coarse}{how}",
        coarse,
        kind = kind.words(),
        how,
        party = party.name()
    )
}

fn say_place(found: &Found) -> Bilingual {
    use crate::traffic::Place;
    match &found.place {
        Place::Address => both("the address", "地址"),
        Place::Header(name) => said!("the header {name}", "请求头 {name} ", name),
        Place::Cookie(name) => said!("the cookie {name}", "Cookie {name} ", name),
        Place::Body => both("the body", "正文"),
    }
}
