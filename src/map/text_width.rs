//! Text widths without a browser: a little more than any common sans-serif font needs.

use unicode_width::UnicodeWidthChar;

use super::text_width_table::{BOLD, RANGES, REGULAR};

/// The fonts the widths are measured for: Helvetica's and those drawn to its widths.
pub const FONT_STACK: &str = "Helvetica,Arial,\"Liberation Sans\",Arimo,sans-serif";

/// Added to each measured width, in hundredths: the reader's font may be another one.
const SLACK: u32 = 105;

/// How heavy the letters are.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Weight {
    /// 400
    Regular,
    /// 700
    Bold,
}

/// Width of a line of text in pixels, rounded up. Kerning is left out: it only ever shortens.
#[must_use]
pub fn width(text: &str, weight: Weight, font_size: u32) -> i32 {
    let units: u32 = text.chars().map(|c| advance(c, weight)).fold(0, u32::saturating_add);
    let pixels = units.saturating_mul(font_size).div_ceil(128);
    i32::try_from((pixels.saturating_mul(SLACK)).div_ceil(100)).unwrap_or(i32::MAX)
}

/// The advance of one character in 1/128 em.
fn advance(c: char, weight: Weight) -> u32 {
    let table = if weight == Weight::Bold { BOLD } else { REGULAR };
    // A width of 0 is a character that none of the measured fonts had.
    if let Some(&known) = position(c).and_then(|at| table.get(at)).filter(|&&width| width > 0) {
        return u32::from(known);
    }
    match (c.width().unwrap_or(0), u32::from(c)) {
        (0, _) => 0,
        // Emoji fonts draw on a square that is wider than the em: 1.17 to 1.3.
        (_, 0x1f000..=0x1faff) => 166,
        (2, _) => 128,
        // Three quarters of an em: wider than the letters of most scripts, since too much room is better than too
        // little.
        _ => 96,
    }
}

/// Where the table holds a character.
fn position(c: char) -> Option<usize> {
    let mut before = 0;
    for (first, last) in RANGES {
        if (first..=last).contains(&u32::from(c)) {
            return Some(before + (u32::from(c) - first) as usize);
        }
        before += (last - first + 1) as usize;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_covers_its_ranges() {
        let characters: u32 = RANGES.iter().map(|(first, last)| last - first + 1).sum();
        assert_eq!(REGULAR.len(), characters as usize);
        assert_eq!(BOLD.len(), characters as usize);
    }

    #[test]
    fn letters_have_the_widths_of_helvetica_and_a_twentieth() {
        assert_eq!(width("Handover", Weight::Regular, 16), 74);
        assert!(width("Handover", Weight::Bold, 16) > width("Handover", Weight::Regular, 16));
        assert!(width("WWW", Weight::Regular, 16) > 3 * width("iii", Weight::Regular, 16));
    }

    #[test]
    fn other_scripts_are_estimated_from_above() {
        assert_eq!(width("承認", Weight::Regular, 16), 34, "an em each");
        assert_eq!(width("e\u{301}", Weight::Regular, 16), width("e", Weight::Regular, 16), "a combining mark is free");
        assert_eq!(width("👤", Weight::Regular, 16), 23, "wider than the em");
        assert_eq!(width("🛠\u{fe0f}", Weight::Regular, 16), width("🛠", Weight::Regular, 16));
        assert!(width("مرحبا", Weight::Regular, 16) > 40);
    }

    #[test]
    fn signs_that_fonts_join_are_counted_from_above_and_marks_not_at_all() {
        let of = |text| width(text, Weight::Regular, 16);
        assert!(of("👩‍👩‍👧") >= of("👩"), "a family may be drawn as its members");
        assert_eq!(of("👍🏽").cmp(&of("👍")), std::cmp::Ordering::Greater, "a skin tone may be drawn beside its hand");
        assert_eq!(of("n\u{303}a\u{308}"), of("na"));
        assert_eq!(of("שָׁלוֹם"), of("שלום"), "points take no width");
        assert_eq!(of("\u{200f}ab\u{200e}\u{200d}"), of("ab"), "marks of direction and joiners are not seen");
        assert!((of("ア") / 2..=of("ア")).contains(&of("ｱ")), "half width is at least half");
        assert_eq!(of(""), 0);
    }

    #[test]
    fn no_text_is_too_long_to_be_measured() {
        assert!(width(&"W".repeat(1_000_000), Weight::Bold, 16) > 1_000_000);
    }
}
