use super::*;

#[test]
fn there_are_39_types_in_the_order_of_the_provisions_and_13_need_nothing() {
    let numbers: Vec<u8> = all().iter().map(|known| known.number).collect();
    assert_eq!(numbers, (1..=39).collect::<Vec<u8>>());
    let nothing = all().iter().filter(|known| known.needs_nothing()).count();
    let unregistered: Vec<&str> = all()
        .iter()
        .filter(|known| !known.registers && !known.needs_nothing())
        .map(|known| known.id.as_str())
        .collect();
    assert_eq!((nothing, unregistered), (13, vec!["map_navigation", "parcel_delivery"]));
    assert_eq!(all().iter().filter(|known| known.unsure.is_some()).count(), 9, "what is left open is kept");
}

#[test]
fn every_word_of_the_data_is_known() {
    let ids: std::collections::BTreeSet<&str> = ids().iter().copied().collect();
    assert_eq!(ids.len(), 39);
    for known in all() {
        for permission in &known.permissions {
            let names = crate::language::purpose::permission_names();
            assert!(names.contains(&permission.as_str()), "{}: {permission}", known.id);
        }
    }
    for kinds in DATA.sent_as.values() {
        for kind in kinds {
            assert_eq!(crate::traffic::kind(kind).kind, *kind);
        }
    }
}

#[test]
fn what_is_necessary_is_known_as_it_is_sent() {
    let of = |id: &str| find(&[id.to_owned()])[0];
    assert!(of("map_navigation").needs_sent("location") && !of("map_navigation").needs_sent("phone"));
    assert!(of("online_shopping").needs_sent("phone") && of("online_shopping").needs_sent("address"));
    assert!(!of("news").needs_sent("phone") && !of("tools").needs_sent("location"));
    assert!(find(&["no_such_type".to_owned()]).is_empty());
}
