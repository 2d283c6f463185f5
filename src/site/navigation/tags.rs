//! Tags of pages and playbooks: which spellings are one tag, and the address of each tag's page.

#![allow(clippy::indexing_slicing, reason = "ids index the tables that gave them out")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::site::{PageId, Site, SitePage};
use crate::source::{Located, Part as _, Span, composed, stable_fingerprint};
use crate::url::SlugStyle;

/// A tag of this site; means nothing in another.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TagId(pub(crate) u32);

/// A tag with its pages.
#[derive(Clone, Debug)]
pub struct PageTag {
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
    pub all: Vec<PageTag>,
    /// The page that lists them, when there are any.
    pub overview: Option<PageId>,
    pub(crate) by_key: BTreeMap<TagKey, TagId>,
    /// Their names in addresses.
    pub(crate) slugs: BTreeSet<String>,
}

/// What tags have in common that are one: `New Partner` and `new-partner`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct TagKey {
    /// The name as an anchor; empty for signs alone.
    slug: String,
    /// The same with signs in words, which tells `C++` from `C#`.
    spelt: String,
}

/// A tag as it was found.
pub(crate) struct NewTag {
    pub(crate) key: TagKey,
    /// Its name in addresses.
    pub(crate) slug: String,
    pub(crate) name: String,
    /// Where it is used first.
    pub(crate) span: Span,
    pub(crate) pages: Vec<PageId>,
}

impl TagKey {
    fn of(name: &str) -> Self {
        let name = composed(name.trim());
        let slug = SlugStyle::default().slug(&name);
        let mut words = String::with_capacity(name.len());
        for letter in name.chars() {
            match spoken(letter) {
                Some(word) => words.extend([" ", word, " "]),
                None => words.push(letter),
            }
        }
        // GitHub's style keeps runs of hyphens: `C++` in words would be `c-plus--plus`.
        let parts = SlugStyle::default().slug(&words);
        let spelt: Vec<&str> = parts.split('-').filter(|part| !part.is_empty()).collect();
        let spelt = spelt.join("-");
        let nameless = || format!("tag-{:08x}", stable_fingerprint(name.as_bytes()) >> 32);
        Self { slug, spelt: if spelt.is_empty() { nameless() } else { spelt } }
    }

    /// Whether the name says no more than its anchor does.
    fn is_plain(&self) -> bool {
        self.slug == self.spelt
    }
}

/// A sign in words, for signs that distinguish names.
fn spoken(sign: char) -> Option<&'static str> {
    Some(match sign {
        '+' => "plus",
        '#' => "sharp",
        '&' => "and",
        '@' => "at",
        '%' => "percent",
        '.' => "dot",
        '*' => "star",
        '/' => "slash",
        '$' => "dollar",
        '€' => "euro",
        _ => return None,
    })
}

/// The tags of every page and playbook, by their names in addresses.
pub(crate) fn collect(site: &Site) -> Vec<NewTag> {
    let of_pages = site.pages().flat_map(|(id, page)| {
        let tags = page.markdown().map_or(&[][..], |page| &page.front.tags);
        tags.iter().map(move |tag| (tag, id))
    });
    let of_playbooks = site.playbooks.iter().flat_map(|entry| entry.playbook.tags.iter().map(|tag| (tag, entry.page)));
    let mut tags: Vec<NewTag> = Vec::new();
    let mut known: BTreeMap<TagKey, usize> = BTreeMap::new();
    for (Located { value, span }, page) in of_pages.chain(of_playbooks) {
        if value.trim().is_empty() {
            continue;
        }
        let key = TagKey::of(value);
        let at = *known.entry(key.clone()).or_insert(tags.len());
        if at == tags.len() {
            let name = value.trim().to_owned();
            tags.push(NewTag { key, slug: String::new(), name, span: *span, pages: Vec::new() });
        }
        // `tags: [Legal, legal]` is one tag, and the page is listed once.
        if let Some(tag) = tags.get_mut(at).filter(|tag| !tag.pages.contains(&page)) {
            tag.pages.push(page);
        }
    }
    give_names(&mut tags);
    for tag in &mut tags {
        sort(&mut tag.pages, &site.pages);
    }
    tags.sort_by(|a, b| a.slug.cmp(&b.slug));
    tags
}

