//! Rules: the kinds of problems that partner-docs can find. Each is a constant in the one file that checks it.

use super::Diagnostic;
use crate::source::Span;

/// How serious a finding is.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The site is broken for readers. Fails the build.
    Error,
    /// Probably not what was meant.
    Warning,
    /// Good to know.
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

/// A rule: its name, its default severity, and the page that explains it.
#[derive(Debug)]
pub struct Rule {
    /// `family/name`, stable, in kebab case.
    pub code: &'static str,
    /// The default severity.
    pub severity: Severity,
    /// A matter of taste: not reported unless the project gives it a severity, or `--rule` names it.
    pub is_off: bool,
    /// Looked for only by a command that is asked to, such as `check --external`.
    pub is_on_demand: bool,
    /// Its page, in Markdown: what it means, why it matters, and an example before and after. The file is next to the
    /// rule's.
    pub explanation: &'static str,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

impl Rule {
    /// A rule whose findings fail the build.
    #[must_use]
    pub const fn error(code: &'static str, explanation: &'static str) -> Self {
        Self { code, severity: Severity::Error, is_off: false, is_on_demand: false, explanation }
    }

    /// A rule whose findings are reported without failing the build.
    #[must_use]
    pub const fn warning(code: &'static str, explanation: &'static str) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, explanation) }
    }

    /// A rule whose findings are only for information.
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

    /// The anchor of its row on the findings page: `link-not-found`.
    #[must_use]
    pub fn anchor(&self) -> String {
        self.code.replace('/', "-")
    }

    /// Creates a finding of this rule. The message says what is wrong: lower case, no full stop, the author's words in
    /// backticks.
    #[must_use]
    pub fn at(&'static self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            rule: self,
            severity: self.severity,
            span,
            message: message.into(),
            target: None,
            help: None,
            related: Vec::new(),
            fix: None,
        }
    }
}
