//! Resolves a link to a page, a copied file, the repository's web view or the web.
//!
//! The page that carries the href and the check that calls the link good both ask here, so they cannot disagree.

use std::sync::Arc;

use super::index::{PublishedPlace, files_of_page};
use crate::markdown::{Link, LinkKind};
use crate::site::{Asset, AssetId, PageId, Site, SitePage, SitePlaybook};
use crate::source::SourcePath;
use crate::url::{Anchor, Destination, SitePath, UnsafeScheme};

/// What a link leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// A page, or an anchor in it.
    Page(PageId, Option<Anchor>),
    /// A file that is copied, or an anchor in it.
    Asset(AssetId, Option<Anchor>),
    /// A file or folder of the repository that is not published.
    Repository {
        /// Its path.
        path: SourcePath,
        /// What follows `#`.
        fragment: Option<String>,
    },
    /// The web, mail, and the like.
    External(String),
    /// What is known once a placeholder in its address is filled in.
    Open,
    /// Nothing that exists.
    Nowhere,
}

/// What is wrong with a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkProblem {
    /// Nothing is there.
    NotFound,
    /// It exists in a different capitalization: the real path, from the repository's root.
    CaseMismatch(SourcePath),
    /// The page exists, but has no such anchor.
    AnchorNotFound(PageId, Anchor),
    /// It climbs out of the repository.
    OutsideRoot,
    /// It starts at the root of the web server, which breaks under another base path.
    Absolute,
    /// Its scheme must not be published.
    UnsafeScheme(UnsafeScheme),
    /// Its address contains a placeholder. On a template that is fine, since it is filled in.
    NotFilled,
    /// It exists in the repository, but is not published and no code host is configured.
    NotPublished(SourcePath),
}

/// Where a link leads, and what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resolution {
    /// Where it leads; a link with a problem may lead somewhere all the same.
    pub target: Target,
    /// What is wrong.
    pub problem: Option<LinkProblem>,
    /// The query, after `?`: `q=fees` opens a page with a search.
    pub query: Option<Box<str>>,
}

impl Resolution {
    fn new(target: Target, problem: Option<LinkProblem>) -> Self {
        Self { target, problem, query: None }
    }

    pub(super) fn good(target: Target) -> Self {
        Self::new(target, None)
    }

    /// An address that is still to be filled in.
    fn open() -> Self {
        Self { target: Target::Open, query: None, problem: Some(LinkProblem::NotFilled) }
    }

    pub(super) fn bad(problem: LinkProblem) -> Self {
        Self::new(Target::Nowhere, Some(problem))
    }

    fn asking(self, query: Option<String>) -> Self {
        Self { query: query.filter(|query| !query.is_empty()).map(String::into_boxed_str), ..self }
    }

    /// Another resolution in place of this one, if this one has a problem and the other has none.
    pub(super) fn or_if_broken(self, other: impl FnOnce() -> Self) -> Self {
        if self.problem.is_none() {
            return self;
        }
        Some(other()).filter(|other| other.problem.is_none()).unwrap_or(self)
    }
}

/// How the author of a link thinks of paths.
#[derive(Copy, Clone, PartialEq, Eq)]
enum LinkSpace {
    /// Files, as they lie in the repository or where the mounts put them.
    Source,
    /// Addresses, as a browser follows them.
    Published,
    /// Files, by the names that other tools give to their pages: `terms.html`, and `terms` without an ending.
    Built,
}

/// Whether links of this kind are addresses first, as a browser follows them.
pub(super) fn is_address(kind: LinkKind) -> bool {
    match kind {
        LinkKind::HtmlHref | LinkKind::HtmlSrc | LinkKind::HtmlOther => true,
        LinkKind::Markdown | LinkKind::Image | LinkKind::Autolink | LinkKind::UnusedDefinition => false,
    }
}

/// Where a link is written.
#[derive(Copy, Clone)]
pub(crate) struct LinkBase<'a> {
    /// The page that shows it.
    page: PageId,
    /// The file it is written in.
    source: Option<&'a SourcePath>,
    /// Where the published tree has that file.
    mounted: &'a SourcePath,
    /// Where the page is served.
    address: &'a SitePath,
}

/// The links of a page.
pub(crate) fn resolve_page(site: &Site, id: PageId) -> Arc<[Resolution]> {
    let Some(page) = site.page(id).markdown() else { return Arc::default() };
    let from_page = |link: &Link| site.resolve(id, link.kind, &link.destination);
    let resolve = |link: &Link| match page.included_file_of(link) {
        None => from_page(link),
        // Some tools include a text before they look at its links, so authors wrote them relative to the page.
        Some(file) => site.resolve_included(id, file, link).or_if_broken(|| from_page(link)),
    };
    let open = &page.document.open_links;
    let in_order = page.links.iter().enumerate();
    in_order
        .map(|(at, link)| if open.binary_search(&at).is_ok() { site.resolve_open(link) } else { resolve(link) })
        .collect()
}

