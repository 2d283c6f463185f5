//! `url/duplicate`: two sources with one address.

use crate::diagnostic::{Findings, Rule};
use crate::site::Site;
use crate::text::{SourcePath, Span};

/// The rule.
pub static RULE: Rule = Rule::error("url/duplicate", include_str!("duplicate.md"));

/// Looks at the addresses that were wanted twice.
pub fn check(site: &Site, found: &mut Findings) {
    let start = |path: &SourcePath| site.source_id(path).map(Span::start_of);
    for clash in &site.clashes {
        let Some(span) = start(&clash.lost).or_else(|| start(&clash.kept)) else { continue };
        let message = format!("`{}` and `{}` both want the address `{}`", clash.kept, clash.lost, clash.address);
        let mut finding = RULE.at(span, message).help("rename one of them, or mount it elsewhere");
        if let Some(kept) = start(&clash.kept).filter(|kept| *kept != span) {
            finding = finding.related(kept, "this one is served there");
        }
        found.push(finding);
    }
}
