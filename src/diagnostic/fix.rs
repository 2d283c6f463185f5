//! Repairs of source texts.
//! In: edits that a finding offers. Out: the repaired text.
//! Never knows: the disk, or what the text means.

use crate::source::Span;
use crate::url::scheme;

/// Replaces the bytes of a span.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub replacement: String,
}

/// How far a repair can be trusted.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Applicability {
    /// Means what the author meant; applied by `--fix`.
    Safe,
    /// A good guess; shown, applied when asked for.
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

/// A repair: edits that belong together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// How far it can be trusted.
    pub applicability: Applicability,
    /// All of them, or none.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A repair that `--fix` applies.
    #[must_use]
    pub fn safe(edits: Vec<Edit>) -> Self {
        Self { applicability: Applicability::Safe, edits }
    }

    /// A repair that is only shown unless asked for.
    #[must_use]
    pub fn suggested(edits: Vec<Edit>) -> Self {
        Self { applicability: Applicability::Suggested, edits }
    }

    /// Whether no edit brings an address that runs: what an author took for a place to go must not become one.
    #[must_use]
    pub fn is_harmless(&self) -> bool {
        // Held at the one door that all repairs go through, as a suggestion may be made of words from anywhere in the
        // project.
        !self.edits.iter().any(|edit| scheme::may_run(&edit.replacement))
    }

    /// One safe replacement.
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
