//! Finds misspelt words in the labels of hand-written copies, by the words of the step that each matches.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Edit, Fix, Rule, distance};
use crate::playbook::{Playbook, Step};
use crate::source::{Located, Part as _};

/// A word in a copy that is nearly one of its step.
pub static MISSPELT_STEP: Rule = Rule::warning("playbook/misspelt-step", include_str!("misspelt_step.md"));

/// In shorter words, any letter makes another word.
const SHORTEST: usize = 4;
/// In shorter words another letter makes another word: `plan` and `play`.
const LONG: usize = 6;
/// Labels with more words than this are sentences, and may say anything.
const MOST_WORDS: usize = 4;
/// What words end in that are otherwise the same, the longest first.
const ENDINGS: [&str; 18] = [
    "ations", "ation", "ments", "ance", "able", "ical", "ings", "ment", "ing", "ion", "ive", "ies", "al", "ic", "ed",
    "er", "or", "y",
];

/// The words of a playbook.
pub(super) struct PlaybookWords<'a> {
    playbook: &'a Playbook,
    /// Every word in it, in lower case; collected when first needed.
    words: Option<BTreeSet<String>>,
}

impl<'a> PlaybookWords<'a> {
    pub(super) fn of(playbook: &'a Playbook) -> Self {
        Self { playbook, words: None }
    }

    /// A word of a label that is nearly a word of its step, and that the playbook doesn't use elsewhere.
    pub(super) fn misspelt(&mut self, label: &Located<String>, step: usize) -> Option<Diagnostic> {
        let step = self.playbook.steps.get(step).filter(|step| step.is_named)?;
        if label.value.split_whitespace().count() > MOST_WORDS {
            return None;
        }
        let own = words_of(step);
        words(&label.value).find_map(|(at, word)| {
            let (meant, is_whole) = nearly(word, &own)?;
            // The playbook uses the word elsewhere, so the team spells it this way.
            let is_used = self.words().contains(&word.to_lowercase());
            (!is_used).then(|| finding(label, at, word, meant, is_whole, step, &self.playbook.id))
        })
    }

    fn words(&mut self) -> &BTreeSet<String> {
        let texts = || self.playbook.texts().map(|text| text.value.as_str());
        self.words.get_or_insert_with(|| texts().flat_map(words).map(|(_, word)| word.to_lowercase()).collect())
    }
}

fn finding(
    label: &Located<String>,
    at: usize,
    word: &str,
    meant: &str,
    is_whole: bool,
    step: &Step,
    id: &str,
) -> Diagnostic {
    // With markup in the label, the word's position in the text is not its position in the file.
    let is_bare = label.span.len() == label.value.len();
    let span = if is_bare { label.span.part(at..at + word.len()) } else { label.span };
    let message =
        format!("`{word}` may be a misspelling of `{meant}` in step {} `{}` of `{id}`", step.number, step.name.value);
    let finding = MISSPELT_STEP.at(span, message).related(step.name.span, "this step");
    // The stem is misspelt but the ending differs: only the author knows which form was meant.
    if !is_whole {
        return finding.help("correct the word, or use another");
    }
    let replacement = in_case_of(word, meant);
    let finding = finding.help(format!("write `{replacement}`"));
    finding.fix_if(is_bare.then(|| Fix::suggested(vec![Edit { span, replacement }])))
}

/// The meant word, capitalized if the written one is.
fn in_case_of(word: &str, meant: &str) -> String {
    let mut letters = meant.chars();
    match (word.chars().next(), letters.next()) {
        (Some(own), Some(first)) if own.is_uppercase() => first.to_uppercase().chain(letters).collect(),
        _ => meant.to_owned(),
    }
}

/// The words that a step is known by: of its name, its label, and the name of its template's file.
fn words_of(step: &Step) -> Vec<&str> {
    let template = step.template.as_ref().map(|template| template.value.as_str()).unwrap_or_default();
    let file = template.rsplit('/').next().unwrap_or_default();
    let document = file.rsplit_once('.').map_or(file, |(document, _)| document);
    [step.name.value.as_str(), step.short_name(), document].into_iter().flat_map(words).map(|(_, word)| word).collect()
}

/// The words of a text with their positions.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = |at: usize| text.part(at..).find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |end| at + end);
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.part(at..).find(char::is_alphanumeric)?;
        at = ends(start);
        Some((start, text.part(start..at)))
    })
}

