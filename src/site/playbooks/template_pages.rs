//! Which pages are templates, and which of them a `{template-index}` or `{template-matrix}` selects.

use std::collections::BTreeSet;

use crate::page::FrontMatter;
use crate::page::directive::{Directive, DirectiveOption};
use crate::site::links::index::FOLDER_PAGES;
use crate::site::{PageId, Site, SitePage};
use crate::source::SourcePath;

/// The templates that a directive asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Selection {
    /// In the order of their paths in the published tree.
    pub pages: Vec<PageId>,
    /// What of the directive fits no template.
    pub unmatched: Vec<Unmatched>,
}

/// What of a directive fits no template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unmatched {
    /// Its folder holds none; these folders do.
    Folder(BTreeSet<String>),
    /// No template has the key of the option at this position; these keys there are.
    Key(usize, BTreeSet<String>),
    /// No template has a value of the option at this position; these values there are.
    Value(usize, BTreeSet<String>),
}

/// The templates of a site: the pages that a step uses, those in the same folder except its index page, and those that
/// declare placeholders.
pub(crate) fn collect(site: &Site) -> BTreeSet<PageId> {
    let used = |id: &PageId| !site.uses(*id).is_empty();
    let folders: BTreeSet<SourcePath> =
        site.pages().filter(|(id, _)| used(id)).map(|(_, page)| page.mounted.parent()).collect();
    // A new template is put into the folder before any playbook uses it, and should be listed at once.
    let lies_beside = |page: &SitePage| is_document(page) && folders.contains(&page.mounted.parent());
    let asks = |page: &SitePage| page.markdown().is_some_and(|page| !page.front.placeholders.is_empty());
    let is_template = |id: &PageId, page: &SitePage| used(id) || lies_beside(page) || asks(page);
    site.pages().filter(|(id, page)| is_template(id, page)).map(|(id, _)| id).collect()
}

impl Site {
    /// All templates, in the order of pages.
    #[must_use]
    pub fn templates(&self) -> Vec<PageId> {
        self.templates.iter().copied().collect()
    }

    /// Whether a page is a document to be filled in.
    #[must_use]
    pub fn is_template(&self, page: PageId) -> bool {
        self.templates.contains(&page)
    }

    /// The templates that a directive on a page asks for.
    #[must_use]
    pub fn selected_templates(&self, from: PageId, directive: &Directive) -> Selection {
        let mut selection = Selection::default();
        let folder = directive.argument.value.trim();
        let all = if folder.is_empty() {
            self.templates()
        } else {
            let inside = self.documents_in(from, folder);
            if inside.is_empty() {
                selection.unmatched.push(Unmatched::Folder(self.folders()));
            }
            inside
        };
        let fits = |page: &PageId, option: &DirectiveOption| self.front(*page).is_some_and(|front| fits(front, option));
        selection.pages =
            all.iter().copied().filter(|page| directive.options.iter().all(|option| fits(page, option))).collect();
        // Each option alone: two that fit different templates make an empty list, not a misspelt word.
        for (at, option) in directive.options.iter().enumerate() {
            selection.unmatched.extend(self.unmatched(&all, at, option));
        }
        selection
    }

    /// The pages below a folder, relative to the published tree's root or else to the page's own folder.
    fn documents_in(&self, from: PageId, folder: &str) -> Vec<PageId> {
        let wanted = [SourcePath::new(folder), self.page(from).mounted.parent().join(folder)];
        let below = |folder: &SourcePath| {
            let inside = |page: &SitePage| is_document(page) && page.mounted.below(folder).is_some();
            self.pages().filter(|(_, page)| inside(page)).map(|(id, _)| id).collect::<Vec<_>>()
        };
        let places = wanted.iter().flatten().map(below);
        places.into_iter().find(|pages| !pages.is_empty()).unwrap_or_default()
    }

    fn folders(&self) -> BTreeSet<String> {
        let folders = self.pages.iter().filter(|page| is_document(page)).map(|page| page.mounted.parent().to_string());
        folders.filter(|folder| !folder.is_empty()).collect()
    }

    fn unmatched(&self, all: &[PageId], at: usize, option: &DirectiveOption) -> Option<Unmatched> {
        let fronts = || all.iter().filter_map(|page| self.front(*page));
        let values: BTreeSet<String> =
            fronts().flat_map(|front| values(front, &option.key.value)).map(str::to_owned).collect();
        if all.is_empty() || fronts().any(|front| fits(front, option)) {
            None
        } else if values.is_empty() {
            // No template says anything under this key, so the key is what is misspelt, not the value.
            let own = fronts().flat_map(|front| front.extra.entries.iter().map(|entry| entry.key.value.clone()));
            Some(Unmatched::Key(at, own.chain(["tags".to_owned()]).collect()))
        } else {
            Some(Unmatched::Value(at, values))
        }
    }

    fn front(&self, page: PageId) -> Option<&FrontMatter> {
        Some(&self.page(page).markdown()?.front)
    }
}

/// Whether a page is a document and not the index page of its folder.
fn is_document(page: &SitePage) -> bool {
    page.markdown().is_some() && !FOLDER_PAGES.contains(&page.mounted.file_name())
}

/// What a template says under a key of its front matter; `tag` is `tags`, and spaces, dashes and capitalization do not
/// count.
fn values<'a>(front: &'a FrontMatter, key: &str) -> Vec<&'a str> {
    let key = folded(key);
    match key.as_str() {
        "tag" | "tags" => front.tags.iter().map(|tag| tag.value.as_str()).collect(),
        "status" => front.status.iter().map(|status| status.value.as_str()).collect(),
        _ => {
            let own = front.extra.entries.iter().find(|entry| folded(&entry.key.value) == key);
            own.map(|entry| entry.value.as_texts()).unwrap_or_default()
        }
    }
}

/// Whether a template has one of the values that an option names, between commas.
fn fits(front: &FrontMatter, option: &DirectiveOption) -> bool {
    let has = values(front, &option.key.value);
    option.value.value.split(',').map(folded).any(|wanted| has.iter().any(|value| folded(value) == wanted))
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase().replace(['_', ' '], "-")
}
