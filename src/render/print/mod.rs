//! Documents to print: the whole site, a part of it, a playbook with its templates.
//! In: a linked site. Out: the documents, their addresses, and the pages of each.
//! Never knows: what a document looks like.

mod assemble;
mod chapter;
mod contents;
mod draft;

pub use draft::PrintDraft;

use std::collections::{HashMap, HashSet};

use super::view::{DocumentKind, PrintView};
use crate::project::settings::choices::UrlStyle;
use crate::site::{EntryTarget, NavEntryId, PageContent, PageId, PlaybookId, Site, Target};
use crate::url::{Href, SitePath};

/// No document holds more pages: nobody prints it, and no browser lays it out.
const MOST_PAGES: usize = 1000;

/// A document.
#[derive(Clone, Debug)]
pub struct PrintDocument {
    address: SitePath,
    scope: PrintScope,
    pages: Vec<PageId>,
}

/// What a document holds.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum PrintScope {
    Site,
    Section(NavEntryId),
    Playbook(PlaybookId),
}

/// The documents of a site.
#[derive(Debug, Default)]
pub(super) struct Documents {
    all: Vec<PrintDocument>,
    /// By the file each is written to.
    by_file: HashMap<String, usize>,
    of_section: HashMap<NavEntryId, usize>,
    of_playbook: HashMap<PageId, usize>,
}

impl PrintDocument {
    /// Its address.
    #[must_use]
    pub fn address(&self) -> &SitePath {
        &self.address
    }

    /// Whether one of these pages is in it.
    #[must_use]
    pub fn shows(&self, pages: &[PageId]) -> bool {
        self.pages.iter().any(|page| pages.contains(page))
    }

    fn kind(&self) -> DocumentKind {
        match self.scope {
            PrintScope::Site => DocumentKind::Site,
            PrintScope::Section(_) => DocumentKind::Section,
            PrintScope::Playbook(_) => DocumentKind::Playbook,
        }
    }
}

impl Documents {
    /// All documents of a site: none, where it wants none or is too large to have them unasked.
    pub(super) fn of(site: &Site) -> Self {
        let mut documents = Self::default();
        if !site.config.written.html.print.in_site_of(site.pages.len()) {
            return documents;
        }
        let whole = listed(site, site.nav.roots());
        documents.add(site, "", PrintScope::Site, whole.clone());
        let mut names = HashSet::new();
        for root in site.nav.roots() {
            let entry = site.nav.entry(*root);
            let pages = listed(site, &[*root]);
            // If the site has only this section, its document would be that of the whole site again.
            if entry.children.is_empty() || pages.len() == whole.len() {
                continue;
            }
            let name = name(site, &entry.title, &mut names);
            documents.add(site, &name, PrintScope::Section(*root), pages);
        }
        for (id, entry) in site.playbooks() {
            // Ids are unique paths already, so they need no numbers.
            let name = format!("playbooks/{}", entry.playbook.id);
            documents.add(site, &name, PrintScope::Playbook(id), of_playbook(site, id));
        }
        documents
    }

    fn add(&mut self, site: &Site, name: &str, scope: PrintScope, pages: Vec<PageId>) {
        let address = address(site, name);
        let file = address.output_file();
        // An author's own page `print/` stays, and the site goes without this document.
        let is_taken = site.page_at(&address).is_some() || !site.has_room_for(&file);
        // A single page is printed by the browser as it is.
        if is_taken || pages.len() < 2 || pages.len() > MOST_PAGES {
            return;
        }
        let number = self.all.len();
        match scope {
            PrintScope::Site => {}
            PrintScope::Section(entry) => drop(self.of_section.insert(entry, number)),
            PrintScope::Playbook(id) => drop(self.of_playbook.insert(site.playbook(id).page, number)),
        }
        self.by_file.insert(file, number);
        self.all.push(PrintDocument { address, scope, pages });
    }

    pub(super) fn all(&self) -> &[PrintDocument] {
        &self.all
    }

