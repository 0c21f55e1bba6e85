//! How candor's verdicts on a variant compare with the right ones, and the table of all.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::labels::Right;

/// How a verdict compares with the right one, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// The app is accused of what it does not do.
    FalseViolation,
    /// The app is cleared of what it does, or of what could not be seen.
    FalseConforms,
    /// What it does is left to a person or was not tested, or what shows that it conforms was not seen.
    Missed,
    /// A person must look although nothing is wrong, or it was not tested.
    Needless,
    Right,
}

impl Grade {
    /// Compares a verdict with the right one.
    pub fn of(right: Right, said: &str) -> Grade {
        let clean = ["conforms", "not_applicable"].contains(&said);
        match (right, said) {
            (Right::Violation, "violation") | (Right::Review, "review") => Grade::Right,
            (Right::Violation | Right::Review | Right::Uncleared, _) if clean => Grade::FalseConforms,
            (Right::Violation, _) => Grade::Missed,
            (Right::Uncleared, _) => Grade::Right,
            (_, "violation") => Grade::FalseViolation,
            (Right::Unaccused, _) => Grade::Right,
            (Right::Clean, _) if clean => Grade::Right,
            (Right::Conforms, "conforms") => Grade::Right,
            // Both clear it, but what there was to look at was not seen.
            (Right::Conforms, "not_applicable") => Grade::Missed,
            (Right::Review, _) => Grade::Missed,
            (Right::Clean | Right::Conforms, _) => Grade::Needless,
        }
    }
}

/// What candor said on an item, beside what is right.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Scored {
    pub item: String,
    pub right: String,
    pub said: String,
    pub grade: Grade,
    pub reason: String,
}

/// The scores of one run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Card {
    pub app: String,
    pub made_with: String,
    pub variant: String,
    pub seconds: u64,
    /// candor's exit code.
    pub code: i32,
    /// Where the recording lies, where `KEEP_ARTIFACTS` leaves it.
    pub recording: PathBuf,
    pub scores: Vec<Scored>,
}

/// Where cards are left for the table.
fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/target/zoo"))
}

impl Card {
    /// Leaves the card for the table.
    pub fn keep(&self) {
        std::fs::create_dir_all(folder()).expect("a folder");
        let text = serde_json::to_string_pretty(self).expect("JSON");
        std::fs::write(folder().join(format!("{}-{}.json", self.app, self.variant)), text).expect("writes");
    }

    /// The scores that are not right, for a person.
    pub fn describe(&self, only: impl Fn(&Scored) -> bool) -> String {
        let mut text = String::new();
        for score in self.scores.iter().filter(|score| score.grade != Grade::Right && only(score)) {
            let Scored { item, right, said, grade, reason } = score;
            let _ = writeln!(
                text,
                "{}/{} {item}: {grade:?}: right is {right}, said {said}: {reason}",
                self.app, self.variant
            );
        }
        text
    }
}

/// Reads the cards of the last drive.
pub fn read_cards() -> Vec<Card> {
    let files = std::fs::read_dir(folder()).into_iter().flatten().flatten();
    let mut cards: Vec<Card> = files
        .filter(|file| file.path().extension().is_some_and(|ext| ext == "json"))
        .map(|file| std::fs::read(file.path()).expect("reads"))
        .map(|bytes| serde_json::from_slice(&bytes).expect("a card"))
        .collect();
    cards.sort_by(|a, b| (&a.app, &a.variant).cmp(&(&b.app, &b.variant)));
    cards
}

/// How many scores of each grade.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub planted: usize,
    pub found: usize,
    pub all: usize,
    pub counts: [usize; 5],
}

impl Tally {
    pub fn add(&mut self, score: &Scored) {
        self.all += 1;
        self.counts[score.grade as usize] += 1;
        if score.right == "violation" {
            self.planted += 1;
            self.found += usize::from(score.grade == Grade::Right);
        }
    }

    pub fn count(&self, grade: Grade) -> usize {
        self.counts[grade as usize]
    }
}

fn tally<'s>(scores: impl Iterator<Item = &'s Scored>) -> Tally {
    let mut tally = Tally::default();
    scores.for_each(|score| tally.add(score));
    tally
}

const GRADES: [(Grade, &str); 5] = [
    (Grade::Right, "right"),
    (Grade::FalseViolation, "false violation"),
    (Grade::FalseConforms, "false conforms"),
    (Grade::Missed, "missed"),
    (Grade::Needless, "needless review"),
];