/// Gives each tag a name in addresses of its own. Where several have one anchor, the plainest keeps it: `C` is at `c`,
/// and then `C++` at `c-plus-plus`; alone, `C++` is at `c`.
fn give_names(tags: &mut [NewTag]) {
    // A tag called `index` would take the address of the list of all tags.
    let mut taken: BTreeSet<String> = BTreeSet::from(["index".to_owned()]);
    let mut heirs: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, tag) in tags.iter().enumerate().filter(|(_, tag)| !tag.key.slug.is_empty()) {
        let heir = heirs.entry(&tag.key.slug).or_insert(at);
        if tag.key.is_plain() {
            *heir = at;
        }
    }
    let heirs: BTreeSet<usize> = heirs.into_values().collect();
    // Heirs first: a tag that is written `c-plus-plus` keeps that address, and `C++` gets a number.
    let (first, later): (Vec<usize>, Vec<usize>) = (0..tags.len()).partition(|at| heirs.contains(at));
    for at in first.into_iter().chain(later) {
        let Some(tag) = tags.get_mut(at) else { continue };
        let is_heir = heirs.contains(&at);
        let wanted = shortened(&if is_heir { SlugStyle::default().slug(&tag.name) } else { tag.key.spelt.clone() });
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let free = std::iter::once(wanted.clone()).chain(numbered).find(|name| !taken.contains(name));
        let name = free.unwrap_or_default();
        taken.insert(name.clone());
        tag.slug = name;
    }
}

/// A name that disks hold: of a long one its beginning, with a number that tells it from others that begin so.
pub(crate) fn shortened(name: &str) -> String {
    const LONGEST: usize = 240;
    const KEPT: usize = 200;
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    format!("{}-{:016x}", name.part(..name.floor_char_boundary(KEPT)), stable_fingerprint(name.as_bytes()))
}

/// Sorts the pages of each tag again after titles changed.
pub(crate) fn sort_again(site: &mut Site) {
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
    pub fn tag(&self, id: TagId) -> &PageTag {
        &self.tags.all[id.0 as usize]
    }

    /// The page of a tag.
    #[must_use]
    pub fn tag_page(&self, name: &str) -> Option<PageId> {
        let id = self.tags.by_key.get(&TagKey::of(name))?;
        Some(self.tag(*id).page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn names(tags: &[&str]) -> Vec<(String, String)> {
        let mut new: Vec<NewTag> = Vec::new();
        for name in tags {
            let key = TagKey::of(name);
            if new.iter().all(|tag| tag.key != key) {
                let span = Span::start_of(SourceId::new(0));
                new.push(NewTag { key, slug: String::new(), name: (*name).to_owned(), span, pages: Vec::new() });
            }
        }
        give_names(&mut new);
        new.into_iter().map(|tag| (tag.name, tag.slug)).collect()
    }

    fn slugs(tags: &[&str]) -> Vec<String> {
        names(tags).into_iter().map(|(_, slug)| slug).collect()
    }

    #[test]
    fn tags_whose_anchors_meet_have_addresses_of_their_own() {
        assert_eq!(slugs(&["C++", "C#", "C"]), ["c-plus-plus", "c-sharp", "c"]);
        assert_eq!(slugs(&["R&D", "RD"]), ["r-and-d", "rd"]);
        assert_eq!(slugs(&["NET", ".NET", "net"]), ["net", "dot-net"]);
        assert_eq!(slugs(&["C++", "C", "c-plus-plus"]), ["c-plus-plus-2", "c", "c-plus-plus"]);
    }

    #[test]
    fn a_tag_alone_is_where_its_anchor_says() {
        assert_eq!(slugs(&["C++"]), ["c"]);
        assert_eq!(slugs(&["New Partner", "new-partner", "R & D"]), ["new-partner", "r--d"]);
        assert_eq!(slugs(&["re\u{301}sume\u{301}", "r\u{e9}sum\u{e9}"]), ["re\u{301}sume\u{301}"]);
    }

    #[test]
    fn every_tag_has_an_address_that_disks_hold() {
        assert_eq!(slugs(&["index", "+1"]), ["index-2", "1"]);
        let signs = slugs(&["?!", "🚀", "++"]);
        assert!(signs[0].starts_with("tag-") && signs[1].starts_with("tag-") && signs[0] != signs[1], "{signs:?}");
        assert_eq!(signs[2], "plus-plus");
        let long = slugs(&[&"t".repeat(300), &("t".repeat(300) + "x")]);
        assert!(long[0].len() < 240 && long[1].len() < 240 && long[0] != long[1], "{long:?}");
    }
}
