//! Finds pages and files by source path, by mounted path or by address.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Vocabulary;
use crate::project::FileSet;
use crate::site::{AssetId, PageId};
use crate::source::{SourcePath, composed};
use crate::url::SitePath;

/// A page or a file of the site.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum PublishedPlace {
    /// A page.
    Page(PageId),
    /// A file that is copied.
    Asset(AssetId),
}

/// All pages and files by all their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlaceIndex {
    by_source: HashMap<SourcePath, PublishedPlace>,
    by_mounted: HashMap<SourcePath, PublishedPlace>,
    by_address: HashMap<SitePath, PublishedPlace>,
    /// All mounted paths in the order they were given out.
    mounted: Vec<SourcePath>,
    /// Lower-cased mounted path to the real one; made when a link first needs it.
    folded: OnceLock<HashMap<String, SourcePath>>,
    /// All mounted paths, for the nearest of them; made when first asked for.
    tree: OnceLock<Arc<FileSet>>,
    /// The names of the pages that are served in each folder; made when first asked for.
    served: OnceLock<Arc<HashMap<String, Served>>>,
}

/// The pages that are served in a folder.
#[derive(Debug, Default)]
struct Served {
    names: Vocabulary,
    pages: BTreeMap<String, PageId>,
}

/// The index pages of a folder, best first.
pub(crate) const FOLDER_PAGES: [&str; 2] = ["index.md", "README.md"];

impl PlaceIndex {
    /// Adds a page or file. The first one keeps a name that several want.
    pub(crate) fn add(
        &mut self,
        place: PublishedPlace,
        source: Option<&SourcePath>,
        mounted: &SourcePath,
        address: &SitePath,
    ) {
        if let Some(source) = source {
            insert(&mut self.by_source, source, place);
        }
        self.mounted.push(mounted.clone());
        insert(&mut self.by_mounted, mounted, place);
        self.by_address.entry(address.clone()).or_insert(place);
    }

    /// The mounted path that is nearest to one where nothing is.
    pub(super) fn nearest_mounted(&self, wanted: &SourcePath) -> Option<PublishedPlace> {
        let tree = self.tree.get_or_init(|| Arc::new(FileSet::new(self.mounted.clone(), Vec::new())));
        self.at_mounted(&SourcePath::new(tree.nearest(wanted.as_str())?).ok()?)
    }

    /// The page whose address is nearest to one that nothing is served at: only its last part may be misspelt.
    pub(super) fn nearest_served(&self, address: &SitePath) -> Option<PageId> {
        let served = self.served.get_or_init(|| {
            let mut folders = HashMap::<String, BTreeMap<String, PageId>>::new();
            let pages = self.by_address.iter().filter_map(|(address, place)| match place {
                PublishedPlace::Page(id) => Some((address, *id)),
                PublishedPlace::Asset(_) => None,
            });
            pages.for_each(|(address, id)| {
                if let Some((folder, name)) = split(address) {
                    let known = folders.entry(folder.to_owned()).or_default().entry(name.to_owned()).or_insert(id);
                    // Two pages can share a name, `/a/` and `/a.html`, and a hash table has no order: the first page
                    // wins, so suggestions stay the same from build to build.
                    *known = id.min(*known);
                }
            });
            let served = |(folder, pages): (String, BTreeMap<String, PageId>)| {
                (folder, Served { names: pages.keys().cloned().collect(), pages })
            };
            Arc::new(folders.into_iter().map(served).collect())
        });
        let (folder, name) = split(address)?;
        let beside = served.get(folder)?;
        beside.pages.get(beside.names.nearest(name)?).copied()
    }

    /// Notes another source file of a page or file.
    pub(crate) fn add_source(&mut self, place: PublishedPlace, source: &SourcePath) {
        insert(&mut self.by_source, source, place);
    }

    /// Notes a file whose address another page or file has.
    pub(crate) fn add_lost(&mut self, place: PublishedPlace, source: &SourcePath, mounted: &SourcePath) {
        self.add_source(place, source);
        insert(&mut self.by_mounted, mounted, place);
    }

