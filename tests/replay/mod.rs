//! A double of an app: it shows the screens of a kept recording and answers each operation as the app did. Faults are
//! put into it: bad days that an app, a driver or a network has.

mod graph;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use candor::app::careful::{Care, Careful};
use candor::app::{App, AppError, Sessions};
use candor::screen::operation::Operation;
use candor::screen::{Element, Rect, Role, Screen, Tappable};
use candor::world::Start;
use candor::world::access::{Access, Standing, Watch};
use candor::world::guard::Guard;

pub use graph::Graph;
use graph::{Doing, Outcome, name_operation};

/// What one look takes of the app's time.
const LOOK: Duration = Duration::from_millis(300);

/// A bad day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    /// The driver is gone at the operation with this number, counted from 1.
    Gone(usize),
    /// The driver refuses that operation, once.
    Refused(usize),
    /// That operation does nothing.
    Lost(usize),
    /// What comes of that operation is seen only at the third look after it.
    Late(usize),
    /// An advert stands over what comes of that operation until its × is tapped.
    Advert(usize),
    /// No screen ever rests.
    Restless,
    /// The app has another host's name than the one that was given.
    Elsewhere,
    /// Calls are told of one operation late.
    LateCalls,
}

/// The app.
pub struct Replayed {
    graph: Arc<Graph>,
    fault: Fault,
    here: u32,
    now: Duration,
    /// When the screen that is shown came up.
    since: Duration,
    /// How often each operation was done.
    done: HashMap<Doing, usize>,
    started: usize,
    operations: usize,
    /// What is seen only after so many looks.
    late: Option<(u32, usize)>,
    advert: bool,
    calls: Vec<Access>,
    held_calls: Vec<Access>,
}

impl Replayed {
    fn new(graph: Arc<Graph>, fault: Fault) -> Replayed {
        let here = graph.screens.keys().next().copied().unwrap_or_default();
        Replayed {
            graph,
            fault,
            here,
            now: Duration::ZERO,
            since: Duration::ZERO,
            done: HashMap::new(),
            started: 0,
            operations: 0,
            late: None,
            advert: false,
            calls: Vec::new(),
            held_calls: Vec::new(),
        }
    }

    fn come_to(&mut self, outcome: &Outcome) {
        self.calls.append(&mut self.held_calls);
        let at = jiff::Timestamp::now();
        let called = outcome.accesses.iter().map(|call| Access { at, ..call.clone() });
        match self.fault {
            Fault::LateCalls => self.held_calls.extend(called),
            _ => self.calls.extend(called),
        }
        match self.fault {
            Fault::Late(at) if at == self.operations => self.late = Some((outcome.screen, 2)),
            _ => self.here = outcome.screen,
        }
        if self.fault == Fault::Advert(self.operations) {
            self.advert = true;
        }
        self.since = self.now;
    }

    /// Lets time pass: a screen turns into another by itself, as it did.
    fn live(&mut self, time: Duration) {
        self.now += time;
        if let Some((screen, looks)) = self.late {
            self.late = (looks > 0).then(|| (screen, looks - 1));
            if looks == 0 {
                self.here = screen;
            }
        }
        let turned = self.graph.turned.get(&self.here).cloned();
        if let Some(outcome) = turned.filter(|outcome| self.now - self.since >= outcome.after.min(LOOK * 4)) {
            self.come_to(&outcome);
        }
    }

    fn shown(&self) -> Screen {
        let mut screen = self.graph.screens.get(&self.here).cloned().unwrap_or_default();
        if self.fault == Fault::Restless {
            screen.settled = false;
        }
        if self.fault == Fault::Elsewhere {
            screen.address = screen.address.replacen("127.0.0.1", "localhost", 1);
        }
        if self.advert { cover_with_advert(screen) } else { screen }
    }
}

/// A dialog over the whole screen with nothing but a × to tap.
fn cover_with_advert(under: Screen) -> Screen {
    let whole = Rect::new(0.0, 0.0, under.width, under.height);
    let mut dialog = Element::new(Role::Dialog, "div", whole);
    dialog.overlay = true;
    let mut words = Element::new(Role::Text, "p", Rect::new(100.0, 600.0, 800.0, 80.0));
    words.text = "秋冬新品上市，全场五折".to_owned();
    words.parent = Some(0);
    let mut close = Element::new(Role::Button, "button", Rect::new(900.0, 300.0, 80.0, 80.0));
    close.name = "关闭".to_owned();
    close.text = "×".to_owned();
    close.parent = Some(0);
    close.tappable = Some(Tappable::Native);
    close.tap_at = Some(close.rect.center());
    Screen { elements: vec![dialog, words, close], ..under }
}

