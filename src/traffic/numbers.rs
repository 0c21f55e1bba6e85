//! Numbers: with separators between their digits, in full-width digits, and as bytes of a binary format.

/// Digits from which on a number is found with separators between them.
const LONG: usize = 9;

/// Tells whether a value is a number that is looked for with separators.
pub fn is_long(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    digits >= LONG && value.chars().all(|c| c.is_ascii_digit() || " -.()+xX".contains(c))
}

/// Returns the text with the separators between digits taken out and full-width digits as ASCII; `None` where there are
/// none, or they are no more than those of dates and addresses can be.
pub fn squeeze(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut at, mut changed) = (0, false);
    while at < bytes.len() {
        let rest = &bytes[at..];
        let after_digit = out.last().is_some_and(u8::is_ascii_digit);
        match rest {
            [0xef, 0xbc, full @ 0x90..=0x99, ..] => {
                out.push(b'0' + (full - 0x90));
                (at, changed) = (at + 3, true);
            }
            _ if after_digit => match separator(rest) {
                Some(length) => (at, changed) = (at + length, true),
                None => {
                    out.push(rest[0]);
                    at += 1;
                }
            },
            _ => {
                out.push(rest[0]);
                at += 1;
            }
        }
    }
    changed.then_some(out)
}

/// Length of a separator (one or two signs) that a digit follows.
fn separator(rest: &[u8]) -> Option<usize> {
    let one = |rest: &[u8]| match rest {
        [b' ' | b'-' | b'.' | b'(' | b')', ..] => 1,
        [0xc2, 0xa0, ..] => 2,
        [0xe2, 0x80, 0x89 | 0xaf | 0x90..=0x94, ..] => 3,
        _ => 0,
    };
    let first = one(rest);
    if first == 0 {
        return None;
    }
    let second = one(&rest[first..]);
    let digit = |at: usize| matches!(rest.get(at..), Some([b'0'..=b'9', ..] | [0xef, 0xbc, 0x90..=0x99, ..]));
    if digit(first) { Some(first) } else { (second > 0 && digit(first + second)).then_some(first + second) }
}

/// Returns a number's bytes in protobuf (varint) and as 64 bits in either order (fixed64, msgpack); nothing for what is no
/// number of 9 to 19 digits.
pub fn binary_numbers(value: &str) -> Vec<Vec<u8>> {
    let fits = (LONG..=19).contains(&value.len()) && !value.starts_with('0');
    let Some(number) = value.parse::<u64>().ok().filter(|_| fits) else { return Vec::new() };
    let mut varint = Vec::new();
    let mut rest = number;
    while rest >= 0x80 {
        varint.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    varint.push(rest as u8);
    let mut all = vec![number.to_le_bytes().to_vec(), number.to_be_bytes().to_vec()];
    // Four bytes are found by chance.
    if varint.len() >= 5 {
        all.push(varint);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_between_digits_do_not_matter() {
        let squeezed =
            |text: &str| squeeze(text.as_bytes()).map(|bytes| String::from_utf8(bytes).expect("text"));
        assert_eq!(squeezed("tel 163-1234 5678, x").as_deref(), Some("tel 16312345678, x"));
        assert_eq!(squeezed("１６３１２３４５６７８").as_deref(), Some("16312345678"));
        assert_eq!(squeezed("163****5678"), None);
        assert_eq!(squeezed("no digits - here"), None);
    }

    #[test]
    fn a_number_has_the_bytes_of_protobuf() {
        // 16312345678 as protoc writes it.
        assert!(binary_numbers("16312345678").contains(&vec![0xce, 0xc8, 0xaa, 0xe2, 0x3c]));
        assert!(binary_numbers("0631234567").is_empty());
    }
}
