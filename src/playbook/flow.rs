//! The strip of a playbook: its labels, and which steps a hand-written label may mean.

use super::{Playbook, Step};

/// Words that match everywhere and so tell nothing.
const SMALL_WORDS: [&str; 5] = ["and", "for", "from", "the", "with"];
/// Fewer letters in common are chance: `Pro` of `Proposal` is not.
const FEWEST_SHARED_LETTERS: usize = 3;
/// Names are short; of longer texts only the beginning is compared.
const MOST_WORDS: usize = 16;

/// What the strip of a playbook shows, in order.
#[must_use]
pub fn labels(playbook: &Playbook) -> Vec<&str> {
    playbook.steps.iter().map(Step::short_name).collect()
}

/// The first letters of each word of a label, to look up the steps that it may name.
pub(super) fn beginnings(label: &str) -> impl Iterator<Item = String> {
    const LONGEST: usize = 4;
    let words = ComparedWords::of(label).words.into_iter();
    words.map(|word| word.into_iter().take(LONGEST).collect())
}

/// The same of a step.
pub(super) fn beginnings_of_step(step: &Step) -> impl Iterator<Item = String> {
    let names = [step.name.value.clone(), step.short_name().to_owned()];
    names.into_iter().flat_map(|name| beginnings(&name).collect::<Vec<_>>())
}

/// How many of these labels may each name a step of a playbook. A hand-written label may name a step if some word of it
/// begins with the same three letters or more as some word of the step's name or label. Labels are shorter than names:
/// `QBR Doc` is `Prepare QBR Document`.
#[must_use]
pub fn named_steps(labels: &[&str], playbook: &Playbook) -> usize {
    // Each step counts once, even if two labels share a word with it.
    let mut unnamed: Vec<ComparedWords> = playbook.steps.iter().map(ComparedWords::of_step).collect();
    for label in labels.iter().map(|label| ComparedWords::of(label)) {
        let fits = unnamed.iter().map(|step| label.affinity(step)).enumerate().filter(|(_, fits)| *fits > 0);
        if let Some((best, _)) = fits.max_by_key(|(_, fits)| *fits) {
            unnamed.remove(best);
        }
    }
    playbook.steps.len() - unnamed.len()
}

/// What is compared of a label or a step.
pub(super) struct ComparedWords {
    /// The texts that are as good as the name, in lower case.
    names: Vec<String>,
    /// Their words, without small ones.
    words: Vec<Vec<char>>,
}

impl ComparedWords {
    pub(super) fn of(text: &str) -> Self {
        Self::of_all(&[text])
    }

    pub(super) fn of_step(step: &Step) -> Self {
        Self::of_all(&[&step.name.value, step.short_name()])
    }

    fn of_all(texts: &[&str]) -> Self {
        let names: Vec<String> = texts.iter().map(|text| text.trim().to_lowercase()).collect();
        let words = names
            .iter()
            .flat_map(|name| name.split(|c: char| !c.is_alphanumeric()).take(MOST_WORDS))
            .filter(|word| !word.is_empty() && !SMALL_WORDS.contains(word))
            .map(|word| word.chars().collect())
            .collect();
        Self { names, words }
    }

    /// How well a label fits a step: 0 when it does not; the letters that its words share; most when it is the
    /// very name.
    pub(super) fn affinity(&self, step: &Self) -> u32 {
        const SAME: u32 = 10_000;
        if self.names.iter().any(|name| step.names.contains(name)) {
            return SAME;
        }
        let best = |word: &Vec<char>| step.words.iter().map(|other| shared_letters(word, other)).max().unwrap_or(0);
        let letters: usize = self.words.iter().map(best).sum();
        // Always less than the very name, however many words agree.
        u32::try_from(letters).unwrap_or(SAME).min(SAME - 1)
    }
}

/// Letters that two words have in common at their start; 0 when these are too few to mean anything.
fn shared_letters(a: &[char], b: &[char]) -> usize {
    let shared = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    // A whole word counts at any length: `AI`.
    if shared >= FEWEST_SHARED_LETTERS || (shared == a.len() && shared == b.len()) { shared } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::source::SourceId;

    fn fits(label: &str, step: &str) -> bool {
        let text = format!("steps:\n  - name: \"{step}\"\n");
        named_steps(&[label], &parse(&text, SourceId::new(0), "qbr", &[]).value) == 1
    }

    #[test]
    fn labels_are_shorter_than_names() {
        for (label, step) in [
            ("Pitch", "Partnership Pitch"),
            ("QBR Doc", "Prepare QBR Document"),
            ("ICP Review", "ICP & Pipeline Review"),
            ("Strategy", "Strategic Alignment Check"),
            ("Wind-Down", "Execute Wind-Down"),
            ("Metrics Doc", "Performance Documentation"),
            ("AI", "AI Check"),
        ] {
            assert!(fits(label, step), "{label} is {step}");
        }
    }

    #[test]
    fn chance_letters_and_small_words_do_not_fit() {
        for (label, step) in [
            ("Proposal", "Partnership Pitch"),
            ("Exit", "Execute Wind-Down"),
            ("Set and Track", "Execute and Measure"),
            ("A", "Agreement"),
            ("", "Agreement"),
        ] {
            assert!(!fits(label, step), "{label} is not {step}");
        }
    }

    #[test]
    fn the_strip_shows_labels_before_names() {
        let text = "steps:\n  - name: Partnership Pitch\n    label: Pitch\n  - name: Sign\n";
        assert_eq!(labels(&parse(text, SourceId::new(0), "x", &[]).value), ["Pitch", "Sign"]);
    }
}
