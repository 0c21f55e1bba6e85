//! `candor measure` as a user meets it: pictures of text, and pictures that are none.

use std::path::Path;
use std::process::Command;

use image::{Rgb, RgbImage};

const LINES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures/lines.png");

fn measure(folder: &Path, args: &[&str], tessdata: Option<&str>) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
    command.arg("measure").args(args).current_dir(folder).env("NO_COLOR", "1");
    if let Some(tessdata) = tessdata {
        command.env("TESSDATA_PREFIX", tessdata);
    }
    let output = command.output().expect("the binary runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_table_and_a_boxed_picture_are_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, out, err) = measure(folder.path(), &[LINES, "--density", "2.625", "--out", "boxed.svg"], None);
    assert_eq!(code, 0, "{err}");
    let row = out.lines().find(|line| line.contains("客服电话")).expect("the line is in the table");
    assert!(row.trim_start().starts_with("! 10.") && row.contains("! 4.2"), "{row}");
    let large = out.lines().find(|line| line.contains("Map Kit")).expect("the line is in the table");
    assert!(!large.contains('!'), "{large}");
    assert!(out.contains("12 lines of text") && out.contains("script: simplified Chinese"), "{out}");
    let boxed = std::fs::read_to_string(folder.path().join("boxed.svg")).expect("written");
    assert_eq!(boxed.matches("<title>").count(), 12);
    assert!(boxed.contains("stroke=\"#c40000\"") && boxed.contains("stroke=\"#006e32\""));
}

#[test]
fn json_holds_every_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, out, err) =
        measure(folder.path(), &[LINES, "--density", "2.625", "--out", "boxed.svg", "--json"], None);
    assert_eq!(code, 0, "{err}");
    let seen: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(seen["lines"].as_array().map(Vec::len), Some(12));
    assert_eq!(seen["script"], "simplified");
}

#[test]
fn what_cannot_be_measured_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("text.png"), "no picture at all").expect("writes");
    // A head that promises 20,000 × 20,000 px, and no data behind it: it must not be unpacked.
    std::fs::write(at("huge.png"), png_head(20_000, 20_000)).expect("writes");
    let mut cut = std::fs::read(LINES).expect("reads");
    cut.truncate(20_000);
    std::fs::write(at("cut.png"), &cut).expect("writes");
    let error = |args: &[&str], tessdata: Option<&str>| {
        let (code, _, err) = measure(folder.path(), args, tessdata);
        assert_eq!(code, 2, "{err}");
        err
    };
    insta::assert_snapshot!("measure_no_picture", error(&["text.png"], None));
    insta::assert_snapshot!("measure_huge", error(&["huge.png"], None));
    insta::assert_snapshot!("measure_cut_short", error(&["cut.png"], None));
    insta::assert_snapshot!("measure_absent", error(&["absent.png"], None));
    insta::assert_snapshot!("measure_density", error(&["text.png", "--density", "0"], None));
    std::fs::copy(LINES, at("lines.png")).expect("copies");
    // Tesseract says things of its own before ours, which differ from version to version.
    let said = error(&["lines.png"], Some("no-such-folder"));
    insta::assert_snapshot!("measure_no_language", said.lines().last().unwrap_or_default());
}

#[test]
fn a_picture_of_nothing_has_no_text() {
    let folder = tempfile::tempdir().expect("a folder");
    for (width, height) in [(1, 1), (640, 400)] {
        RgbImage::from_pixel(width, height, Rgb([0, 0, 0]))
            .save(folder.path().join("dark.png"))
            .expect("writes");
        let (code, out, err) = measure(folder.path(), &["dark.png"], None);
        assert_eq!(code, 0, "{err}");
        assert!(out.starts_with("no text on 0 % of the picture"), "{out}");
    }
}

/// The signature and the head of a PNG of this size (PNG specification, 5.2 and 11.2.2).
fn png_head(width: u32, height: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    out.extend_from_slice(&width.to_be_bytes());
    out.extend_from_slice(&height.to_be_bytes());
    out.extend_from_slice(&[8, 2, 0, 0, 0]);
    let sum = crc32(&out[12..]);
    out.extend_from_slice(&sum.to_be_bytes());
    out.extend_from_slice(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    out
}

/// CRC-32 as PNG has it (annex D).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    })
}
