//! Labels and the deeds that they name.

use super::*;

#[test]
fn every_word_counts_however_long_the_label_is() {
    for label in [
        "Place your order and pay $35.00",
        "确认支付并提交订单（共3件商品，合计¥128.00元）",
        "Sign out of all devices",
        "删除隐私数据",
        "Delete my account",
        "同意《服务协议》并立即支付 ¥199.00",
        "阅读隐私政策后删除全部数据",
        "关闭个性化推荐",
    ] {
        assert!(of_label(label).is_some(), "{label}");
    }
}

#[test]
fn what_names_a_page_or_a_text_is_no_deed_and_clears_nothing_else() {
    for label in [
        "支付设置",
        "如何注销账号",
        "注销须知",
        "我的关注",
        "评价(1200+)",
        "Payment methods",
        "How to delete your account",
        "My bookings",
        "隐私政策",
        "投诉与举报",
        "订单详情",
        "Shopping cart",
        "待评价",
    ] {
        assert_eq!(of_label(label), None, "{label}");
    }
    for label in ["支付设置并立即付款", "如何注销账号？立即注销", "My orders: delete all", "删除记录"]
    {
        assert!(of_label(label).is_some(), "{label}");
    }
}

#[test]
fn an_english_word_is_no_part_of_another_one() {
    for label in ["Likely", "Paypal", "Blockbuster", "Sharepoint", "Carpool"] {
        assert_eq!(of_label(label), None, "{label}");
    }
}

#[test]
fn the_label_table_says_what_is_seen() {
    // For the person who changes the words: CANDOR_LABELS=file prints what the table's labels come to.
    let Some(file) = std::env::var_os("CANDOR_LABELS") else { return };
    let text = std::fs::read_to_string(file).expect("the table");
    for line in text.lines().skip(1) {
        let mut columns = line.split('\t');
        let (Some(label), Some(kind)) = (columns.next(), columns.next()) else { continue };
        let danger = of_label(label);
        if (kind == "harmless") == danger.is_some() {
            println!("{kind}\t{label}\t{danger:?}");
        }
    }
}
