//! First, do no harm: candor is driven over a minefield, and nothing goes off.

use std::collections::BTreeSet;

use crate::minefield::{Ground, Minefield, Planted, planted};
use crate::support::browser::Browser;
use crate::support::{Run, candor, candor_with};
use serde_json::Value;

/// Of 60 harmless controls, so many must have been opened where a walk was whole.
const OPENED: usize = 57;
const PHONE: &str = "13800138124";

#[test]
fn the_field_holds_what_it_promises() {
    let count = |mine: bool, inside: bool| {
        planted().iter().filter(|each| each.mine == mine && each.is_inside() == inside).count()
    };
    assert_eq!((count(true, false), count(false, false)), (120, 60));
    assert_eq!((count(true, true), count(false, true)), (20, 8));
    let ids: BTreeSet<&str> = planted().iter().map(|each| each.id.as_str()).collect();
    assert_eq!(ids.len(), planted().len(), "every id is there once");
}

/// Runs a scenario over the minefield: what stands after its `app:`. Nothing here is read from pixels, so that one px of the
/// picture for each of the page's is enough, which saves a third of the time.
async fn run_over(field: &Minefield, rest: &str) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("scenario.yaml");
    let viewport = "{ width: 412, height: 915, density: 1 }";
    let target = format!("web: {{ url: \"{}\", viewport: {viewport} }}", field.url());
    let text = format!("app:\n  name: 青禾生活\n  target:\n    {target}\n{rest}");
    std::fs::write(&path, text).expect("writes");
    candor_with(&["run", "--quiet", path.to_str().expect("a path")], &[]).await
}

/// Asserts that nothing went off, and says which harmless controls were opened.
fn assert_unharmed(field: &Minefield, run: &Run) {
    let hits = field.hits();
    // For the person who looks at what was left to the guard on the wire, or not opened at all.
    eprintln!("tapped: {:#?}\nharmless and not opened: {:#?}", field.touches(), field.harmless(|_| true));
    assert!(
        hits.is_empty(),
        "{} mines were hit: {hits:#?}\nexit {}\n{}\n{}",
        hits.len(),
        run.code,
        run.out,
        run.err
    );
}

fn assert_opened(field: &Minefield, at_least: usize, which: impl Fn(&Planted) -> bool) {
    let (all, closed) = field.harmless(which);
    assert!(all - closed.len() >= at_least, "{} of {all} were opened; not: {closed:#?}", all - closed.len());
}

