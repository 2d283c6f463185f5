//! Abbreviations: `*[NDA]: Non-disclosure agreement`.

use crate::source::Part as _;
use std::collections::BTreeMap;

/// The abbreviations of a text.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct Abbreviations {
    /// What each stands for.
    meanings: BTreeMap<String, String>,
    /// Length of the longest one.
    longest: usize,
}

impl Abbreviations {
    /// Reads a line, without its indentation; whether it defines an abbreviation.
    pub(crate) fn define(&mut self, line: &str) -> bool {
        let definition = line.strip_prefix("*[").and_then(|rest| rest.split_once("]:"));
        let Some((name, meaning)) = definition.filter(|(name, _)| is_name(name)) else {
            return false;
        };
        self.longest = self.longest.max(name.len());
        self.meanings.insert(name.trim().to_owned(), meaning.trim().to_owned());
        true
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.meanings.is_empty()
    }

    /// The longest abbreviation that `text` starts with, as a word of its own, and what it stands for.
    pub(crate) fn at<'s, 't>(&'s self, before: &str, text: &'t str) -> Option<(&'t str, &'s str)> {
        if before.ends_with(char::is_alphanumeric) {
            return None;
        }
        let mut end = self.longest.min(text.len());
        // The longest name is counted in bytes, and this text may have a letter across that offset.
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let ends = text.part(..end).char_indices().rev().map(|(at, c)| at + c.len_utf8());
        ends.filter(|end| !text.part(*end..).starts_with(char::is_alphanumeric))
            .find_map(|end| Some((text.part(..end), self.meanings.get(text.part(..end))?.as_str())))
    }
}

/// Names are looked for at every word, so they must not be long.
fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && !name.contains(']') && name.len() <= 64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_found_the_longest_first() {
        let mut known = Abbreviations::default();
        assert!(known.define("*[NDA]: Non-disclosure agreement"));
        assert!(known.define("*[NDA 2]: The second one"));
        assert!(!known.define("*[x] y"));
        assert_eq!(known.at("", "NDA 2 is"), Some(("NDA 2", "The second one")));
        assert_eq!(known.at("", "NDA."), Some(("NDA", "Non-disclosure agreement")));
        assert_eq!(known.at("", "NDAs"), None);
        assert_eq!(known.at("x", "NDA"), None);
    }
}
