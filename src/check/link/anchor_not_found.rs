//! `link/anchor-not-found`: a link to a heading that its page does not have.

use super::anchor::nearest_anchor;
use crate::check::{Broken, broken_links};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule, did_you_mean};
use crate::markdown::Link;
use crate::site::{LinkProblem, PageId, Resolution, Site, Target};
use crate::source::Span;
use crate::url::Anchor;

/// The rule.
pub static RULE: Rule = Rule::error("link/anchor-not-found", include_str!("anchor_not_found.md"));

/// Looks at all links of a page, but for clicks in diagrams, that name a place in a page.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    for broken in broken_links(site, page).filter(|broken| !broken.is_click) {
        if let LinkProblem::AnchorNotFound(target, anchor) = &broken.problem {
            found.push(finding(&RULE, site, page, &broken, *target, anchor));
        }
    }
    let links = site.page(page).markdown().map_or(&[][..], |page| &page.links);
    found.extend(links.iter().zip(site.links(page)).filter_map(|(link, resolution)| apart(site, link, resolution)));
}

/// Looks at the entries of the outline that name a place in their page.
pub fn check_outline(site: &Site, found: &mut Diagnostics) {
    for (entry, page, anchor) in site.nav.places.iter().filter(|(_, page, anchor)| !site.has_anchor(*page, anchor)) {
        // An outline may write `%20` or quotes: then the whole entry is the place.
        let is_verbatim = entry.value.len() == entry.span.len();
        let at = entry.value.find('#').filter(|_| is_verbatim).unwrap_or_default();
        let span = if is_verbatim { entry.span.part(at..entry.span.len()) } else { entry.span };
        let shown = entry.value.split('#').next().unwrap_or_default();
        let finding = RULE.at(span, format!("no heading `#{anchor}` in `{shown}`"));
        found.push(match nearest_anchor(site, *page, anchor) {
            Some((better, applicability)) => {
                let edits = vec![Edit { span, replacement: format!("#{better}") }];
                let fix = Some(Fix { applicability, edits }).filter(|_| is_verbatim);
                finding.help(did_you_mean(format!("#{better}"))).fix_if(fix)
            }
            None => finding,
        });
    }
}

/// A place in a file of the repository that is no page. `#L12` is a line of it.
fn apart(site: &Site, link: &Link, resolution: &Resolution) -> Option<Diagnostic> {
    let Target::Repository { path, fragment: Some(fragment) } = &resolution.target else { return None };
    let places = site.anchors_in_unpublished(path).filter(|_| resolution.problem.is_none())?;
    // GitHub shows lines as `#L12` and the README of a folder at `#readme`; neither is a heading.
    let is_line = fragment.strip_prefix('L').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if is_line || fragment == "readme" || places.contains(fragment) {
        return None;
    }
    let span = fragment_span(link);
    let finding = RULE.at(span, format!("no heading `#{fragment}` in `{path}`"));
    let Some(better) = places.nearest(fragment) else { return Some(finding) };
    let better = format!("#{better}");
    Some(finding.suggest(&better))
}

/// The finding, which is a rule of its own for clicks in diagrams.
pub(super) fn finding(
    rule: &'static Rule,
    site: &Site,
    page: PageId,
    broken: &Broken<'_>,
    target: PageId,
    anchor: &Anchor,
) -> Diagnostic {
    let fragment = fragment_span(broken.link);
    let place = if target == page {
        "on this page".to_owned()
    } else {
        let source = site.page(target).source.as_ref();
        source.map_or_else(|| format!("in {}", site.page(target).address), |source| format!("in `{source}`"))
    };
    let finding = rule.at(fragment, format!("no heading `#{anchor}` {place}"));
    let file = site.page(target).source.as_ref().map(|file| site.config.place.shown(file));
    let finding = finding.leads_to(format!("{}#{anchor}", file.unwrap_or(site.page(target).address.as_str())));
    let Some((better, applicability)) = nearest_anchor(site, target, anchor) else { return finding };
    let edits = vec![Edit { span: fragment, replacement: format!("#{better}") }];
    broken.repaired(finding.help(did_you_mean(format!("#{better}"))), Fix { applicability, edits })
}

/// The `#…` of the destination, as far as it stands there as it is; else the whole destination.
fn fragment_span(link: &Link) -> Span {
    let written = link.destination.len() == link.span.len();
    match link.destination.find('#').filter(|_| written) {
        Some(at) => link.span.part(at..link.span.len()),
        None => link.span,
    }
}
