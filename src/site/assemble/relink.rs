//! Assembles a site from its parts, and keeps from the site before what did not change.
//!
//! Resolving a link takes three things: the files and addresses of the site, the settings, and, if the link has an
//! anchor, the anchors of its target. Nothing else that a page says matters to links from other pages.

#![allow(clippy::indexing_slicing, reason = "ids index the tables that gave them out")]

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::{addresses, redirects, renew};
use crate::page::Page;
use crate::site::evidence::Evidence;
use crate::site::links::backlinks;
use crate::site::links::resolve::resolve_page;
use crate::site::maps::Maps;
use crate::site::navigation::{nav, nav_tree};
use crate::site::playbooks::steps::Told;
use crate::site::playbooks::template_pages;
use crate::site::{Facts, PageContent, PageId, Parts, Resolution, Site, SitePage, SitePlaybook, Target, facts};
use crate::source::SourcePath;

impl Site {
    /// Gives every part its address, lays out the navigation and links everything.
    #[must_use]
    pub fn assemble(parts: Parts, evidence: &mut dyn Evidence) -> Self {
        Self::assemble_after(parts, None, evidence)
    }

    /// The same, but keeps what an earlier site resolved already.
    #[must_use]
    pub fn assemble_after(parts: Parts, before: Option<&Self>, evidence: &mut dyn Evidence) -> Self {
        let kept = before.and_then(|before| renew::at_same_places(&parts, before));
        let is_steady = kept.is_some();
        let mut site = kept.unwrap_or_else(|| Self::placed(&parts));
        // Before anything asks for anchors: each step of a playbook has one on the pages that show it.
        site.told = Arc::new(Told::collect(&site));
        site.forget_places();
        site.lines = parts.lines;
        site.nav = Arc::new(match &parts.outline {
            Some((outline, summary)) => nav::from_outline(&site, outline, summary),
            None => nav_tree::from_folders(&site),
        });
        let (redirects, lost, redirected) = redirects::collect(&site);
        (site.redirects, site.lost_redirects) = (Arc::new(redirects), lost);
        site.redirected = Arc::new(redirected);
        // `is_steady` already means that all places are the same; otherwise they are compared page by page.
        site.links = site.linked_after(before.filter(|before| is_steady || site.has_places_of(before)));
        site.maps = Arc::new(Maps::of(&site));
        // Last, because only resolved links say which files have to be looked into.
        let pages: Vec<PageId> = site.pages().map(|(id, _)| id).collect();
        site.gather(&pages, evidence);
        site
    }

    /// The parts at their addresses, with templates and facts, but without links.
    fn placed(parts: &Parts) -> Self {
        let mut site = addresses::place(parts);
        site.forget_places();
        site.drafts = Arc::new(parts.drafts.iter().cloned().collect());
        // Each needs the one before: templates are pages that steps use, and the facts count templates.
        site.uses = Arc::new(backlinks::step_uses(&mut site));
        site.templates = Arc::new(template_pages::collect(&site));
        site.facts = Facts::of(&site);
        facts::put(&mut site);
        site
    }

    /// This site with new bodies for some pages whose interface is the same: see [`Page::interface_eq`].
    #[must_use]
    pub fn with_texts(
        &self,
        texts: impl IntoIterator<Item = (PageId, Arc<Page>)>,
        evidence: &mut dyn Evidence,
    ) -> Self {
        let mut site = self.clone();
        site.forget_places();
        let mut pages = Vec::new();
        for (id, page) in texts {
            pages.push(id);
            let page = SitePage { content: PageContent::Markdown(page), ..site.page(id).clone() };
            *site.page_mut(id) = Arc::new(page);
            site.links[id.0 as usize] = resolve_page(&site, id);
        }
        // Only for these pages: the links of all others, and so what they ask for, are as they were.
        site.gather(&pages, evidence);
        site
    }

    /// This site, with the days on which its files were last changed.
    #[must_use]
    pub fn with_dates(&self, changed: BTreeMap<SourcePath, i64>) -> Self {
        Self { changed: Arc::new(changed), ..self.clone() }
    }

    /// Drops the collected anchors: after an edit they may be others, or on other lines.
    fn forget_places(&mut self) {
        self.places = Arc::new(self.pages.iter().map(|_| OnceLock::new()).collect());
    }

    /// Whether a page is the same as in an earlier site, and its links lead to the same.
    #[must_use]
    pub fn is_page_of(&self, before: &Self, id: PageId) -> bool {
        let at = id.0 as usize;
        let same_links = |own| before.links.get(at).is_some_and(|other| Arc::ptr_eq(own, other));
        self.is_content_of(before, at) && self.links.get(at).is_some_and(same_links)
    }

