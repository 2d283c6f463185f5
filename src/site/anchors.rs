//! The places in pages that a link can name.
//! In: a page, written or generated. Out: its ids.
//! Never knows: links.

use std::collections::BTreeSet;

use super::{Content, PageId, Resolution, Site, Target};
use crate::project::repository::Repository;
use crate::text::SourcePath;

impl Site {
    /// The Markdown files that are no pages, and that a link on one of these pages names a place in, where they are shown as GitHub does.
    #[must_use]
    pub fn unpublished_with_places(&self, pages: &[PageId]) -> BTreeSet<SourcePath> {
        if !self.config.repository.as_ref().is_some_and(Repository::names_headings) {
            return BTreeSet::new();
        }
        let named = |resolution: &Resolution| match &resolution.target {
            Target::Repository { path, fragment: Some(_) } if path.is_markdown() => Some(path.clone()),
            _ => None,
        };
        pages.iter().flat_map(|page| self.links(*page)).filter_map(named).collect()
    }

    /// The ids of all places of a page, sorted. Generated pages know theirs as well.
    #[must_use]
    pub fn anchors(&self, page: PageId) -> Vec<String> {
        let mut ids: Vec<String> = match &self.page(page).content {
            Content::Markdown(page) => page.anchors().map(ToString::to_string).collect(),
            Content::Playbook(id) => self.places_of_playbook(page, &self.playbook(*id).playbook),
            Content::Playbooks => self.playbooks.iter().map(|entry| entry.playbook.id.clone()).collect(),
            Content::Tags | Content::Tag(_) | Content::AllPages | Content::NotFound => Vec::new(),
        };
        ids.sort_unstable();
        ids
    }
}
