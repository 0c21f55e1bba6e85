//! Cutting texts into lines, sentences and pieces. The marks that end a sentence stand here and nowhere else.

/// Marks that end a sentence or a part of one that stands alone. A full stop is none: it stands in numbers and addresses.
const ENDS: [char; 8] = ['。', '；', ';', '！', '!', '？', '?', '\n'];

/// Returns the sentences of a text without their ends; white space around them and empty ones are left out.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(ENDS).map(str::trim).filter(|sentence| !sentence.is_empty())
}

/// Returns the sentences of a text, each with where it begins (characters), ends and white space kept.
pub fn sentences_with_places(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(ENDS).map(move |sentence| {
        let begins = at;
        at += sentence.chars().count();
        (begins, sentence)
    })
}

/// Returns overlapping pieces of a text of at most `length` characters, each half a piece after the one before: a limit on a
/// label's length does not hide words in prose.
pub fn pieces(text: &str, length: usize) -> impl Iterator<Item = &str> {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let count = bounds.len() - 1;
    let step = (length / 2).max(1);
    // Where a piece reaches the end, the next one would hold nothing new.
    let last = count.saturating_sub(length).div_ceil(step);
    (0..=last).filter(move |_| count > 0).map(move |at| {
        let from = at * step;
        &text[bounds[from.min(count)]..bounds[(from + length).min(count)]]
    })
}

/// Returns the first `most` characters of a text without white space around it.
pub fn shorten(text: &str, most: usize) -> String {
    text.trim().chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_every_mark_and_not_inside_numbers() {
        let text = "我们收集位置。用于导航；版本 1.2\n请放心！好吗？\n\n";
        assert_eq!(
            sentences(text).collect::<Vec<_>>(),
            ["我们收集位置", "用于导航", "版本 1.2", "请放心", "好吗"]
        );
        let places: Vec<usize> = sentences_with_places("一。二二。三").map(|(at, _)| at).collect();
        assert_eq!(places, [0, 2, 5]);
    }

    #[test]
    fn every_word_shorter_than_half_a_piece_is_whole_in_one() {
        let text: String = (0..200u32).filter_map(|at| char::from_u32(0x4e00 + at)).collect();
        let all: Vec<&str> = pieces(&text, 40).collect();
        assert!(all.iter().all(|piece| piece.chars().count() <= 40));
        let letters: Vec<char> = text.chars().collect();
        for word in letters.windows(20) {
            let word: String = word.iter().collect();
            assert!(all.iter().any(|piece| piece.contains(&word)), "{word}");
        }
        assert_eq!(pieces("短", 40).collect::<Vec<_>>(), ["短"]);
        assert_eq!(pieces("", 40).count(), 0);
    }
}
