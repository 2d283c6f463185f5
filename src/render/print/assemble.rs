//! Assembles documents to print from pages: those of the site, and templates filled in for one partner.

use std::borrow::Cow;

use super::contents::{DocumentParts, Listing};
use super::draft::{CHAPTER, PrintDraft};
use super::{PrintDocument, PrintScope};
use crate::diagnostic::Diagnostics;
use crate::fill::{self, Job};
use crate::html::escaped;
use crate::render::frame::{self, ExtraStyle};
use crate::render::view::{DocumentKind, DocumentView, PageView, SafeHtml, SiteView, TocEntry, ValueView};
use crate::render::{Draft, Renderer, map, nav, page, settings_style, updated};
use crate::site::{EntryKind, PageId};
use crate::source::Span;
use crate::url::{Href, SitePath};

impl Renderer<'_> {
    /// The documents to print, in an order that stays.
    #[must_use]
    pub fn documents(&self) -> &[PrintDocument] {
        self.shared.documents(self.site).all()
    }

    /// The document at an address.
    #[must_use]
    pub fn document_at(&self, address: &SitePath) -> Option<&PrintDocument> {
        self.shared.documents(self.site).at(address)
    }

    /// All that a document shows, before it is put through its template.
    #[must_use]
    pub fn document<'s>(&'s self, document: &'s PrintDocument) -> PrintDraft<'s> {
        let site = self.site;
        let roots: &[_] = match &document.scope {
            PrintScope::Site => site.nav.roots(),
            PrintScope::Section(_) | PrintScope::Playbook(_) => &[],
        };
        let outline = DocumentParts::of(site, roots, &document.pages);
        let listing = Listing::new(site, &document.pages);
        let contents = match document.scope {
            PrintScope::Site => listing.of_entries(roots, &outline),
            PrintScope::Section(root) if site.nav.entry(root).kind == EntryKind::Part => {
                listing.of_entries(&site.nav.entry(root).children, &outline)
            }
            PrintScope::Section(root) => listing.of_entries(&[root], &outline),
            PrintScope::Playbook(_) => {
                let title = |page: &PageId| (*page, site.page(*page).title.clone());
                listing.of_pages(&document.pages.iter().map(title).collect::<Vec<_>>())
            }
        };
        let (title, description) = self.names(document);
        let home = match document.scope {
            PrintScope::Site => site.home(),
            // `Documents::add` takes no document of fewer than two pages.
            PrintScope::Section(_) | PrintScope::Playbook(_) => match document.pages.first() {
                Some(first) => site.page(*first).address.clone(),
                None => site.home(),
            },
        };
        let changed = document.pages.iter().filter_map(|page| site.page(*page).source.as_ref());
        let latest = changed.filter_map(|source| site.changed.get(source)).max();
        let cover = DocumentView {
            kind: document.kind(),
            description,
            updated: latest.map(|seconds| updated::day(*seconds)),
            values: Vec::new(),
            shift: outline.shift(),
            home: Some(Href::between(&document.address, &home, None)),
            style: None,
            ..bare(title, contents)
        };
        let around = frame::view(site, self.theme, &document.address, self.shown(&document.pages));
        let around = SiteView { styles: self.with_own_style(around.styles, &document.address), ..around };
        let pages = document.pages.iter().map(|page| (&site.page(*page).address, self.chapter(*page))).collect();
        // A document is made of many files: what is wrong with its template is reported where the theme is named.
        let start = Span::start_of(site.config.book_toml);
        PrintDraft { site, theme: self.theme, address: Some(&document.address), around, cover, pages, outline, start }
    }

    /// Templates that were filled in, as one document that needs no other file. `values` are what they were filled in
    /// with.
    #[must_use]
    pub fn filled<'s>(&'s self, job: &'s Job, values: &'s [(String, String)]) -> PrintDraft<'s> {
        let site = self.site;
        // The playbook comes first: steps without a template are described nowhere else.
        let playbook = job.playbook.map(|id| site.playbook(id));
        let first = playbook.map(|entry| (entry.page, entry.playbook.name.value.clone()));
        let documents = job.documents.iter().map(|document| (document.page, fill::title(site, document)));
        let titles: Vec<(PageId, String)> = first.into_iter().chain(documents).collect();
        let ids: Vec<PageId> = titles.iter().map(|(page, _)| *page).collect();
        let (title, description) = match playbook {
            Some(entry) => (Cow::Borrowed(entry.playbook.name.value.as_str()), page::description(site, entry.page)),
            None => (titles.first().map(|(_, title)| title.clone()).unwrap_or_default().into(), None),
        };
        let value = |(name, value): &'s (String, String)| ValueView {
            label: nav::label(&name.replace('.', " ")),
            value: value.as_str().into(),
        };
        let cover = DocumentView {
            description,
            values: values.iter().map(value).collect(),
            style: Some(SafeHtml::new(self.own_style(&ids))),
            ..bare(title, Listing::new(site, &ids).of_pages(&titles))
        };
        let root = SitePath::new("/");
        let around = frame::view(site, self.theme, &root, ExtraStyle::Text);
        // The file is sent to a partner: nothing in it may load from a site that the partner can't reach.
        let around = SiteView {
            styles: Vec::new(),
            scripts: Vec::new(),
            logo: None,
            logo_drawing: None,
            favicon: None,
            first_fonts: Vec::new(),
            ..around
        };
        let chapter = |(id, title): (PageId, String)| {
            let mut draft = self.chapter(id);
            let page = &mut draft.page;
            if let Some(heading) = page.heading.as_mut().filter(|heading| heading.id.is_none()) {
                heading.html = SafeHtml::new(escaped(&title));
            }
            // What an owner knows about a template is not for the partner.
            (page.title, page.facts, page.used_by, page.tags) = (title.into(), Vec::new(), Vec::new(), Vec::new());
            // Nor is how the team runs a playbook, and what it does next.
            if let Some(playbook) = &mut page.playbook {
                (playbook.run, playbook.next, playbook.tags) = (Vec::new(), Vec::new(), Vec::new());
                playbook.overview = None;
            }
            (&site.page(id).address, draft)
        };
        let pages = titles.into_iter().map(chapter).collect();
        let (outline, start) = (DocumentParts::default(), Span::start_of(site.config.book_toml));
        PrintDraft { site, theme: self.theme, address: None, around, cover, pages, outline, start }
    }

    /// A page without what leads to others.
    fn chapter(&self, id: PageId) -> Draft<'_> {
        let mut found = Diagnostics::new();
        let content = self.text(id, &mut found);
        let view = page::view(self.site, id, page::PreparedPage { content, nav: None, fill: None, print: None });
        let page = PageView {
            toc: Vec::new(),
            breadcrumbs: Vec::new(),
            previous: None,
            next: None,
            edit: None,
            tabs: Vec::new(),
            here: Vec::new(),
            ..view
        };
        let entry = self.site.page(id);
        Draft {
            theme: self.theme,
            page,
            site: frame::view(self.site, self.theme, &entry.address, ExtraStyle::Text),
            template: CHAPTER,
            path: String::new(),
            start: self.site.start_of(id),
            found,
        }
    }

    fn names<'s>(&'s self, document: &PrintDocument) -> (Cow<'s, str>, Option<Cow<'s, str>>) {
        let site = self.site;
        match document.scope {
            PrintScope::Site => (
                site.config.written.book.title.as_str().into(),
                site.config.written.book.description.as_deref().map(Into::into),
            ),
            PrintScope::Section(entry) => (site.nav.entry(entry).title.as_str().into(), None),
            PrintScope::Playbook(id) => {
                let entry = site.playbook(id);
                (entry.playbook.name.value.as_str().into(), page::description(site, entry.page))
            }
        }
    }

    fn shown(&self, pages: &[PageId]) -> ExtraStyle {
        if pages.iter().any(|page| map::is_shown(self.site, *page)) { ExtraStyle::Maps } else { ExtraStyle::Text }
    }

    /// All styles that a document of these pages needs.
    fn own_style(&self, pages: &[PageId]) -> String {
        let maps = (self.shown(pages) == ExtraStyle::Maps).then_some(self.theme.maps.style.as_str());
        let styles = [Some(self.theme.main.style.as_str()), maps, Some(self.theme.print.as_str())];
        let styles: String = styles.into_iter().flatten().map(|path| self.theme.text_of(path)).collect();
        styles + &settings_style::accent(self.site)
    }

    /// The style of documents comes after the theme's, and before the site's own.
    fn with_own_style(&self, mut styles: Vec<Href>, from: &SitePath) -> Vec<Href> {
        // The site's own files are the last of the list, see `frame::view`.
        let own = self.site.config.theme.css.len().min(styles.len());
        let style = Href::between(from, &SitePath::new(&self.theme.print), None);
        styles.insert(styles.len() - own, style);
        styles
    }
}

/// A document with a title and contents and nothing else.
fn bare<'a>(title: Cow<'a, str>, contents: Vec<TocEntry<'a>>) -> DocumentView<'a> {
    DocumentView {
        kind: DocumentKind::Filled,
        description: None,
        updated: None,
        values: Vec::new(),
        contents,
        chapters: Vec::new(),
        shift: 1,
        home: None,
        style: None,
        title,
    }
}
