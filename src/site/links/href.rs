//! The `href` of a resolved link, relative to the page that carries it.

use super::index::PublishedPlace;
use crate::project::settings::choices::UrlStyle;
use crate::site::{PageId, Resolution, Site, Target};
use crate::source::SourcePath;
use crate::url::{Href, SitePath};

impl Site {
    /// The address of a target, relative to a page; `None` if it leads nowhere.
    #[must_use]
    pub fn href(&self, from: PageId, target: &Target) -> Option<Href> {
        self.href_from(&self.page(from).address, target)
    }

    /// The address of a target, relative to another address; `None` if it leads nowhere.
    #[must_use]
    pub fn href_from(&self, from: &SitePath, target: &Target) -> Option<Href> {
        match target {
            Target::Page(id, anchor) => Some(Href::between(from, &self.page(*id).address, anchor.as_ref())),
            Target::Asset(id, anchor) => Some(Href::between(from, &self.asset(*id).address, anchor.as_ref())),
            Target::Repository { path, fragment } => self.web_view(path, fragment.as_deref()),
            Target::External(url) => Href::as_written(url, &self.config.schemes),
            Target::Open | Target::Nowhere => None,
        }
    }

    /// The address that a link leads to, relative to another address, with its query; `None` if it leads
    /// nowhere.
    #[must_use]
    pub fn href_of_link(&self, from: &SitePath, link: &Resolution) -> Option<Href> {
        Some(self.href_from(from, &link.target)?.asking(link.query.as_deref()))
    }

    /// The address of a target of this site from its root: `/legal/nda/#terms`.
    #[must_use]
    pub fn address_of(&self, target: &Target) -> Option<String> {
        let (address, anchor) = match target {
            Target::Page(id, anchor) => (&self.page(*id).address, anchor),
            Target::Asset(id, anchor) => (&self.asset(*id).address, anchor),
            Target::Repository { .. } | Target::External(_) | Target::Open | Target::Nowhere => return None,
        };
        Some(anchor.as_ref().map_or_else(|| address.to_string(), |anchor| format!("{address}#{anchor}")))
    }

    /// The address of a copied file, relative to another address.
    #[must_use]
    pub fn asset_href(&self, from: &SitePath, source: &SourcePath) -> Option<Href> {
        match self.index.of_source(source)? {
            PublishedPlace::Asset(id) => Some(Href::between(from, &self.asset(id).address, None)),
            PublishedPlace::Page(_) => None,
        }
    }

    /// The address that leads to the first page of the site. In a site that opens from a disk, it names the file: there a
    /// folder is a list of files.
    #[must_use]
    pub fn home(&self) -> SitePath {
        let root = SitePath::new("/");
        if let Some(page) = self.page_at(&root) {
            return self.page(page).address.clone();
        }
        // Something is there in any case: a file or a redirect of the author's, or one to the first page.
        match self.config.url_style {
            UrlStyle::Directory => root,
            UrlStyle::File => SitePath::new("/index.html"),
        }
    }

    /// The logo's drawing, when it takes its colour from the text around it.
    #[must_use]
    pub fn logo_drawing(&self) -> Option<&str> {
        match self.index.of_source(&self.config.theme.logo.as_ref()?.value)? {
            PublishedPlace::Asset(id) => self.asset(id).inline.as_deref(),
            PublishedPlace::Page(_) => None,
        }
    }

    /// The repository's own page for a file, when the project says where its repository is.
    fn web_view(&self, path: &SourcePath, fragment: Option<&str>) -> Option<Href> {
        let repository = self.config.repository.as_ref()?;
        let url =
            // Code hosts show folders and files under different paths, `/tree/` and `/blob/`.
            if self.repository.has_folder(path) { repository.folder_url(path) } else { repository.file_url(path) };
        let url = fragment.map_or_else(|| url.clone(), |fragment| format!("{url}#{fragment}"));
        Href::as_written(&url, &self.config.schemes)
    }
}