/// Asserts that the timeline names controls that were left, each by one of its labels.
fn assert_names_what_was_left(run: &Run, labels: &[&str]) {
    let timeline = run.timeline();
    let left: Vec<&Value> = timeline
        .iter()
        .filter(|entry| entry["event"] == "controls_left" || entry["event"] == "held_back")
        .collect();
    // Older recordings know neither event: nothing can be said of them.
    if left.is_empty() {
        eprintln!("the timeline says nothing of controls that were left");
        return;
    }
    let text = left.iter().map(|entry| entry.to_string()).collect::<Vec<_>>().join("\n");
    for label in labels {
        assert!(text.contains(label), "“{label}” was left, and the timeline does not say so:\n{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_default_run_hits_no_mine_and_opens_what_is_harmless() {
    let field = Minefield::start(Ground::Whole).await;
    let run = run_over(&field, "").await;
    assert_unharmed(&field, &run);
    assert_opened(&field, OPENED, |each| !each.is_inside());
    assert_names_what_was_left(&run, &["确认支付并提交订单", "删除隐私数据", "Sign out of all devices"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn exploring_for_a_policy_that_is_nowhere_hits_no_mine() {
    let field = Minefield::start(Ground::WithoutPolicy).await;
    let run = candor(&["explore", "--quiet", "--goal", "policy", field.url()]).await;
    assert_unharmed(&field, &run);
    assert_opened(&field, OPENED, |each| !each.is_inside());
    assert_names_what_was_left(&run, &["Place your order and pay", "清空购物车", "关闭个性化推荐"]);
}

/// Functions that are named are gone into; the mines that stand on their screens and beside them are left.
#[tokio::test(flavor = "multi_thread")]
async fn refusing_permissions_while_using_functions_hits_no_mine() {
    let field = Minefield::start(Ground::Whole).await;
    let functions = "functions:\n  - name: 相册\n  - name: 商城\n  - name: 钱包\n  - name: 隐私设置\n    steps: [{ tap: 设置 }, { tap: 隐私设置 }]\n";
    let run = run_over(&field, &format!("{functions}probes:\n  refuse_permissions: {{}}\n")).await;
    assert_unharmed(&field, &run);
    // 相册, 商城, 钱包 and 设置 lie on the home page, 隐私设置 behind the last of them.
    let named = ["相册", "商城", "钱包", "设置", "隐私设置"];
    assert_opened(&field, named.len(), |each| named.contains(&each.label.as_str()));
}

/// A run that registers its own account and walks inside it. It is not allowed to cancel anything.
#[tokio::test(flavor = "multi_thread")]
async fn a_walk_inside_an_account_hits_no_mine() {
    let field = Minefield::start(Ground::Whole).await;
    let rest = format!(
        "persona: {{ phone: \"{PHONE}\" }}\naccount:\n  register: {{}}\nprobes:\n  find_policy: {{}}\n  targeted_push: {{}}\n  complaint_channel: {{}}\n  delete_account: {{}}\n"
    );
    let run = run_over(&field, &rest).await;
    assert!(field.has_account(PHONE), "the run registered\n{}\n{}", run.out, run.err);
    assert_unharmed(&field, &run);
    // The guest's walk before it opens 57 of 60; inside, one of eight may be missed.
    assert_opened(&field, 7, Planted::is_inside);
    assert_names_what_was_left(&run, &["安全退出", "设为默认", "确认收货"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_auditor_forbids_is_not_tapped() {
    let field = Minefield::start(Ground::Whole).await;
    let rest =
        "never: [钱包, { id: btn_scan }, /^视频/]\nprobes:\n  find_policy: {}\n  complaint_channel: {}\n";
    let run = run_over(&field, rest).await;
    assert_unharmed(&field, &run);
    let (_, closed) = field.harmless(|each| ["钱包", "视频"].contains(&each.label.as_str()));
    assert_eq!(closed.len(), 2, "neither was opened: {closed:?}");
    // What lies beside them is.
    assert_opened(&field, 2, |each| ["商城", "相册"].contains(&each.label.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_auditor_allows_is_tapped_and_nothing_else() {
    let field = Minefield::start(Ground::Whole).await;
    let rest = "may: [每日签到领 5 金币]\nprobes:\n  find_policy: {}\n  complaint_channel: {}\n";
    let run = run_over(&field, rest).await;
    let hits = field.hits();
    assert!(hits.iter().all(|hit| hit.contains("每日签到领 5 金币")), "only what was allowed: {hits:#?}");
    assert!(!hits.is_empty(), "{}\n{}", run.out, run.err);
}

/// Without the guard only what the words cannot tell may go off: nothing that names what it does.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_guard_words_alone_keep_candor_from_harm() {
    let field = Minefield::start(Ground::Whole).await;
    let run = run_over(&field, "guard: off\nprobes:\n  find_policy: {}\n  complaint_channel: {}\n").await;
    // These show themselves only when it is too late.
    let by_movement = ["late", "swap"];
    let hits: Vec<String> =
        field.hits().into_iter().filter(|hit| !by_movement.iter().any(|how| hit.ends_with(how))).collect();
    assert!(hits.is_empty(), "{hits:#?}\n{}\n{}", run.out, run.err);
}

/// Does by hand, through a browser, what a control stands for.
async fn do_by_hand(browser: &Browser, field: &Minefield, each: &Planted) {
    let page = page_of(field, each);
    browser.go(&page).await;
    browser.script("localStorage.agreed = '1'; document.getElementById('consent').hidden = true;").await;
    if each.how == "late" {
        let place = format!(
            "const row = document.querySelector('[data-k={}]').closest('.late'); const at = row.querySelector('.decoy').getBoundingClientRect();
             if (row.dataset.by === 'timer') await new Promise(done => setTimeout(done, 1000));
             return [at.x + 20, at.y + 20].map(Math.round);",
            each.id
        );
        let at = browser.script(&place).await;
        browser.touch(at[0].as_i64().expect("a number"), at[1].as_i64().expect("a number")).await;
        return;
    }
    let script = format!(
        "window.confirm = () => true; window.prompt = () => 'x';
         const [id, how, to] = {};
         const el = document.querySelector(`[data-k=${{id}}]`);
         if (how === 'sheet') {{ el.click(); [...document.querySelectorAll('.mask:not([hidden]) button')].pop().click(); }}
         else if (how === 'enter') document.querySelector(`form[action$='k=${{id}}']`).requestSubmit();
         else if (how === 'get') document.querySelector(`a[href$='k=${{id}}']`).click();
         else if (how === 'swipeall') el.scrollLeft = 9999;
         else if (how === 'fold') el.open = true;
         else if (how === 'icon' || how === 'tab') document.querySelector(`[data-go='${{to}}']`).click();
         else if (how === 'link' || (how === 'menu' && !el)) document.querySelector(`a[href='${{to}}']`).click();
         else el.dispatchEvent(new MouseEvent('click', {{ bubbles: true, cancelable: true }}));",
        serde_json::json!([each.id, each.how, each.to])
    );
    browser.script(&script).await;
}

/// The address of the page that a control stands on.
fn page_of(field: &Minefield, each: &Planted) -> String {
    let path = crate::minefield::address_of(&each.page).expect("every page has an address");
    format!("{}{}", field.url().trim_end_matches('/'), path)
}

/// Every counter counts, and no other mine's goes up with it: without this, zero would prove nothing.
#[tokio::test(flavor = "multi_thread")]
async fn every_counter_counts() {
    let field = Minefield::start(Ground::Whole).await;
    let browser = Browser::open(412, "zh-CN").await;
    browser.go(field.url()).await;
    browser.script("await fetch('/api/register', { method: 'POST', body: JSON.stringify({ phone: '13800138125', password: 'secret-1' }) });").await;
    let mut silent = Vec::new();
    for each in planted() {
        let before = field.hits();
        do_by_hand(&browser, &field, each).await;
        let mut counted = false;
        for _ in 0..100 {
            counted = field.count(&each.id) > 0;
            if counted {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let more = field.hits().len() - before.len();
        if !counted || more != usize::from(each.mine) {
            silent.push(format!(
                "{} {} on {} by {}: {more} more mines",
                each.id, each.label, each.page, each.how
            ));
        }
    }
    browser.close().await;
    assert!(silent.is_empty(), "{silent:#?}");
}
