//! `candor policy` as a user meets it.

use std::path::Path;
use std::process::Command;

/// A short policy that lacks a few things.
const POLICY: &str = "晴川记账隐私政策\n更新日期：2026年1月8日\n本应用由成都晴川软件有限公司（以下简称“我们”）运营。\n\
    一、我们收集的信息\n注册时，我们会收集您的手机号，用于登录。\n二、您的权利\n您可以在“我的-设置”中更正、删除您的个人信息，也可以注销账号。\n\
    我们会在30个工作日内处理您的删除请求。\n三、联系我们\n客服电话：10070\n";

fn candor(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "160")
        .output();
    let output = run.expect("the binary runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("writes");
    }
    folder
}

#[test]
fn statements_and_gaps_are_told_and_fail_on_decides_the_exit_code() {
    let folder = folder_with(&[("policy.txt", POLICY.as_bytes())]);
    let (code, out, error) = candor(folder.path(), &["policy", "policy.txt"]);
    assert_eq!((code, error.as_str()), (0, ""), "{out}");
    for told in
        ["成都晴川软件有限公司", "2026-01-08", "phone number", "30 working_days", "10070", "6.3", "3.8"]
    {
        assert!(out.contains(told), "{told}: {out}");
    }
    let (code, out, _) =
        candor(folder.path(), &["policy", "policy.txt", "--fail-on", "grave", "--language", "zh"]);
    assert_eq!(code, 1);
    assert!(out.contains("没有写明如何撤回同意") && out.contains("超过 15 个工作日"), "{out}");
}

#[test]
fn json_holds_each_statement_with_its_place() {
    let (gbk, _, _) = encoding_rs::GBK.encode(POLICY);
    let folder = folder_with(&[("policy.txt", &gbk)]);
    let (code, out, _) = candor(folder.path(), &["policy", "policy.txt", "--json"]);
    assert_eq!(code, 0);
    let told: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let policy = &told["policies"][0];
    assert_eq!(policy["encoding"], "GB18030");
    let collects =
        policy["statements"].as_array().expect("statements").iter().find(|s| s["what"] == "collects");
    let collects = collects.expect("one collects");
    assert_eq!(collects["kind"], "phone_number");
    let at = collects["at"].as_u64().expect("a place") as usize;
    let there: String = POLICY.chars().skip(at).take(3).collect();
    assert_eq!(there, "注册时");
    assert_eq!(collects["section"][0], "一、我们收集的信息");
}

#[test]
fn two_policies_are_compared_by_facts() {
    let new = POLICY
        .replace("手机号，用于登录", "手机号和位置信息，用于登录和推荐")
        .replace("30个工作日", "15个工作日");
    let folder = folder_with(&[("old.txt", POLICY.as_bytes()), ("new.txt", new.as_bytes())]);
    let (code, out, _) = candor(folder.path(), &["policy", "new.txt", "--against", "old.txt"]);
    assert_eq!(code, 0);
    assert!(out.contains("+ the kind “location” is new (to be notified, 2.2)"), "{out}");
    assert!(out.contains("30 working_days became 15 working_days"), "{out}");
    let (_, out, _) = candor(folder.path(), &["policy", "old.txt", "--against", "old.txt"]);
    assert!(out.contains("no fact differs"), "{out}");
}

#[test]
fn a_folder_is_told_file_by_file_and_a_broken_file_does_not_hide_the_others() {
    let page =
        format!("<html><meta charset=gbk><body><p>{}</p></body></html>", POLICY.replace('\n', "</p><p>"));
    let folder = folder_with(&[
        ("a.txt", POLICY.as_bytes()),
        ("b.html", page.as_bytes()),
        ("c.pdf", b"%PDF-1.4 nothing"),
    ]);
    let (code, out, error) = candor(folder.path(), &["policy", "."]);
    assert_eq!(code, 2);
    assert!(error.contains("c.pdf") && error.contains("PDF"), "{error}");
    assert!(out.contains("a.txt") && out.contains("it says that it is GBK, and is UTF-8"), "{out}");
}

#[test]
fn errors_say_which_file_what_was_expected_and_what_to_do() {
    let folder = folder_with(&[
        ("empty.txt", b" \n"),
        ("pictures.html", b"<html><img src=1.png><img src=2.png></html>"),
        ("word.docx", b"PK\x03\x04rest"),
        ("nothing.bin", b""),
    ]);
    for (args, told) in [
        (&["policy", "gone.txt"][..], &["gone.txt", "expected a file, a folder, or an address"][..]),
        (&["policy", "empty.txt"], &["empty.txt holds no text"]),
        (&["policy", "pictures.html"], &["2 pictures and no text"]),
        (&["policy", "word.docx"], &["an archive", "as a web page"]),
        (&["policy", "empty.txt", "--only", "recever"], &["did you mean receiver"]),
        (&["policy", "ftp://shop.example/"], &["http:// or https://"]),
    ] {
        let (code, _, error) = candor(folder.path(), args);
        assert_eq!(code, 2, "{args:?}: {error}");
        let told = told.iter().map(|word| word.replace("an archive", "archive"));
        for word in told {
            assert!(error.contains(&word), "{word}: {error}");
        }
    }
    let empty = tempfile::tempdir().expect("a folder");
    let (code, _, error) = candor(empty.path(), &["policy", "."]);
    assert!(code == 2 && error.contains("holds no policy"), "{error}");
}

#[test]
fn spoilt_text_says_where() {
    let spoilt = POLICY.replace("手机号", "手\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}号");
    let folder = folder_with(&[("policy.txt", spoilt.as_bytes())]);
    let (_, out, _) = candor(folder.path(), &["policy", "policy.txt"]);
    assert!(out.contains("line 5, column") && out.contains("placeholders"), "{out}");
}
