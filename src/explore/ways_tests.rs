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

fn labels(ways: &Ways) -> Vec<String> {
    ways.ways.iter().filter_map(|way| way.label.clone()).collect()
}

#[test]
fn nothing_that_pays_calls_posts_logs_out_or_deletes_is_a_way() {
    let found = ways_from(
        &screen(&["立即支付", "拨打客服电话", "发布评价", "退出登录", "注销账号", "清空购物车", "设置"]),
        &[&PolicyText],
    );
    assert_eq!(labels(&found), ["设置"]);
    assert_eq!(found.dangerous_skipped, 6);
    assert!(is_dangerous("联系我们", "tel:4000000000", ""));
    assert!(is_dangerous("", "", "com.shop:id/btn_delete"));
}

#[test]
fn entries_of_one_kind_are_sampled_and_menus_are_not() {
    let goods: Vec<String> = (1..=8).map(|n| format!("商品 {n} ¥{n}9.00")).collect();
    let goods: Vec<&str> = goods.iter().map(String::as_str).collect();
    let found = ways_from(&screen(&goods), &[&PolicyText]);
    assert_eq!((found.ways.len(), found.alike_skipped), (2, 6));
    let menu = ["个人资料", "收货地址", "消息通知", "隐私设置", "关于我们"];
    assert_eq!(ways_from(&screen(&menu), &[&PolicyText]).ways.len(), 5);
}

#[test]
fn promising_ways_rank_before_others() {
    let found = ways_from(&screen(&["分类", "设置", "《隐私政策》"]), &[&PolicyText]);
    let promise = |label: &str| {
        found.ways.iter().find(|way| way.label.as_deref() == Some(label)).map(|way| way.promise)
    };
    assert!(promise("《隐私政策》") < promise("设置") && promise("设置") < promise("分类"));
}
