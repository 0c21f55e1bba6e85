//! The pieces of formats that hold data inside of data: parts of multipart, fields of protobuf, binary values of msgpack.

use memchr::memmem;

/// Pieces that one layer gives at most (ours).
const MOST: usize = 64;
/// Bytes from which on a piece is worth opening alone: a shorter one shows itself.
const LEAST: usize = 16;

/// Returns the pieces of a layer.
pub fn pieces(bytes: &[u8]) -> Vec<&[u8]> {
    let mut all = if bytes.starts_with(b"--") { parts(bytes) } else { fields(bytes).unwrap_or_default() };
    if all.is_empty() {
        all = values(bytes);
    }
    all.retain(|piece| (LEAST..bytes.len()).contains(&piece.len()));
    all.truncate(MOST);
    all
}

/// The bodies of the parts of multipart data.
fn parts(bytes: &[u8]) -> Vec<&[u8]> {
    let Some(line) = memmem::find(bytes, b"\r\n") else { return Vec::new() };
    let mut all = Vec::new();
    let mut rest = &bytes[line..];
    while let Some(begin) = memmem::find(rest, b"\r\n\r\n") {
        let body = &rest[begin + 4..];
        let end = memmem::find(body, b"\r\n--").unwrap_or(body.len());
        all.push(&body[..end]);
        rest = &body[end..];
        if all.len() >= MOST {
            break;
        }
    }
    all
}

/// The fields of a protobuf message that have a length; `None` where the bytes are no message from their beginning to
/// their end.
fn fields(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut all = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let tag = varint(&mut rest)?;
        if tag >> 3 == 0 {
            return None;
        }
        let length = match tag & 7 {
            0 => {
                varint(&mut rest)?;
                0
            }
            1 => 8,
            5 => 4,
            2 => {
                let length = usize::try_from(varint(&mut rest)?).ok()?;
                all.push(rest.get(..length)?);
                length
            }
            _ => return None,
        };
        rest = rest.get(length..)?;
    }
    Some(all)
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let (first, tail) = rest.split_first()?;
        *rest = tail;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// What msgpack marks as bytes (`bin 8`, `bin 16`, `bin 32`), wherever that stands.
fn values(bytes: &[u8]) -> Vec<&[u8]> {
    let mut all = Vec::new();
    for (at, mark) in bytes.iter().enumerate() {
        let rest = &bytes[at + 1..];
        let (width, length): (usize, usize) = match (mark, rest) {
            (0xc4, [a, ..]) => (1, usize::from(*a)),
            (0xc5, [a, b, ..]) => (2, usize::from(u16::from_be_bytes([*a, *b]))),
            (0xc6, [a, b, c, d, ..]) => (4, u32::from_be_bytes([*a, *b, *c, *d]) as usize),
            _ => continue,
        };
        if length >= LEAST
            && let Some(value) = rest.get(width..width.saturating_add(length))
        {
            all.push(value);
            if all.len() >= MOST {
                break;
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_those_of_the_formats() {
        let data = b"0123456789abcdefgh";
        let multi = b"--b\r\nContent-Type: x\r\n\r\n0123456789abcdefgh\r\n--b--\r\n";
        assert_eq!(pieces(multi), [&data[..]]);
        let mut proto = vec![0x08, 0x96, 0x01, 0x12, 18];
        proto.extend(data);
        assert_eq!(pieces(&proto), [&data[..]]);
        let mut pack = vec![0x81, 0xa1, b'k', 0xc4, 18];
        pack.extend(data);
        assert_eq!(pieces(&pack), [&data[..]]);
        assert!(pieces(b"").is_empty() && pieces(&[0xc6, 255, 255, 255, 255, 1]).is_empty());
    }
}
