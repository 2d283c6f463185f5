//! Looks up playbooks by id, by name, and by words in headings and table cells.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::{Playbook, flow, folded_name};
use crate::diagnostic::Vocabulary;

/// The ids and names of all playbooks.
#[derive(Clone, Debug, Default)]
pub struct PlaybookNames {
    ids: HashMap<String, usize>,
    /// By the last part of an id: `recruit` of `emea/recruit`.
    last_parts: HashMap<String, Vec<usize>>,
    folded_ids: HashMap<String, Vec<usize>>,
    /// By name, and by the last part of an id.
    folded_texts: HashMap<String, Vec<usize>>,
    /// All ids, for "did you mean".
    vocabulary: Arc<Vocabulary>,
    /// The names and last parts of ids as they are written.
    spelt: Arc<Vocabulary>,
    /// By how a word in the name of a step begins.
    steps: HashMap<String, Vec<usize>>,
}

/// Of longer headings only the first words are looked at, and so many together.
const MOST_WORDS: usize = 12;
const MOST_TOGETHER: usize = 4;

/// What a written id means.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum IdResolution<'a> {
    /// No playbook.
    Nothing,
    /// Exactly this one.
    One(usize),
    /// Any of these: the word is the last part of the id of each.
    Several(&'a [usize]),
}

impl IdResolution<'_> {
    /// The playbook, when it is certain which one.
    #[must_use]
    pub fn one(self) -> Option<usize> {
        match self {
            Self::One(at) => Some(at),
            Self::Nothing | Self::Several(_) => None,
        }
    }
}

impl PlaybookNames {
    /// The names of these playbooks.
    #[must_use]
    pub fn of<'p>(playbooks: impl IntoIterator<Item = &'p Playbook>) -> Self {
        let playbooks: Vec<&Playbook> = playbooks.into_iter().collect();
        let mut names =
            Self::of_ids(playbooks.iter().map(|playbook| (playbook.id.as_str(), playbook.name.value.as_str())));
        for (at, playbook) in playbooks.iter().enumerate() {
            let beginnings: BTreeSet<String> = playbook.steps.iter().flat_map(flow::beginnings_of_step).collect();
            for beginning in beginnings {
                names.steps.entry(beginning).or_default().push(at);
            }
        }
        names
    }

    /// The names of playbooks with these ids and names.
    #[must_use]
    pub fn of_ids<'p>(playbooks: impl IntoIterator<Item = (&'p str, &'p str)>) -> Self {
        let mut names = Self::default();
        let playbooks: Vec<(&str, &str)> = playbooks.into_iter().collect();
        names.vocabulary = Arc::new(playbooks.iter().map(|(id, _)| *id).collect());
        let (mut spelt, mut seen) = (Vec::new(), HashSet::new());
        for (at, (id, name)) in playbooks.into_iter().enumerate() {
            names.ids.entry(id.to_owned()).or_insert(at);
            names.last_parts.entry(last_part(id).to_owned()).or_default().push(at);
            add(&mut names.folded_ids, id, at);
            add(&mut names.folded_texts, name, at);
            add(&mut names.folded_texts, last_part(id), at);
            // Two spellings that fold to the same would be equally near, and then neither is suggested.
            spelt.extend([name, last_part(id)].into_iter().filter(|text| seen.insert(folded_name(text))));
        }
        names.spelt = Arc::new(spelt.into_iter().collect());
        names
    }

    /// The only id that a word is nearly spelt as.
    #[must_use]
    pub fn near(&self, word: &str) -> Option<&str> {
        self.vocabulary.nearest(word)
    }

    /// The playbook with this id. The last part of an id is enough where no other id is or ends in the same.
    #[must_use]
    pub fn by_id(&self, word: &str) -> IdResolution<'_> {
        // A whole id first: next to `emea/recruit`, a playbook `recruit` is what the word means.
        if let Some(at) = self.ids.get(word) {
            return IdResolution::One(*at);
        }
        match self.last_parts.get(word).map(Vec::as_slice) {
            None | Some([]) => IdResolution::Nothing,
            Some([only]) => IdResolution::One(*only),
            Some(several) => IdResolution::Several(several),
        }
    }

    /// The playbooks that a heading or a table cell may mean, by id or name, whatever its case, spaces and dashes:
    /// `Support Escalation` is `support-escalation`. A whole id means more than a name.
    #[must_use]
    pub fn by_text(&self, text: &str) -> &[usize] {
        let text = folded_name(text);
        let found = self.folded_ids.get(&text).or_else(|| self.folded_texts.get(&text));
        found.map_or(&[], Vec::as_slice)
    }

    /// The playbooks that words of a text may mean, with others around them, as in `How we recruit (2026)`; else
    /// those that the text nearly names.
    #[must_use]
    pub fn within_text(&self, text: &str) -> Vec<usize> {
        let is_part = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '/');
        let words: Vec<&str> = text.split(is_part).filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
        let together = (1..=MOST_TOGETHER).flat_map(|count| words.windows(count).map(<[&str]>::concat));
        let mut found: Vec<usize> = together.flat_map(|words| self.by_text(&words).to_vec()).collect();
        if let (true, Some(near)) = (found.is_empty(), self.spelt.nearest(text)) {
            found.extend(self.by_text(near));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The only playbook that most of these labels may be steps of: two of three, and two at least.
    #[must_use]
    pub fn by_steps<'l>(&self, labels: impl IntoIterator<Item = &'l str>) -> Option<usize> {
        let mut votes: HashMap<usize, usize> = HashMap::new();
        let mut all = 0;
        for label in labels {
            all += 1;
            let known = flow::beginnings(label).filter_map(|beginning| self.steps.get(&beginning));
            // A set, so that a label of two words has one vote for each playbook.
            for at in known.flatten().collect::<BTreeSet<_>>() {
                *votes.entry(*at).or_default() += 1;
            }
        }
        let most = *votes.values().max()?;
        let mut best = votes.iter().filter(|(_, votes)| **votes == most).map(|(at, _)| *at);
        // On a tie nobody can tell, and the order of a hash table must not decide.
        let only = best.next().filter(|_| best.next().is_none());
        only.filter(|_| most > 1 && most * 3 >= all * 2)
    }
}