    /// What is made from a file, or from the index page of a folder.
    pub(crate) fn of_source(&self, path: &SourcePath) -> Option<PublishedPlace> {
        lookup(&self.by_source, path)
    }

    /// What the mounts put at a path, or the index page of the folder there.
    pub(crate) fn at_mounted(&self, path: &SourcePath) -> Option<PublishedPlace> {
        lookup(&self.by_mounted, path)
    }

    /// What is served at an address. A web server adds a missing slash, so `/a` finds `/a/`; and an address of the
    /// other style, as links of other tools have it, means the same page: `/a.html` and `/a/`.
    pub(crate) fn at_address(&self, address: &SitePath) -> Option<PublishedPlace> {
        let text = address.as_str();
        let get = |text: &str| self.by_address.get(&SitePath::new(text)).copied();
        let in_other_style = || match text.strip_suffix('/') {
            Some(page) => get(&format!("{page}.html")).or_else(|| get(&format!("{text}index.html"))),
            None => get(&format!("{}/", text.strip_suffix(".html")?)),
        };
        // The exact address first: a site that serves both `/a/` and `/a.html` means each by its own name.
        get(text)
            .or_else(|| get(&format!("{text}/")))
            .or_else(|| get(text.strip_suffix("index.html")?))
            .or_else(in_other_style)
    }

    /// The mounted path in its real capitalization, if that differs.
    pub(super) fn in_other_case(&self, mounted: &SourcePath) -> Option<&SourcePath> {
        let folded = self.folded.get_or_init(|| {
            let mut folded = HashMap::with_capacity(self.mounted.len());
            for mounted in &self.mounted {
                folded.entry(mounted.as_str().to_lowercase()).or_insert_with(|| mounted.clone());
            }
            folded
        });
        folded.get(&mounted.as_str().to_lowercase()).filter(|real| *real != mounted)
    }
}

/// The files that a path may mean which names a page as another tool serves it: `terms.html`, or `terms` without an
/// ending. A folder's index page is made from its README as well.
pub(crate) fn files_of_page(path: &str) -> impl Iterator<Item = String> {
    let name = path.trim_end_matches('/');
    let name = name.strip_suffix(".html").unwrap_or(name);
    let folder = name.strip_suffix("index").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    let readme = folder.map(|folder| format!("{folder}README.md"));
    std::iter::once(format!("{name}.md")).chain(readme)
}

/// The folder of an address, and the name of the page in it.
fn split(address: &SitePath) -> Option<(&str, &str)> {
    let (folder, name) = address.as_str().trim_end_matches('/').rsplit_once('/')?;
    Some((folder, name.trim_end_matches(".html")))
}

/// Adds a file under its name, and under the same name with its accents composed: a Mac writes them as marks of their
/// own, and authors type letters.
fn insert(places: &mut HashMap<SourcePath, PublishedPlace>, path: &SourcePath, place: PublishedPlace) {
    if let Some(composed) = in_composed_letters(path) {
        places.entry(composed).or_insert(place);
    }
    places.entry(path.clone()).or_insert(place);
}

/// The path with its accents composed, when that is another text.
fn in_composed_letters(path: &SourcePath) -> Option<SourcePath> {
    match composed(path.as_str()) {
        Cow::Borrowed(_) => None,
        Cow::Owned(composed) => SourcePath::new(&composed).ok(),
    }
}

/// What a path leads to, whichever way its accents are written.
fn lookup(places: &HashMap<SourcePath, PublishedPlace>, path: &SourcePath) -> Option<PublishedPlace> {
    let found = lookup_as_written(places, path);
    found.or_else(|| lookup_as_written(places, &in_composed_letters(path)?))
}

/// The file itself, or the page of a folder.
fn lookup_as_written(places: &HashMap<SourcePath, PublishedPlace>, path: &SourcePath) -> Option<PublishedPlace> {
    let in_folder = |name: &&str| path.join(name).ok().and_then(|file| places.get(&file).copied());
    // The file itself first; a folder is asked for its page only if nothing has exactly this path.
    places.get(path).copied().or_else(|| FOLDER_PAGES.iter().find_map(in_folder))
}
