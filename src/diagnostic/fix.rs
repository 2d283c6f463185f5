//! Repairs of source texts.
//! In: edits that a finding offers. Out: the repaired text.
//! Never knows: the disk, or what the text means.

use crate::text::Span;

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

    /// One safe replacement.
    #[must_use]
    pub fn replace(span: Span, replacement: impl Into<String>) -> Self {
        Self::safe(vec![Edit { span, replacement: replacement.into() }])
    }
}