/// The word that was probably meant, unless the word is one of them or the start of one; and whether they end alike.
fn nearly<'w>(word: &str, words: &[&'w str]) -> Option<(&'w str, bool)> {
    let letters = |word: &str| word.to_lowercase().chars().collect::<Vec<char>>();
    let own = letters(word);
    // `2026` is another year than `2025`, not a slip.
    if own.len() < SHORTEST || own.iter().any(|c| c.is_numeric()) {
        return None;
    }
    let others: Vec<(&str, Vec<char>)> = words.iter().map(|word| (*word, letters(word))).collect();
    let is_form = |other: &Vec<char>| {
        // Other forms are no slips: `Partners`, `Enable` for `Enablement`, `Qualified` for `Qualification`.
        let is_longer = other.len() + 1 >= SHORTEST && own.starts_with(other);
        is_longer || other.starts_with(&own) || stem(other) == stem(&own)
    };
    if others.iter().any(|(_, other)| is_form(other)) {
        return None;
    }
    let whole = others.iter().find(|(_, other)| is_slip(&own, other)).map(|(word, _)| (*word, true));
    whole.or_else(|| {
        let is_near = |other: &[char]| is_long(other) && is_slip(stem(&own), stem(other));
        others.iter().find(|(_, other)| is_near(other)).map(|(word, _)| (*word, false))
    })
}

fn is_long(word: &[char]) -> bool {
    word.len() >= LONG
}

/// A word without what it ends in.
fn stem(word: &[char]) -> &[char] {
    let ends =
        |ending: &&&str| word.len() > ending.len() + SHORTEST && word.ends_with(&ending.chars().collect::<Vec<_>>());
    ENDINGS.iter().find(ends).map_or(word, |ending| word.split_at(word.len() - ending.len()).0)
}

/// Whether a word is another with one letter lost, added, changed or swapped with its neighbour, and no other form or
/// spelling of it: `partners`, `organisation`.
fn is_slip(word: &[char], meant: &[char]) -> bool {
    if word.len() < SHORTEST || meant.len() < SHORTEST || distance(word, meant, 1) != Some(1) {
        return false;
    }
    let at = word.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (longer, shorter) = if word.len() > meant.len() { (word, meant) } else { (meant, word) };
    if longer.len() != shorter.len() {
        let (before, rest) = longer.split_at(at);
        // Two spellings of one word: `enrolment` and `enrollment`, `behavior` and `behaviour`.
        let is_doubled = rest.starts_with(&['l']) && before.ends_with(&['l']);
        let is_british = rest.starts_with(&['u']) && before.ends_with(&['o']);
        return at < shorter.len() && !is_doubled && !is_british;
    }
    let (odd, expected) = (word.split_at(at).1, meant.split_at(at).1);
    if let ([a, b, behind @ ..], [c, d, ..]) = (odd, expected)
        && (a, b) == (d, c)
    {
        // Swapped at the end they make another spelling: `center` and `centre`.
        return !behind.is_empty();
    }
    // `organise` and `organize` are two spellings of one word.
    let is_z = |a: &[char], b: &[char]| a.starts_with(&['s']) && b.starts_with(&['z']);
    // Another first letter makes another word (`accept`, `except`), and so may the last two (`analyses`, `analysis`).
    is_long(word) && at > 0 && odd.len() > 2 && !is_z(odd, expected) && !is_z(expected, odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_another_word_and_another_form() {
        for (word, step) in [
            ("Aligment", "Strategic Alignment Check"),
            ("Stratgy", "Strategic Alignment Check"),
            ("Metris", "success-metrics"),
            ("Pich", "Partnership Pitch"),
            ("Pitcch", "Partnership Pitch"),
            ("Discvoery", "Discovery Call"),
            ("Agreenent", "Agreement"),
            ("Prüfng", "Die Prüfung"),
        ] {
            let words: Vec<&str> = words(step).map(|(_, word)| word).collect();
            assert!(nearly(word, &words).is_some(), "{word} is nearly in {step}");
        }
        for (word, step) in [
            ("Strategy", "Strategic Alignment Check"),
            ("Activity", "Activation"),
            ("Integrator", "Integration"),
            ("Qualified", "Qualification"),
            ("Planned", "Planner"),
            ("Partners", "Partner"),
            ("Plan", "Play"),
            ("Organisation", "Organization"),
            ("Enrolment", "Enrollment"),
            ("Behavior", "Behaviour"),
            ("Center", "Centre"),
            ("Analyses", "Analysis"),
            ("Accept", "Except"),
            ("Doc", "Documentation"),
            ("Wind", "Wind-Down"),
            ("Review", "Reviews"),
            ("Cal", "Call"),
            ("2026", "2025"),
            ("Legal", "Customer Assessment"),
        ] {
            let words: Vec<&str> = words(step).map(|(_, word)| word).collect();
            assert_eq!(nearly(word, &words), None, "{word} is no slip of {step}");
        }
    }
}
