use super::*;

fn blocks(source: &str) -> Vec<(BlockKind, String)> {
    read(source).blocks.into_iter().map(|block| (block.kind, block.text)).collect()
}

#[test]
fn a_page_is_read_as_headings_paragraphs_entries_and_rows() {
    let found = blocks(
        "<!doctype html><head><title>不是正文</title><style>p{}</style></head><body><h2>一、我们<b>收集</b>什么</h2>\
         <p>我们收集您的<span>手机号</span>。<br>第二行</p><ul><li>头像<li>昵称</ul>\
         <table><thead><tr><th>SDK名称</th><th>目的</th></tr></thead><tr><td><p>极光</p></td><td>推送&amp;统计</td></tr></table>\
         <script>var a = '<p>不是';</script><p style='display: none'>藏起来的<b>字</b></p>尾巴",
    );
    assert_eq!(
        found,
        [
            (BlockKind::Heading, "一、我们收集什么".to_owned()),
            (BlockKind::Paragraph, "我们收集您的手机号。".to_owned()),
            (BlockKind::Heading, "第二行".to_owned()),
            (BlockKind::Item, "头像".to_owned()),
            (BlockKind::Item, "昵称".to_owned()),
            (BlockKind::Row, "SDK名称\t目的".to_owned()),
            (BlockKind::Row, "极光\t推送&统计".to_owned()),
            (BlockKind::Heading, "尾巴".to_owned()),
        ]
    );
}

#[test]
fn rows_know_their_columns_and_blocks_their_places() {
    let document = read(
        "<h1>政策</h1><table><tr><td>名称<td>目的<tr><td>甲<td>乙<tr><td>丙<td></table><table><tr><td>别<td>的</table>",
    );
    let columns: Vec<Option<usize>> = document.blocks.iter().map(|block| block.columns).collect();
    assert_eq!(columns, [None, None, Some(1), None, None]);
    for block in &document.blocks {
        assert!(document.passage(block.at, 100).starts_with(&block.text), "{block:?}");
    }
}

#[test]
fn words_page_is_read_as_any_other() {
    let found = blocks(
        "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><p class=MsoNormal><b><span lang=EN-US>1.</span>\
         信息收集<o:p></o:p></b></p><p class=MsoNormal><span style='mso-hide:all'>隐</span>我们收集<o:p>&nbsp;</o:p>姓名。</p>",
    );
    assert_eq!(found[0], (BlockKind::Heading, "1.信息收集".to_owned()));
    assert_eq!(found[1], (BlockKind::Paragraph, "我们收集 姓名。".to_owned()));
}

#[test]
fn soup_and_size_are_borne() {
    assert!(read("").blocks.is_empty());
    assert!(read("<p><div></table></tr></td><<<>>&&;<!-- ").blocks.len() <= 2);
    let deep = "<div>".repeat(100_000) + "我们收集您的姓名" + &"</b>".repeat(100_000);
    assert_eq!(read(&deep).blocks.len(), 1);
    let rows = "<tr><td>名称甲<td>目的乙".repeat(3000);
    assert_eq!(read(&format!("<table>{rows}")).blocks.len(), 3000);
    assert!(read("<img src=a.png><img src=b.png>").blocks.is_empty());
}

proptest::proptest! {
    #[test]
    fn any_source_is_read(source in "(<[a-z/]{1,6}[ >]|[\\PC]{0,8}|&[a-z#0-9]{0,6};?|\\s){0,60}") {
        let document = read(&source);
        let characters = document.text.chars().count();
        proptest::prop_assert!(document.blocks.iter().all(|block| block.at <= characters));
    }
}
