//! The film strip of a finding: its evidence in order, the element boxed that was operated next, and the places that the
//! finding points to.

use std::collections::HashMap;

use maud::{Markup, html};

use super::links::Links;
use super::pictures::{Picture, Pictures, is_picture, is_plain};
use super::words::{both, operation, t};
use crate::recording::entries::{AppStarted, OperationDone};
use crate::recording::{Entry, Event, FileRef, Recording};
use crate::rules::catalogue::Bilingual;
use crate::rules::{Evidence, Finding, Marks};
use crate::screen::operation::Operation;
use crate::screen::{Rect, Screen};
use crate::world::Start;

/// Pictures that the strip of one finding shows; more evidence is listed with links.
const MOST: usize = 24;
/// More operations than this from the start to a finding are a search, not a way to see it again.
const LONGEST_WAY: usize = 12;
/// Half the side of the box around a point where no element is known (dp).
const REACH: f32 = 18.0;

/// What strips are made from.
#[derive(Debug)]
pub struct Strips<'a> {
    recording: &'a Recording,
    links: &'a Links,
    /// Trees that were read, by their file.
    trees: HashMap<String, Option<Screen>>,
}

impl<'a> Strips<'a> {
    pub fn of(recording: &'a Recording, links: &'a Links) -> Strips<'a> {
        Strips { recording, links, trees: HashMap::new() }
    }

    /// The strip of a finding; nothing where it has no evidence.
    pub fn strip(&mut self, finding: &Finding, pictures: &mut Pictures<'_>) -> Markup {
        let mut shown = 0;
        html! {
            @if !finding.evidence.is_empty() {
                ol.strip {
                    @for evidence in &finding.evidence {
                        (self.frame(evidence, pictures, &mut shown))
                    }
                }
            }
        }
    }

    fn frame(&mut self, evidence: &Evidence, pictures: &mut Pictures<'_>, shown: &mut usize) -> Markup {
        let file = evidence.files.iter().find(|file| is_picture(file));
        let picture = file.filter(|_| *shown < MOST).and_then(|file| pictures.get(file));
        *shown += usize::from(picture.is_some());
        let operated = self.operated(evidence);
        let (links, folder) = (self.links, self.recording.folder());
        html! {
            li class=(if picture.is_some() { "frame" } else { "frame bare" }) {
                @if let (Some(file), Some(picture)) = (file, picture) {
                    @let drawing = self.drawing(file, picture, evidence.marks.as_ref(), operated.as_ref());
                    @match links.to(folder, file) {
                        Some(address) => a.picture href=(address) { (drawing) },
                        None => div.picture { (drawing) },
                    }
                }
                div.caption {
                    p { (both(&evidence.shows)) }
                    // The step of a path says it already.
                    @if let Some(operated) = operated.as_ref().filter(|done| !evidence.shows.en.contains(&done.to_string())) {
                        p.operated { "→ " (both(&operation(operated))) }
                    }
                    @if let Some(marks) = &evidence.marks {
                        ol.marks { @for mark in &marks.places { li { (both(&mark.says)) } } }
                    }
                    p.files {
                        a href=(format!("#e{}", evidence.entry)) { "#" (evidence.entry) }
                        @for file in evidence.files.iter().filter(|file| is_plain(file)) { " " (links.name(folder, file)) }
                    }
                }
            }
        }
    }

    /// One picture with what is to be seen on it.
    fn drawing(
        &mut self,
        file: &str,
        picture: Picture,
        marks: Option<&Marks>,
        operated: Option<&Operation>,
    ) -> Markup {
        let (width, height) = (picture.width, picture.height);
        // A letter is a thirtieth of the picture's width: legible where the picture is shown at a third of its size.
        let letter = width as f32 / 30.0;
        html! {
            svg role="img" viewBox=(format!("0 0 {width} {height}")) aria-label=(format!("截图 screenshot {file}")) {
                (picture.draw())
                @for (at, mark) in marks.map(|marks| &marks.places[..]).unwrap_or_default().iter().enumerate() {
                    rect.mark x=(mark.rect.x - letter / 8.0) y=(mark.rect.y - letter / 8.0)
                        width=(mark.rect.width.max(0.0) + letter / 4.0) height=(mark.rect.height.max(0.0) + letter / 4.0) {}
                    text.mark x=((mark.rect.x - letter / 3.0).max(letter * 0.9)) y=(mark.rect.center().1 + letter / 3.0)
                        font-size=(letter) stroke-width=(letter / 5.0) { (at + 1) }
                }
                @if let Some((x, y)) = operated.and_then(point) {
                    @let at = self.element_at(file, x, y);
                    rect.operated x=(at.x) y=(at.y) width=(at.width) height=(at.height) rx=(letter / 4.0) {}
                    circle.operated cx=(x) cy=(y) r=(letter / 2.2) {}
                }
            }
        }
    }

    /// The picture that tells a finding best, for the top of the page: the first with marks, else the first of all.
    pub fn best(&mut self, finding: &Finding, pictures: &mut Pictures<'_>) -> Option<Markup> {
        let pictured = |evidence: &&Evidence| evidence.files.iter().any(|file| is_picture(file));
        let all = || finding.evidence.iter().filter(pictured);
        let evidence = all().find(|evidence| evidence.marks.is_some()).or_else(|| all().next())?;
        let file = evidence.files.iter().find(|file| is_picture(file))?;
        let picture = pictures.get(file)?;
        // What the finding points to is not to be drowned by what was done next.
        let operated = self.operated(evidence).filter(|_| evidence.marks.is_none());
        Some(self.drawing(file, picture, evidence.marks.as_ref(), operated.as_ref()))
    }

    /// What was done on the screen of this evidence next: by the path that it is a step of, or right after it was seen.
    fn operated(&self, evidence: &Evidence) -> Option<Operation> {
        let entries = &self.recording.entries;
        let index = entries.iter().position(|entry| entry.seq == evidence.entry)?;
        let number = match &entries[index].event {
            Event::ScreenSeen(seen) => seen.screen,
            Event::OperationDone(OperationDone { operation, .. }) => return Some(operation.clone()),
            _ => return None,
        };
        let step = entries.iter().find_map(|entry| match &entry.event {
            Event::GoalReached(reached) => reached
                .path
                .iter()
                .find(|step| step.on == number && evidence.shows.en.contains(&step.operation.to_string())),
            _ => None,
        });
        if let Some(step) = step {
            return Some(step.operation.clone());
        }
        // Where a search came to its end, what is done next belongs to something else.
        let goal =
            |entry: &Entry| matches!(&entry.event, Event::GoalReached(reached) if reached.screen == number);
        if entries.iter().any(goal) {
            return None;
        }
        entries[index + 1..]
            .iter()
            .find_map(|entry| match &entry.event {
                Event::OperationDone(OperationDone { screen, operation }) => {
                    Some((*screen == number).then(|| operation.clone()))
                }
                Event::ScreenSeen(seen) if seen.screen != number => Some(None),
                Event::AppStarted(_) | Event::ProbeEnded(_) => Some(None),
                _ => None,
            })
            .flatten()
    }

    /// The box of the element under a point of a picture's screen (px); a small one around the point where none is known.
    fn element_at(&mut self, picture: &str, x: f32, y: f32) -> Rect {
        let file = picture.replace(".png", ".json");
        let recording = self.recording;
        let tree = self.trees.entry(file.clone()).or_insert_with(|| {
            serde_json::from_str(&recording.text(&FileRef { file, sha256: String::new() })?).ok()
        });
        let around = |reach: f32| Rect::new(x - reach, y - reach, reach * 2.0, reach * 2.0);
        let Some(screen) = tree else { return around(REACH * 2.0) };
        let whole = screen.width * screen.height;
        screen
            .elements
            .iter()
            .filter(|element| {
                element.tappable.is_some() || element.role.is_field() || element.role.is_tickable()
            })
            .map(|element| element.rect)
            .filter(|rect| rect.x <= x && x <= rect.right() && rect.y <= y && y <= rect.bottom())
            .filter(|rect| rect.area() > 0.0 && rect.area() < whole * 0.5)
            .min_by(|a, b| a.area().total_cmp(&b.area()))
            .unwrap_or_else(|| around(REACH * screen.density.max(1.0)))
    }

    /// How to come to what a finding shows: a fresh start and the operations after it, where they are few.
    pub fn way(&self, finding: &Finding) -> Option<Vec<Bilingual>> {
        let first = finding.evidence.iter().map(|evidence| evidence.entry).min()?;
        let end = self.recording.entries.iter().position(|entry| entry.seq == first)?;
        let past = &self.recording.entries[..end];
        let start = past.iter().rposition(|entry| matches!(entry.event, Event::AppStarted(_)))?;
        let how = match &past[start].event {
            Event::AppStarted(AppStarted { how: Start::Fresh }) => {
                ("新安装后打开应用", "start the app as newly installed")
            }
            Event::AppStarted(AppStarted { how: Start::Upgraded }) => {
                ("升级后打开应用", "start the app after the upgrade")
            }
            _ => ("再次打开应用", "start the app again"),
        };
        let operations = past[start..].iter().filter_map(done).map(operation);
        let way: Vec<Bilingual> = std::iter::once(Bilingual { zh: how.0.to_owned(), en: how.1.to_owned() })
            .chain(operations)
            .take(LONGEST_WAY + 2)
            .collect();
        (2..=LONGEST_WAY + 1).contains(&way.len()).then_some(way)
    }
}

fn done(entry: &Entry) -> Option<&Operation> {
    match &entry.event {
        Event::OperationDone(OperationDone { operation, .. }) => Some(operation),
        _ => None,
    }
}

/// Where an operation touched the screen (px).
fn point(operation: &Operation) -> Option<(f32, f32)> {
    match operation {
        Operation::Tap { x, y, .. } | Operation::Type { x, y, .. } | Operation::Swipe { x, y, .. } => {
            Some((*x, *y))
        }
        Operation::Back | Operation::Answer { .. } | Operation::Open { .. } => None,
    }
}

/// The way to see a finding again, as a list.
pub fn way(steps: &[Bilingual]) -> Markup {
    html! {
        div.way {
            h4 { (t("怎样重现", "To see it again")) }
            ol { @for step in steps { li { (both(step)) } } }
        }
    }
}
