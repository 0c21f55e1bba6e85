use super::super::goal::PolicyText;
use super::*;
use crate::screen::{Element, Rect, Tappable};

fn screen(labels: &[&str]) -> Screen {
    let mut screen = Screen { width: 400.0, height: 900.0, density: 1.0, ..Screen::default() };
    for (row, label) in labels.iter().enumerate() {
        let mut element =
            Element::new(Role::Button, "button", Rect::new(0.0, row as f32 * 40.0, 300.0, 36.0));
        element.text = (*label).to_owned();
        element.tappable = Some(Tappable::Native);
        element.tap_at = Some(element.rect.center());
        screen.elements.push(element);
    }
    screen
}

fn ways_of(screen: &Screen) -> Ways {
    ways_from(screen, &[&PolicyText], &|around, at| around.danger_of(at, Default::default()))
}

#[test]
fn an_alert_is_only_dismissed() {
    let alert = Screen { alert: Some("Delete all your photos?".to_owned()), ..screen(&["设置"]) };
    let ways = ways_of(&alert).ways;
    assert!(matches!(ways[..], [Way { operation: Operation::Answer { accept: false }, .. }]));
}

#[test]
fn a_row_that_a_swipe_deletes_is_not_swiped() {
    let mut rows = screen(&["第一行 删除", "第二行"]);
    for element in &mut rows.elements {
        element.scroll_left = (80.0, 0.0);
    }
    let swiped: Vec<f32> = ways_of(&rows)
        .ways
        .iter()
        .filter_map(|way| match way.operation {
            Operation::Swipe { y, .. } => Some(y),
            _ => None,
        })
        .collect();
    assert_eq!(swiped, [58.0]);
}

fn labels(ways: &Ways) -> Vec<String> {
    ways.ways.iter().filter_map(|way| way.label.clone()).collect()
}

#[test]
fn nothing_that_pays_calls_posts_logs_out_or_deletes_is_a_way() {
    let found = ways_of(&screen(&[
        "立即支付",
        "拨打客服电话",
        "发布评价",
        "退出登录",
        "注销账号",
        "清空购物车",
        "设置",
    ]));
    assert_eq!(labels(&found), ["设置"]);
    let left: Vec<&str> = found.left.iter().map(|left| left.label.as_str()).collect();
    assert_eq!(left, ["立即支付", "拨打客服电话", "发布评价", "退出登录", "注销账号", "清空购物车"]);
}

#[test]
fn entries_of_one_kind_are_sampled_and_menus_are_not() {
    let goods: Vec<String> = (1..=8).map(|n| format!("商品 {n} ¥{n}9.00")).collect();
    let goods: Vec<&str> = goods.iter().map(String::as_str).collect();
    let found = ways_of(&screen(&goods));
    assert_eq!((found.ways.len(), found.alike_skipped), (2, 6));
    let menu = ["个人资料", "收货地址", "消息通知", "隐私设置", "关于我们"];
    assert_eq!(ways_of(&screen(&menu)).ways.len(), 5);
}

#[test]
fn promising_ways_rank_before_others() {
    let found = ways_of(&screen(&["分类", "设置", "《隐私政策》"]));
    let promise = |label: &str| {
        let way = found.ways.iter().find(|way| way.label.as_deref() == Some(label));
        way.map(|way| way.promise_for(&[&PolicyText]))
    };
    assert!(promise("《隐私政策》") < promise("设置") && promise("设置") < promise("分类"));
}
