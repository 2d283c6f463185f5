//! Names that are filled in later, and the words that stand for them.
//! In: names, words, and a plain text. Out: where in the text something is to be filled in.
//! Never knows: Markdown, HTML, who fills anything in.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::World;
use super::blank::{sealed, shown};

/// Names that are filled in later, each with the words that stand for it besides `{{ name }}`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Blanks {
    /// What people fill in.
    asked: BTreeMap<String, Vec<String>>,
    /// What the site as a whole knows.
    known: BTreeSet<String>,
}

impl Blanks {
    /// No names.
    #[must_use]
    pub fn none() -> &'static Self {
        static NONE: LazyLock<Blanks> = LazyLock::new(Blanks::default);
        &NONE
    }

    /// Adds a name, and words that stand for it. Bare words stand in brackets: `Partner Name` in a list means
    /// `[Partner Name]`, since every partner's name in the text is no blank, and YAML takes brackets for a list.
    pub fn add<'w>(&mut self, name: &str, words: impl IntoIterator<Item = &'w str>) {
        let known = self.asked.entry(name.to_owned()).or_default();
        for word in words.into_iter().map(str::trim).filter(|word| !word.is_empty()) {
            let is_bare = word.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '_'));
            let word = if is_bare { format!("[{word}]") } else { word.to_owned() };
            if !known.contains(&word) {
                known.push(word);
            }
        }
    }

    /// Adds a name that the site as a whole has a value for.
    pub fn add_known(&mut self, name: &str) {
        self.known.insert(name.to_owned());
    }

    /// Whether a name is among them.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.asks_for(name) || self.known.contains(name)
    }

    /// Whether a name is one that people fill in.
    #[must_use]
    pub fn asks_for(&self, name: &str) -> bool {
        self.asked.contains_key(name)
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.asked.keys().chain(&self.known).map(String::as_str)
    }

    /// The blanks of a plain text, in order: where they stand, and their names.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, &str)> {
        let braces = self.names().flat_map(|name| [(shown(name), name), (format!("{{{{{name}}}}}"), name)]);
        let braces: Vec<(String, &str)> = braces.filter(|(word, _)| text.contains(word)).collect();
        let literals = self.literals();
        let at_start = |rest: &str| {
            let literal = literals.iter().find_map(|literal| Some((literal.length_in(rest)?, literal.name)));
            let in_braces = || braces.iter().find(|(word, _)| rest.starts_with(word.as_str()));
            literal.or_else(|| in_braces().map(|(word, name)| (word.len(), *name)))
        };
        let mut found: Vec<(Range<usize>, &str)> = Vec::new();
        for (at, _) in text.char_indices() {
            if found.last().is_some_and(|(range, _)| range.end > at) {
                continue;
            }
            if let Some((length, name)) = at_start(&text[at..]) {
                found.push((at..at + length, name));
            }
        }
        found
    }

    /// A plain text with values in its blanks; those without stay as they are.
    #[must_use]
    pub fn fill(&self, text: &str, value: impl Fn(&str) -> Option<String>) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for (range, name) in self.find(text) {
            out.push_str(&text[done..range.start]);
            out.push_str(value(name).as_deref().unwrap_or(&text[range.clone()]));
            done = range.end;
        }
        out + &text[done..]
    }

    /// A text whose names in braces are filled in even where it stands in code: a prompt that is shown as it is.
    #[must_use]
    pub fn sealed(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for (range, name) in self.find(text).into_iter().filter(|(range, _)| text[range.clone()].starts_with("{{")) {
            out.push_str(&text[done..range.start]);
            out.push_str(&sealed(name));
            done = range.end;
        }
        out + &text[done..]
    }

    /// The literal words with the names they stand for, longer ones first: `[Partner Name]` before `[Partner`.
    pub(super) fn literals(&self) -> Vec<Literal<'_>> {
        let all = self.asked.iter().flat_map(|(name, words)| words.iter().map(move |word| Literal { word, name }));
        let mut all: Vec<Literal<'_>> = all.collect();
        all.sort_by_key(|literal| std::cmp::Reverse(literal.word.len()));
        all
    }
}

/// Words that stand for a name.
#[derive(Copy, Clone, Debug)]
pub(super) struct Literal<'a> {
    pub(super) word: &'a str,
    pub(super) name: &'a str,
}

impl Literal<'_> {
    /// How far the words go at the start of a text. Letter case does not count, nor how they are spaced or broken into
    /// lines: authors write `[Partner name]` as well as `[Partner Name]`.
    pub(super) fn length_in(&self, text: &str) -> Option<usize> {
        length_of(self.word, text)
    }
}

/// How far some words go at the start of a text, letter case and line breaks apart.
pub(super) fn length_of(words: &str, text: &str) -> Option<usize> {
    let mut rest = text;
    let mut wanted = words.chars();
    while let Some(letter) = wanted.next() {
        if letter.is_whitespace() {
            let after = rest.trim_start_matches(char::is_whitespace);
            let gap = &rest[..rest.len() - after.len()];
            if gap.is_empty() || gap.matches('\n').count() > 1 {
                return None;
            }
            rest = after;
            wanted = wanted.as_str().trim_start().chars();
            continue;
        }
        let own = rest.chars().next()?;
        if !is_same_letter(letter, own) {
            return None;
        }
        rest = &rest[own.len_utf8()..];
    }
    Some(text.len() - rest.len())
}

/// Whether two letters are the same but for their case; a typographic apostrophe is one as well.
fn is_same_letter(a: char, b: char) -> bool {
    let is_apostrophe = |c| matches!(c, '\'' | '\u{2019}');
    a == b || a.to_lowercase().eq(b.to_lowercase()) || (is_apostrophe(a) && is_apostrophe(b))
}

/// The value that an author gave a name, which is Markdown like the text around it. What is given to a placeholder is
/// a text: it is put in once the Markdown is read, so that nothing in it is taken for markup.
pub(super) fn authored(world: &dyn World, name: &str) -> Option<String> {
    let is_text = world.blanks().asks_for(name) && world.given(name).is_some();
    if is_text { None } else { world.variable(name) }
}

#[cfg(test)]
mod tests {
    use super::length_of;

    #[test]
    fn words_are_found_in_any_letter_case_and_across_a_line_break() {
        for text in ["[Partner Name]", "[partner name]", "[PARTNER\nName]", "[Partner  Name] x"] {
            assert!(length_of("[Partner Name]", text).is_some(), "{text}");
        }
        for text in ["[Partner\n\nName]", "[PartnerName]", "[Partner", "x[Partner Name]"] {
            assert_eq!(length_of("[Partner Name]", text), None, "{text}");
        }
        assert_eq!(length_of("[Größe's]", "[GRÖSSE's]"), None);
        let shouted = "[KUNDE\u{2019}S GRÖßE]";
        assert_eq!(length_of("[Kunde's Größe]", shouted), Some(shouted.len()));
    }
}
