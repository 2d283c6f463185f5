//! Comments that suppress findings: `<!-- partner-docs: allow link/not-found until the page is written -->`.
//! In: the texts of a project. Out: what is suppressed where; findings without those that are; comments that
//! suppress nothing, as findings of their own.
//! Never knows: what any rule finds.

mod cover;
mod nearly;
mod read;
mod suppression;
mod syntax;
pub mod unknown;
pub mod unused;

use super::entry::Check;
use crate::diagnostic::{Diagnostics, Parsed, Rule};
use crate::source::{SourceId, Sources};

use suppression::Suppression;
use syntax::NAME;

/// The rules of this folder with their checks, a line each.
pub(super) static CHECKS: &[Check] = &[Check::elsewhere(&[&unknown::RULE]), Check::elsewhere(&[&unused::RULE])];

/// Whether a text may hold a comment to this program, or what was meant as one: quick, for those who keep few texts.
#[must_use]
pub fn may_be_in(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), NAME.as_bytes()).is_some() || !nearly::names(text).is_empty()
}

/// All that is suppressed in a project.
#[derive(Clone, Debug, Default)]
pub struct Suppressions(Vec<Suppression>);

impl Suppressions {
    /// Reads the comments of these texts. What cannot be understood in them is a finding.
    #[must_use]
    pub fn read(sources: &Sources, texts: impl IntoIterator<Item = SourceId>) -> Parsed<Self> {
        let mut all = Parsed { value: Self::default(), found: Diagnostics::new() };
        for id in texts {
            let Parsed { value, found } = read::comments(sources.get(id), id);
            all.value.0.extend(value);
            all.found.extend(found);
        }
        all
    }

    /// Removes the findings that are suppressed, and remembers by what.
    pub fn apply(&mut self, found: &mut Diagnostics) {
        found.retain(|finding| {
            let mut is_suppressed = false;
            // All that cover it are used, not the first alone: a comment for a file and one for a line each have their
            // reason.
            for suppression in self.0.iter_mut().filter(|suppression| suppression.covers(finding)) {
                suppression.is_used = true;
                is_suppressed = true;
            }
            !is_suppressed
        });
    }

    /// The comments that suppressed nothing, of the rules that were looked for.
    #[must_use]
    pub fn unused(&self, was_looked_for: impl Fn(&Rule) -> bool) -> Diagnostics {
        let unused = self.0.iter().filter(|own| !own.is_used && was_looked_for(own.rule));
        unused.map(|own| unused::finding(own.rule, own.word, own.is_only.then_some(own.comment))).collect()
    }
}
