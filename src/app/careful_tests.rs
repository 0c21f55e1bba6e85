//! The hand against a double of an app that counts what reaches it.

use std::sync::Mutex;

use super::*;
use crate::screen::{Element, Rect, Role, Tappable};

/// What reached the double.
#[derive(Debug, Default)]
struct Reached {
    operations: Vec<String>,
    guards: Vec<Guard>,
    held: Vec<HeldBack>,
}

/// A double: one screen, and a list of what was done to it.
#[derive(Debug)]
struct Counting {
    screen: Screen,
    reached: Arc<Mutex<Reached>>,
}

#[async_trait]
impl App for Counting {
    async fn start(&mut self, _: Start) -> Result<(), AppError> {
        Ok(())
    }
    async fn look(&mut self) -> Result<Screen, AppError> {
        Ok(self.screen.clone())
    }
    fn watch(&self) -> Watch {
        Watch::default()
    }
    async fn picture(&mut self) -> Result<Option<Vec<u8>>, AppError> {
        Ok(None)
    }
    async fn perform(&mut self, operation: &Operation) -> Result<(), AppError> {
        self.reached.lock().expect("not poisoned").operations.push(operation.to_string());
        Ok(())
    }
    async fn changed(&mut self, _: &Screen, _: Duration) -> Result<Option<Screen>, AppError> {
        Ok(None)
    }
    async fn document_text(&mut self) -> Result<Option<String>, AppError> {
        Ok(None)
    }
    fn is_own(&self, _: &str) -> bool {
        true
    }
    async fn set_guard(&mut self, guard: Guard) -> Result<bool, AppError> {
        self.reached.lock().expect("not poisoned").guards.push(guard);
        Ok(true)
    }
    fn held_back(&mut self) -> Vec<HeldBack> {
        std::mem::take(&mut self.reached.lock().expect("not poisoned").held)
    }
    async fn stop(&mut self) {}
}

const LABELS: [&str; 4] = ["首页", "删除全部", "下一步", "微信登录"];

fn careful(care: Care) -> (Careful, Arc<Mutex<Reached>>) {
    let mut screen = Screen { width: 400.0, height: 800.0, density: 1.0, ..Screen::default() };
    for (row, label) in LABELS.iter().enumerate() {
        let mut element =
            Element::new(Role::Button, "button", Rect::new(0.0, row as f32 * 50.0, 300.0, 40.0));
        (element.text, element.tappable) = ((*label).to_owned(), Some(Tappable::Native));
        element.tap_at = Some(element.rect.center());
        screen.elements.push(element);
    }
    let reached = Arc::new(Mutex::new(Reached::default()));
    let app = Counting { screen, reached: reached.clone() };
    (Careful::before(Box::new(app), Arc::new(care)), reached)
}

fn tap(label: &str) -> Operation {
    let row = LABELS.iter().position(|known| *known == label).expect("a label");
    Operation::Tap { x: 150.0, y: row as f32 * 50.0 + 20.0, label: label.to_owned() }
}

/// The labels that a hand may tap.
async fn tapped(care: Care, hand: Hand) -> Vec<&'static str> {
    let (mut app, _) = careful(care);
    app.look().await.expect("looks");
    app.set_hand(hand).await.expect("sets");
    let mut done = Vec::new();
    for label in LABELS {
        if app.perform(&tap(label)).await.is_ok() {
            done.push(label);
        }
    }
    done
}

#[tokio::test]
async fn a_drawing_inside_of_a_button_is_not_taken_for_it() {
    let (mut app, _) = careful(Care::default());
    let mut screen = app.look().await.expect("looks");
    let mut drawn = Element::new(Role::Image, "svg", screen.elements[0].rect);
    (drawn.parent, drawn.tappable, drawn.tap_at) =
        (Some(0), Some(Tappable::Looks), screen.elements[0].tap_at);
    screen.elements.push(drawn);
    app.screen = screen;
    app.set_hand(Hand::Walking(Place::Account)).await.expect("sets");
    assert_eq!(app.refuses(&tap("首页")), None);
}

fn wishes(text: &str) -> Vec<Wish> {
    serde_saphyr::from_str(text).expect("reads")
}

#[tokio::test]
async fn each_hand_does_what_it_may() {
    let walking = Hand::Walking(Place::Guest);
    assert_eq!(tapped(Care::default(), walking).await, ["首页", "下一步"]);
    assert_eq!(tapped(Care::default(), Hand::Guided).await, ["首页", "下一步", "微信登录"]);
    assert_eq!(tapped(Care::default(), Hand::Trying).await, ["首页", "下一步", "微信登录"]);
    assert_eq!(tapped(Care::default(), Hand::WithLeave).await, LABELS);
}

#[tokio::test]
async fn what_the_auditor_says_goes_before_what_candor_thinks() {
    let never = || Care { never: wishes("[首页, '/^微信/']"), ..Care::default() };
    for hand in [Hand::Walking(Place::Guest), Hand::Guided, Hand::WithLeave] {
        let done = tapped(never(), hand).await;
        assert!(!done.contains(&"首页") && !done.contains(&"微信登录"), "{hand:?}: {done:?}");
    }
    let both = Care { never: wishes("[删除]"), may: wishes("[删除全部, 微信]"), ..Care::default() };
    assert_eq!(tapped(both, Hand::Walking(Place::Guest)).await, ["首页", "下一步", "微信登录"]);
}

#[tokio::test]
async fn the_guard_is_up_in_a_walk_and_lets_through_what_the_auditor_allows() {
    let (mut app, reached) = careful(Care { may: wishes("[删除全部]"), ..Care::default() });
    app.look().await.expect("looks");
    assert_eq!(app.set_hand(Hand::Walking(Place::Guest)).await.expect("sets"), Some(true));
    for label in ["首页", "删除全部", "首页"] {
        app.perform(&tap(label)).await.expect("taps");
    }
    app.set_hand(Hand::WithLeave).await.expect("sets");
    let guards = reached.lock().expect("not poisoned").guards.clone();
    assert_eq!(guards, [Guard::Words, Guard::Off, Guard::Words, Guard::Off]);
}

#[tokio::test]
async fn a_walk_confirms_nothing_and_leaves_what_was_held_back() {
    let (mut app, reached) = careful(Care::default());
    app.look().await.expect("looks");
    app.set_hand(Hand::Walking(Place::Guest)).await.expect("sets");
    assert!(app.perform(&Operation::Answer { accept: true }).await.is_err());
    assert!(app.perform(&Operation::Answer { accept: false }).await.is_ok());
    app.perform(&tap("首页")).await.expect("taps");
    reached.lock().expect("not poisoned").held.push(HeldBack {
        at: jiff::Timestamp::UNIX_EPOCH,
        method: "POST".into(),
        address: "http://127.0.0.1/order".into(),
        because: "order".into(),
        guard: Guard::Words,
    });
    assert_eq!(app.held_back().len(), 1);
    assert_eq!(app.refuses(&tap("首页")).map(|danger| danger.deed).as_deref(), Some("held_back"));
}

#[tokio::test]
async fn an_alert_that_asks_for_a_deed_is_not_accepted_without_leave() {
    let (mut app, _) = careful(Care::default());
    app.screen.alert = Some("Delete all your photos?".to_owned());
    assert!(app.perform(&Operation::Answer { accept: true }).await.is_err());
    app.screen.alert = Some("请阅读并同意《隐私政策》".to_owned());
    assert!(app.perform(&Operation::Answer { accept: true }).await.is_ok());
}
