//! Updates the links of pages and SVG files after a move.
//! In: links as resolved before the move. Out: edits of their destinations.

use super::Scene;
use super::path::{Quoting, TreePath, rewritten};
use crate::markdown::{Link, LinkKind};
use crate::site::{Asset, PageId, PathReading, PathSpace, SitePage};
use crate::source::{Part as _, SourcePath, Span};
use crate::url::{Destination, SitePath};

impl Scene<'_> {
    /// All links of all pages.
    pub(super) fn pages(&mut self) {
        let before = self.before;
        for (id, page) in before.pages() {
            let compiled = page.markdown();
            for link in compiled.map_or(&[][..], |page| &page.links) {
                if let Destination::Local { path, .. } = Destination::parse(&link.destination)
                    && !path.is_empty()
                    && let Some(own) = compiled.and_then(|page| page.included_file_of(link)).or(page.source.as_ref())
                    && let Some(new) = self.on_page(id, page, own, link, &path)
                {
                    self.replace(path_span(self.sources.text(link.span), link.span), &new);
                }
            }
        }
    }

    /// The path of a link on a page after the move. `own` is the file it's in.
    pub(super) fn on_page(
        &self,
        id: PageId,
        page: &SitePage,
        own: &SourcePath,
        link: &Link,
        path: &str,
    ) -> Option<String> {
        let written = raw_path(self.sources.text(link.span));
        let quoting = if self.is_bracketed(link.span) { Quoting::Bracketed } else { Quoting::Bare };
        if path.starts_with('/') {
            return self.rooted(path);
        }
        let own_now = self.moved.apply(own);
        let here = self.now(page.source.as_ref()?)?;
        let reading = self.before.reading(id, &own.parent(), link.kind, path).or_else(|| {
            // A broken link stays broken, so that it's reported as before.
            let file = own.parent().join(path).ok()?;
            let is_address = matches!(link.kind, LinkKind::HtmlHref | LinkKind::HtmlSrc);
            (!is_address).then_some(PathReading { space: PathSpace::Repository, source: Some(file) })
        })?;
        match (reading.space, &reading.source) {
            (PathSpace::Published, source) => {
                let old = page.address.follow(path)?;
                let new = self.address_now(&old, source.as_ref())?;
                Some(rewrite_address(written, quoting, (&page.address, &old), (&here.address, &new)))
            }
            (PathSpace::Mounted, Some(source)) if self.now(source).is_some() => {
                let old = page.mounted.parent().join(path).ok()?;
                let new = in_form(&old, &self.places_before.get(source)?.mounted, &self.now(source)?.mounted);
                let bases = (&page.mounted.parent(), &here.mounted.parent());
                Some(rewrite_path(written, quoting, (bases.0, &old), (bases.1, &new)))
            }
            (PathSpace::Repository | PathSpace::Mounted, Some(source)) => {
                let old = own.parent().join(path).ok()?;
                let new = in_form(&old, source, &self.moved.apply(source));
                Some(rewrite_path(written, quoting, (&own.parent(), &old), (&own_now.parent(), &new)))
            }
            _ => None,
        }
    }

    /// The links in SVG files and other markup that is copied.
    pub(super) fn drawings(&mut self) {
        let before = self.before;
        for asset in before.assets.iter() {
            for link in &asset.links {
                let Destination::Local { path, .. } = Destination::parse(&link.destination) else { continue };
                if let Some(new) = self.in_asset(asset, link, &path).filter(|_| !path.is_empty()) {
                    self.replace(path_span(self.sources.text(link.span), link.span), &new);
                }
            }
        }
    }

    fn in_asset(&self, asset: &Asset, link: &Link, path: &str) -> Option<String> {
        let written = raw_path(self.sources.text(link.span));
        // Relative to its own address, or else to that of a page that shows it.
        let own = (asset.address.clone(), self.now(&asset.source)?.address.clone());
        let shows = self.by_stem.get(asset.source.stem()).into_iter().flatten().map(|id| self.before.page(*id));
        let on_pages =
            shows.filter_map(|page| Some((page.address.clone(), self.now(page.source.as_ref()?)?.address.clone())));
        let mut bases = std::iter::once(own).chain(on_pages);
        let leads = |base: &SitePath| base.follow(path).filter(|to| self.before.source_at(to).is_some());
        let (base, base_now) = bases.find(|(base, _)| leads(base).is_some())?;
        let old = base.follow(path)?;
        let new = self.address_now(&old, self.before.source_at(&old))?;
        Some(rewrite_address(written, Quoting::Bare, (&base, &old), (&base_now, &new)))
    }

    /// A path from the root of the site, as an address or as a mounted file.
    pub(super) fn rooted(&self, path: &str) -> Option<String> {
        let address = SitePath::new(path);
        if let Some(source) = self.before.source_at(&address) {
            return Some(self.address_now(&address, Some(source))?.to_string());
        }
        let mounted = SourcePath::new(path).ok()?;
        match self.before.reading_from(None, Some(&mounted)) {
            Some(reading) => Some(format!("/{}", self.now(reading.source.as_ref()?)?.mounted)),
            // Relative to the root of the repository.
            None => self.before.page_from(&mounted).map(|_| format!("/{}", self.moved.apply(&mounted))),
        }
    }

    /// An address after the move, in the form in which it was written: with or without a slash, with or without
    /// `index.html`.
    pub(super) fn address_now(&self, written: &SitePath, source: Option<&SourcePath>) -> Option<SitePath> {
        let Some(source) = source else { return Some(written.clone()) };
        let before = &self.places_before.get(source)?.address;
        let now = &self.now(source)?.address;
        // Nothing moved: the author's spelling stays, even an unusual one.
        if before == now {
            return Some(written.clone());
        }
        let (written, before, now) = (written.as_str(), before.as_str(), now.as_str());
        Some(SitePath::new(&match before.strip_prefix(written.trim_end_matches("index.html")) {
            Some("") if written.ends_with("index.html") && now.ends_with('/') => format!("{now}index.html"),
            Some("/") => now.trim_end_matches('/').to_owned(),
            _ => now.to_owned(),
        }))
    }

    fn is_bracketed(&self, span: Span) -> bool {
        self.sources.get(span.source).text().part(..span.range().start).ends_with('<')
    }
}

