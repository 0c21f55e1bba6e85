//! Why something that was not found may be there all the same.

use super::base::Case;
use super::evidence::Evidence;
use crate::language::lexicon::Meaning;
use crate::language::reading::PromptKind;
use crate::language::rights::Answered;
use crate::recording::account::Entering;
use crate::recording::entries::{LeftOut, SessionLooked};
use crate::recording::{Event, GoalRuledOut, Omission, ScreenSeen};
use crate::text::{Bilingual, both, said};

/// A screen of which one picture covers more than this share says things that are not read (ours).
const UNREAD: f32 = 0.45;

/// Why something that was not seen may be there all the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    pub why: Bilingual,
    /// What shows the reason, where a screen does.
    pub shown: Option<Evidence>,
}

impl Doubt {
    /// Makes a doubt that no screen shows.
    pub fn because(why: Bilingual) -> Doubt {
        Doubt { why, shown: None }
    }
}

impl<'a> Case<'a> {
    /// Says why the search does not prove that what was not found is nowhere; `None` where it does. Where the app was walked
    /// as a guest and in the account, both walks must.
    pub fn doubt_search(&self, ruled_out: &GoalRuledOut) -> Option<Doubt> {
        if let Some(why) = self.cut(ruled_out) {
            return Some(Doubt::because(why));
        }
        if ruled_out.breadth.screens <= 1 {
            return Some(Doubt::because(both(
                "the search saw one screen only: look whether the app works",
                "只看到一个界面：请查看应用是否正常工作",
            )));
        }
        if let Some(doubt) = self.doubt_main_screen() {
            return Some(doubt);
        }
        let sightings: Vec<_> = Self::sightings(self.entries).collect();
        self.doubt_screens(&sightings).or_else(|| match ruled_out.breadth.signed_in {
            true => self.doubt_session(&ruled_out.goal),
            false => self.doubt_log_in(),
        })
    }

    /// Says that a prompt for consent still stood where a walk began: what is behind it was not walked through.
    fn doubt_main_screen(&self) -> Option<Doubt> {
        let stays = |seen: &ScreenSeen| {
            let reading = &self.read(seen).reading;
            let prompt = reading.prompt.as_ref().filter(|prompt| prompt.names_policy);
            prompt.is_some_and(|prompt| prompt.kind == PromptKind::Dialog)
                && reading.control(Meaning::Agree).is_some()
        };
        let (entry, seen) = self.spans("find_policy").iter().find_map(|span| {
            span.entries.iter().find_map(|entry| match &entry.event {
                Event::MainReached(reached) => self.screen(reached.screen).filter(|(_, seen)| stays(seen)),
                _ => None,
            })
        })?;
        Some(Doubt {
            why: both(
                "a prompt for consent still stood over the app when it was searched",
                "搜索时征求同意的提示仍然遮挡着应用",
            ),
            shown: Some(Evidence::of_screen(entry, seen, both("the prompt that stayed", "没有消失的提示"))),
        })
    }

