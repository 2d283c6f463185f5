//! Words to find pages by, and the pages that have them.
//! In: the tags of pages and playbooks. Out: each tag once, with its page and those it leads to.
//! Never knows: how tags are shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{PageId, Site, SitePage};
use crate::text::Located;
use crate::url::SlugStyle;

/// A tag of this site; means nothing in another.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TagId(pub(super) u32);

/// A word to find pages by.
#[derive(Clone, Debug)]
pub struct Tag {
    /// As it is spelled where it comes first.
    pub name: String,
    /// Its page.
    pub page: PageId,
    /// The pages that have it, by title.
    pub pages: Vec<PageId>,
}

/// All tags.
#[derive(Clone, Debug, Default)]
pub struct Tags {
    /// In the order of their names in addresses.
    pub all: Vec<Tag>,
    /// The page that lists them, when there are any.
    pub overview: Option<PageId>,
    pub(super) by_slug: BTreeMap<String, TagId>,
}

/// A tag's name in its address: `New Partner` and `new-partner` are one.
pub(super) fn slug(name: &str) -> Option<String> {
    let slug = SlugStyle::default().slug(name.trim());
    (!slug.is_empty() && slug != "index").then_some(slug)
}

/// The tags of every page and playbook: slug, spelling, and the pages that have it.
pub(super) fn collect(site: &Site) -> BTreeMap<String, (String, Vec<PageId>)> {
    let mut tags: BTreeMap<String, (String, Vec<PageId>)> = BTreeMap::new();
    let mut add = |tag: &Located<String>, page: PageId| {
        let Some(slug) = slug(&tag.value) else { return };
        let (_, pages) = tags.entry(slug).or_insert_with(|| (tag.value.trim().to_owned(), Vec::new()));
        if !pages.contains(&page) {
            pages.push(page);
        }
    };
    for (id, page) in site.pages() {
        for tag in page.markdown().into_iter().flat_map(|page| &page.front.tags) {
            add(tag, id);
        }
    }
    for entry in &site.playbooks {
        for tag in &entry.playbook.tags {
            add(tag, entry.page);
        }
    }
    for (_, pages) in tags.values_mut() {
        sort(pages, &site.pages);
    }
    tags
}

/// Brings the pages of each tag in order, where titles are others than before.
pub(super) fn sort_again(site: &mut Site) {
    for tag in &mut Arc::make_mut(&mut site.tags).all {
        sort(&mut tag.pages, &site.pages);
    }
}

fn sort(tagged: &mut [PageId], pages: &[Arc<SitePage>]) {
    tagged.sort_by_key(|id| (pages[id.0 as usize].title.to_lowercase(), *id));
}

impl Site {
    /// A tag.
    #[must_use]
    pub fn tag(&self, id: TagId) -> &Tag {
        &self.tags.all[id.0 as usize]
    }

    /// The page of a tag.
    #[must_use]
    pub fn tag_page(&self, name: &str) -> Option<PageId> {
        let id = self.tags.by_slug.get(&slug(name)?)?;
        Some(self.tag(*id).page)
    }
}
