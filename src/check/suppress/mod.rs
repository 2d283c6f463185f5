//! Comments that allow findings: `<!-- partner-docs: allow link/not-found until the page is written -->`.
//! In: the texts of a project. Out: what is allowed where; findings without those that are; comments that allow
//! nothing, as findings of their own.
//! Never knows: what any rule finds.

mod cover;
mod nearly;
mod read;
mod unknown;
mod unused;

use std::ops::Range;

use crate::diagnostic::{Diagnostics, Parsed, Rule};
use crate::source::{SourceId, Sources, Span};

pub use unknown::RULE as UNKNOWN_ALLOW;
pub use unused::RULE as UNUSED_ALLOW;

/// What every comment to this program begins with; a colon follows.
const NAME: &str = "partner-docs";

/// Whether a text may hold a comment to this program, or what was meant as one: quick, for those who keep few texts.
#[must_use]
pub fn may_be_in(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), NAME.as_bytes()).is_some() || !nearly::names(text).is_empty()
}

/// All that is allowed in a project.
#[derive(Clone, Debug, Default)]
pub struct Suppressions(Vec<Allow>);

/// One rule that is allowed somewhere.
#[derive(Clone, Debug)]
struct Allow {
    rule: &'static Rule,
    /// The rule's name in the comment.
    word: Span,
    /// The comment, and its line where it has one of its own.
    comment: Span,
    /// Whether the comment names no other rule.
    is_only: bool,
    /// Where findings are allowed; findings begin in it.
    covers: Range<usize>,
    is_used: bool,
}

impl Suppressions {
    /// Reads the comments of these texts. What cannot be understood in them is a finding.
    #[must_use]
    pub fn read(sources: &Sources, texts: impl IntoIterator<Item = SourceId>) -> Parsed<Self> {
        let mut all = Parsed { value: Self::default(), found: Diagnostics::new() };
        for id in texts {
            read::comments(sources.get(id), id, &mut all);
        }
        all
    }

    /// Takes the findings away that are allowed, and remembers by what.
    pub fn apply(&mut self, found: &mut Diagnostics) {
        if self.0.is_empty() {
            return;
        }
        found.retain(|finding| {
            let place = finding.span.start as usize;
            let mut is_allowed = false;
            for allow in &mut self.0 {
                let fits = allow.rule == finding.rule && allow.word.source == finding.span.source;
                if fits && allow.covers.contains(&place) {
                    allow.is_used = true;
                    is_allowed = true;
                }
            }
            !is_allowed
        });
    }

    /// The comments that allowed nothing, of the rules that were looked for.
    #[must_use]
    pub fn unused(&self, was_looked_for: impl Fn(&Rule) -> bool) -> Diagnostics {
        let unused = self.0.iter().filter(|allow| !allow.is_used && was_looked_for(allow.rule));
        unused.map(unused::finding).collect()
    }
}
