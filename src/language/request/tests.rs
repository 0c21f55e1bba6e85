use std::time::Instant;

use proptest::prelude::*;

use super::*;

/// Whether the guard's words find a deed, as it asks: address first, then the body unless it is a log-in.
fn deed(address: &str, body: &str) -> Option<String> {
    find_deed_in_address(address).or_else(|| {
        if is_log_in(address) { None } else { find_deed_in_body(body.as_bytes(), only_asks(address)) }
    })
}

const HELD: &[(&str, &str)] = &[
    ("/api/deleteAccount", ""),
    ("/api/delete_account", ""),
    ("/api/user/delete-account", ""),
    ("/api/cart/removeItem", ""),
    ("/api/order/create", ""),
    ("/api/orders", ""),
    ("/v2/doPay", ""),
    ("/api/deleteaccount", ""),
    ("/api/dopay", ""),
    ("/contract/qianyue", ""),
    ("/user/zhuxiao", ""),
    ("/api/tijiaodingdan", ""),
    ("/api/DELETEUSER", ""),
    ("/api/HTTPCancelOrder", ""),
    ("/account/logout", ""),
    ("/auth/sign-out", ""),
    ("/api/user/logoutAll", ""),
    ("/api/follow/123", ""),
    ("/api/user/unfollow", ""),
    ("/post/like", ""),
    ("/video/tip/send", ""),
    ("/api/live/gift", ""),
    ("/api/membership/subscribe", ""),
    ("/api/unsubscribe", ""),
    ("/hotel/booking", ""),
    ("/doctor/appointment/add", ""),
    ("/api/invite/friends", ""),
    ("/api/share", ""),
    ("/moments/publish", ""),
    ("/api/posts/create", ""),
    ("/api/createPost", ""),
    ("/api/comment/add", ""),
    ("/api/comments", ""),
    ("/api/device/unbind", ""),
    ("/api/bindCard", ""),
    ("/user/settings", ""),
    ("/user/switch/personalised", ""),
    ("/api/toggle", ""),
    ("/api/history/clear", ""),
    ("/api/reset", ""),
    ("/api/report/user", ""),
    ("/api/complaint", ""),
    ("/money/transfer", ""),
    ("/wallet/withdraw", ""),
    ("/wallet/recharge", ""),
    ("/order/cancel?id=7", ""),
    ("/api/refund/apply", ""),
    ("/api?action=deleteUser", ""),
    ("/index.php?do=pay", ""),
    ("/api/%E5%88%A0%E9%99%A4", ""),
    ("/api/提交", ""),
    ("/api/address/add", ""),
    ("/api/profile/update", ""),
    ("/api/profile/save", ""),
    ("/api/checkin", ""),
    ("/work/clock-in", ""),
    ("/api/vote", ""),
    ("/api/message/send", ""),
    ("/captcha/send/cancelAccount", ""),
    ("/api/gateway", r#"{"method":"account.delete","id":1}"#),
    ("/api/gateway", r#"{"cmd":"PLACE_ORDER"}"#),
    ("/api/gateway", r#"{"action":"order","id":1}"#),
    ("/api/gateway", r#"{"data":{"deleteAll":true}}"#),
    ("/api/gateway", r#"{"op":"取消订单"}"#),
    ("/api/gateway", r#"{"status":"cancel"}"#),
    ("/api/gateway", r#"[{"payType":"alipay"}]"#),
    ("/api/gateway", "action=logout&id=4"),
    ("/api/gateway", "id=4&submit=1"),
    ("/api/gateway", "op=%E6%B3%A8%E9%94%80"),
    ("/api/gateway", "biz=%7B%22cmd%22%3A%22unbind%22%7D"),
    ("/api/gateway", "--x\r\nContent-Disposition: form-data; name=\"publish\"\r\n\r\n1\r\n--x--"),
    ("/api/gateway", "--x\r\nContent-Disposition: form-data; name=\"act\"\r\n\r\ndelete\r\n--x--"),
    ("/graphql", r#"{"operationName":"DeleteAccount","variables":{},"extensions":{}}"#),
    ("/graphql", r#"{"query":"mutation DeleteMe { deleteUser(id: 3) { ok } }"}"#),
    ("/graphql", r#"{"query":"mutation { done: placeOrder(id: 3) { ok } }"}"#),
    ("/graphql", r#"[{"query":"mutation FollowUser($id: ID!) { x(id: $id) { ok } }"}]"#),
    ("/api/gateway", r#"{"cmd":"deleteUser","text":"cut off in the mid"#),
    ("/order/list", r#"{"action":"cancel","id":3}"#),
    ("/api/gateway", "delete"),
];

const PASSED: &[(&str, &str)] = &[
    ("/api/login", r#"{"name":"a","password":"b","save":true}"#),
    ("/api/auth/signin", "user=a&password=b&submit=1"),
    ("/token/refresh", ""),
    ("/oauth/token", "grant_type=refresh_token"),
    ("/captcha", ""),
    ("/sms/code", r#"{"phone":"1"}"#),
    ("/sms/sendCode", r#"{"phone":"1"}"#),
    ("/api/send-verification-code", ""),
    ("/api/session", ""),
    ("/api/goods/list", r#"{"page":1,"orderBy":"price"}"#),
    ("/api/getOrderList", r#"{"page":1,"status":"all"}"#),
    ("/api/order/list", r#"{"cancelTime":null,"payStatus":1}"#),
    ("/api/order/list", r#"{"pay":0,"submit":false}"#),
    ("/api/comment/query", ""),
    ("/api/search", r#"{"q":"delete my account"}"#),
    ("/api/search", "keyword=%E5%88%A0%E9%99%A4"),
    ("/api/query?sort=price", ""),
    ("/api/products", r#"{"sortOrder":"desc","page":2}"#),
    ("/api/home/feed", r#"{"seen":["a","b"]}"#),
    ("/api/recommend", ""),
    ("/api/app/checkUpdate", r#"{"version":"1.2"}"#),
    ("/api/version/update", ""),
    ("/collect", r#"{"event":"pageview","ua":"x"}"#),
    ("/log", "a long line of prose in which somebody says that to delete is to pay and to submit"),
    ("/api/config", r#"{"updateTime":12,"createTime":3}"#),
    ("/api/weather", r#"{"city":"Hangzhou"}"#),
    ("/graphql", r#"{"operationName":"Home","query":"query Home { orders { id cancelReason } }"}"#),
    ("/graphql", r#"{"query":"{ me { id } }"}"#),
    ("/api/display", ""),
    ("/api/player/start", ""),
    ("/api/payload", ""),
    ("/api/publisher/12", ""),
    ("/api/modelling", ""),
    ("/api/boarder", ""),
    ("/api/ping", r#"{"isDeleted":false,"updatedAt":3}"#),
    ("/api/visitor", r#"{"platform":"web"}"#),
    ("/api/consent", r#"{"agreed":true}"#),
    ("/api/banner/click", r#"{"id":4}"#),
    ("/api/translate", r#"{"from":"zh","to":"en"}"#),
    ("/api/gateway", r#"{"a":[1,2,3],"b":null,"c":{"d":"e"}}"#),
    ("", ""),
    ("/", "{"),
];

#[test]
fn what_a_request_does_is_known_by_its_words() {
    assert!(HELD.len() + PASSED.len() >= 80);
    let missed: Vec<_> = HELD.iter().filter(|(at, body)| deed(at, body).is_none()).collect();
    let wrong: Vec<_> = PASSED.iter().filter_map(|(at, body)| Some((at, body, deed(at, body)?))).collect();
    assert!(missed.is_empty() && wrong.is_empty(), "not held: {missed:#?}\nheld: {wrong:#?}");
}

#[test]
fn a_get_is_strong_where_its_last_part_or_its_action_says_so() {
    for strong in [
        "https://a.example/photos/7/delete",
        "/account/delete/37",
        "/logout",
        "/cart/remove?id=3",
        "/user/sign-out",
        "/api?action=delete&id=3",
        "/x.php?cmd=doPay",
        "/unsubscribe?u=4",
        "/photos/deletePhoto",
        "/pay",
    ] {
        assert!(find_strong_deed(strong).is_some(), "{strong}");
    }
    for weak in [
        "https://delete.example/photos",
        "/deleted/photos",
        "/help/how-to-delete-account",
        "/delete-account.html",
        "/privacy/delete",
        "/orders",
        "/payment/list",
        "/search?q=delete",
        "/getDeleteReasons",
        "/?action=home",
        "/",
    ] {
        assert_eq!(find_strong_deed(weak), None, "{weak}");
    }
}

#[test]
fn a_huge_body_takes_no_time() {
    let bodies = [
        "{\"a\":".repeat(200_000),
        "mutation{".repeat(100_000),
        "a=b&".repeat(200_000),
        format!("--x{}", "\n--x".repeat(200_000)),
        "删除".repeat(100_000).replace('删', "山"),
        format!("[{}]", "\"pay\u{301}load\",".repeat(3000)),
        "aB".repeat(300_000),
    ];
    let begun = Instant::now();
    for body in &bodies {
        let _ = find_deed_in_body(body.as_bytes(), false);
        let _ = find_deed_in_address(body);
        let _ = find_strong_deed(body);
    }
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

proptest! {
    #[test]
    fn any_request_is_survived(bytes in proptest::collection::vec(any::<u8>(), 0..3000), address in "\\PC{0,300}", text in "[-{}\\[\\]\"a:=&%\\n mutation]{0,300}") {
        for asks in [false, true] {
            let _ = find_deed_in_body(&bytes, asks);
            let _ = find_deed_in_body(text.as_bytes(), asks);
        }
        for at in [&address, &text] {
            let _ = (find_deed_in_address(at), find_strong_deed(at), is_log_in(at), only_asks(at));
        }
    }
}