impl Site {
    /// Where a destination on a page leads.
    #[must_use]
    pub fn resolve(&self, from: PageId, kind: LinkKind, destination: &str) -> Resolution {
        let page = self.page(from);
        let base =
            LinkBase { page: from, source: page.source.as_ref(), mounted: &page.mounted, address: &page.address };
        self.resolve_from(base, kind, destination)
    }

    /// Where a link in an included text leads.
    fn resolve_included(&self, from: PageId, file: &SourcePath, link: &Link) -> Resolution {
        let page = self.page(from);
        let base = LinkBase { page: from, source: Some(file), mounted: &page.mounted, address: &page.address };
        self.resolve_from(base, link.kind, &link.destination)
    }

    /// The base for links in the texts of a playbook: its file, wherever its page comes from.
    pub(crate) fn base_of_playbook<'a>(&'a self, playbook: &'a SitePlaybook) -> LinkBase<'a> {
        let page = self.page(playbook.page);
        LinkBase { page: playbook.page, source: Some(&playbook.source), mounted: &page.mounted, address: &page.address }
    }

    pub(crate) fn resolve_from(&self, from: LinkBase<'_>, kind: LinkKind, destination: &str) -> Resolution {
        match Destination::parse(destination) {
            Destination::External(url) => self.external(url),
            // `action` may name what a server answers, so of such attributes only the scheme is checked.
            Destination::Local { .. } if kind == LinkKind::HtmlOther => Resolution::good(Target::Nowhere),
            Destination::Local { path, query, fragment } => {
                let fragment = fragment.filter(|text| !text.is_empty());
                self.resolve_path(from, &path, kind, fragment.as_deref()).asking(query)
            }
        }
    }

    fn resolve_path(&self, from: LinkBase<'_>, path: &str, kind: LinkKind, fragment: Option<&str>) -> Resolution {
        // `#fees` means the page that readers see, even in a text that was included from another file.
        if path.is_empty() {
            return self.at_place(PublishedPlace::Page(from.page), fragment);
        }
        if path.starts_with('/') {
            let place = self.index.at_address(&SitePath::new(path)).or_else(|| {
                // Code hosts show a path that starts with a slash from the root of the repository.
                let file = SourcePath::new(path.trim_start_matches('/')).ok()?;
                self.index.at_mounted(&file).or_else(|| self.index.of_source(&file))
            });
            let target = place.map_or(Target::Nowhere, |place| self.at_place(place, fragment).target);
            return Resolution::new(target, Some(LinkProblem::Absolute));
        }
        // Paths in raw HTML are what a browser would follow; paths in Markdown are files. Sites that come from other
        // tools mix the two, so each is tried the other way as well.
        let spaces = if is_address(kind) {
            [LinkSpace::Published, LinkSpace::Source, LinkSpace::Built]
        } else {
            [LinkSpace::Source, LinkSpace::Published, LinkSpace::Built]
        };
        let found = spaces.into_iter().find_map(|space| self.find(from, path, space));
        match found {
            Some(place) => self.at_place(place, fragment),
            None => self.unpublished(from, path, kind, fragment),
        }
    }

    /// An address with a placeholder: a forbidden scheme in front of it is refused whatever is filled in.
    fn resolve_open(&self, link: &Link) -> Resolution {
        match self.config.schemes.refusal(&link.destination) {
            Some(refusal) => Resolution::bad(LinkProblem::UnsafeScheme(refusal)),
            None => Resolution::open(),
        }
    }

    /// An address that leaves the site, when its scheme may be published.
    pub(super) fn external(&self, url: String) -> Resolution {
        match self.config.schemes.refusal(&url) {
            Some(refusal) => Resolution::bad(LinkProblem::UnsafeScheme(refusal)),
            None => Resolution::good(Target::External(url)),
        }
    }

    /// Where a link in a copied file leads: relative to the file's own address, else to a page that shows it: the
    /// page of the same name, or one that links to the file.
    #[must_use]
    pub fn resolve_in_asset(&self, asset: &Asset, destination: &str) -> Resolution {
        let (path, fragment) = match Destination::parse(destination) {
            Destination::External(url) => return Resolution::good(Target::External(url)),
            Destination::Local { path, fragment, .. } => (path, fragment.filter(|text| !text.is_empty())),
        };
        let shows = |id: &PageId, page: &SitePage| {
            let links_to_it = |link: &Resolution| matches!(&link.target, Target::Asset(id, _) if self.asset(*id).address == asset.address);
            page.mounted.stem() == asset.source.stem() || self.links(*id).iter().any(links_to_it)
        };
        let pages = self.pages().filter(|(id, page)| shows(id, page)).map(|(_, page)| &page.address);
        let bases = std::iter::once(&asset.address).chain(pages);
        let places = bases.filter_map(|base| self.index.at_address(&base.follow(&path)?));
        // The file's own address comes first: only links that fail there cost a look at all pages.
        let mut first = None;
        for resolution in places.map(|place| self.at_place(place, fragment.as_deref())) {
            if resolution.problem.is_none() {
                return resolution;
            }
            first.get_or_insert(resolution);
        }
        first.unwrap_or_else(|| Resolution::bad(LinkProblem::NotFound))
    }

