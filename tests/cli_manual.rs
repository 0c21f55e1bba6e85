//! Completions and manual pages.

use crate::support::binary;

#[test]
fn every_shell_gets_completions_that_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, out, err) = binary(&["completions", shell]);
        assert_eq!(code, 0, "{err}");
        for word in ["look", "judge", "--baseline", "--accept"] {
            assert!(out.contains(word.trim_start_matches("--")), "{shell} lacks {word}");
        }
    }
    let (code, _, err) = binary(&["completions", "csh"]);
    assert!(code == 2 && err.contains("bash"), "{err}");
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let (code, page, err) = binary(&["man"]);
    assert_eq!(code, 0, "{err}");
    assert!(page.contains(".TH candor 1"), "{page}");
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("man1");
    let (code, out, err) = binary(&["man", pages.to_str().expect("a path")]);
    assert!(code == 0 && out.contains("candor-run.1"), "{out}{err}");
    for page in ["candor.1", "candor-run.1", "candor-look.1", "candor-bench-sight.1"] {
        assert!(pages.join(page).is_file(), "{page}");
    }
}
