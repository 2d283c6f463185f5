//! Links: do they lead anywhere?
//! In: links with their resolutions. Out: one finding for each that does not.
//! Never knows: how links are resolved; that is the site's business.

pub mod absolute;
pub mod anchor_not_found;
pub mod asset_link_not_found;
pub mod case_mismatch;
pub mod click_not_found;
pub mod html_not_found;
pub mod image_not_found;
pub mod not_found;
pub mod not_published;
pub mod outside_root;

use super::Broken;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Rule, nearest};
use crate::site::{PageId, Problem, Site};
use crate::text::SourcePath;
use crate::url::{Anchor, Destination};

/// What to do about a link to a page that is left out while it is a draft.
pub(super) const DRAFT: &str =
    "the page is a draft: take `draft: true` out of its front matter, or link it when it is ready";

/// What kind of thing is missing, for the message.
fn missing(rule: &'static Rule, site: &Site, broken: &Broken<'_>) -> Option<Diagnostic> {
    if broken.problem != Problem::NotFound {
        return None;
    }
    let link = broken.link;
    let Destination::Local { path, fragment, .. } = Destination::parse(&link.destination) else { return None };
    let finding = rule.at(link.span, format!("`{path}` is not there"));
    let Some(meant) = meant(site, broken, &path) else { return Some(finding) };
    if site.drafts.contains(&meant) {
        return Some(finding.help(DRAFT));
    }
    // Written as the author would write it: from the page's own file.
    let folder = broken.folder.as_ref()?;
    // A place that the better page does not have would only be the next broken link.
    let target = site.page_from(&meant);
    let fragment = fragment.filter(|id| target.is_none_or(|target| site.has_anchor(target, &Anchor::new(id))));
    let better = with_fragment(&meant.relative_to(folder), fragment.as_deref());
    let fix = Fix::suggested(vec![Edit { span: link.span, replacement: better.clone() }]);
    Some(broken.repaired(finding.help(format!("did you mean `{better}`?")), fix))
}

/// The file that a link probably means.
fn meant(site: &Site, broken: &Broken<'_>, path: &str) -> Option<SourcePath> {
    let wanted = broken.folder.as_ref()?.join(path).ok()?;
    let as_file = SourcePath::new(&format!("{wanted}.md")).ok()?;
    if site.repository.contains(&as_file) { Some(as_file) } else { nearest_file(site, &wanted) }
}

/// The place that was probably meant. One that differs in nothing but hyphens is meant for sure: tools disagree
/// on what becomes of ` — ` and `&`.
fn nearest_anchor(site: &Site, target: PageId, anchor: &Anchor) -> Option<(String, Applicability)> {
    let page = site.page(target).markdown()?;
    let fold =
        |id: &str| id.split(['-', '_']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-").to_lowercase();
    let wanted = fold(anchor.as_str());
    let mut same = page.anchors().filter(|id| fold(id.as_str()) == wanted);
    if let (Some(only), None) = (same.next(), same.next()) {
        return Some((only.to_string(), Applicability::Safe));
    }
    let best = nearest(anchor.as_str(), page.anchors().map(Anchor::as_str))?;
    Some((best.to_owned(), Applicability::Suggested))
}

/// The file that was probably meant.
pub(super) fn nearest_file(site: &Site, wanted: &SourcePath) -> Option<SourcePath> {
    SourcePath::new(site.repository.nearest(wanted.as_str())?).ok()
}

/// A path and what follows `#`.
fn with_fragment(path: &str, fragment: Option<&str>) -> String {
    fragment.map_or_else(|| path.to_owned(), |fragment| format!("{path}#{fragment}"))
}