fn add(to: &mut HashMap<String, Vec<usize>>, text: &str, at: usize) {
    let folded = folded_name(text);
    let known = to.entry(folded.clone()).or_default();
    // A name often folds to the playbook's own id, which must not make the word ambiguous.
    if !folded.is_empty() && known.last() != Some(&at) {
        known.push(at);
    }
}

/// The last part of an id: the file's own name.
#[must_use]
pub fn last_part(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> PlaybookNames {
        PlaybookNames::of_ids([
            ("emea/recruit", "Recruit in Europe"),
            ("apac/recruit", "Recruit"),
            ("exit", "Wind down"),
        ])
    }

    #[test]
    fn the_last_part_of_an_id_is_enough_where_it_is_the_only_one() {
        let names = names();
        assert_eq!(names.by_id("emea/recruit"), IdResolution::One(0));
        assert_eq!(names.by_id("recruit"), IdResolution::Several(&[0, 1]));
        assert_eq!(names.by_id("exit"), IdResolution::One(2));
        assert_eq!(names.by_id("Exit"), IdResolution::Nothing);
        let with_plain = PlaybookNames::of_ids([("emea/recruit", "a"), ("recruit", "b")]);
        assert_eq!(with_plain.by_id("recruit"), IdResolution::One(1));
        assert_eq!(PlaybookNames::of_ids([("emea/qbr", "a")]).by_id("qbr"), IdResolution::One(0));
    }

    #[test]
    fn most_labels_tell_which_playbook_they_are_steps_of() {
        let steps = |names: &str| format!("steps:\n{}", names.replace('+', "\n  - name: "));
        let parsed = |id: &str, names: &str| {
            crate::playbook::parse(&steps(names), crate::source::SourceId::new(0), id, &[]).value
        };
        let playbooks = [parsed("a", "+Hold the call+Score them+Sign papers"), parsed("b", "+Say hello+Sign papers")];
        let names = PlaybookNames::of(&playbooks);
        assert_eq!(names.by_steps(["Call", "Sign", "Scores"]), Some(0));
        assert_eq!(names.by_steps(["Call", "Party", "Scores"]), Some(0));
        assert_eq!(names.by_steps(["Call", "Party", "Music"]), None);
        assert_eq!(names.by_steps(["Sign"]), None);
        assert_eq!(names.by_steps(["Sign papers", "Sign again"]), None);
        assert_eq!(names.by_steps([]), None);
    }

    #[test]
    fn texts_mean_playbooks_by_id_or_name() {
        let names = names();
        assert_eq!(names.by_text("EMEA / Recruit"), [0]);
        assert_eq!(names.by_text("Wind-Down"), [2]);
        assert_eq!(names.by_text("recruit"), [0, 1]);
        assert!(names.by_text("—").is_empty());
        assert_eq!(names.within_text("How we wind down, step by step"), [2]);
        assert_eq!(names.within_text("2. 🚀 EMEA/recruit, once more"), [0]);
        assert_eq!(names.within_text("Wnd down"), [2]);
        assert_eq!(names.within_text("Recriut"), [0, 1]);
        assert!(names.within_text("Recruiting").is_empty());
        assert_eq!(PlaybookNames::of_ids([("a", "B"), ("b", "C")]).by_text("b"), [1]);
    }
}
