//! Diagnostics, called findings in everything that users read: what is wrong, where, and how to fix it. They are
//! collected in `Diagnostics`, never thrown.

pub mod bug;
mod counts;
mod fix;
mod nearest;
mod rule;

pub use counts::ProjectCounts;
pub use fix::{Applicability, Edit, Fix};
pub(crate) use nearest::distance;
pub use nearest::{Vocabulary, is_same_name, nearest, slips};
pub use rule::{Rule, Severity};

use std::fmt;

use crate::source::{Sources, Span};

/// A second location that belongs to a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Related {
    /// The location.
    pub span: Span,
    /// How it's related to the finding: `first defined here`.
    pub message: String,
}

/// A problem that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The rule that reports it.
    pub rule: &'static Rule,
    /// The rule's severity, unless the project changes it.
    pub severity: Severity,
    /// The exact text that is wrong.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// Where a link leads that is wrong, if others may lead there as well: a missing file is one cause, however many
    /// links lead to it.
    pub target: Option<String>,
    /// How to fix it.
    pub help: Option<String>,
    /// Other locations that belong to it.
    pub related: Vec<Related>,
    /// The fix, if there is one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Says where the link leads that is wrong, the same for all that lead there: a path from the root of the repository,
    /// or an address.
    #[must_use]
    pub fn leads_to(mut self, target: impl fmt::Display) -> Self {
        self.target = Some(target.to_string());
        self
    }

    /// Adds a help text: lower case, no full stop.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a help text, if there is one.
    #[must_use]
    pub fn help_if(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Adds a second location.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }

    /// Adds a fix, if there is one.
    #[must_use]
    pub fn fix_if(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix.filter(Fix::is_harmless).or(self.fix);
        self
    }

    /// Downgrades the fix to a suggestion: the value it's based on may not be what the author meant.
    pub fn doubt(&mut self) {
        if let Some(fix) = &mut self.fix {
            fix.applicability = Applicability::Suggested;
        }
    }

    /// Adds a fix, unless it would add an address that can run a script.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix).filter(Fix::is_harmless);
        self
    }

    /// Asks whether `better` was meant, and offers to write it in place of the text that is wrong.
    #[must_use]
    pub fn suggest(self, better: &str) -> Self {
        let edit = Edit { span: self.span, replacement: better.to_owned() };
        self.suggest_edit(better, edit)
    }

    /// Asks whether `better` was meant, and offers the edit that writes it: where it takes quotes, or only a part of the
    /// text is wrong.
    #[must_use]
    pub fn suggest_edit(self, better: impl fmt::Display, edit: Edit) -> Self {
        self.help(did_you_mean(better)).fix(Fix::suggested(vec![edit]))
    }
}

/// The help that asks whether something else was meant.
#[must_use]
pub fn did_you_mean(better: impl fmt::Display) -> String {
    format!("did you mean {}?", code(&better.to_string()))
}

/// An author's word as code in a message, as Markdown writes it: a word with backticks is between more of them.
#[must_use]
pub fn code(word: &str) -> String {
    let longest = word.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let marks = "`".repeat(longest + 1);
    let space = if word.starts_with('`') || word.ends_with('`') { " " } else { "" };
    format!("{marks}{space}{word}{space}{marks}")
}

/// If another tool left more than this in a project, it is one finding: hundreds of them would hide all others.
pub const MOST_ALIKE: usize = 5;

/// Findings in the order in which they were found.
pub type Diagnostics = Vec<Diagnostic>;

/// Sorts findings as in every report: by file, line, column and code. If several pages report the same problem in a
/// file that they include, it's kept only once.
pub fn sort(found: &mut Diagnostics, sources: &Sources) {
    let path = |finding: &Diagnostic| sources.get(finding.span.source).path();
    // Within a file, byte order is the order of lines and columns.
    let rest = |finding: &Diagnostic| (finding.span.start, finding.rule.code, finding.span.end);
    found.sort_by(|a, b| {
        path(a).cmp(path(b)).then_with(|| rest(a).cmp(&rest(b))).then_with(|| a.message.cmp(&b.message))
    });
    // A text that ten pages include is checked in each of them.
    found.dedup_by(|a, b| a.span == b.span && a.rule.code == b.rule.code && a.message == b.message);
}

/// Converts the line endings in fixes to those of the lines around them.
pub fn break_lines_alike(found: &mut Diagnostics, sources: &Sources) {
    let edits = found.iter_mut().filter_map(|finding| finding.fix.as_mut()).flat_map(|fix| &mut fix.edits);
    // Rules write `\n`; in a file of Windows, git would show the repaired line as the only one of its kind.
    for edit in edits.filter(|edit| edit.replacement.contains('\n') && !edit.replacement.contains('\r')) {
        if sources.get(edit.span.source).text().contains("\r\n") {
            edit.replacement = edit.replacement.replace('\n', "\r\n");
        }
    }
}

/// The best possible reading of a file, with everything that was wrong in it. Broken input is data, not an error.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parsed<T> {
    /// The best possible value.
    pub value: T,
    /// What was wrong.
    pub found: Diagnostics,
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn a_word_with_backticks_is_between_more_of_them() {
        let cases =
            [("steps", "`steps`"), ("st`eps", "``st`eps``"), ("`steps`", "`` `steps` ``"), ("a``b", "```a``b```")];
        for (word, shown) in cases {
            assert_eq!(code(word), shown);
        }
    }
}
