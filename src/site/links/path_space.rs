//! Which tree a path on a page belongs to: the repository, the mounted files, or the published addresses.

use super::index::{PublishedPlace, files_of_page};
use super::resolve::is_address;
use crate::markdown::LinkKind;
use crate::site::{Asset, PageId, Site};
use crate::source::SourcePath;
use crate::url::SitePath;

/// A tree that paths are seen in.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum PathSpace {
    /// The repository, as it is on disk.
    Repository,
    /// The site's files, as the mounts put them.
    Mounted,
    /// Addresses, as a browser follows them.
    Published,
}

/// What a path was understood as.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PathReading {
    /// The tree it is seen in.
    pub space: PathSpace,
    /// The file behind it, or the folder of the repository; generated pages have none.
    pub source: Option<SourcePath>,
}

/// Where a published file is, in all three trees.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileLocation {
    /// In the tree that the mounts make.
    pub mounted: SourcePath,
    /// Where it is served.
    pub address: SitePath,
}

impl Site {
    /// How a relative path on a page is understood if it was written in a file of this folder, in the order in which
    /// links are resolved.
    #[must_use]
    pub fn reading(&self, page: PageId, folder: &SourcePath, kind: LinkKind, path: &str) -> Option<PathReading> {
        let own = self.page(page);
        let file = folder.join(path).ok();
        let named = |path: &str| {
            let (file, mounted) = (folder.join(path).ok(), own.mounted.parent().join(path).ok());
            self.reading_from(file.as_ref(), mounted.as_ref())
        };
        let in_files = || named(path);
        let published = || {
            let place = self.index.at_address(&own.address.follow(path)?)?;
            Some(PathReading { space: PathSpace::Published, source: self.source_of(place).cloned() })
        };
        let found = if is_address(kind) { published().or_else(in_files) } else { in_files().or_else(published) };
        let found = found.or_else(|| files_of_page(path).find_map(|path| named(&path)));
        // Last, as when links are resolved: what is published opens in the site, not at the code host.
        found.or_else(|| {
            let file = file.as_ref().filter(|file| self.in_repository(file))?;
            Some(PathReading { space: PathSpace::Repository, source: Some(file.clone()) })
        })
    }

    /// How a path is understood that names a file, from the repository's root or in the tree the mounts make.
    #[must_use]
    pub fn reading_from(&self, file: Option<&SourcePath>, mounted: Option<&SourcePath>) -> Option<PathReading> {
        let reading = |space, place: PublishedPlace| PathReading { space, source: self.source_of(place).cloned() };
        let in_repository =
            file.and_then(|file| self.index.of_source(file)).map(|at| reading(PathSpace::Repository, at));
        in_repository.or_else(|| Some(reading(PathSpace::Mounted, self.index.at_mounted(mounted?)?)))
    }

    /// The page at an address.
    #[must_use]
    pub fn page_at(&self, address: &SitePath) -> Option<PageId> {
        match self.index.at_address(address)? {
            PublishedPlace::Page(id) => Some(id),
            PublishedPlace::Asset(_) => None,
        }
    }

    /// The copied file at an address.
    #[must_use]
    pub fn asset_at(&self, address: &SitePath) -> Option<&Asset> {
        match self.index.at_address(address)? {
            PublishedPlace::Page(_) => None,
            PublishedPlace::Asset(id) => Some(self.asset(id)),
        }
    }

    /// The source of the page or file whose mounted path is nearest to this one.
    #[must_use]
    pub fn nearest_mounted(&self, wanted: &SourcePath) -> Option<&SourcePath> {
        self.source_of(self.index.nearest_mounted(wanted)?)
    }

    /// The source of the page whose address is nearest to one that nothing is served at.
    #[must_use]
    pub fn nearest_served(&self, address: &SitePath) -> Option<&SourcePath> {
        self.page(self.index.nearest_served(address)?).source.as_ref()
    }

    /// The file behind an address.
    #[must_use]
    pub fn source_at(&self, address: &SitePath) -> Option<&SourcePath> {
        self.source_of(self.index.at_address(address)?)
    }

    /// Where every file of the site is published.
    pub fn published(&self) -> impl Iterator<Item = (&SourcePath, FileLocation)> {
        let pages = self.pages.iter().filter_map(|page| {
            Some((page.source.as_ref()?, FileLocation { mounted: page.mounted.clone(), address: page.address.clone() }))
        });
        let assets = self.assets.iter().filter_map(|asset| {
            // A copied file is served at its mounted path, so the asset does not keep that path a second time.
            let mounted = SourcePath::new(asset.address.as_str()).ok()?;
            Some((&asset.source, FileLocation { mounted, address: asset.address.clone() }))
        });
        pages.chain(assets)
    }

    pub(super) fn source_of(&self, place: PublishedPlace) -> Option<&SourcePath> {
        match place {
            PublishedPlace::Page(id) => self.page(id).source.as_ref(),
            PublishedPlace::Asset(id) => Some(&self.asset(id).source),
        }
    }
}
