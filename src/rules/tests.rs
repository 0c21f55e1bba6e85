use super::*;

#[test]
fn every_rule_judges_an_item_of_the_notice_and_reads_probes_that_exist() {
    for rule in RULES {
        assert!(rule.item().parse::<ItemId>().is_ok(), "{}", rule.item());
        assert!(rule.probes().iter().all(|probe| crate::scenario::PROBES.contains(probe)));
    }
}
