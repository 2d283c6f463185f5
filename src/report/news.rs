//! Compares findings at two points in time: which are new, and which are resolved.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// The findings at one point in time, by rule, file and message, so that a finding that only moved stays the same.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DiagnosticSet(pub(super) BTreeMap<DiagnosticKey, usize>);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct DiagnosticKey {
    pub(super) file: String,
    pub(super) code: Cow<'static, str>,
    pub(super) message: String,
}

impl DiagnosticKey {
    fn of(finding: &Diagnostic, sources: &Sources) -> Self {
        let file = sources.shown(finding.span.source).to_owned();
        Self { file, code: Cow::Borrowed(finding.rule.code), message: finding.message.clone() }
    }
}

impl DiagnosticSet {
    /// All findings at one point in time.
    #[must_use]
    pub fn of(found: &[Diagnostic], sources: &Sources) -> Self {
        let mut known = Self::default();
        for finding in found {
            *known.0.entry(DiagnosticKey::of(finding, sources)).or_default() += 1;
        }
        known
    }

    /// The same findings after files were moved: `moved` returns the new path of each, as shown in reports.
    #[must_use]
    pub fn moved(self, moved: &BTreeMap<String, String>) -> Self {
        let mut known = Self::default();
        for (key, count) in self.0 {
            let file = moved.get(&key.file).cloned().unwrap_or(key.file);
            *known.0.entry(DiagnosticKey { file, ..key }).or_default() += count;
        }
        known
    }

    /// The number of findings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.values().sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The new findings, in order. Of several with the same key, only as many as were added.
    #[must_use]
    pub fn news(&self, found: &[Diagnostic], sources: &Sources) -> Vec<Diagnostic> {
        let mut left = self.0.clone();
        let is_new = |finding: &&Diagnostic| match left.get_mut(&DiagnosticKey::of(finding, sources)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        };
        found.iter().filter(is_new).cloned().collect()
    }

    /// A line for each finding that is resolved.
    #[must_use]
    pub fn gone(&self, now: &Self) -> String {
        let mut lines = String::new();
        for (key, count) in &self.0 {
            let still = now.0.get(key).copied().unwrap_or_default();
            for _ in still..*count {
                // Writing to a string cannot fail.
                let _ = writeln!(lines, "resolved: {}: {} [{}]", key.file, key.message, key.code);
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;
    use crate::source::{SourceId, SourcePath, Span};

    static MISSING: Rule = Rule::error("link/not-found", "# link/not-found\n");

    /// A page in which each line is the message of a finding.
    fn page(sources: &mut Sources, text: &str) -> Vec<Diagnostic> {
        let source: SourceId = sources.set(SourcePath::new("content/nda.md").unwrap(), text);
        let at = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
        text.lines()
            .filter(|line| !line.is_empty())
            .map(|line| MISSING.at(Span::new(source, at(line)..at(line) + line.len()), line))
            .collect()
    }

    #[test]
    fn what_moved_is_no_news() {
        let mut sources = Sources::default();
        let before = page(&mut sources, "a\nb\n");
        let known = DiagnosticSet::of(&before, &sources);
        let after = page(&mut sources, "\n\nb\na\n");
        assert_eq!(known.news(&after, &sources), []);
        assert_eq!(known.gone(&DiagnosticSet::of(&after, &sources)), "");
    }

    #[test]
    fn one_more_of_the_same_is_new_and_one_less_is_gone() {
        let mut sources = Sources::default();
        let before = page(&mut sources, "a\nb\nb\n");
        let known = DiagnosticSet::of(&before, &sources);
        let after = page(&mut sources, "a\na\nb\nc\n");
        let news: Vec<String> = known.news(&after, &sources).into_iter().map(|finding| finding.message).collect();
        assert_eq!(news, ["a", "c"]);
        assert_eq!(known.gone(&DiagnosticSet::of(&after, &sources)), "resolved: content/nda.md: b [link/not-found]\n");
    }
}