#[async_trait]
impl App for Replayed {
    async fn start(&mut self, how: Start) -> Result<(), AppError> {
        let of_kind = |graph: &Graph, at: usize| {
            let same = graph.starts.iter().skip(at).find(|(kind, _)| *kind == how);
            same.or_else(|| graph.starts.iter().rev().find(|(kind, _)| *kind == how))
                .map(|(_, first)| first.clone())
        };
        let first = of_kind(&self.graph, self.started)
            .or_else(|| self.graph.starts.first().map(|(_, first)| first.clone()));
        self.started += 1;
        self.advert = false;
        self.late = None;
        if let Some(first) = first {
            self.come_to(&first);
        }
        Ok(())
    }
    async fn look(&mut self) -> Result<Screen, AppError> {
        self.live(LOOK);
        Ok(self.shown())
    }
    fn accesses(&mut self) -> Vec<Access> {
        std::mem::take(&mut self.calls)
    }
    fn watch(&self) -> Watch {
        self.graph.watch.clone()
    }
    async fn picture(&mut self) -> Result<Option<Vec<u8>>, AppError> {
        Ok(None)
    }
    async fn perform(&mut self, operation: &Operation) -> Result<(), AppError> {
        self.operations += 1;
        match self.fault {
            Fault::Gone(at) if at == self.operations => return Err(AppError::Gone("played".to_owned())),
            Fault::Refused(at) if at == self.operations => {
                return Err(AppError::Refused { command: operation.to_string(), why: "played".to_owned() });
            }
            Fault::Lost(at) if at == self.operations => return Ok(()),
            _ => {}
        }
        if self.advert {
            self.advert = !matches!(operation, Operation::Tap { label, .. } if label == "关闭");
            return Ok(());
        }
        let doing = (self.here, name_operation(operation));
        let Some(outcomes) = self.graph.led_to.get(&doing) else { return Ok(()) };
        let times = self.done.entry(doing).or_default();
        let outcome = outcomes[(*times).min(outcomes.len() - 1)].clone();
        *times += 1;
        self.come_to(&outcome);
        Ok(())
    }
    async fn changed(&mut self, than: &Screen, limit: Duration) -> Result<Option<Screen>, AppError> {
        let until = self.now + limit;
        while self.now < until {
            self.live(LOOK);
            let shown = self.shown();
            if shown.identity() != than.identity() {
                return Ok(Some(shown));
            }
        }
        Ok(None)
    }
    async fn pass_time(&mut self, time: Duration) -> Result<(), AppError> {
        self.live(time);
        Ok(())
    }
    fn now(&self) -> Duration {
        self.now
    }
    async fn document_text(&mut self) -> Result<Option<String>, AppError> {
        Ok(None)
    }
    fn is_own(&self, address: &str) -> bool {
        // As the web's driver: what has the host that was given, or where that led.
        let host = if self.fault == Fault::Elsewhere { "http://localhost" } else { "http://127.0.0.1" };
        address.is_empty() || address.starts_with(host)
    }
    async fn set_permission(&mut self, _: &str, _: Standing) -> Result<bool, AppError> {
        Ok(!self.graph.permissions.is_empty())
    }
    async fn move_clock(&mut self, _: u32) -> Result<bool, AppError> {
        Ok(true)
    }
    async fn set_guard(&mut self, _: Guard) -> Result<bool, AppError> {
        Ok(true)
    }
    async fn stop(&mut self) {}
}

/// Sessions of a replayed app.
pub struct Replays {
    pub graph: Arc<Graph>,
    pub fault: Fault,
}

impl Replays {
    /// Reads what a recording holds.
    pub fn of(folder: &Path, fault: Fault) -> Replays {
        Replays { graph: Arc::new(Graph::read(folder)), fault }
    }
}

#[async_trait]
impl Sessions for Replays {
    async fn open(&self) -> Result<Box<dyn App>, AppError> {
        let app = Replayed::new(self.graph.clone(), self.fault);
        Ok(Box::new(Careful::before(Box::new(app), Arc::new(Care::default()))))
    }
    fn side_by_side(&self) -> bool {
        true
    }
}
