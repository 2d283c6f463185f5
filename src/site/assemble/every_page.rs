//! Links in the header, the footer and the announcement, which book.toml puts on every page.

use crate::markdown::Document;
use crate::site::navigation::nav;
use crate::site::{EntryTarget, Site};
use crate::source::Located;
use crate::url::{Href, SitePath};

/// The lines of text on every page, compiled.
#[derive(Clone, Debug, Default)]
pub struct SiteSnippets {
    /// At the top.
    pub announcement: Option<Document>,
    /// At the foot.
    pub footer: Option<Document>,
}

impl Site {
    /// The address of what the settings name: a web address, or a page by its path from the folder of the pages.
    #[must_use]
    pub fn settings_href(&self, from: &SitePath, destination: &str) -> Option<Href> {
        // Paths in book.toml start at the folder of the pages, as those in `SUMMARY.md` do. The file itself need not
        // exist.
        let summary = self.source_folder().join("SUMMARY.md").ok()?;
        Some(match nav::entry_target(self, destination, &summary)? {
            EntryTarget::External(url) => return Href::as_written(&url, &self.config.schemes),
            EntryTarget::Page(page) => Href::between(from, &self.page(page).address, nav::anchor(destination).as_ref()),
        })
    }

    /// The destinations in lines, in the header and in the footer that lead nowhere.
    #[must_use]
    pub fn lost_in_settings(&self) -> Vec<Located<String>> {
        let lines = [&self.lines.announcement, &self.lines.footer].into_iter().flatten();
        let in_lines = lines.flat_map(|line| &line.links).filter(|link| link.kind.is_followed());
        let in_lines = in_lines.map(|link| Located::new(link.destination.clone(), link.span));
        let in_header = self.config.theme.links.iter().map(|link| link.href.clone());
        let in_footer = self.config.theme.social.iter().map(|link| link.href.clone());
        // Any base will do: whether a destination exists does not depend on the page that shows it.
        let root = SitePath::new("/");
        in_lines
            .chain(in_header)
            .chain(in_footer)
            .filter(|wanted| self.settings_href(&root, &wanted.value).is_none())
            .collect()
    }
}
