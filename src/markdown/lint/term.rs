//! Words that a team goes without, and those it says instead.
//! In: runs of text, and the team's list. Out: findings at the words.
//! Never knows: what is code; that never gets here.

use std::ops::Range;

use crate::diagnostic::{Applicability, Edit, Fix, Rule};
use crate::markdown::write::writer::{Enclosing, Writer};
use crate::source::Part as _;

/// A word of the team's list.
pub(crate) static RULE: Rule = Rule::warning("prose/term", include_str!("term.md"));

/// A word or several that texts go without.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ForbiddenTerm {
    /// In any letter case.
    pub avoid: String,
    /// What to write instead, in this letter case; `None` when there is nothing.
    pub prefer: Option<String>,
}

/// Looks for the team's words in a run of text.
pub(crate) fn report(writer: &mut Writer<'_>, run: &Range<usize>) {
    let input = *writer.input();
    let text = input.text.part(run.clone());
    // In a heading another word means another anchor, and links to it break.
    let trust = if writer.is_in(Enclosing::Heading) { Applicability::Suggested } else { Applicability::Safe };
    for (place, term) in find(text, &input.options.terms) {
        let written = text.part(place.clone());
        let place = run.start + place.start..run.start + place.end;
        let finding = RULE.at(writer.span(place.clone()), format!("avoid the term `{written}`"));
        let Some(prefer) = &term.prefer else {
            writer.report(finding.help("rephrase, or remove it"));
            continue;
        };
        let better = like(written, prefer);
        let edits = vec![Edit { span: writer.span(place.clone()), replacement: better.clone() }];
        let fix = input.source_map.is_exact(place).then_some(Fix { applicability: trust, edits });
        writer.report(finding.help(format!("write `{better}`")).fix_if(fix));
    }
}

/// The words of a list in a text, in order; of those that overlap, the one that begins first, then the longest.
fn find<'t>(text: &str, terms: &'t [ForbiddenTerm]) -> Vec<(Range<usize>, &'t ForbiddenTerm)> {
    if terms.is_empty() {
        return Vec::new();
    }
    // Letters beyond ASCII keep their case, so that places stay the same.
    let folded = text.to_ascii_lowercase();
    let mut all: Vec<(Range<usize>, &ForbiddenTerm)> = Vec::new();
    for term in terms {
        let word = term.avoid.to_ascii_lowercase();
        let places = folded.match_indices(&word).map(|(at, found)| at..at + found.len());
        let is_meant =
            |place: &Range<usize>| stands_alone(text, place) && !is_preferred(text.part(place.clone()), term);
        all.extend(places.filter(is_meant).map(|place| (place, term)));
    }
    all.sort_by_key(|(place, _)| (place.start, std::cmp::Reverse(place.end)));
    let mut done = 0;
    all.retain(|(place, _)| {
        let is_free = place.start >= done;
        if is_free {
            done = place.end;
        }
        is_free
    });
    all
}

/// Whether a stretch is a word of its own, and no part of a compound, a path, an address or a name in code.
fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let before = text.part(..place.start).chars().next_back();
    let is_tied_before = before.is_some_and(|c| joins(c) || "/\\@#:.=+&$%{?".contains(c));
    let mut after = text.part(place.end..).chars();
    let (next, beyond) = (after.next(), after.next());
    let is_tied_after = next.is_some_and(|c| joins(c) || "/\\@:.=".contains(c) && beyond.is_some_and(joins));
    let word_start = text.part(..place.start).rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let in_address = text.part(word_start..place.start).contains("://");
    !is_tied_before && !is_tied_after && !in_address
}

/// Whether it is written as the team wants it: a word to avoid may differ from the better one in letter case alone.
fn is_preferred(written: &str, term: &ForbiddenTerm) -> bool {
    term.prefer.as_ref().is_some_and(|prefer| written == prefer || written == capitalized(prefer))
}

/// The better word, with a capital where the other one had it.
fn like(written: &str, prefer: &str) -> String {
    if written.starts_with(char::is_uppercase) { capitalized(prefer) } else { prefer.to_owned() }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{ForbiddenTerm, find, like};

    fn found(text: &str, avoid: &str, prefer: &str) -> Vec<String> {
        let terms = [ForbiddenTerm { avoid: avoid.to_owned(), prefer: Some(prefer.to_owned()) }];
        find(text, &terms).into_iter().map(|(place, _)| like(&text[place.clone()], prefer)).collect()
    }

    #[test]
    fn words_are_found_whole_and_in_any_case() {
        assert_eq!(found("Sign-up, then (sign-up).", "sign-up", "registration"), ["Registration", "registration"]);
        for other in
            ["sign-ups", "re-sign-up", "docs/sign-up.md", "a.sign-up", "sign-up/", "https://a.example/?sign-up"]
        {
            let text = format!("see {other}x now");
            assert_eq!(found(&text, "sign-up", "registration"), Vec::<String>::new(), "{other}");
        }
    }

    #[test]
    fn a_name_is_right_in_one_case_only() {
        assert_eq!(found("GitHub, github and Github", "github", "GitHub"), ["GitHub", "GitHub"]);
        assert_eq!(found("Partner and partner", "Partner", "partner"), Vec::<String>::new());
    }

    #[test]
    fn of_words_that_overlap_the_longest_is_meant() {
        let term = |avoid: &str| ForbiddenTerm { avoid: avoid.to_owned(), prefer: None };
        let terms = [term("log"), term("log in")];
        let words: Vec<&str> = find("please log in", &terms).into_iter().map(|(_, term)| term.avoid.as_str()).collect();
        assert_eq!(words, ["log in"]);
    }
}
