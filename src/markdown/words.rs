//! Words that stand for names, found in one walk: the longest of them that a text begins with.
//!
//! A table of placeholders that was proposed for hundreds of templates is as long as these: no text is compared with
//! each of its lines.

use std::collections::HashMap;

use crate::source::Part as _;

/// Stands for any whitespace between two words, one line break included.
const GAP: char = ' ';

/// Words as a tree of their letters.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// From a node by a letter to the next.
    edges: HashMap<(u32, char), u32>,
    /// The name whose words end at a node, by its place in the list that they were made from.
    ends: HashMap<u32, usize>,
    /// The letters that words begin with.
    first: Vec<char>,
}

impl Words {
    /// Of some words the first that stand for a name do so.
    pub(super) fn of<'w>(words: impl IntoIterator<Item = (&'w str, usize)>) -> Self {
        let mut tree = Self::default();
        for (words, name) in words {
            let mut node = 0;
            let mut steps = steps(words).peekable();
            if let Some(first) = steps.peek().filter(|first| !tree.first.contains(first)) {
                tree.first.push(*first);
            }
            for step in steps {
                let new = u32::try_from(tree.edges.len() + 1).expect("fewer than 2^32 letters");
                node = *tree.edges.entry((node, step)).or_insert(new);
            }
            tree.ends.entry(node).or_insert(name);
        }
        // Words of nothing but spaces would be found everywhere.
        tree.ends.remove(&0);
        tree
    }

    /// Whether any may be in a text, as far as a quick look tells.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        self.first.iter().any(|first| first.is_alphabetic() || *first == '\'' || text.contains(*first))
    }

    /// How far the longest words go at the start of a text, and their name. Letter case does not count, nor how they
    /// are spaced or broken into lines: authors write `[Partner name]` as well as `[Partner Name]`.
    pub(super) fn at_start_of(&self, text: &str) -> Option<(usize, usize)> {
        let first = text.chars().next()?;
        if !folded(first).next().is_some_and(|first| self.first.contains(&first)) {
            return None;
        }
        let mut longest = None;
        let mut node = 0;
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let after = if letter.is_whitespace() {
                let after = rest.trim_start_matches(char::is_whitespace);
                // A blank line ends the paragraph, and no words go over it.
                if rest.part(..rest.len() - after.len()).matches('\n').count() > 1 {
                    break;
                }
                node = match self.edges.get(&(node, GAP)) {
                    Some(next) => *next,
                    None => break,
                };
                after
            } else {
                let mut step = folded(letter);
                let end = step.try_fold(node, |node, step| self.edges.get(&(node, step)).copied());
                node = match end {
                    Some(next) => next,
                    None => break,
                };
                rest.part(letter.len_utf8()..)
            };
            rest = after;
            longest = self.ends.get(&node).map(|name| (text.len() - rest.len(), *name)).or(longest);
        }
        longest
    }
}

/// The letters of some words, with one gap between these.
fn steps(words: &str) -> impl Iterator<Item = char> {
    let parts = words.split_whitespace().enumerate();
    parts.flat_map(|(at, part)| (at > 0).then_some(GAP).into_iter().chain(part.chars().flat_map(folded)))
}

/// A letter whatever its case; a typographic apostrophe is one as well.
fn folded(letter: char) -> impl Iterator<Item = char> {
    let letter = if letter == '\u{2019}' { '\'' } else { letter };
    letter.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::Words;

    fn length_of(words: &str, text: &str) -> Option<usize> {
        Words::of([(words, 0)]).at_start_of(text).map(|(length, _)| length)
    }

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

    #[test]
    fn the_longest_words_stand_for_their_name() {
        let words = Words::of([("[Partner", 0), ("[partner name]", 1), ("[Partner Name]", 2), ("", 3)]);
        assert_eq!(words.at_start_of("[Partner Name] signs"), Some((14, 1)));
        assert_eq!(words.at_start_of("[Partner Name"), Some((8, 0)));
        assert_eq!(words.at_start_of("Partner"), None);
        assert_eq!(words.at_start_of(""), None);
    }
}
