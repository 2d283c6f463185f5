//! Which playbook a word means.
//! In: the ids and names of all playbooks; an id that somebody wrote, or the text of a heading or a cell. Out: the
//! positions of the playbooks it may mean.
//! Never knows: where the word was written.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::Vocabulary;

use super::{Playbook, folded_name};

/// The ids and names of all playbooks.
#[derive(Clone, Debug, Default)]
pub struct Names {
    ids: HashMap<String, usize>,
    /// By the last part of an id: `recruit` of `emea/recruit`.
    last_parts: HashMap<String, Vec<usize>>,
    folded_ids: HashMap<String, Vec<usize>>,
    /// By name, and by the last part of an id.
    folded_texts: HashMap<String, Vec<usize>>,
    /// All ids, for "did you mean".
    vocabulary: Arc<Vocabulary>,
}

/// What an id that somebody wrote means.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Meant<'a> {
    /// No playbook.
    Nothing,
    /// This one.
    One(usize),
    /// Any of these: the word is the last part of the id of each.
    Several(&'a [usize]),
}

impl Meant<'_> {
    /// The playbook, when it is certain which one.
    #[must_use]
    pub fn one(self) -> Option<usize> {
        match self {
            Self::One(at) => Some(at),
            Self::Nothing | Self::Several(_) => None,
        }
    }
}

impl Names {
    /// The names of these playbooks.
    #[must_use]
    pub fn of<'p>(playbooks: impl IntoIterator<Item = &'p Playbook>) -> Self {
        Self::of_ids(playbooks.into_iter().map(|playbook| (playbook.id.as_str(), playbook.name.value.as_str())))
    }

    /// The names of playbooks with these ids and names.
    #[must_use]
    pub fn of_ids<'p>(playbooks: impl IntoIterator<Item = (&'p str, &'p str)>) -> Self {
        let mut names = Self::default();
        let playbooks: Vec<(&str, &str)> = playbooks.into_iter().collect();
        names.vocabulary = Arc::new(playbooks.iter().map(|(id, _)| *id).collect());
        for (at, (id, name)) in playbooks.into_iter().enumerate() {
            names.ids.entry(id.to_owned()).or_insert(at);
            names.last_parts.entry(last_part(id).to_owned()).or_default().push(at);
            add(&mut names.folded_ids, id, at);
            add(&mut names.folded_texts, name, at);
            add(&mut names.folded_texts, last_part(id), at);
        }
        names
    }

    /// The only id that a word is nearly spelt as.
    #[must_use]
    pub fn near(&self, word: &str) -> Option<&str> {
        self.vocabulary.nearest(word)
    }

    /// The playbook with this id. The last part of an id is enough where no other id is or ends in the same.
    #[must_use]
    pub fn by_id(&self, word: &str) -> Meant<'_> {
        if let Some(at) = self.ids.get(word) {
            return Meant::One(*at);
        }
        match self.last_parts.get(word).map(Vec::as_slice) {
            None | Some([]) => Meant::Nothing,
            Some([only]) => Meant::One(*only),
            Some(several) => Meant::Several(several),
        }
    }

    /// The playbooks that a heading or a table cell may mean, by id or name, whatever its case, blanks and dashes:
    /// `Support Escalation` is `support-escalation`. A whole id means more than a name.
    #[must_use]
    pub fn by_text(&self, text: &str) -> &[usize] {
        let text = folded_name(text);
        let found = self.folded_ids.get(&text).or_else(|| self.folded_texts.get(&text));
        found.map_or(&[], Vec::as_slice)
    }
}

fn add(to: &mut HashMap<String, Vec<usize>>, text: &str, at: usize) {
    let folded = folded_name(text);
    let known = to.entry(folded.clone()).or_default();
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

    fn names() -> Names {
        Names::of_ids([("emea/recruit", "Recruit in Europe"), ("apac/recruit", "Recruit"), ("exit", "Wind down")])
    }

    #[test]
    fn the_last_part_of_an_id_is_enough_where_it_is_the_only_one() {
        let names = names();
        assert_eq!(names.by_id("emea/recruit"), Meant::One(0));
        assert_eq!(names.by_id("recruit"), Meant::Several(&[0, 1]));
        assert_eq!(names.by_id("exit"), Meant::One(2));
        assert_eq!(names.by_id("Exit"), Meant::Nothing);
        let with_plain = Names::of_ids([("emea/recruit", "a"), ("recruit", "b")]);
        assert_eq!(with_plain.by_id("recruit"), Meant::One(1));
        assert_eq!(Names::of_ids([("emea/qbr", "a")]).by_id("qbr"), Meant::One(0));
    }

    #[test]
    fn texts_mean_playbooks_by_id_or_name() {
        let names = names();
        assert_eq!(names.by_text("EMEA / Recruit"), [0]);
        assert_eq!(names.by_text("Wind-Down"), [2]);
        assert_eq!(names.by_text("recruit"), [0, 1]);
        assert!(names.by_text("—").is_empty());
        assert_eq!(Names::of_ids([("a", "B"), ("b", "C")]).by_text("b"), [1]);
    }
}
