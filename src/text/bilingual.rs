//! Texts in Chinese and in English, and [`said!`], which writes one with the same figures and words in both.

use serde::{Deserialize, Serialize};

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    pub zh: String,
    pub en: String,
}

/// Makes a text in both languages, English first.
pub fn both(en: impl Into<String>, zh: impl Into<String>) -> Bilingual {
    Bilingual { zh: zh.into(), en: en.into() }
}

/// Joins texts of both languages, each with its own mark between them.
pub fn join<'a>(texts: impl IntoIterator<Item = &'a Bilingual>, en: &str, zh: &str) -> Bilingual {
    let (mut all_en, mut all_zh) = (Vec::new(), Vec::new());
    for text in texts {
        all_en.push(text.en.as_str());
        all_zh.push(text.zh.as_str());
    }
    both(all_en.join(en), all_zh.join(zh))
}

/// A value that stands in a sentence of either language.
pub trait InBoth {
    type Out<'a>
    where
        Self: 'a;
    /// Returns it as it stands in an English sentence.
    fn en(&self) -> Self::Out<'_>;
    /// Returns it as it stands in a Chinese sentence.
    fn zh(&self) -> Self::Out<'_>;
}

impl InBoth for Bilingual {
    type Out<'a> = &'a str;
    fn en(&self) -> &str {
        &self.en
    }
    fn zh(&self) -> &str {
        &self.zh
    }
}

impl InBoth for str {
    type Out<'a> = &'a str;
    fn en(&self) -> &str {
        self
    }
    fn zh(&self) -> &str {
        self
    }
}

impl InBoth for String {
    type Out<'a> = &'a str;
    fn en(&self) -> &str {
        self
    }
    fn zh(&self) -> &str {
        self
    }
}

/// Words of English and of Chinese.
impl InBoth for (&str, &str) {
    type Out<'a>
        = &'a str
    where
        Self: 'a;
    fn en(&self) -> &str {
        self.0
    }
    fn zh(&self) -> &str {
        self.1
    }
}

impl<T: InBoth + ?Sized> InBoth for &T {
    type Out<'a>
        = T::Out<'a>
    where
        Self: 'a;
    fn en(&self) -> T::Out<'_> {
        (**self).en()
    }
    fn zh(&self) -> T::Out<'_> {
        (**self).zh()
    }
}

macro_rules! figures {
    ($($kind:ty),*) => { $(
        impl InBoth for $kind {
            type Out<'a> = $kind;
            fn en(&self) -> $kind {
                *self
            }
            fn zh(&self) -> $kind {
                *self
            }
        }
    )* };
}
figures!(usize, u32, u64, i64, f32, f64);

/// Writes a text in both languages: `said!("{count} of {what}", "{what} {count} 项", count, what = list.join(", "))`. Every
/// argument must stand in both texts, and nothing else may: what one language forgets does not compile.
macro_rules! said {
    (@value $name:ident) => { $name };
    (@value $name:ident $value:expr) => { $value };
    ($en:literal, $zh:literal $(,)?) => {
        $crate::text::both(format!(concat!($en)), format!(concat!($zh)))
    };
    ($en:literal, $zh:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::text::both(
            format!(concat!($en), $($name = $crate::text::InBoth::en(&said!(@value $name $($value)?))),+),
            format!(concat!($zh), $($name = $crate::text::InBoth::zh(&said!(@value $name $($value)?))),+),
        )
    };
}
pub(crate) use said;

/// Returns a count with its noun: `1 line`, `3 lines`.
pub fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("{count} {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_said_with_the_same_figures_in_both_languages() {
        let what = both("location", "位置");
        let text = said!("{what} was asked {times} times", "{what}申请了 {times} 次", what, times = 3usize);
        assert_eq!(text, both("location was asked 3 times", "位置申请了 3 次"));
        assert_eq!(said!("{share:.0} %", "{share:.0}%", share = 12.4f64), both("12 %", "12%"));
        assert_eq!(said!("none", "无"), both("none", "无"));
    }

    #[test]
    fn one_line_is_no_lines() {
        assert_eq!((plural(1, "line"), plural(0, "line")), ("1 line".to_owned(), "0 lines".to_owned()));
    }
}
