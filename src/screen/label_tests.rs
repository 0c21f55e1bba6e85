use super::*;

#[test]
fn the_words_in_sight_go_before_a_name_for_those_who_cannot_see() {
    for (name, text, label) in [
        ("allow cookies", "好的", "好的"),
        ("", "好的", "好的"),
        ("关闭", "×", "关闭"),
        ("关闭", "", "关闭"),
        ("关闭本提示", "关闭", "关闭本提示"),
    ] {
        let mut element = Element::new(Role::Button, "a", Rect::default());
        (element.name, element.text) = (name.to_owned(), text.to_owned());
        let screen = Screen { elements: vec![element], density: 1.0, ..Screen::default() };
        assert_eq!(screen.label(0), label, "{name} {text}");
    }
}
