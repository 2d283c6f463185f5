//! Renames an anchor.
//! In: the site, the page, and the old and new id. Out: edits that change the id and every link to it.

use super::links::raw_path;
use crate::diagnostic::Edit;
use crate::markdown::Link;
use crate::page::Page;
use crate::refactor::Edits;
use crate::site::{LinkProblem, PageId, Resolution, Site, Target};
use crate::source::{Sources, Span};
use crate::url::{Anchor, Destination};

/// The edits that rename an anchor, or `None` if the page itself doesn't define it.
#[must_use]
pub fn rename_anchor(site: &Site, sources: &Sources, page: PageId, old: &Anchor, new: &str) -> Option<Edits> {
    let compiled = site.page(page).markdown()?;
    let mut edits = Edits::default();
    // First: if the id can't be changed where it is declared, no link may change.
    edits.add(&[declared(compiled, sources, old, new)?]);
    let mut replace = |span: Span| {
        edits.add(&[Edit { span, replacement: new.to_owned() }]);
    };
    for (id, entry) in site.pages() {
        let links = entry.markdown().map_or(&[][..], |page| &page.links);
        let there = links.iter().zip(site.links(id)).filter(|(_, resolution)| leads(resolution, page, old));
        there.filter_map(|(link, _)| fragment(sources, link)).for_each(&mut replace);
    }
    for asset in site.assets.iter() {
        let there =
            asset.links.iter().filter(|link| leads(&site.resolve_in_asset(asset, &link.destination), page, old));
        there.filter_map(|link| fragment(sources, link)).for_each(&mut replace);
    }
    for entry in &site.playbooks {
        for (step, resolution) in entry.playbook.steps.iter().zip(&entry.templates) {
            let there = resolution.as_ref().is_some_and(|resolution| leads(resolution, page, old));
            let template = step.template.as_ref().filter(|_| there);
            let written = template.and_then(|template| super::around::inside(sources, template));
            let Some(written) = written else { continue };
            let Some(at) = sources.text(written).find('#') else { continue };
            replace(written.part(at + 1..written.len()));
        }
    }
    for redirect in site.redirects.iter() {
        let is_there = redirect.target.as_ref().and_then(|target| site.page_at(target)) == Some(page);
        if is_there && redirect.anchor.as_ref() == Some(old) {
            // TOML may spell a target with escapes. It stays as it is, and the check reports it, as for links.
            let Some(span) = super::around::inside(sources, &redirect.to) else { continue };
            let Some(at) = sources.text(span).find('#') else { continue };
            replace(span.part(at + 1..span.len()));
        }
    }
    Some(edits)
}

/// The edit of the id itself: in an attribute, in HTML, or appended to a heading that derived it from its text.
fn declared(page: &Page, sources: &Sources, old: &Anchor, new: &str) -> Option<Edit> {
    let heading = page.document.headings.iter().find(|heading| heading.id == *old);
    if let Some(heading) = heading {
        return Some(match heading.id_span {
            Some(span) => Edit { span, replacement: new.to_owned() },
            // The id came from the words. They stay, and the new id is written behind them.
            None => Edit {
                span: heading.span.part(heading.span.len()..heading.span.len()),
                replacement: format!(" {{#{new}}}"),
            },
        });
    }
    let anchor = page.document.anchors.iter().find(|anchor| anchor.value == *old)?;
    let at = sources.text(anchor.span).rfind(old.as_str())?;
    Some(Edit { span: anchor.span.part(at..at + old.as_str().len()), replacement: new.to_owned() })
}

fn leads(resolution: &Resolution, page: PageId, anchor: &Anchor) -> bool {
    // A link that is broken already stays as it is, so that it is still reported.
    let sound = !matches!(resolution.problem, Some(LinkProblem::AnchorNotFound(..) | LinkProblem::NotFound));
    sound && matches!(&resolution.target, Target::Page(id, Some(own)) if *id == page && own == anchor)
}

/// The span of the id in a link's destination, if it's there as it reads.
fn fragment(sources: &Sources, link: &Link) -> Option<Span> {
    let written = sources.text(link.span);
    let at = written.find('#')? + 1;
    let Destination::Local { .. } = Destination::parse(written) else { return None };
    (raw_path(written).len() < at).then(|| link.span.part(at..written.len()))
}