/// A destination without `?…` and `#…`.
pub(super) fn raw_path(written: &str) -> &str {
    written.split(['?', '#']).next().unwrap_or_default()
}

/// The span of the path in a destination.
pub(super) fn path_span(written: &str, span: Span) -> Span {
    span.part(0..raw_path(written).len())
}

/// The new path for one that named a file: the file itself or, if it named the folder of an index file, that file's
/// folder.
pub(super) fn in_form(written: &SourcePath, before: &SourcePath, now: &SourcePath) -> SourcePath {
    // `../legal/` meant the page of the folder. If the moved page has no folder of its own any more, name the file.
    if before == now {
        return written.clone();
    }
    // `terms.html` and `terms` are other tools' names for the page: they stay in use.
    let ending = before.as_str().strip_suffix(".md").and_then(|stem| written.as_str().strip_prefix(stem));
    if let Some(ending @ ("" | ".html")) = ending
        && let Some(Ok(now)) = now.as_str().strip_suffix(".md").map(|stem| SourcePath::new(&format!("{stem}{ending}")))
    {
        return now;
    }
    let stands_for_folder = matches!(now.file_name(), "index.md" | "README.md");
    if written == before || !stands_for_folder { now.clone() } else { now.parent() }
}

/// A path between files.
pub(super) fn rewrite_path(
    written: &str,
    quoting: Quoting,
    old: (&SourcePath, &SourcePath),
    new: (&SourcePath, &SourcePath),
) -> String {
    let folder = |path: &SourcePath| TreePath::new(path.as_str()).into_parts();
    let ends_in_folder = written.is_empty() || written.ends_with('/') || written.ends_with("..") || written == ".";
    let was_folder = ends_in_folder && !old.1.is_markdown();
    let spot = |path: &SourcePath, is_folder: bool| {
        let spot = TreePath::new(path.as_str());
        if is_folder { spot.into_folder() } else { spot.into_file() }
    };
    let is_folder = was_folder && (old.1 == new.1 || !new.1.is_markdown());
    rewritten(written, quoting, (&folder(old.0), &spot(old.1, was_folder)), (&folder(new.0), &spot(new.1, is_folder)))
}

/// A path between addresses.
fn rewrite_address(
    written: &str,
    quoting: Quoting,
    old: (&SitePath, &SitePath),
    new: (&SitePath, &SitePath),
) -> String {
    let folder = |path: &SitePath| TreePath::new(path.folder()).into_parts();
    let spot = |path: &SitePath| TreePath::new(path.as_str());
    rewritten(written, quoting, (&folder(old.0), &spot(old.1)), (&folder(new.0), &spot(new.1)))
}
