//! Links: do they lead anywhere?
//! In: links with their resolutions. Out: one finding for each that does not.
//! Never knows: how links are resolved; that is the site's business.

pub mod absolute;
mod anchor;
pub mod anchor_not_found;
pub mod asset_link_not_found;
pub mod bare_url;
pub mod case_mismatch;
pub mod click_not_found;
pub mod html_not_found;
pub mod image_not_found;
pub mod malformed_url;
mod meant;
pub mod not_found;
pub mod not_published;
pub mod outside_root;
pub mod unsafe_scheme;
pub mod unused_definition;
mod web;

use super::entry::Check;
pub(in crate::check) use anchor::nearest_anchor;

use super::Broken;
use crate::diagnostic::{Diagnostic, Edit, Fix, Rule, did_you_mean};
use crate::site::{LinkProblem, PageId, Site};
use crate::source::SourcePath;
use crate::url::{Anchor, Destination};

/// The rules of this folder with their checks, a line each.
pub(super) static CHECKS: &[Check] = &[
    Check::page(&[&absolute::RULE], absolute::check),
    Check::page(&[&anchor_not_found::RULE], anchor_not_found::check).and_site(anchor_not_found::check_outline),
    Check::site(&[&asset_link_not_found::RULE], asset_link_not_found::check),
    Check::page(&[&bare_url::RULE], bare_url::check),
    Check::page(&[&case_mismatch::RULE], case_mismatch::check),
    Check::page(&[&click_not_found::RULE], click_not_found::check),
    Check::page(&[&html_not_found::RULE], html_not_found::check),
    Check::page(&[&image_not_found::RULE], image_not_found::check),
    Check::page(&[&malformed_url::RULE], malformed_url::check),
    Check::page(&[&not_found::RULE], not_found::check).and_site(not_found::check_settings),
    Check::page(&[&not_published::RULE], not_published::check),
    Check::page(&[&outside_root::RULE], outside_root::check),
    Check::page(&[&unsafe_scheme::RULE], unsafe_scheme::check).and_site(unsafe_scheme::check_site),
    Check::page(&[&unused_definition::RULE], unused_definition::check),
];

/// What to do about a link to a page that is left out while it is a draft.
pub(super) const DRAFT: &str =
    "the page is a draft: remove `draft: true` from its front matter, or add the link when it is ready";

/// What to do about files that are no pages.
pub(in crate::check) const ELSEWHERE: &str =
    "add it with `[[mount]]`, or set `git-repository-url` to link to the repository";

/// What kind of thing is missing, for the message.
fn missing(rule: &'static Rule, site: &Site, page: PageId, broken: &Broken<'_>) -> Option<Diagnostic> {
    let link = broken.link;
    if broken.problem == LinkProblem::NotFilled {
        let finding = rule.at(link.span, format!("unfilled variable in the link `{}`", link.destination));
        return Some(
            finding.help("only templates are filled in: declare `placeholders` in the front matter of this page"),
        );
    }
    if broken.problem != LinkProblem::NotFound {
        return None;
    }
    let Destination::Local { path, query, fragment } = Destination::parse(&link.destination) else { return None };
    let what = if path.ends_with('/') { "page" } else { "file" };
    let finding = rule.at(link.span, format!("{what} not found: `{path}`"));
    let finding = match broken.leads_to(site, page, &path) {
        Some(target) => finding.leads_to(target),
        None => finding,
    };
    // mdBook's and Jinja's own marks, left by a project that ran a preprocessor before.
    if ["{{", "{%"].iter().any(|mark| link.destination.starts_with(mark)) {
        let finding = rule.at(link.span, format!("unfilled variable in the link `{}`", link.destination));
        return Some(
            finding.help("preprocessors are not supported: define a variable in `[variables]`, and write `{{ name }}`"),
        );
    }
    if let Some(address) = web::address(&link.destination) {
        let edits = vec![Edit { span: link.span, replacement: address.clone() }];
        return Some(broken.repaired(finding.help(did_you_mean(address)), Fix::suggested(edits)));
    }
    let Some(meant) = meant::meant(site, page, broken, &path) else { return Some(finding) };
    if site.drafts.contains(&meant.file) {
        return Some(finding.help(DRAFT));
    }
    // A place that the better page does not have would only be the next broken link.
    let target = site.page_from(&meant.file);
    let fragment = fragment.filter(|id| target.is_none_or(|target| site.has_anchor(target, &Anchor::new(id))));
    let better = with_rest(&meant.path, query.as_deref(), fragment.as_deref());
    let edits = vec![Edit { span: link.span, replacement: better.clone() }];
    let help = meant.why.map_or_else(|| did_you_mean(&better), |why| format!("{why}: write `{better}`"));
    Some(broken.repaired(finding.help(help), Fix { applicability: meant.applicability, edits }))
}

/// The file that was probably meant.
pub(super) fn nearest_file(site: &Site, wanted: &SourcePath) -> Option<SourcePath> {
    SourcePath::new(site.repository.nearest(wanted.as_str())?).ok()
}

/// A path with what its author wrote behind it: what follows `?`, and what follows `#`.
pub(in crate::check) fn with_rest(path: &str, query: Option<&str>, fragment: Option<&str>) -> String {
    let part = |mark: char, part: Option<&str>| part.map(|part| format!("{mark}{part}")).unwrap_or_default();
    format!("{path}{}{}", part('?', query), part('#', fragment))
}
