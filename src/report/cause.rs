//! Findings by their cause: what one change can mend is read as one.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::counted;
use crate::diagnostic::{Diagnostic, Severity};

/// Findings with one cause, in the order in which they were found; there is at least one.
pub(super) struct Cause<'a> {
    /// The first of them.
    pub(super) first: &'a Diagnostic,
    /// The others.
    pub(super) more: Vec<&'a Diagnostic>,
}

/// What makes findings one: rule, severity, and the target or else the message.
#[derive(PartialEq, Eq, Hash)]
struct CauseKey<'a> {
    rule: &'static str,
    severity: Severity,
    about: &'a str,
}

impl<'a> Cause<'a> {
    /// Groups findings, in the order of the first of each cause.
    pub(super) fn of(found: &'a [Diagnostic]) -> Vec<Self> {
        let mut causes: Vec<Self> = Vec::new();
        let mut known: HashMap<CauseKey<'a>, usize> = HashMap::new();
        for finding in found {
            let about = finding.target.as_deref().unwrap_or(&finding.message);
            let key = CauseKey { rule: finding.rule.code, severity: finding.severity, about };
            let at = *known.entry(key).or_insert(causes.len());
            match causes.get_mut(at) {
                Some(cause) => cause.more.push(finding),
                None => causes.push(Self { first: finding, more: Vec::new() }),
            }
        }
        causes
    }

    /// How many findings it has.
    pub(super) fn count(&self) -> usize {
        1 + self.more.len()
    }

    /// All of its findings.
    pub(super) fn findings(&self) -> impl Iterator<Item = &'a Diagnostic> {
        std::iter::once(self.first).chain(self.more.iter().copied())
    }

    /// What is wrong, in one line: `39 links lead to …`, or the message of its only finding.
    pub(super) fn title(&self) -> Cow<'a, str> {
        match (&self.first.target, self.more.len()) {
            (_, 0) => Cow::Borrowed(&self.first.message),
            (Some(target), _) => Cow::Owned(format!("{} lead to `{target}`", counted(self.count(), "link"))),
            (None, _) => Cow::Owned(format!("{} ({} times)", self.first.message, self.count())),
        }
    }
}

/// How many files these findings are in.
pub(super) fn files<'a>(findings: impl Iterator<Item = &'a Diagnostic>) -> usize {
    findings.map(|finding| finding.span.source).collect::<BTreeSet<_>>().len()
}
