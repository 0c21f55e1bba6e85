//! The page's words: both languages stand in the document, and the switch shows one of them or both.

use maud::{Markup, html};

use crate::rules::Verdict;
use crate::rules::catalogue::Bilingual;
use crate::screen::operation::Operation;
use crate::text::shown;

/// Characters of one text of an app that are shown; what is longer is cut and says so.
pub const LONGEST: usize = 1_500;

/// A text in both languages, one element each. What is the same in both stands once.
pub fn t(zh: &str, en: &str) -> Markup {
    html! {
        @if zh == en { (zh) } @else {
            span.z lang="zh-CN" { (zh) }
            " "
            span.e lang="en" { (en) }
        }
    }
}

/// A finding's text, which may hold what an app says.
pub fn both(text: &Bilingual) -> Markup {
    t(&shown(&text.zh, LONGEST), &shown(&text.en, LONGEST))
}

/// A verdict's name as a class.
pub fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Violation => "violation",
        Verdict::Conforms => "conforms",
        Verdict::Review => "review",
        Verdict::NotTested => "untested",
        Verdict::NotApplicable => "inapplicable",
    }
}

/// A verdict in both languages.
pub fn verdict(verdict: Verdict) -> Markup {
    t(verdict.words_zh(), verdict.words())
}

/// The sign of a verdict, for who cannot tell the colours apart.
pub fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Violation => "✕",
        Verdict::Conforms => "✓",
        Verdict::Review => "?",
        Verdict::NotTested => "–",
        Verdict::NotApplicable => "○",
    }
}

/// What a person did, in both languages.
pub fn operation(operation: &Operation) -> Bilingual {
    Bilingual { zh: operation.chinese(), en: operation.to_string() }
}

/// Seconds after the recording's begin, as `1:02.3`.
pub fn clock(milliseconds: i64) -> String {
    let tenths = milliseconds.max(0) / 100;
    format!("{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10)
}
