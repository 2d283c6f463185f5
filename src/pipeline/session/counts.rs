//! How much a site holds of what its authors wrote, and how much more or less when a page changes.
//! In: pages. Out: `Counts`.
//! Never knows: who shows them.

use crate::diagnostic::ProjectCounts;
use crate::markdown::LinkKind;
use crate::page::Page;
use crate::site::Site;

/// Of one page.
pub(super) fn of_page(page: &Page) -> ProjectCounts {
    let images = page.links.iter().filter(|link| link.kind == LinkKind::Image).count();
    let links = page.links.iter().filter(|link| link.kind.is_followed()).count();
    let diagrams = page.embeds.iter().filter(|embed| embed.is_diagram()).count();
    ProjectCounts { links, anchors: page.anchors().len(), images, diagrams, ..ProjectCounts::default() }
}

/// Of all pages.
pub(super) fn of_site(site: &Site) -> ProjectCounts {
    let all = ProjectCounts { pages: written(site), playbooks: site.playbooks.len(), ..ProjectCounts::default() };
    site.pages.iter().filter_map(|page| page.markdown()).fold(all, |all, page| with(all, of_page(page)))
}

/// The pages that somebody wrote: nobody who has written six wants to hear that fourteen were checked.
fn written(site: &Site) -> usize {
    site.pages.iter().filter(|page| page.markdown().is_some()).count()
}

/// Of all pages, from the counts of the site before: only pages that changed are counted.
pub(crate) fn after(site: &Site, before: &Site, counts: ProjectCounts) -> ProjectCounts {
    // With the same number of pages, page ids mean the same pages or nearly all of them; else pairs would be of strangers.
    if site.pages.len() != before.pages.len() {
        return of_site(site);
    }
    let all = ProjectCounts { pages: written(site), playbooks: site.playbooks.len(), ..counts };
    let pairs = site.pages.iter().map(|page| page.markdown()).zip(before.pages.iter().map(|page| page.markdown()));
    pairs.fold(all, |all, pair| match pair {
        // Pages that were kept are shared, so a pointer tells that nothing has to be counted.
        (Some(own), Some(old)) if std::ptr::eq(own, old) => all,
        (own, old) => {
            let all = old.map_or(all, |old| without(all, of_page(old)));
            own.map_or(all, |own| with(all, of_page(own)))
        }
    })
}

/// With one page more.
pub(crate) fn with(all: ProjectCounts, page: ProjectCounts) -> ProjectCounts {
    ProjectCounts {
        links: all.links + page.links,
        anchors: all.anchors + page.anchors,
        images: all.images + page.images,
        diagrams: all.diagrams + page.diagrams,
        ..all
    }
}

/// With one page less.
pub(crate) fn without(all: ProjectCounts, page: ProjectCounts) -> ProjectCounts {
    ProjectCounts {
        links: all.links - page.links,
        anchors: all.anchors - page.anchors,
        images: all.images - page.images,
        diagrams: all.diagrams - page.diagrams,
        ..all
    }
}
