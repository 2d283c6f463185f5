//! Reuses the addresses of the site before, if no page, file or playbook was added, removed or moved.
//!
//! Giving out addresses and finding templates looks at every path of a site. An edit of a title or a heading changes no
//! path, so all of that is kept. What is compared here is everything that `addresses` and `template_pages` depend on.

use std::sync::Arc;

use super::addresses::title_from_name;
use crate::page::Page;
use crate::site::evidence::Gathered;
use crate::site::navigation::tags;
use crate::site::{Asset, AssetInput, PageContent, PageInput, Parts, PlaybookInput, Site, SitePage, SitePlaybook};

/// The site before, with these parts at the same addresses.
pub(super) fn at_same_places(parts: &Parts, before: &Site) -> Option<Site> {
    stays_in_place(parts, before).then(|| {
        // Evidence is about the bytes of other files, which may have changed: ask again.
        let mut site = Site { evidence: Gathered::default(), changed: Arc::default(), ..before.clone() };
        let mut is_tagged = false;
        for (input, kept) in parts.pages.iter().zip(&mut site.pages) {
            // By pointer: the cache returns the same page while its bytes and includes are the same.
            if let Some(old) = kept.markdown().filter(|old| !std::ptr::eq(*old, &raw const *input.page)) {
                is_tagged |= !old.front.tags.is_empty();
                *kept = Arc::new(renewed(kept, input, before));
            }
        }
        // Compared first, because `make_mut` copies the whole list: the site before still holds it.
        let is_other = |(input, kept): (&AssetInput, &Asset)| {
            input.links != kept.links || input.inline != kept.inline || input.active != kept.active
        };
        if parts.assets.iter().zip(&*before.assets).any(is_other) {
            for (input, kept) in parts.assets.iter().zip(Arc::make_mut(&mut site.assets)) {
                kept.links.clone_from(&input.links);
                kept.inline.clone_from(&input.inline);
                kept.active.clone_from(&input.active);
            }
        }
        // The pages of a tag are sorted by title, and a title may be what changed.
        if is_tagged {
            tags::sort_again(&mut site);
        }
        site
    })
}

fn renewed(kept: &SitePage, input: &PageInput, before: &Site) -> SitePage {
    let title = input.page.title.clone().unwrap_or_else(|| title_from_name(&input.mounted));
    // The facts of the site before still hold: nothing that they count can change here, see `stays_in_place`.
    let title = before.filled(&input.page, &title).into_owned();
    SitePage { content: PageContent::Markdown(Arc::clone(&input.page)), title, ..kept.clone() }
}

/// Whether nothing of these parts could be anywhere else, or become or cease to be a template.
fn stays_in_place(parts: &Parts, before: &Site) -> bool {
    // Generated pages come last, so the written ones are a prefix that can be paired with the input.
    let written = before.pages.iter().take_while(|page| page.markdown().is_some()).count();
    Arc::ptr_eq(&parts.config, &before.config)
        && Arc::ptr_eq(&parts.repository, &before.repository)
        // Which pages lost their address is not recorded, so input and pages could not be paired.
        && before.clashes.is_empty()
        && parts.drafts.len() == before.drafts.len()
        && parts.drafts.iter().all(|draft| before.drafts.contains(draft))
        && parts.pages.len() == written
        && parts.assets.len() == before.assets.len()
        && parts.playbooks.len() == before.playbooks.len()
        && parts.pages.iter().zip(&before.pages).all(|(input, kept)| is_place_of_page(input, kept))
        && parts.assets.iter().zip(&*before.assets).all(|(input, kept)| is_place_of_asset(input, kept))
        && parts.playbooks.iter().zip(&before.playbooks).all(|(input, kept)| is_same_playbook(input, kept))
}

fn is_place_of_page(input: &PageInput, kept: &SitePage) -> bool {
    let alike = |old: &Page| std::ptr::eq(old, &raw const *input.page) || is_filed_as(&input.page, old);
    kept.source.as_ref() == Some(&input.source)
        && kept.mounted == input.mounted
        && kept.template == input.template
        && kept.markdown().is_some_and(alike)
}

/// Whether two pages have the same tags, and are both documents to be filled in or both not.
fn is_filed_as(page: &Page, other: &Page) -> bool {
    let tags = |page: &'_ Page| page.front.tags.iter().map(|tag| tag.value.clone()).collect::<Vec<_>>();
    page.front.placeholders.is_empty() == other.front.placeholders.is_empty() && tags(page) == tags(other)
}

fn is_place_of_asset(input: &AssetInput, kept: &Asset) -> bool {
    kept.source == input.source && kept.address.as_str().strip_prefix('/') == Some(input.mounted.as_str())
}

fn is_same_playbook(input: &PlaybookInput, kept: &SitePlaybook) -> bool {
    Arc::ptr_eq(&input.playbook, &kept.playbook)
        && Arc::ptr_eq(&input.texts, &kept.texts)
        && input.source == kept.source
}
