//! Names that comments to this program nearly have: `Partner-Docs: allow link/not-found`.
//! In: a text. Out: each such name that stands before what a comment can ask for.
//! Never knows: whether the name stands in a comment.

use std::collections::BTreeSet;

use memchr::memmem;

use super::syntax::{NAME, is_rule};
use crate::diagnostic::distance;
use crate::source::Part as _;

/// Letters that such a name may have too many, too few, or wrong.
const MOST_SLIPS: usize = 2;

/// The names, as they are written, but the right one.
pub(super) fn names(text: &str) -> BTreeSet<&str> {
    let verbs = memmem::find_iter(text.as_bytes(), "allow");
    // By the verb and not by the name: what the name looks like when it is wrong, nobody knows, and a search for one
    // word in all texts is cheap.
    verbs.filter(|at| names_rule(text.part(*at..))).filter_map(|at| name_before(text.part(..at))).collect()
}

/// Whether a rule follows the verb that a text begins with.
fn names_rule(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let mut words = line.split_whitespace();
    let is_verb = words.next().is_some_and(|verb| matches!(verb.trim_end_matches(':'), "allow" | "allow-file"));
    is_verb && words.next().is_some_and(|rule| is_rule(rule.trim_end_matches([',', ':', ';', ')'])))
}

/// The name that a text ends with, when it is nearly that of this program.
fn name_before(text: &str) -> Option<&str> {
    let text = text.trim_end_matches([' ', '\t', ':', '-', '_']);
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let last = text.trim_end_matches(in_name);
    let name = text.part(last.len()..).trim_start_matches('-');
    // `Partner Docs`
    let first = last.strip_suffix(' ').map(|before| before.part(before.trim_end_matches(in_name).len()..));
    let first = first.filter(|first| first.starts_with(char::is_alphabetic));
    // Both words first: of `Partner Docs` the second alone is near to nothing.
    let both = first.map(|first| text.part(last.len() - 1 - first.len()..));
    both.into_iter().chain([name]).find(|name| *name != NAME && is_near(name))
}

fn is_near(name: &str) -> bool {
    let folded = |name: &str| -> Vec<char> {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(2 * NAME.len()).collect()
    };
    distance(&folded(name), &folded(NAME), MOST_SLIPS).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_nearly_right_before_a_rule_alone() {
        for (text, name) in [
            ("Partner-Docs: allow link/not-found", "Partner-Docs"),
            ("<!-- partnerdocs: allow link/not-found -->", "partnerdocs"),
            ("# partner_docs: allow-file link/not-found", "partner_docs"),
            ("<!-- Partner Docs allow link/not-found, then -->", "Partner Docs"),
            ("%% partner-doc: allow diagram/click-not-found", "partner-doc"),
        ] {
            assert_eq!(names(text), BTreeSet::from([name]), "{text}");
        }
        for text in [
            "partner-docs: allow link/not-found",
            "Partner docs: allow late payment",
            "docs: allow a/b",
            "we allow a/b",
        ] {
            assert!(names(text).is_empty(), "{text}");
        }
    }
}