/// Writes the table of all cards.
pub fn write_table(cards: &[Card], date: &str) -> String {
    let all = tally(cards.iter().flat_map(|card| &card.scores));
    let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
    let clean = all.all - all.planted;
    let mut out = format!(
        "# How often candor is right\n\nMade by `scripts/accuracy` on {date}: {} runs of {} apps that share no code with the sample app nor with each other\n\
         (`tests/zoo/`), each held against its labels. {} labels, {} of them planted violations.\n\n\
         | | figure | aim |\n| --- | --- | --- |\n\
         | false violations | {} | 0 |\n| false *conforms* | {} | 0 |\n\
         | planted violations found | {} of {} ({:.0} %) | 95 % |\n| needless *review* or *not tested* | {} of {clean} ({:.0} %) | under 10 % |\n\n",
        cards.len(),
        cards.iter().map(|card| &card.app).collect::<std::collections::BTreeSet<_>>().len(),
        all.all,
        all.planted,
        all.count(Grade::FalseViolation),
        all.count(Grade::FalseConforms),
        all.found,
        all.planted,
        share(all.found, all.planted),
        all.count(Grade::Needless),
        share(all.count(Grade::Needless), clean),
    );
    let heads: String = GRADES.iter().map(|(_, name)| format!(" {name} |")).collect();
    let lines = "| --- ".repeat(GRADES.len());
    let row = |tally: &Tally| {
        GRADES.iter().map(|(grade, _)| format!(" {} |", tally.count(*grade))).collect::<String>()
    };
    let _ = write!(
        out,
        "## By app\n| app | variant | made with | s |{heads}\n| --- | --- | --- | --- {lines}|\n"
    );
    for card in cards {
        let tally = tally(card.scores.iter());
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} |{}",
            card.app,
            card.variant,
            card.made_with,
            card.seconds,
            row(&tally)
        );
    }
    let mut items: BTreeMap<&str, Tally> = BTreeMap::new();
    for score in cards.iter().flat_map(|card| &card.scores) {
        items.entry(&score.item).or_default().add(score);
    }
    let _ = write!(out, "\n## By item\n| item | planted | found |{heads}\n| --- | --- | --- {lines}|\n");
    for (item, tally) in &items {
        let _ = writeln!(out, "| {item} | {} | {} |{}", tally.planted, tally.found, row(tally));
    }
    out.push_str("\n## By app and item\n`.` right, **V** false violation, **C** false *conforms*, m missed, r needless *review* or *not tested*, blank: cannot be told.\n\n");
    let names: Vec<&str> = items.keys().copied().collect();
    let _ = write!(out, "| | {} |\n| --- {}|\n", names.join(" | "), "| --- ".repeat(names.len()));
    for card in cards {
        let mark = |item: &&str| match card
            .scores
            .iter()
            .find(|score| score.item == **item)
            .map(|score| score.grade)
        {
            Some(Grade::Right) => ".",
            Some(Grade::FalseViolation) => "**V**",
            Some(Grade::FalseConforms) => "**C**",
            Some(Grade::Missed) => "m",
            Some(Grade::Needless) => "r",
            None => " ",
        };
        let marks: Vec<&str> = names.iter().map(mark).collect();
        let _ = writeln!(out, "| {} {} | {} |", card.app, card.variant, marks.join(" | "));
    }
    out
}

#[test]
fn a_verdict_is_graded_by_what_it_does_to_the_app() {
    for (right, said, grade) in [
        (Right::Violation, "violation", Grade::Right),
        (Right::Violation, "conforms", Grade::FalseConforms),
        (Right::Violation, "not_applicable", Grade::FalseConforms),
        (Right::Violation, "review", Grade::Missed),
        (Right::Clean, "violation", Grade::FalseViolation),
        (Right::Clean, "not_applicable", Grade::Right),
        (Right::Clean, "not_tested", Grade::Needless),
        (Right::Conforms, "not_applicable", Grade::Missed),
        (Right::Conforms, "review", Grade::Needless),
        (Right::Review, "conforms", Grade::FalseConforms),
        (Right::Review, "not_tested", Grade::Missed),
        (Right::Review, "violation", Grade::FalseViolation),
        (Right::Unaccused, "review", Grade::Right),
        (Right::Unaccused, "violation", Grade::FalseViolation),
        (Right::Uncleared, "violation", Grade::Right),
        (Right::Uncleared, "conforms", Grade::FalseConforms),
    ] {
        assert_eq!(Grade::of(right, said), grade, "{right:?} {said}");
    }
}