    /// Whether every page and file has the path and address that it had in an earlier site, with the same settings.
    #[must_use]
    pub fn has_places_of(&self, before: &Self) -> bool {
        let same_page = |(own, other): (&Arc<SitePage>, &Arc<SitePage>)| {
            (&own.address, &own.source, &own.mounted) == (&other.address, &other.source, &other.mounted)
        };
        let same_asset = |(own, other): (&crate::site::Asset, &crate::site::Asset)| {
            (&own.address, &own.source) == (&other.address, &other.source)
        };
        let file = |entry: &'_ SitePlaybook| (entry.source.clone(), entry.page);
        self.playbooks.iter().map(file).eq(before.playbooks.iter().map(file))
            // By pointer: a session shares both for as long as they are unchanged, and comparing every path of a
            // repository would cost what this saves.
            && Arc::ptr_eq(&self.config, &before.config)
            && Arc::ptr_eq(&self.repository, &before.repository)
            && self.drafts == before.drafts
            && self.pages.len() == before.pages.len()
            && self.assets.len() == before.assets.len()
            && self.pages.iter().zip(&before.pages).all(same_page)
            && self.assets.iter().zip(&*before.assets).all(same_asset)
    }

    /// Whether the playbooks are those of an earlier site.
    #[must_use]
    pub fn has_playbooks_of(&self, before: &Self) -> bool {
        let mut pairs = self.playbooks.iter().zip(&before.playbooks);
        self.playbooks.len() == before.playbooks.len()
            && pairs.all(|(own, other)| {
                Arc::ptr_eq(&own.playbook, &other.playbook) && Arc::ptr_eq(&own.texts, &other.texts)
            })
    }

    /// Where all links lead, given an earlier site with the same places.
    fn linked_after(&self, before: Option<&Self>) -> Vec<Arc<[Resolution]>> {
        let ids: Vec<PageId> = self.pages().map(|(id, _)| id).collect();
        let Some(before) = before else {
            return ids.into_par_iter().map(|id| resolve_page(self, id)).collect();
        };
        let moved = self.pages_with_other_places(before);
        // A link without an anchor asks nothing of the page itself, and its address is known to be the same.
        let asks_moved = |link: &Resolution| matches!(&link.target, Target::Page(id, Some(_)) if moved.contains(id));
        let link = |id: PageId| {
            let at = id.0 as usize;
            let kept = &before.links[at];
            let holds = self.is_content_of(before, at) && (moved.is_empty() || !kept.iter().any(asks_moved));
            if holds { Arc::clone(kept) } else { resolve_page(self, id) }
        };
        ids.into_iter().map(link).collect()
    }

    /// The pages whose headings or anchors differ from those in an earlier site.
    fn pages_with_other_places(&self, before: &Self) -> HashSet<PageId> {
        let same_playbooks = self.has_playbooks_of(before);
        let same_tags = self.tags.slugs == before.tags.slugs;
        let moved = self.pages().filter(|(id, page)| {
            let at = id.0 as usize;
            match (&page.content, &before.pages[at].content) {
                (PageContent::Markdown(own), PageContent::Markdown(other)) => {
                    // Directives bring anchors that the page's own text does not show, so equal headings are not
                    // enough.
                    let same_parts = own.directives().eq(other.directives()) && own.lists_tags() == other.lists_tags();
                    let same = Arc::ptr_eq(own, other) || (own.anchors().eq(other.anchors()) && same_parts);
                    // Pages that show the steps of a playbook have an anchor for each, lists of tags one for each tag.
                    let tells_others = own.directives().next().is_some();
                    !same || (!same_playbooks && tells_others) || (!same_tags && own.lists_tags())
                }
                (PageContent::Playbook(_), PageContent::Playbook(_))
                | (PageContent::Playbooks, PageContent::Playbooks) => !same_playbooks,
                (PageContent::AllPages, PageContent::AllPages) | (PageContent::NotFound, PageContent::NotFound) => {
                    false
                }
                // Generated lists, and pages of another kind than before. Wrong at worst by looking at links once
                // more.
                _ => true,
            }
        });
        moved.map(|(id, _)| id).collect()
    }

    fn is_content_of(&self, before: &Self, at: usize) -> bool {
        match (&self.pages[at].content, &before.pages[at].content) {
            (PageContent::Markdown(own), PageContent::Markdown(other)) => Arc::ptr_eq(own, other),
            (PageContent::Markdown(_), _) | (_, PageContent::Markdown(_)) => false,
            // Generated pages have no links of their own.
            _ => true,
        }
    }
}
