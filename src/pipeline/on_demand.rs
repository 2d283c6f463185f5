//! A linked site whose pages are made when somebody asks for them.
//! In: a `Linked` site, and addresses. Out: the bytes of what is there, each made once.
//! Never knows: who asks, or what an older site looked like.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::Linked;
use crate::diagnostic::Severity;
use crate::project::Disk;
use crate::render::Renderer;
use crate::site::PageId;
use crate::text::SourceId;
use crate::url::SitePath;

/// The site at one moment.
#[derive(Debug)]
pub struct OnDemand {
    linked: Linked,
    /// Files that are neither pages nor copied, by path.
    others: HashMap<String, Arc<[u8]>>,
    pages: Mutex<HashMap<PageId, Arc<[u8]>>>,
    /// The search index, by path: of all pages, so it is made when somebody searches.
    search: OnceLock<HashMap<String, Arc<[u8]>>>,
}

/// What is at an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// A page.
    Page {
        /// Its address.
        address: SitePath,
        /// Its bytes; `None` when its template fails.
        bytes: Option<Arc<[u8]>>,
        /// Whether its head or template is broken, so that an older version may serve readers better.
        is_broken: bool,
    },
    /// A file, by the path it would be written to.
    File(String, Arc<[u8]>),
    /// It is at another address.
    Elsewhere(SitePath),
    /// Nothing.
    Nothing,
}

impl OnDemand {
    /// Nothing is made yet but the few files that are no pages.
    #[must_use]
    pub fn new(linked: Linked) -> Self {
        let others = Renderer::new(&linked.site, &linked.theme).others();
        let others = others.into_iter().map(|file| (file.path, Arc::from(file.bytes))).collect();
        Self { linked, others, pages: Mutex::default(), search: OnceLock::new() }
    }

    /// The site.
    #[must_use]
    pub fn linked(&self) -> &Linked {
        &self.linked
    }

    /// What is at an address; copied files are read from the disk.
    pub fn at(&self, path: &str, disk: &dyn Disk) -> Found {
        let site = &self.linked.site;
        let address = SitePath::new(path);
        if let Some(id) = site.page_at(&address) {
            let own = &site.page(id).address;
            if *own != address && !path.ends_with("index.html") {
                return Found::Elsewhere(own.clone());
            }
            let bytes = self.page(id);
            let is_broken = bytes.is_none() || self.has_broken_head(id);
            return Found::Page { address: own.clone(), bytes, is_broken };
        }
        if let Some(asset) = site.asset_at(&address) {
            return match disk.read(&site.config.place, &asset.source) {
                Ok(bytes) => Found::File(asset.address.output_file(), bytes.into()),
                Err(_) => Found::Nothing,
            };
        }
        let file = address.output_file();
        let made = if file.starts_with("search/") { self.search() } else { &self.others };
        match made.get(&file) {
            Some(bytes) => Found::File(file, Arc::clone(bytes)),
            None => Found::Nothing,
        }
    }

    fn search(&self) -> &HashMap<String, Arc<[u8]>> {
        self.search.get_or_init(|| {
            let files = Renderer::new(&self.linked.site, &self.linked.theme).search();
            files.into_iter().map(|file| (file.path, Arc::from(file.bytes))).collect()
        })
    }

    fn page(&self, id: PageId) -> Option<Arc<[u8]>> {
        if let Some(bytes) = self.pages().get(&id) {
            return Some(Arc::clone(bytes));
        }
        // Made outside the lock: two tabs may make a page twice, but neither waits for the other.
        let file = Renderer::new(&self.linked.site, &self.linked.theme).page(id).ok()?;
        let bytes: Arc<[u8]> = file.bytes.into();
        self.pages().insert(id, Arc::clone(&bytes));
        Some(bytes)
    }

    fn pages(&self) -> MutexGuard<'_, HashMap<PageId, Arc<[u8]>>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a page's front matter cannot be read, so that it would lose its title and its place.
    fn has_broken_head(&self, id: PageId) -> bool {
        let source = self.linked.site.page(id).markdown().map(|page| page.source);
        source.is_some_and(|source| {
            let mut found = self.linked.found.iter();
            found.any(|found| found.span.source == source && found.rule.code == "frontmatter/syntax")
        })
    }

    /// Paths of files, other than pages and copied ones, that differ from those of an older site.
    #[must_use]
    pub fn files_changed_since(&self, older: &Self) -> Vec<String> {
        let differs = |(path, bytes): &(&String, &Arc<[u8]>)| older.others.get(*path) != Some(bytes);
        let gone = older.others.keys().filter(|path| !self.others.contains_key(*path));
        let mut changed: Vec<String> =
            self.others.iter().filter(differs).map(|(path, _)| path).chain(gone).cloned().collect();
        changed.sort();
        changed
    }
}

impl Linked {
    /// The address of the page made from each text.
    #[must_use]
    pub fn addresses(&self) -> HashMap<SourceId, &str> {
        let pages = self.site.pages().filter_map(|(_, page)| Some((page.markdown()?.source, page.address.as_str())));
        pages.collect()
    }

    /// Whether settings or templates are broken, so that every page would change its face.
    #[must_use]
    pub fn is_defaced(&self) -> bool {
        self.found.iter().any(|finding| {
            let family = finding.rule.code.split('/').next();
            finding.severity == Severity::Error && matches!(family, Some("config" | "theme"))
        })
    }
}