    fn find(&self, from: LinkBase<'_>, path: &str, space: LinkSpace) -> Option<PublishedPlace> {
        match space {
            LinkSpace::Published => self.index.at_address(&from.address.follow(path)?),
            LinkSpace::Source => self.find_file(from, path),
            LinkSpace::Built => files_of_page(path).find_map(|file| self.find_file(from, &file)),
        }
    }

    /// What is made from a file, or the index page of a folder.
    fn find_file(&self, from: LinkBase<'_>, path: &str) -> Option<PublishedPlace> {
        // The repository's tree first: authors link the files they see next to theirs, wherever mounts publish them.
        let in_repository = from.source.and_then(|source| source.parent().join(path).ok());
        let in_site = from.mounted.parent().join(path).ok();
        let found = in_repository.and_then(|path| self.index.of_source(&path));
        found.or_else(|| in_site.and_then(|path| self.index.at_mounted(&path)))
    }

    /// A path that nothing published answers to.
    fn unpublished(&self, from: LinkBase<'_>, path: &str, kind: LinkKind, fragment: Option<&str>) -> Resolution {
        let in_site = from.mounted.parent().join(path);
        let in_repository = from.source.map_or_else(|| in_site.clone(), |source| source.parent().join(path));
        if let Ok(path) = in_repository.as_ref()
            && self.in_repository(path)
        {
            return self.web_target(path.clone(), fragment);
        }
        let in_other_case = |path: &SourcePath| self.real_path(path);
        let real = in_repository.as_ref().ok().and_then(in_other_case).or_else(|| {
            let mounted = self.index.in_other_case(in_site.as_ref().ok()?)?;
            self.source_of(self.index.at_mounted(mounted)?)
        });
        // Capitalization before "outside the repository": a mounted path can be misspelt and climb out at once, and
        // only the spelling tells the author what to do.
        match (real, in_repository) {
            (Some(real), _) => self.in_other_case(real, fragment),
            // For addresses, `..` counts from where the page is served, which may be deeper than its file.
            (None, Err(_)) if is_address(kind) && from.address.follow(path).is_some() => {
                Resolution::bad(LinkProblem::NotFound)
            }
            (None, Err(_)) => Resolution::bad(LinkProblem::OutsideRoot),
            (None, Ok(_)) => Resolution::bad(LinkProblem::NotFound),
        }
    }

    pub(super) fn in_other_case(&self, real: &SourcePath, fragment: Option<&str>) -> Resolution {
        let target = match self.index.of_source(real) {
            Some(place) => self.at_place(place, fragment).target,
            None => Target::Repository { path: real.clone(), fragment: fragment.map(str::to_owned) },
        };
        Resolution::new(target, Some(LinkProblem::CaseMismatch(real.clone())))
    }

    pub(super) fn web_target(&self, path: SourcePath, fragment: Option<&str>) -> Resolution {
        if self.config.repository.is_none() {
            return Resolution::bad(LinkProblem::NotPublished(path));
        }
        Resolution::good(Target::Repository { path, fragment: fragment.map(str::to_owned) })
    }

    pub(super) fn at_place(&self, place: PublishedPlace, fragment: Option<&str>) -> Resolution {
        let target = target_at(place, fragment.map(Anchor::new));
        let problem = match &target {
            Target::Page(id, Some(anchor)) if !self.has_place(*id, anchor) => {
                Some(LinkProblem::AnchorNotFound(*id, anchor.clone()))
            }
            _ => None,
        };
        Resolution::new(target, problem)
    }

    /// Whether a browser finds a place in a page.
    pub(super) fn has_place(&self, page: PageId, anchor: &Anchor) -> bool {
        // `#top` is the browser's own, and `#:~:text=` is a search, not an id.
        anchor.as_str() == "top" || anchor.as_str().starts_with(":~:") || self.has_anchor(page, anchor)
    }

    /// The path in its real capitalization, if that differs.
    pub(super) fn real_path(&self, path: &SourcePath) -> Option<&SourcePath> {
        self.repository.real_case(path.as_str()).filter(|real| *real != path)
    }
}

pub(super) fn target_at(place: PublishedPlace, anchor: Option<Anchor>) -> Target {
    match place {
        PublishedPlace::Asset(id) => Target::Asset(id, anchor),
        PublishedPlace::Page(id) => Target::Page(id, anchor),
    }
}
