//! Values that candor makes up to be planted: valid in form, new in every run, and nobody's.
//!
//! - phone: a number of the range 163, which no operator of China has been given; of 11 digits and the usual form
//! - identity number: the area code of a whole province, which no person's number has, with the right check digit
//! - bank card: 16 digits of an issuer number that is not given out, with the right check digit (Luhn)
//! - mail: a domain that is reserved for examples (RFC 2606), with the run's own name
//! - name, address, contact: rare characters together, and a street that does not exist
//! - place: an odd point, given to five decimals

use crate::traffic::kind_of_name;

/// What stands in the scenario for a value that is to be made up.
pub const PLANTED: &str = "planted";

/// Characters of names; each is rare, and together they are nobody's.
const SURNAMES: [char; 12] = ['逄', '佴', '亓', '仉', '禚', '郏', '甯', '敖', '苌', '璩', '隗', '阙'];
const GIVEN: [char; 16] =
    ['犇', '垚', '淼', '骉', '猋', '焱', '毳', '惢', '昍', '喆', '皛', '劦', '譶', '麤', '灥', '厽'];

/// Randomness for one value.
struct Digits(Vec<u8>);

impl Digits {
    fn new() -> Digits {
        let mut bytes = vec![0u8; 48];
        // Without the system's randomness the clock must do: the values need only differ from run to run.
        if getrandom::fill(&mut bytes).is_err() {
            let now = jiff::Timestamp::now().as_nanosecond().to_le_bytes();
            bytes.iter_mut().zip(now.iter().cycle()).for_each(|(byte, new)| *byte = *new);
        }
        Digits(bytes)
    }
    fn below(&mut self, count: usize) -> usize {
        usize::from(self.0.pop().unwrap_or(7)) % count.max(1)
    }
    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }
}

/// Makes up a value for a name of the persona; `None` where candor knows no such kind.
pub fn make_up(name: &str) -> Option<String> {
    let mut random = Digits::new();
    let value = match kind_of_name(name).kind.as_str() {
        "phone" => format!("163{}", random.digits(8)),
        "name" | "contact" => make_name(&mut random),
        "identity_number" => make_identity_number(&mut random),
        "bank_card" => {
            let body = format!("629999{}", random.digits(9));
            format!("{body}{}", luhn_digit(&body))
        }
        "email" => format!("qm{}@example.com", random.digits(10)),
        "address" => {
            format!("{}{}路{}弄{}号", make_name(&mut random), "镇", random.digits(4), random.digits(3))
        }
        "birthday" => {
            format!("19{}-{:02}-{:02}", 60 + random.below(30), 1 + random.below(12), 1 + random.below(28))
        }
        "location" => format!(
            "30.2{:04},120.1{:04}",
            1000 + random.below(250) * 31 + 7,
            1000 + random.below(250) * 29 + 3
        ),
        "clipboard" => format!("candor{}", random.digits(14)),
        "account" => format!("qm{}", random.digits(9)),
        "android_id" => random.digits(16),
        "imei" => {
            let body = format!("3599{}", random.digits(10));
            format!("{body}{}", luhn_digit(&body))
        }
        _ => return None,
    };
    Some(value)
}

fn make_name(random: &mut Digits) -> String {
    let (surname, first, second) =
        (random.below(SURNAMES.len()), random.below(GIVEN.len()), random.below(GIVEN.len()));
    [SURNAMES[surname], GIVEN[first], GIVEN[second]].iter().collect()
}

/// Makes up an identity number (GB 11643): area, birthday, order, check digit.
fn make_identity_number(random: &mut Digits) -> String {
    let provinces = [11, 12, 13, 21, 31, 32, 33, 35, 37, 41, 42, 43, 44, 51, 53, 61];
    let province = provinces[random.below(provinces.len())];
    let body = format!(
        "{province}000019{}{:02}{:02}{}",
        60 + random.below(30),
        1 + random.below(12),
        1 + random.below(28),
        random.digits(3)
    );
    let check = identity_digit(&body);
    format!("{body}{check}")
}

/// Returns the check digit of the first 17 digits of an identity number (GB 11643, ISO 7064 MOD 11-2).
pub fn identity_digit(body: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(WEIGHTS).map(|(c, weight)| c.to_digit(10).unwrap_or(0) * weight).sum();
    ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize]
}

/// Returns the digit that makes a number right by Luhn.
pub fn luhn_digit(body: &str) -> char {
    let weigh = |(at, c): (usize, char)| {
        let digit = c.to_digit(10).unwrap_or(0);
        let doubled = if at % 2 == 0 { digit * 2 } else { digit };
        if doubled > 9 { doubled - 9 } else { doubled }
    };
    let sum: u32 = body.chars().rev().enumerate().map(weigh).sum();
    char::from_digit((10 - sum % 10) % 10, 10).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_right() {
        // The example of GB 11643-1999.
        assert_eq!(identity_digit("11010519491231002"), 'X');
        assert_eq!(luhn_digit("7992739871"), '3');
        assert_eq!(luhn_digit("49015420323751"), '8');
    }

    #[test]
    fn values_are_new_in_every_run_and_of_the_right_form() {
        for name in
            ["phone", "name", "id_card", "bank_card", "email", "address", "birthday", "location", "imei"]
        {
            let values: Vec<String> = (0..20).filter_map(|_| make_up(name)).collect();
            assert_eq!(values.len(), 20, "{name}");
            assert!(values.iter().collect::<std::collections::BTreeSet<_>>().len() > 15, "{name}");
        }
        let id = make_up("id_card").expect("known");
        assert_eq!((id.len(), identity_digit(&id[..17])), (18, id.chars().next_back().expect("a digit")));
        assert!(make_up("phone").is_some_and(|phone| phone.len() == 11));
        assert_eq!(make_up("favourite colour"), None);
    }
}
