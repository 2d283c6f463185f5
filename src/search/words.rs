//! Texts as words, folded so that different spellings of a word meet: lower case, without accents, in the singular.
//!
//! `themes/default/search/words.js` does the same to what readers type; a test holds the two together.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::source::Part as _;

/// Longer ones are keys, hashes and addresses that nobody types.
const LONGEST: usize = 40;

/// Hands out the words of a text. Parts of `co-sell` and `SOC2` come each on its own and then joined, as people write
/// them either way; runs of Chinese, Japanese and Korean letters come in overlapping pairs.
pub(super) fn words(text: &str, mut take: impl FnMut(&str)) {
    let folded = letters(text);
    let mut joined = Joined::default();
    let tokens = WordTokens { rest: &folded };
    for token in tokens {
        match token {
            WordToken::Word(word) => {
                let (name, number) = name_and_number(word);
                for part in [name, number].into_iter().filter(|part| !part.is_empty()) {
                    let part = singular(part);
                    if part.len() <= LONGEST {
                        take(&part);
                    }
                    joined.add(&part);
                }
            }
            // Nothing says where such words begin and end. Pairs need no dictionary, and every word of two letters or
            // more is found by the pairs in it.
            WordToken::Pair(pair) => {
                joined.end(&mut take);
                take(pair);
            }
            WordToken::Hyphen => {}
            WordToken::Border => joined.end(&mut take),
        }
    }
    joined.end(&mut take);
}

/// Parts that a hyphen holds together.
#[derive(Default)]
struct Joined {
    text: String,
    parts: usize,
}

impl Joined {
    fn add(&mut self, part: &str) {
        self.text.push_str(part);
        self.parts += 1;
    }

    fn end(&mut self, take: &mut impl FnMut(&str)) {
        if self.parts > 1 && self.text.len() <= LONGEST {
            take(&self.text);
        }
        self.text.clear();
        self.parts = 0;
    }
}

/// Lower case, composed, without accents.
fn letters(text: &str) -> String {
    // Nearly all text is, and needs no tables of Unicode.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // Compatibility forms too: `ﬁ` in a text that was pasted from a PDF is `fi`. Composed again, or Korean syllables would
    // be letters.
    let without_accents = text.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}'));
    // A sigma at a word's end is written differently, and is the same letter.
    without_accents.nfc().flat_map(char::to_lowercase).map(|c| if c == 'ς' { 'σ' } else { c }).collect()
}

enum WordToken<'a> {
    Word(&'a str),
    Pair(&'a str),
    Hyphen,
    Border,
}

struct WordTokens<'a> {
    rest: &'a str,
}

impl<'a> Iterator for WordTokens<'a> {
    type Item = WordToken<'a>;

    fn next(&mut self) -> Option<WordToken<'a>> {
        let first = self.rest.chars().next()?;
        if is_ideographic(first) {
            let mut after = self.rest.char_indices().skip(1);
            let second = after.next();
            let (end, is_pair) = match second {
                Some((at, c)) if is_ideographic(c) => (at + c.len_utf8(), true),
                Some((at, _)) => (at, false),
                None => (self.rest.len(), false),
            };
            let pair = self.rest.part(..end);
            // The second letter begins the next pair, unless it is the last of its run.
            let next_is_last = is_pair && !self.rest.part(end..).chars().next().is_some_and(is_ideographic);
            self.rest =
                if is_pair && !next_is_last { self.rest.part(first.len_utf8()..) } else { self.rest.part(end..) };
            return Some(WordToken::Pair(pair));
        }
        if is_letter(first) {
            let end = self.rest.find(|c| !is_letter(c) || is_ideographic(c)).unwrap_or(self.rest.len());
            let (word, rest) = self.rest.split_at_checked(end)?;
            self.rest = rest;
            // `partner's` is `partners`, which is `partner`: the sign is dropped where letters follow it.
            self.skip_possessive();
            return Some(WordToken::Word(word));
        }
        self.rest = self.rest.part(first.len_utf8()..);
        let follows = self.rest.chars().next().is_some_and(|c| is_letter(c) && !is_ideographic(c));
        Some(if matches!(first, '-' | '_' | '\u{2011}') && follows { WordToken::Hyphen } else { WordToken::Border })
    }
}

impl WordTokens<'_> {
    fn skip_possessive(&mut self) {
        for sign in ["'s", "\u{2019}s"] {
            let Some(rest) = self.rest.strip_prefix(sign) else { continue };
            if !rest.chars().next().is_some_and(is_letter) {
                self.rest = rest;
            }
        }
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn is_ideographic(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// `SOC2` is `SOC 2`, and `2nd` is `2 nd`; keys and hashes that mix letters and digits stay whole.
fn name_and_number(word: &str) -> (&str, &str) {
    let is_digit = |c: char| c.is_numeric();
    let border = |first: bool| word.find(|c| is_digit(c) != first);
    let Some(at) = word.chars().next().and_then(|first| border(is_digit(first))) else { return (word, "") };
    let (name, number) = word.split_at(at);
    let is_even = number.chars().next().is_some_and(|first| number.chars().all(|c| is_digit(c) == is_digit(first)));
    if is_even { (name, number) } else { (word, "") }
}

/// `parties` and `party`, `boxes` and `box`, `partners` and `partner` are one word.
fn singular(word: &str) -> std::borrow::Cow<'_, str> {
    let is_english = word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let ends = |ending: &str| word.ends_with(ending);
    // `business`, `status` and `analysis` have no plural ending.
    if !is_english || !ends("s") || ["ss", "us", "is"].into_iter().any(ends) {
        return word.into();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y").into();
    }
    let drops_two = ["sses", "xes", "ches", "shes", "zes"].into_iter().any(ends);
    let ending = if drops_two { "es" } else { "s" };
    word.strip_suffix(ending).unwrap_or(word).into()
}
