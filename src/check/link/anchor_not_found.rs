//! `link/anchor-not-found`: a link to a heading that its page does not have.

use super::nearest_anchor;
use crate::check::{Broken, broken_links};
use crate::diagnostic::{Diagnostic, Edit, Findings, Fix, Rule};
use crate::markdown::Link;
use crate::site::{PageId, Problem, Site};
use crate::text::Span;
use crate::url::Anchor;

/// The rule.
pub static RULE: Rule = Rule::error("link/anchor-not-found", include_str!("anchor_not_found.md"));

/// Looks at all links of a page, but for clicks in diagrams, that name a place in a page.
pub fn check(site: &Site, page: PageId, found: &mut Findings) {
    for broken in broken_links(site, page).filter(|broken| !broken.is_click) {
        if let Problem::AnchorNotFound(target, anchor) = &broken.problem {
            found.push(finding(&RULE, site, page, (&broken, *target, anchor)));
        }
    }
}

/// The finding, which is a rule of its own for clicks in diagrams.
pub(super) fn finding(
    rule: &'static Rule,
    site: &Site,
    page: PageId,
    (broken, target, anchor): (&Broken<'_>, PageId, &Anchor),
) -> Diagnostic {
    let fragment = fragment_span(broken.link);
    let whose = if target == page {
        "this page".to_owned()
    } else {
        let source = site.page(target).source.as_ref();
        source.map_or_else(|| site.page(target).address.to_string(), |source| format!("`{source}`"))
    };
    let finding = rule.at(fragment, format!("no heading `#{anchor}` in {whose}"));
    let Some((better, applicability)) = nearest_anchor(site, target, anchor) else { return finding };
    let edits = vec![Edit { span: fragment, replacement: format!("#{better}") }];
    broken.repaired(finding.help(format!("did you mean `#{better}`?")), Fix { applicability, edits })
}

/// The `#…` of the destination, as far as it stands there as it is; else the whole destination.
fn fragment_span(link: &Link) -> Span {
    let written = link.destination.len() == link.span.len();
    match link.destination.find('#').filter(|_| written) {
        Some(at) => link.span.part(at..link.span.len()),
        None => link.span,
    }
}
