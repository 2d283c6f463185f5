//! Findings: what is wrong, where, and what to do about it.
//! In: rules and spans. Out: `Diagnostic`s, collected in `Findings`, never thrown.
//! Never knows: pages, playbooks, maps, or how a finding is shown.

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

/// A second place that belongs to a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What it has to do with the finding: `first defined here`.
    pub message: String,
}

/// One thing that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The rule it breaks.
    pub rule: &'static Rule,
    /// The rule's own severity, unless the project gave it another.
    pub severity: Severity,
    /// The offending text itself.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// How it can be repaired.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Says what to do: lower case, no full stop.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what to do, when there is something to say.
    #[must_use]
    pub fn help_if(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }

    /// Offers a repair, when there is one.
    #[must_use]
    pub fn fix_if(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix.filter(Fix::is_harmless).or(self.fix);
        self
    }

    /// Makes the repair a mere suggestion: what it was made from may not be what the author meant.
    pub fn doubt(&mut self) {
        if let Some(fix) = &mut self.fix {
            fix.applicability = Applicability::Suggested;
        }
    }

    /// Offers a repair, unless it would bring an address that runs.
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
    format!("did you mean `{better}`?")
}

/// Findings in the order they were met.
pub type Diagnostics = Vec<Diagnostic>;

/// Puts findings in the order of every report: file, line, column, code. What several pages found in a text that
/// they include is one finding.
pub fn sort(found: &mut Diagnostics, sources: &Sources) {
    let path = |finding: &Diagnostic| sources.get(finding.span.source).path();
    // In one file, the order of bytes is the order of lines and columns.
    let rest = |finding: &Diagnostic| (finding.span.start, finding.rule.code, finding.span.end);
    found.sort_by(|a, b| {
        path(a).cmp(path(b)).then_with(|| rest(a).cmp(&rest(b))).then_with(|| a.message.cmp(&b.message))
    });
    // A text that ten pages include is checked in each of them.
    found.dedup_by(|a, b| a.span == b.span && a.rule.code == b.rule.code && a.message == b.message);
}

/// Ends the lines that repairs bring as the lines around them end.
pub fn break_lines_alike(found: &mut Diagnostics, sources: &Sources) {
    let edits = found.iter_mut().filter_map(|finding| finding.fix.as_mut()).flat_map(|fix| &mut fix.edits);
    // Rules write `\n`; in a file of Windows, git would show the repaired line as the only one of its kind.
    for edit in edits.filter(|edit| edit.replacement.contains('\n') && !edit.replacement.contains('\r')) {
        if sources.get(edit.span.source).text().contains("\r\n") {
            edit.replacement = edit.replacement.replace('\n', "\r\n");
        }
    }
}

/// The best reading of a text, and all that was found wrong with it. Broken input is data, not failure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parsed<T> {
    /// The best value that could be made of it.
    pub value: T,
    /// What was wrong.
    pub found: Diagnostics,
}