    /// Says that one of these screens is a picture that was not read: what the app asks there is not known.
    pub fn doubt_pictures(&self, sightings: &[(u64, &'a ScreenSeen)]) -> Option<Doubt> {
        let is_picture = |seen: &ScreenSeen| self.read(seen).reading.unread_share > UNREAD;
        let (entry, seen) = sightings.iter().find(|(_, seen)| is_picture(seen))?;
        let shows = both("a picture fills this screen", "此界面被图片占满");
        Some(Doubt {
            why: both("pictures fill whole screens and were not read", "有整屏的图片未能识别"),
            shown: Some(Evidence::of_screen(*entry, seen, shows)),
        })
    }

    /// Says why these screens may hold more than was read of them: pictures, elements that were left out, or a screen that
    /// was still changing when it was looked at for the last time.
    pub fn doubt_screens(&self, sightings: &[(u64, &'a ScreenSeen)]) -> Option<Doubt> {
        let shown =
            |(entry, seen): &(u64, &ScreenSeen), shows| Some(Evidence::of_screen(*entry, seen, shows));
        if let Some(doubt) = self.doubt_pictures(sightings) {
            return Some(doubt);
        }
        if let Some(at) = sightings.iter().find(|(_, seen)| self.read(seen).omitted > 0) {
            let omitted = self.read(at.1).omitted;
            return Some(Doubt {
                why: said!(
                    "a screen has too many elements, and {omitted} of them were not read",
                    "有界面元素过多，其中 {omitted} 个没有读取",
                    omitted
                ),
                shown: shown(at, both("this screen was not read whole", "此界面没有读完")),
            });
        }
        let at = sightings.iter().find(|(entry, seen)| !seen.settled && !self.settled_later(*entry))?;
        Some(Doubt {
            why: both(
                "a screen was still changing when it was looked at, and what came later was not seen",
                "有界面在查看时仍在变化，之后的内容没有看到",
            ),
            shown: shown(at, both("this screen was still changing", "此界面当时仍在变化")),
        })
    }

    /// Says that trees of screens are missing from the recording, for rules that look for something in them.
    pub fn doubt_trees(&self) -> Option<Doubt> {
        let (entry, seen) = self.distinct_screens().find(|(_, seen)| self.tree(seen.screen).is_none())?;
        let shows = both("the tree of this screen is missing", "缺少此界面的控件树");
        Some(Doubt {
            why: both(
                "trees of screens are missing from the recording, and what they hold could not be read",
                "录制中缺少部分界面的控件树，无法读取其内容",
            ),
            shown: Some(Evidence::of_screen(entry, seen, shows)),
        })
    }

    /// Tells whether a screen that was still changing was seen at rest before anything else was done.
    fn settled_later(&self, seq: u64) -> bool {
        for entry in &self.entries[self.index_of(seq + 1)..] {
            match &entry.event {
                Event::ScreenSeen(seen) if seen.settled => return true,
                Event::OperationDone(_) | Event::AppStarted(_) | Event::SessionChanged(_) => {
                    return false;
                }
                _ => {}
            }
        }
        false
    }

    /// Says that there is a log-in, and nobody went through it.
    fn doubt_log_in(&self) -> Option<Doubt> {
        let (entry, seen) = Self::sightings(self.entries)
            .find(|(_, seen)| self.read(seen).reading.control(Meaning::SignIn).is_some())?;
        // Logging in after a cancellation is meant to fail.
        let tried = self.entries.iter().filter_map(|entry| match &entry.event {
            Event::AccountEntered(entered) if entered.entering != Entering::LoggingInAgain => {
                Some(entered.answered)
            }
            _ => None,
        });
        let tried: Vec<Answered> = tried.collect();
        let own = self.entries.iter().any(|entry| {
            matches!(entry.event, Event::LeftOut(LeftOut { what: Omission::WalkInAccount, .. }))
        });
        let why = if own {
            both(
                "what lies behind the log-in was not searched: the account is somebody's own (`account.register`, `disposable: true` or `guard: strict` let candor walk in it)",
                "登录之后的界面没有搜索：账号属于个人所有（account.register、disposable: true 或 guard: strict 可允许在其中浏览）",
            )
        } else if !tried.is_empty() && !tried.contains(&Answered::Accepted) {
            both(
                "the app has a log-in, which did not work in this run: what lies behind it was not searched",
                "应用有登录功能，本次运行未能登录，登录之后的界面没有搜索",
            )
        } else {
            both(
                "the app has a log-in, and what lies behind it was not searched (`account` in the scenario lets candor log in)",
                "应用有登录功能，登录之后的界面没有搜索（场景文件写有 account 时可以登录）",
            )
        };
        let shown = Evidence::of_screen(entry, seen, both("here one logs in", "从这里登录"));
        Some(Doubt { why, shown: Some(shown) })
    }

    /// Says that the session left the account while the app was walked in it, or may have.
    fn doubt_session(&self, goal: &str) -> Option<Doubt> {
        let (walked, _) = self.walks(goal).pop()?;
        let looked =
            self.entries.iter().filter(|entry| entry.seq > walked).find_map(|entry| match entry.event {
                Event::SessionLooked(SessionLooked { signed_in, screen }) => Some((signed_in, screen)),
                _ => None,
            });
        // A run that was cut off before it looked knows as little as one that could not tell.
        let why = match looked.and_then(|(signed_in, _)| signed_in) {
            Some(true) => return None,
            Some(false) => both(
                "the session was no longer logged in when the search in the account ended",
                "登录后的搜索结束时已不在登录状态",
            ),
            None => both(
                "whether the session stayed logged in during the search in the account is not known",
                "无法判断搜索期间是否一直处于登录状态",
            ),
        };
        let shows = both("after the search in the account", "登录后的搜索结束时");
        Some(Doubt { why, shown: looked.and_then(|(_, screen)| self.shown(screen, shows)) })
    }

    /// Says that the policy's text was not read, and what of it is missed, where it matters.
    pub fn doubt_policy(&self, missed: (&str, &str)) -> Option<Doubt> {
        (self.policy_text().is_none() && !self.has_no_policy()).then(|| {
            Doubt::because(said!(
                "the policy's text was not read (probe read_policy): {missed}",
                "没有读取隐私政策全文（探测 read_policy），{missed}",
                missed
            ))
        })
    }
}
