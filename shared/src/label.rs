//! Short words that people write and others read in one line: names of people, devices and files,
//! categories, questions.
//!
//! A label has no control characters. Those that turn the direction of writing round would let a
//! name rewrite the sentence that it stands in, and an evidence of `12 March` be read as `21`.

use std::borrow::Cow;

/// Whether a character has no place in a label: a control character, a separator of lines or
/// paragraphs, or one of Unicode's `Bidi_Control`.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{061c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
        )
}

/// Whether a text can be a label.
pub fn is_label(text: &str) -> bool {
    !text.contains(is_control)
}

/// The text without what has no place in a label.
pub fn label(text: &str) -> Cow<'_, str> {
    if is_label(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| !is_control(*c)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_turns_of_direction_have_no_place_in_a_label() {
        let turns = "\u{061c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
        for control in
            turns.chars().chain(['\0', '\n', '\t', '\u{7f}', '\u{9f}', '\u{2028}', '\u{2029}'])
        {
            let text = format!("Ro{control}sa");
            assert!(!is_label(&text), "{:04x}", u32::from(control));
            assert_eq!(label(&text), "Rosa");
        }
    }

    #[test]
    fn names_in_any_script_are_labels() {
        for text in ["Nélida Ñahui", "عايدة", "רותי", "ひろ", "Ana‌Li", "", "👩‍🌾"]
        {
            assert!(is_label(text), "{text}");
            assert_eq!(label(text), text);
        }
    }
}