    /// The document at an address; a web server adds a missing slash.
    pub(super) fn at(&self, address: &SitePath) -> Option<&PrintDocument> {
        let at_file = |file: &str| self.by_file.get(file).and_then(|number| self.all.get(*number));
        let file = address.output_file();
        at_file(&file).or_else(|| at_file(&format!("{file}/index.html")))
    }

    /// The document that readers of a page may want: of its playbook, its section, or the whole site where reading
    /// begins and where there is nothing smaller.
    pub(super) fn of_page(&self, site: &Site, page: PageId) -> Option<PrintView> {
        let entry = site.nav.of_page(page)?;
        let section = || {
            let is_start = site.page(page).address.output_file() == "index.html";
            self.of_section.get(site.nav.path(entry).first()?).filter(|_| !is_start)
        };
        let number = self.of_playbook.get(&page).or_else(section).copied();
        let whole = || self.all.first().filter(|first| first.scope == PrintScope::Site && first.pages.contains(&page));
        let document = number.and_then(|number| self.all.get(number)).or_else(whole)?;
        let href = Href::between(&site.page(page).address, &document.address, None);
        Some(PrintView { kind: document.kind(), href })
    }
}

/// `print/legal/`, or `print/legal.html` in a site with such addresses.
fn address(site: &Site, name: &str) -> SitePath {
    let path = if name.is_empty() { "print".to_owned() } else { format!("print/{name}") };
    SitePath::new(&match site.config.url_style {
        UrlStyle::Directory => format!("{path}/"),
        UrlStyle::File => format!("{path}.html"),
    })
}

/// The title of a section as the name of its document, unique among those before it.
fn name(site: &Site, title: &str, taken: &mut HashSet<String>) -> String {
    let style = site.config.written.html.heading_ids;
    let slug = style.slug(title);
    let slug = if slug.is_empty() { "section".to_owned() } else { slug };
    let numbered = (1..).map(|number| style.numbered(&slug, number));
    let mut names = std::iter::once(slug.clone()).chain(numbered);
    names.find(|name| taken.insert(name.clone())).unwrap_or(slug)
}

/// The pages below and with some entries of the navigation, once each.
fn listed(site: &Site, entries: &[NavEntryId]) -> Vec<PageId> {
    Listed::default().next(site, entries)
}

/// Pages in the order of the navigation, each listed once.
#[derive(Debug, Default)]
pub(super) struct Listed(HashSet<PageId>);

impl Listed {
    /// The pages below and with some entries of the navigation that were not listed yet.
    pub(super) fn next(&mut self, site: &Site, entries: &[NavEntryId]) -> Vec<PageId> {
        let mut pages = Vec::new();
        let mut open: Vec<NavEntryId> = entries.iter().rev().copied().collect();
        while let Some(id) = open.pop() {
            let entry = site.nav.entry(id);
            if let Some(EntryTarget::Page(page)) = entry.target
                && is_text(site, page)
                // An outline may list a page twice; a document would have its ids twice.
                && self.0.insert(page)
            {
                pages.push(page);
            }
            open.extend(entry.children.iter().rev());
        }
        pages
    }

    /// Whether a page was listed.
    pub(super) fn has(&self, page: PageId) -> bool {
        self.0.contains(&page)
    }
}

/// A playbook's page, and the templates of its steps.
fn of_playbook(site: &Site, id: PlaybookId) -> Vec<PageId> {
    let entry = site.playbook(id);
    let templates = entry.templates.iter().flatten().filter_map(|template| match template.target {
        Target::Page(page, _) if is_text(site, page) => Some(page),
        _ => None,
    });
    let mut seen = HashSet::new();
    std::iter::once(entry.page).chain(templates).filter(|page| seen.insert(*page)).collect()
}

/// Whether a page says something; the others are ways to find pages.
fn is_text(site: &Site, page: PageId) -> bool {
    match site.page(page).content {
        PageContent::Markdown(_) | PageContent::Playbook(_) | PageContent::Playbooks => true,
        PageContent::Tags | PageContent::Tag(_) | PageContent::AllPages | PageContent::NotFound => false,
    }
}
