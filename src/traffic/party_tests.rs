//! Whose a host is.

use super::*;

#[test]
fn a_host_is_of_the_app_by_its_domain_and_of_a_company_by_the_longest_name() {
    let declared = Declared {
        own: vec!["shopcdn.cn".to_owned()],
        third: [("stat.shop.com.cn".to_owned(), "某统计".to_owned())].into(),
        ..Declared::default()
    };
    let parties = Parties::of("https://m.shop.com.cn/x", &declared);
    let relation = |host: &str| parties.of_host(host).relation;
    assert_eq!(relation("api.shop.com.cn"), Relation::Own);
    assert_eq!(relation("shop.com.cn:8443"), Relation::Own);
    assert_eq!(relation("img.shopcdn.cn"), Relation::Own);
    assert_eq!(relation("stat.shop.com.cn"), Relation::Third, "what is declared goes before the domain");
    assert_eq!(relation("other.com.cn"), Relation::Unknown);
    assert_eq!(relation("myshop.com.cn"), Relation::Unknown);
    assert_eq!(relation("a.b.umeng.com"), Relation::Third);
    assert_eq!(relation("bucket.oss-cn-hangzhou.aliyuncs.com"), Relation::Infrastructure);
    assert_eq!(parties.of_host("hm.baidu.com").key, "Baidu Tongji");
    assert_eq!(parties.of_host("www.baidu.com").key, "Baidu");
}

#[test]
fn the_other_domains_of_a_company_whose_app_it_is_are_its_own() {
    let parties = Parties::of("https://www.baidu.com/", &Declared::default());
    assert_eq!(parties.of_host("s1.bdstatic.com").relation, Relation::Own);
    assert_eq!(parties.of_host("a.umeng.com").relation, Relation::Third);
    let page = Parties::of("https://someone.github.io/", &Declared::default());
    assert_eq!(
        page.of_host("api.github.com").relation,
        Relation::Third,
        "a guest of a platform is not the platform"
    );
}

#[test]
fn two_ports_of_ones_own_machine_are_two_parties() {
    let parties = Parties::of("http://127.0.0.1:8000/", &Declared::default());
    assert_eq!(parties.of_host("127.0.0.1:8000").relation, Relation::Own);
    assert_eq!(parties.of_host("127.0.0.1:9000").relation, Relation::Unknown);
}
