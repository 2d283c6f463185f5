//! The places in pages that a link can name.
//! In: a page, written or generated. Out: its ids.
//! Never knows: links.

use std::collections::BTreeSet;

use super::{Content, PageId, Resolution, Site, Target};
use crate::playbook::Playbook;
use crate::project::repository::Repository;
use crate::text::SourcePath;
use crate::url::Anchor;

impl Site {
    /// The Markdown files that are no pages, and that a link names a place in, where they are shown as GitHub does.
    #[must_use]
    pub fn unpublished_with_places(&self) -> BTreeSet<SourcePath> {
        if !self.config.repository.as_ref().is_some_and(Repository::names_headings) {
            return BTreeSet::new();
        }
        let named = |resolution: &Resolution| match &resolution.target {
            Target::Repository { path, fragment: Some(_) } if path.is_markdown() => Some(path.clone()),
            _ => None,
        };
        self.links.iter().flatten().filter_map(named).collect()
    }

    /// Whether a page has a place with this id. Generated pages know theirs as well.
    #[must_use]
    pub fn has_anchor(&self, page: PageId, anchor: &Anchor) -> bool {
        match &self.page(page).content {
            Content::Markdown(page) => page.has_anchor(anchor),
            Content::Playbook(id) => playbook_anchors(&self.playbook(*id).playbook).any(|own| own == anchor.as_str()),
            Content::Playbooks => self.playbooks.iter().any(|entry| entry.playbook.id == anchor.as_str()),
            Content::AllPages | Content::NotFound => false,
        }
    }

    /// The ids of all places of a page, sorted. Generated pages know theirs as well.
    #[must_use]
    pub fn anchors(&self, page: PageId) -> Vec<String> {
        let mut ids: Vec<String> = match &self.page(page).content {
            Content::Markdown(page) => page.anchors().map(ToString::to_string).collect(),
            Content::Playbook(id) => playbook_anchors(&self.playbook(*id).playbook).collect(),
            Content::Playbooks => self.playbooks.iter().map(|entry| entry.playbook.id.clone()).collect(),
            Content::AllPages | Content::NotFound => Vec::new(),
        };
        ids.sort_unstable();
        ids
    }
}

/// The ids that the generated page of a playbook has.
pub fn playbook_anchors(playbook: &Playbook) -> impl Iterator<Item = String> {
    let sections = ["steps", "prerequisites", "success-criteria", "run-it", "next", "warnings"];
    let steps = (1..=playbook.steps.len()).map(|number| format!("step-{number}"));
    sections.into_iter().map(str::to_owned).chain(steps)
}
