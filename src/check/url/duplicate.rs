//! `url/duplicate`: two sources with one address.

use crate::diagnostic::{Findings, Rule};
use crate::site::{AddressClash, Site};
use crate::text::Span;

/// The rule.
pub static RULE: Rule = Rule::error("url/duplicate", include_str!("duplicate.md"));

/// Looks at the addresses that were wanted twice.
pub fn check(site: &Site, found: &mut Findings) {
    for AddressClash { address, kept, lost } in &site.clashes {
        // Two files that are only copied have no text to point into; the mounts that brought them in do.
        let source = lost.source.or(kept.source).unwrap_or(site.config.book_toml);
        let message = format!("`{}` and `{}` both want the address `{address}`", kept.path, lost.path);
        let mut finding = RULE.at(Span::start_of(source), message).help("rename one of them, or mount it elsewhere");
        if let Some(kept) = kept.source.filter(|kept| *kept != source) {
            finding = finding.related(Span::start_of(kept), "this one is served there");
        }
        found.push(finding);
    }
}
