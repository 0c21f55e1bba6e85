use proptest::prelude::*;

use super::*;

fn dump(source: &str) -> Screen {
    read(source, 2.625).expect("a source")
}

fn of<'a>(screen: &'a Screen, label: &str) -> &'a Element {
    let at = (0..screen.elements.len()).find(|&at| screen.label(at) == label);
    &screen.elements[at.unwrap_or_else(|| panic!("no {label} in {:#?}", screen.elements))]
}

#[test]
fn compose_puts_the_state_on_a_bare_parent() {
    let screen = dump(include_str!("../../tests/sources/compose.xml"));
    let row = of(&screen, "我已阅读并同意《隐私政策》");
    assert_eq!((row.role, row.checked), (Role::Checkbox, Some(Checked::On)));
    assert_eq!(row.tap_at, Some((540.0, 360.0)));
    let go = screen.elements.iter().position(|element| element.tappable.is_some() && element.rect.y == 500.0);
    assert_eq!(screen.label(go.expect("a control")), "继续");
    let no = of(&screen, "不同意");
    assert!(no.disabled && no.tap_at.is_none());
    let reading = crate::language::controls::read(&screen);
    assert!(
        reading.boxes.iter().any(|tick| tick.consent && tick.by_tree == Some(Checked::On)),
        "{reading:#?}"
    );
}

#[test]
fn flutter_speaks_through_descriptions() {
    let screen = dump(include_str!("../../tests/sources/flutter.xml"));
    assert_eq!(screen.whole_text(), "隐私政策 更新日期：2026年1月1日\n我们收集您的手机号用于注册账号。\n");
    assert_eq!(of(&screen, "同意并继续").role, Role::Button);
    assert!(of(&screen, "返回").tap_at.is_some());
    assert!(screen.elements.iter().any(|element| element.scroll_left == (0.0, 1840.0)));
}

#[test]
fn what_is_missing_is_taken_from_what_is_there() {
    let screen = dump(include_str!("../../tests/sources/attributes-missing.xml"));
    assert_eq!((screen.width, screen.height), (720.0, 1280.0));
    assert_eq!(of(&screen, "设置").role, Role::Group);
    assert_eq!(of(&screen, "隐私政策").tap_at, Some((360.0, 250.0)));
    let search = of(&screen, "搜索商品");
    assert_eq!((search.role, search.text.as_str()), (Role::SearchField, ""));
    assert!(!of(&screen, "无处").seen, "bounds that are no rectangle are no place to tap");
}

#[test]
fn a_tap_avoids_what_lies_inside_or_above() {
    let screen = dump(
        r#"<hierarchy width="400" height="800"><v class="android.view.View" bounds="[0,0][400,800]">
        <r class="android.widget.Row" clickable="true" text="商品" bounds="[0,0][400,100]"><b class="android.widget.Button" clickable="true" text="购买" bounds="[150,0][250,100]"/></r>
        <c class="android.view.View" clickable="true" text="盖住" bounds="[0,200][400,300]"/>
        <d class="android.view.View" clickable="true" text="上层" bounds="[0,200][400,300]"/></v></hierarchy>"#,
    );
    assert_eq!(of(&screen, "商品购买").tap_at, Some((100.0, 50.0)));
    assert_eq!(of(&screen, "盖住").tap_at, None);
    assert_eq!(of(&screen, "上层").tap_at, Some((200.0, 250.0)));
}

#[test]
fn a_window_that_is_smaller_than_the_screen_is_a_dialog() {
    let screen = dump(include_str!("../../tests/sources/permission/not-the-app-s-own-dialog.xml"));
    assert!(screen.elements[0].overlay);
    assert_eq!(screen.address, "com.xiaoman.market");
}

#[test]
fn a_recycled_list_is_read_twice_alike() {
    let list = |first: u32| {
        let rows: String = (first..first + 8).map(|row| format!("<t class=\"android.widget.TextView\" text=\"消息 {row}\" clickable=\"true\" bounds=\"[0,{0}][400,{1}]\"/>", (row - first) * 100, (row - first) * 100 + 100)).collect();
        dump(&format!(
            "<hierarchy width=\"400\" height=\"800\"><l class=\"androidx.recyclerview.widget.RecyclerView\" scrollable=\"true\" bounds=\"[0,0][400,800]\">{rows}</l></hierarchy>"
        ))
    };
    assert!(
        list(1).identity().same_screen(&list(5).identity()),
        "the same rows with other numbers are one screen"
    );
    assert_eq!(list(1).elements[0].role, Role::List);
}

#[test]
fn thousands_of_nodes_are_read() {
    let rows: String = (0..5000).map(|row| format!("<t class=\"android.widget.TextView\" text=\"{row}\" clickable=\"true\" bounds=\"[{0},0][{1},90]\"/>", row % 400, row % 400 + 9)).collect();
    let screen = dump(&format!(
        "<hierarchy width=\"400\" height=\"800\"><v bounds=\"[0,0][400,800]\">{rows}</v></hierarchy>"
    ));
    assert_eq!(screen.elements.len(), 5001);
}

#[test]
fn broken_sources_say_where() {
    for (source, line, part) in [
        ("", 1, "root"),
        ("<hierarchy><a></hierarchy>", 1, "a"),
        ("<hierarchy>\n<a text=x/>", 2, ""),
        ("<hierarchy>\n<a text=\"x\"", 1, "never closed"),
        ("not xml", 1, ""),
        ("<html>\n</html>", 1, "expected <hierarchy>"),
    ] {
        let error = read(source, 2.0).expect_err(source);
        assert_eq!(error.line, line, "{error}");
        assert!(error.to_string().contains(part), "{error}");
    }
    let deep = "<a bounds=\"[0,0][1,1]\">".repeat(100_000);
    assert!(read(&deep, 2.0).expect_err("too deep").why.contains("levels"));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(source in ".{0,400}") {
        let _ = read(&source, 2.0);
    }

    #[test]
    fn any_attributes_give_a_sound_tree(
        nodes in prop::collection::vec(("[a-zA-Z.$]{0,20}", "\\PC{0,20}", any::<[i32; 4]>(), any::<[bool; 5]>(), 0usize..6), 0..30)
    ) {
        let mut source = String::from("<hierarchy width=\"400\" height=\"800\">");
        let mut open = 0;
        for (class, text, [l, t, r, b], [click, check, on, scroll, shown], up) in nodes {
            for _ in 0..up.min(open) { source.push_str("</n>"); open -= 1; }
            let text = text.replace(['&', '<', '"'], "");
            source.push_str(&format!("<n class=\"{class}\" text=\"{text}\" content-desc=\"{text}\" bounds=\"[{l},{t}][{r},{b}]\" clickable=\"{click}\" checkable=\"{check}\" checked=\"{on}\" scrollable=\"{scroll}\" displayed=\"{shown}\">"));
            open += 1;
        }
        for _ in 0..open { source.push_str("</n>"); }
        source.push_str("</hierarchy>");
        if let Ok(screen) = read(&source, 2.0) {
            for (at, element) in screen.elements.iter().enumerate() {
                prop_assert!(element.parent.is_none_or(|parent| parent < at));
                if let Some((x, y)) = element.tap_at {
                    prop_assert!((0.0..=400.0).contains(&x) && (0.0..=800.0).contains(&y));
                }
            }
            let _ = (screen.identity(), crate::language::controls::read(&screen), crate::language::permission::read(&screen));
        }
    }
}
