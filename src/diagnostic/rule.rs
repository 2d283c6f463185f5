//! Rules: what can be wrong with a documentation project.
//! In: nothing. Out: `Rule`, the constant that each rule has in the one file that is its home.
//! Never knows: how a rule is checked, or which are switched off.

use super::Diagnostic;
use crate::source::Span;

/// How much a finding matters.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The site is wrong for its readers; a build fails.
    Error,
    /// Probably not what was meant.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word used in every report.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A rule: its name, what a finding of it counts as, and the page that explains it.
#[derive(Debug)]
pub struct Rule {
    /// `family/name`, stable, in kebab case.
    pub code: &'static str,
    /// What a finding counts as unless the project says otherwise.
    pub severity: Severity,
    /// A matter of taste: not reported unless the project gives it a severity, or `--rule` names it.
    pub is_off: bool,
    /// Looked for only by a command that is asked to, such as `check --external`.
    pub is_on_demand: bool,
    /// Markdown: what it means, why it matters, a wrong and a right example. Lies beside the rule's file.
    pub explanation: &'static str,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

impl Rule {
    /// A rule whose findings fail a build.
    #[must_use]
    pub const fn error(code: &'static str, explanation: &'static str) -> Self {
        Self { code, severity: Severity::Error, is_off: false, is_on_demand: false, explanation }
    }

    /// A rule whose findings are shown and let pass.
    #[must_use]
    pub const fn warning(code: &'static str, explanation: &'static str) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, explanation) }
    }

    /// A rule whose findings are remarks.
    #[must_use]
    pub const fn info(code: &'static str, explanation: &'static str) -> Self {
        Self { severity: Severity::Info, ..Self::error(code, explanation) }
    }

    /// The same rule, not reported unless somebody wants it.
    #[must_use]
    pub const fn off(self) -> Self {
        Self { is_off: true, ..self }
    }

    /// The same rule, looked for only by a command that is asked to.
    #[must_use]
    pub const fn on_demand(self) -> Self {
        Self { is_on_demand: true, ..self }
    }

    /// What it finds, in one sentence: the first paragraph of its page.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        let body = self.explanation.split_once('\n').map_or("", |(_, body)| body).trim_start();
        body.split("\n\n").next().unwrap_or_default().trim()
    }

    /// The id of the line that the list of all rules has for it: `link-not-found`.
    #[must_use]
    pub fn anchor(&self) -> String {
        self.code.replace('/', "-")
    }

    /// A finding of this rule. The message says what is wrong: lower case, no full stop, the author's words
    /// in backticks.
    #[must_use]
    pub fn at(&'static self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            rule: self,
            severity: self.severity,
            span,
            message: message.into(),
            help: None,
            related: Vec::new(),
            fix: None,
        }
    }
}
