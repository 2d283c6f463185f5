//! Fixes: edits to source files, and how to apply them to text.

use crate::source::Span;
use crate::url::scheme;

/// Replaces the bytes of a span.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// The range to replace.
    pub span: Span,
    /// The replacement text.
    pub replacement: String,
}

/// How safe a fix is.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Applicability {
    /// Keeps the author's meaning. Applied by `--fix`.
    Safe,
    /// A likely guess. Shown, and applied only on request.
    Suggested,
}

impl Applicability {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Suggested => "suggested",
        }
    }
}

/// A fix: edits that belong together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// How safe it is.
    pub applicability: Applicability,
    /// The edits. Either all are applied or none.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that `--fix` applies.
    #[must_use]
    pub fn safe(edits: Vec<Edit>) -> Self {
        Self { applicability: Applicability::Safe, edits }
    }

    /// A fix that is applied only on request.
    #[must_use]
    pub fn suggested(edits: Vec<Edit>) -> Self {
        Self { applicability: Applicability::Suggested, edits }
    }

    /// Whether no edit adds an address that can run a script: a fix must not turn a link into one.
    #[must_use]
    pub fn is_harmless(&self) -> bool {
        // Held at the one door that all repairs go through, as a suggestion may be made of words from anywhere in the
        // project.
        !self.edits.iter().any(|edit| scheme::may_run(&edit.replacement))
    }

    /// A single safe replacement.
    #[must_use]
    pub fn replace(span: Span, replacement: impl Into<String>) -> Self {
        Self::safe(vec![Edit { span, replacement: replacement.into() }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn no_repair_brings_an_address_that_runs() {
        let fix = |text: &str| Fix::replace(Span::new(SourceId::new(0), 0..1), text);
        for text in ["javascript:alert(1)", "[x](JavaScript:x)", "java\tscript:x", " vbscript :x"] {
            assert!(!fix(text).is_harmless(), "{text:?}");
        }
        assert!(fix("javascript.md").is_harmless() && fix("https://example.org/").is_harmless());
    }
}
