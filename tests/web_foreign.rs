//! Small apps that share nothing with the sample app: plain pages, each about one kind of fault that candor had on apps
//! which nobody here wrote. Every kind has what accuses and what does not.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::support::{Run, assert_verdict, candor, scenario};

const HEAD: &str = "<!doctype html><html lang=zh-CN><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1'>
<style>body{font:16px/1.6 sans-serif;color:#222;margin:0 16px}a,button{display:block;width:100%;padding:12px 0;font:inherit;text-align:left;color:#124a9c;background:#fff;border:0;border-bottom:1px solid #ccc}
.over{position:fixed;inset:0;background:#0008}.card{position:absolute;left:20px;right:20px;top:160px;background:#fff;padding:18px}.bar{position:fixed;left:0;right:0;bottom:0;background:#eee;padding:16px}p a,label a{display:inline;border:0}</style>";
const HOME: &str =
    "<h1>云谷</h1><p>本周新到：陈皮、白茶、稻花香。</p><a href=/me>我的</a><a href=/sort>分类</a>";
const POLICY: &str = "<title>隐私政策</title><h1>隐私政策</h1><p>本政策由云谷网络有限公司发布，自2026年5月1日起生效。</p>
<p>您下单时，我们收集您的收货人姓名、手机号码和收货地址，用于配送商品并与您联系。</p><p>您联系客服时，我们收集您填写的问题描述和订单编号，用于核对和答复。</p>
<p>为完成配送，我们向承运的快递公司提供收货人姓名、手机号码和收货地址。您可以查阅、更正、删除自己的信息。</p>";
/// Takes a prompt away for good.
const CLOSE: &str = "<script>const done = how => { localStorage.answer = how; document.getElementById('ask').remove(); }; if (localStorage.answer) document.getElementById('ask').remove();</script>";

/// Serves pages by their path; `/me` leads to the policy and `/policy` is one, unless they are given.
async fn serve(pages: &[(&str, String)]) -> u16 {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    all.insert("/me".into(), "<title>我的</title><h1>我的</h1><a href=/policy>隐私政策</a>".into());
    all.insert("/sort".into(), "<title>分类</title><h1>分类</h1><p>茶叶、粮食、干货。</p>".into());
    all.insert("/policy".into(), POLICY.into());
    all.extend(pages.iter().map(|(path, page)| ((*path).to_owned(), page.clone())));
    let all = Arc::new(all);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let app = axum::Router::new().fallback(move |uri: axum::http::Uri| {
        let all = all.clone();
        async move {
            match all.get(uri.path()) {
                Some(page) => Ok(axum::response::Html(format!("{HEAD}{page}"))),
                None => Err(axum::http::StatusCode::NOT_FOUND),
            }
        }
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    port
}

async fn audit(pages: &[(&str, String)], probes: &[&str]) -> Run {
    let port = serve(pages).await;
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = scenario(folder.path(), &format!("http://127.0.0.1:{port}/"), probes);
    candor(&["run", "--quiet", scenario.to_str().expect("a path")]).await
}

/// A main screen with a prompt over it.
fn prompt(inside: &str) -> String {
    format!(
        "<title>云谷</title>{HOME}<div id=ask class=over role=dialog aria-modal=true><div class=card>{inside}</div></div>{CLOSE}"
    )
}

fn said(run: &Run, event: &str) -> Vec<String> {
    let all = run.timeline().into_iter().filter(|entry| entry["event"] == event);
    all.map(|entry| entry["by"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_that_can_only_be_acknowledged_is_no_consent() {
    let page = prompt(
        "欢迎使用。请阅读<a href=/policy>《隐私政策》</a>。<button onclick=\"done('ok'); navigator.geolocation.getCurrentPosition(() => 0, () => 0)\">我知道了</button>",
    );
    let run = audit(&[("/", page)], &["first_run"]).await;
    assert_verdict(&run, "1.2", "conforms");
    assert_verdict(&run, "3.4", "review");
    assert_verdict(&run, "3.1", "review");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agree_button_that_waits_for_its_box_is_tapped_and_refusing_is_not() {
    let page = prompt("请阅读<a href=/policy>《隐私政策》</a>。<label><input id=b type=checkbox style='width:20px;height:20px' onchange=\"setTimeout(() => y.disabled = !b.checked, 400)\"> 我已阅读并同意《隐私政策》</label>
        <button id=y disabled onclick=\"done('yes')\">同意并继续</button><button onclick=\"done('no')\">再想想</button>");
    let run = audit(&[("/", page)], &["first_run", "sign_in_form", "refuse_consent"]).await;
    assert_eq!(said(&run, "consent_given"), ["同意并继续"]);
    assert_eq!(said(&run, "consent_refused"), ["再想想"]);
    assert_verdict(&run, "3.4", "conforms");
    assert_ne!(run.verdict("3.2"), "violation", "{}", run.finding("3.2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bar_in_a_consent_managers_words_is_answered() {
    let page = format!(
        "<title>云谷</title>{HOME}<div id=ask class=bar><p>你好！我们可以为了统计启用一些额外的服务吗？你随时可以改变或撤回同意，详见<a href=/policy>隐私声明</a>。</p>
        <button>让我来选</button><button onclick=\"done('no')\">拒绝</button><button onclick=\"done('yes')\">没事的</button></div>{CLOSE}"
    );
    let run = audit(&[("/", page)], &["first_run", "refuse_consent"]).await;
    assert_eq!(said(&run, "consent_given"), ["没事的"]);
    assert_eq!(said(&run, "consent_refused"), ["拒绝"]);
    assert_verdict(&run, "1.2", "conforms");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_of_a_dialog_that_listens_for_all_of_them_are_tapped() {
    // No role, no place above the others but its own, and keys that nothing but the dialog itself listens for.
    let page = format!(
        "<title>云谷</title>{HOME}<style>.mask{{position:fixed;inset:0;background:rgba(10,20,50,.5)}}.mask .key{{display:inline-block;width:40%;cursor:default}}</style>
        <div id=ask class=mask><div class=card><p>请阅读并同意<a href=/policy>《隐私政策》</a>，我们用手机号码创建账号。</p><a class=key data-say=no>暂不同意</a><a class=key data-say=yes>同意使用</a></div></div>
        <script>ask.addEventListener('click', event => {{ const say = event.target.dataset.say; if (say) {{ localStorage.answer = say; ask.remove(); }} }}); if (localStorage.answer) ask.remove();</script>"
    );
    let run = audit(&[("/", page)], &["first_run", "refuse_consent"]).await;
    assert_eq!(said(&run, "consent_given"), ["同意使用"]);
    assert_eq!(said(&run, "consent_refused"), ["暂不同意"]);
    assert_verdict(&run, "1.2", "conforms");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_footers_link_and_a_carousels_next_ask_nobody() {
    let page = format!(
        "<title>云谷</title>{HOME}<section><p>春茶上新</p><button>Next</button></section><footer><a href=/policy>隐私政策</a></footer>"
    );
    let run = audit(&[("/", page)], &["first_run"]).await;
    assert_eq!(said(&run, "consent_given"), [""; 0]);
    assert!(["violation", "review"].contains(&run.verdict("1.2").as_str()), "{}", run.finding("1.2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_one_button_asks_where_words_around_the_link_ask_to_read() {
    let page = "<title>云谷</title><h1>欢迎来到云谷</h1><p>使用之前，请您仔细阅读<a href=/policy>《隐私政策》</a>。</p><button onclick=\"location.href='/home'\">开始使用</button>";
    let home = format!("<title>云谷</title>{HOME}");
    let run = audit(&[("/", page.to_owned()), ("/home", home)], &["first_run"]).await;
    assert_eq!(said(&run, "consent_given"), ["开始使用"]);
    assert_verdict(&run, "1.2", "conforms");
}

#[tokio::test(flavor = "multi_thread")]
async fn whether_a_coupons_purpose_is_the_fields_is_for_a_person() {
    let me = |beside: &str| {
        format!(
            "<title>我的</title><h1>我的</h1><p>红包可用于支付运费。</p><div style='height:260px'></div><p>{beside}</p><label>身份证号 <input style='height:40px' placeholder=身份证号></label>"
        )
    };
    for (beside, verdict) in [("请填写", "review"), ("身份证号用于办理跨境清关。", "conforms")]
    {
        let home = format!("<title>云谷</title>{HOME}");
        let run = audit(
            &[("/", home), ("/me", me(beside))],
            &["first_run", "accept_consent", "refuse_permissions"],
        )
        .await;
        assert_verdict(&run, "2.3", verdict);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bullets_before_sentences_are_no_boxes() {
    let page = prompt("请阅读<a href=/policy>《隐私政策》</a>：<div><span>●</span> <span>未经您授权同意，我们不会提供您的个人信息。</span></div><div><span>✔</span> <span>您同意后可以随时撤回。</span></div>
        <button onclick=\"done('yes')\">同意</button><button onclick=\"done('no')\">不同意</button>");
    let run = audit(&[("/", page)], &["first_run", "sign_in_form"]).await;
    assert_verdict(&run, "3.4", "conforms");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_browser_knows_is_no_fingerprint_and_a_drawn_canvas_is() {
    let page = |script: &str| {
        prompt(&format!(
            "请阅读<a href=/policy>《隐私政策》</a>。<button onclick=\"done('yes')\">同意</button><button onclick=\"done('no')\">不同意</button><script>const c = document.createElement('canvas');{script}</script>"
        ))
    };
    let webp = "c.width = c.height = 1; c.toDataURL('image/webp'); navigator.userAgentData && navigator.userAgentData.getHighEntropyValues(['platformVersion'])";
    let run = audit(&[("/", page(webp))], &["first_run"]).await;
    assert_ne!(run.verdict("3.1"), "violation", "{}", run.finding("3.1"));
    let drawn = "c.width = 200; c.height = 40; c.getContext('2d').fillText('永和', 4, 20); c.toDataURL('image/webp'); const g = document.createElement('canvas').getContext('webgl'); if (g) g.getParameter(0x9246); navigator.userAgentData.getHighEntropyValues(['model']); navigator.mediaDevices.enumerateDevices()";
    let run = audit(&[("/", page(drawn))], &["first_run"]).await;
    assert_ne!(run.verdict("3.1"), "conforms", "{}", run.finding("3.1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_that_only_names_the_policy_is_no_policy() {
    let page = "<title>登录</title><h1>登录</h1><p>登录即代表您同意《用户协议》和《隐私政策》</p><p>我们使用您的手机号登录，验证码五分钟内有效。首次登录的手机号会自动创建账号，收不到短信时请检查是否被拦截，或过一分钟再试。</p><input type=tel placeholder=手机号><input placeholder=验证码><button>登录</button>";
    let me = "<title>我的</title><h1>我的</h1><a href=/in>登录</a>";
    let home = format!("<title>云谷</title>{HOME}");
    let run = audit(
        &[("/", home), ("/me", me.to_owned()), ("/in", page.to_owned())],
        &["first_run", "find_policy", "read_policy"],
    )
    .await;
    for item in ["1.1", "1.3"] {
        assert_ne!(run.verdict(item), "conforms", "{}", run.finding(item));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn personalisation_that_a_button_switches_off_is_for_a_person() {
    let home = format!("<title>云谷</title>{HOME}<a href=/set>设置</a><h2>为你推荐</h2>");
    let policy = format!("{POLICY}<p>我们根据您的浏览记录向您提供个性化推荐，您可以在设置中关闭。</p>");
    let set = "<title>设置</title><h1>设置</h1><a href=/off>个性化推荐</a>";
    let off = "<title>个性化推荐</title><p>首页按您的浏览记录为您挑选商品。</p><button onclick=\"confirm('确定关闭吗？') && (localStorage.off = 1)\">关闭个性化推荐</button>";
    let run = audit(
        &[("/", home), ("/policy", policy), ("/set", set.to_owned()), ("/off", off.to_owned())],
        &["read_policy", "targeted_push"],
    )
    .await;
    assert_verdict(&run, "3.6", "review");
}

#[tokio::test(flavor = "multi_thread")]
async fn taps_that_are_answered_late_at_random_lead_to_the_policy_all_the_same() {
    let late = "<script>document.addEventListener('click', event => { const link = event.target.closest('a'); if (!link || !event.isTrusted) return; event.preventDefault(); setTimeout(() => location.href = link.href, Math.random() * 1900); })</script>";
    let home = format!("<title>云谷</title>{HOME}{late}");
    let me = format!(
        "<title>我的</title><h1>我的</h1><a href=/policy>隐私政策</a><a href=/sort>优惠活动推送</a>{late}"
    );
    let run = audit(&[("/", home), ("/me", me)], &["first_run", "find_policy", "read_policy"]).await;
    for item in ["1.1", "1.3"] {
        assert_verdict(&run, item, "conforms");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bar_that_stays_hides_no_policy() {
    let bar = "<div class=bar role=dialog>This website keeps a few notes on your visit so that it works as it should, and it does so for as long as you come back to us.<a href=/about>Details</a><button>Fine by me</button></div>";
    let home = format!("<title>云谷</title>{HOME}{bar}");
    let policy = format!("{POLICY}<p>投诉请写信到 privacy@yungu.example ，十个工作日内答复。</p>{bar}");
    let run = audit(
        &[("/", home), ("/policy", policy), ("/about", "<h1>About</h1>".to_owned())],
        &["first_run", "find_policy", "read_policy", "complaint_channel"],
    )
    .await;
    for item in ["1.1", "1.4", "6.5"] {
        assert_verdict(&run, item, "conforms");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn purposes_that_are_on_behind_a_prompt_are_consent_by_default() {
    for (on, verdict) in [("checked", "violation"), ("", "conforms")] {
        let page = prompt(&format!(
            "<div id=one>请阅读<a href=/policy>《隐私政策》</a>。<button onclick=\"one.hidden = true; two.hidden = false\">让我来选</button><button onclick=\"done('no')\">拒绝</button><button onclick=\"done('yes')\">同意</button></div>
            <div id=two hidden><label><input type=checkbox checked disabled> 必要</label><br><label><input type=checkbox {on}> 统计</label><button onclick=\"done('some')\">保存选择</button></div>"
        ));
        let run = audit(&[("/", page)], &["first_run", "sign_in_form", "refuse_consent"]).await;
        assert_verdict(&run, "3.4", verdict);
        assert_eq!(said(&run, "consent_refused"), ["拒绝"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_prompts_choices_opened_again_are_a_way_back() {
    let ask = "<div id=ask class=bar role=dialog>我们想用 Cookie 统计访问，您可以随时撤回同意，详见<a href=/policy>隐私政策</a>。<button onclick=\"localStorage.answer = 'no'; ask.hidden = true\">拒绝</button><button onclick=\"localStorage.answer = 'yes'; ask.hidden = true\">允许</button></div>";
    let again = "<footer><button onclick=\"ask.hidden = false\">Cookie 与服务设置</button></footer><script>ask.hidden = !!localStorage.answer</script>";
    let home = format!("<title>云谷</title>{HOME}{ask}{again}");
    let run = audit(&[("/", home)], &["first_run", "read_policy", "withdraw_consent"]).await;
    assert_eq!(said(&run, "consent_withdrawn"), ["Cookie 与服务设置"]);
    assert_verdict(&run, "3.8", "conforms");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_after_a_refusal_is_no_second_question() {
    let form = "<title>登录</title><h1>登录</h1><input type=tel placeholder=手机号><input type=password placeholder=密码><label><input type=checkbox style='width:20px;height:20px'> 我已阅读并同意<a href=/policy>《隐私政策》</a></label><button>登录</button>";
    let page = prompt(
        "请阅读<a href=/policy>《隐私政策》</a>。<button onclick=\"done('yes')\">同意</button><button onclick=\"done('no')\">不同意</button>",
    )
    .replace(HOME, form);
    let run = audit(&[("/", page)], &["first_run", "read_policy", "refuse_consent"]).await;
    let outcomes = run.timeline().into_iter().filter(|entry| entry["event"] == "after_refusal");
    let outcomes: Vec<_> = outcomes.map(|entry| entry["outcome"].clone()).collect();
    assert!(!outcomes.is_empty() && outcomes.iter().all(|outcome| outcome == "goes_on"), "{outcomes:?}");
    assert_verdict(&run, "3.7", "conforms");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_box_that_is_on_at_registering_behind_the_log_in_accuses() {
    let fields = "<input type=tel placeholder=手机号><input type=password placeholder=密码>";
    let log_in =
        format!("<title>登录</title><h1>登录</h1>{fields}<button>登录</button><a href=/join>注册</a>");
    for (on, verdict) in [("checked", "violation"), ("", "conforms")] {
        let join = format!(
            "<title>注册</title><h1>注册</h1>{fields}<label><input type=checkbox {on} style='width:20px;height:20px'> 我已阅读并同意<a href=/policy>《隐私政策》</a></label><button>立即注册</button>"
        );
        let me = "<title>我的</title><h1>我的</h1><a href=/in>登录</a><a href=/policy>隐私政策</a>";
        let home = prompt(
            "请阅读<a href=/policy>《隐私政策》</a>。<button onclick=\"done('yes')\">同意</button><button onclick=\"done('no')\">不同意</button>",
        );
        let pages = [("/", home), ("/me", me.to_owned()), ("/in", log_in.clone()), ("/join", join)];
        let run = audit(&pages, &["first_run", "find_policy", "sign_in_form", "targeted_push"]).await;
        assert_verdict(&run, "3.4", verdict);
    }
}
