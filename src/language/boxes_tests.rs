use proptest::prelude::*;

use super::*;

const LABEL: &str = "我已阅读并同意《隐私政策》";

fn screen(elements: Vec<Element>) -> Screen {
    Screen { width: 400.0, height: 800.0, density: 1.0, elements, ..Screen::default() }
}
fn at(role: Role, parent: Option<usize>, (x, y, width, height): (f32, f32, f32, f32)) -> Element {
    Element { parent, ..Element::new(role, "test", Rect::new(x, y, width, height)) }
}
fn text(parent: usize, words: &str) -> Element {
    Element { text: words.to_owned(), ..at(Role::Text, Some(parent), (40.0, 0.0, 300.0, 20.0)) }
}
fn boxes(screen: &Screen) -> Vec<TickBox> {
    find_boxes(screen, &(0..screen.elements.len()).collect::<Vec<_>>())
}
/// A row with something drawn at its left end and the words of consent.
fn row(role: Role, tappable: Option<Tappable>) -> Screen {
    let holder = Element { tappable, ..at(role, None, (0.0, 0.0, 400.0, 20.0)) };
    let drawn = Element { drawn: true, ..at(Role::Group, Some(0), (10.0, 0.0, 20.0, 20.0)) };
    screen(vec![holder, drawn, text(0, LABEL)])
}

#[test]
fn a_drawn_box_whose_row_listens_is_a_box() {
    let found = boxes(&row(Role::Group, Some(Tappable::Listener)));
    assert_eq!(found.len(), 1);
    assert!(found[0].consent && !found[0].ornament && found[0].label == LABEL);
}

#[test]
fn an_icon_that_nothing_listens_for_may_be_an_ornament_and_one_of_a_link_is_no_box() {
    assert!(boxes(&row(Role::Group, None))[0].ornament);
    assert!(boxes(&row(Role::Button, Some(Tappable::Native)))[0].ornament);
    assert!(boxes(&row(Role::Link, Some(Tappable::Native))).is_empty());
}

#[test]
fn a_switch_named_by_its_kind_is_about_the_words_of_its_row() {
    let switch = Element {
        name: "开关".into(),
        checked: Some(Checked::On),
        ..at(Role::Switch, Some(0), (340.0, 0.0, 50.0, 30.0))
    };
    let found = boxes(&screen(vec![at(Role::Group, None, (0.0, 0.0, 400.0, 30.0)), text(0, LABEL), switch]));
    assert!(found[0].consent && found[0].label == LABEL, "{found:?}");
    // A name that says what it is about stays.
    let remember = Element {
        name: "记住我".into(),
        checked: Some(Checked::On),
        ..at(Role::Checkbox, Some(0), (10.0, 0.0, 20.0, 20.0))
    };
    let found =
        boxes(&screen(vec![at(Role::Group, None, (0.0, 0.0, 400.0, 30.0)), remember, text(0, LABEL)]));
    assert!(!found[0].consent && found[0].label == "记住我", "{found:?}");
}

#[test]
fn what_is_drawn_below_a_transparent_control_stands_in_for_it() {
    let row = Element {
        tappable: Some(Tappable::Native),
        labels: Some(1),
        ..at(Role::Label, None, (0.0, 0.0, 400.0, 48.0))
    };
    let native = Element {
        checked: Some(Checked::Off),
        invisible: true,
        ..at(Role::Checkbox, Some(0), (0.0, 0.0, 48.0, 48.0))
    };
    let drawn = Element { drawn: true, seen: false, ..at(Role::Group, Some(0), (15.0, 15.0, 18.0, 18.0)) };
    let found = boxes(&screen(vec![row.clone(), native.clone(), drawn.clone(), text(0, LABEL)]));
    assert_eq!(found[0].rect, drawn.rect);
    // Words from end to end leave no room for a drawing: nothing is there to be looked at.
    let words = Element { rect: Rect::new(0.0, 0.0, 400.0, 48.0), ..text(0, LABEL) };
    let found = boxes(&screen(vec![row, native, words]));
    assert!(found[0].rect.area() == 0.0 && found[0].tap_at.is_some(), "{found:?}");
}

#[test]
fn a_row_that_only_ticks_is_told_from_a_button() {
    let row =
        Element { tappable: Some(Tappable::Listener), ..at(Role::Group, None, (0.0, 0.0, 100.0, 20.0)) };
    let circle = Element { checked: Some(Checked::Off), ..at(Role::Radio, Some(0), (0.0, 0.0, 20.0, 20.0)) };
    let button = Element {
        tappable: Some(Tappable::Native),
        text: "同意".into(),
        ..at(Role::Button, None, (0.0, 40.0, 100.0, 40.0))
    };
    let screen = screen(vec![row, circle, text(0, "同意"), button]);
    assert!(only_ticks(&screen, 0) && only_ticks(&screen, 1));
    assert!(!only_ticks(&screen, 2) && !only_ticks(&screen, 3));
    let controls = crate::language::controls::read(&screen).controls;
    assert_eq!(controls.iter().map(|control| control.element).collect::<Vec<_>>(), [3]);
}

fn elements() -> impl Strategy<Value = Vec<Element>> {
    let one = (
        (any::<prop::sample::Index>(), 0usize..6, 0usize..5),
        (-50f32..500.0, -50f32..900.0, 0f32..420.0, 0f32..80.0),
        (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()),
        proptest::option::of(any::<prop::sample::Index>()),
    );
    proptest::collection::vec(one, 0..24).prop_map(|parts| {
        let count = parts.len();
        let made =
            parts.into_iter().enumerate().map(|(own, ((parent, role, words), rect, flags, labels))| {
                let role =
                    [Role::Group, Role::Checkbox, Role::Label, Role::Link, Role::Button, Role::Text][role];
                let mut element = at(role, (own > 0).then(|| parent.index(own)), rect);
                element.text = ["", LABEL, "同意", "☑", "记住我"][words].to_owned();
                element.checked =
                    (role == Role::Checkbox).then_some(if flags.0 { Checked::On } else { Checked::Off });
                (element.seen, element.drawn, element.invisible) = (flags.1, flags.2, flags.3 && !flags.1);
                element.tappable = flags.0.then_some(Tappable::Listener);
                element.labels = labels.map(|labels| labels.index(count));
                element
            });
        made.collect()
    })
}

proptest! {
    #[test]
    fn any_tree_is_read(elements in elements()) {
        let screen = screen(elements);
        for tick in boxes(&screen) {
            let element = &screen.elements[tick.element];
            prop_assert!(element.seen || element.invisible, "a box is seen, or something is seen in its place");
            prop_assert!(!tick.ornament || tick.by_tree.is_none());
        }
        crate::language::controls::read(&screen);
    }
}
