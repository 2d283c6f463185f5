//! `url/duplicate`: two sources, or redirects, with one address.

use crate::diagnostic::{Diagnostic, Findings, Rule};
use crate::site::{AddressClash, Claim, LostRedirect, RedirectObstacle, Site};
use crate::text::Span;

/// The rule.
pub static RULE: Rule = Rule::error("url/duplicate", include_str!("duplicate.md"));

/// Looks at the addresses that were wanted twice.
pub fn check(site: &Site, found: &mut Findings) {
    for AddressClash { address, kept, lost } in &site.clashes {
        if site.config.playbook_id(&kept.path).is_some() && site.config.playbook_id(&lost.path).is_some() {
            found.extend(one_playbook(kept, lost).into_iter().flatten());
            continue;
        }
        // Two files that are only copied have no text to point into; the mounts that brought them in do.
        let source = lost.source.or(kept.source).unwrap_or(site.config.book_toml);
        let message = format!("`{}` and `{}` both want the address `{address}`", kept.path, lost.path);
        let mut finding = RULE.at(Span::start_of(source), message).help("rename one of them, or mount it elsewhere");
        if let Some(kept) = kept.source.filter(|kept| *kept != source) {
            finding = finding.related(Span::start_of(kept), "this one is served there");
        }
        found.push(finding);
    }
    for LostRedirect { from, reason } in &site.lost_redirects {
        let address = &from.value;
        found.extend(match reason {
            RedirectObstacle::Taken(path) => {
                let message = format!("`{path}` is served at `{address}`, so nobody is led on from there");
                Some(RULE.at(from.span, message).help("take the redirect away, or move the page"))
            }
            RedirectObstacle::Redirected(other) => {
                let finding = RULE.at(from.span, format!("`{address}` leads elsewhere already"));
                Some(finding.help("let it lead to one page").related(*other, "this one is served there"))
            }
            // Not about the address: other rules tell these.
            RedirectObstacle::OutsideSite
            | RedirectObstacle::Mark(_)
            | RedirectObstacle::NoTarget
            | RedirectObstacle::UnsafeScheme(..) => None,
        });
    }
}

/// Two playbooks with one id: nobody can tell which of them is meant, so it is said at both.
fn one_playbook(kept: &Claim, lost: &Claim) -> [Option<Diagnostic>; 2] {
    [(kept, lost), (lost, kept)].map(|(own, other)| {
        let message = format!("`{}` and `{}` are playbooks with one id", own.path, other.path);
        let finding = RULE.at(Span::start_of(own.source?), message).help("rename one of them");
        Some(finding.related(Span::start_of(other.source?), "the other one"))
    })
}
